/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an experiment (harness/measure/experiment.h) holds while it runs, and the parts it is done
 * in: set_up.c makes the workload and the reference, one_run.c does a run and notes what became of
 * it, rounds.c does them in rounds, fit.c leaves out what there is no time for, keep.c keeps the
 * rounds on disk, sum_up.c summarises them. For these files and experiment.c only. */
#ifndef HARNESS_MEASURE_EXPERIMENT_STATE_H
#define HARNESS_MEASURE_EXPERIMENT_STATE_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>

#include "harness/base/progress.h"
#include "harness/measure/experiment.h"
#include "harness/measure/run/scratch.h"
#include "harness/measure/run/workload.h"
#include "harness/measure/samples.h"

/* The serial one, and config_measured_twice(). */
enum { AGAIN_AT_MOST = 2 };

struct state {
    const struct experiment *plan;
    const struct observer *observer;
    struct warnings *warnings;
    const struct filter *filter;
    struct workload workload;
    struct shared reference;
    struct scratch scratch;   /* for `--io files` */
    struct samples *samples;  /* config_count of them, and those of the second runs */
    int again[AGAIN_AT_MOST]; /* what is measured twice in every round: its configuration */
    int again_count;
    bool *repeated; /* each: it was given its second chance */
    int *order;     /* of all these in a round */
    gsl_rng *rng;
    unsigned long seed; /* that it began with */
    double alone_s;     /* that the first run took, of the serial strategy */
    int rounds_at_most, rounds_done, rounds_lost;
    int rounds_possible;       /* where too few of these are good */
    int rounds_good;           /* of those done */
    bool last_good;            /* the last of these */
    int rounds_quiet;          /* of those done: and nobody else worked in them */
    int rounds_repeated;       /* of those lost: for something disturbed them */
    double began_s, elapsed_s; /* since when, and how long, these have been measured */
    double born_s;             /* clock_seconds() when the experiment began */
    double first_s;            /* what came before the rounds took */
    double *took_s;            /* each, in the first round */
    bool *cut;                 /* each: there is no time for it */
    struct progress progress;  /* of the round under way */
    char label[80];            /* its name */
    size_t position;           /* how many of its runs are done */
};

/* Runs of a round. */
int state_runs(const struct state *state);

/* Which configuration a run of a round is of: those beyond config_count are second runs, for comparing
 * a configuration with itself. */
int state_config_of(const struct state *state, int index);
const struct config *state_config(const struct state *state, int index);

/* Whether a run takes no more time: its configuration, or it, was left out or has failed. */
bool state_is_out(const struct state *state, int index);

/* Makes everything ready, with the first run of the serial strategy, whose results are the reference.
 * 0, or -1 with *error set; state_tear_down() is due after either. */
int state_set_up(struct state *state, struct error *error);
void state_tear_down(struct state *state);

/* Tells in `order` where the random order comes from and, where there is a checkpoint, puts the
 * rounds that it has into the samples. 0, or -1 with *error set. */
int state_restore(struct state *state, char order[MACHINE_TEXT_LENGTH], struct error *error);

/* Adds the last round to the checkpoint, where there is one. 0, or -1 with *error set. */
int state_keep(struct state *state, struct error *error);

/* One run from preparation to its end, not checked; what it is to write is missing before. It is
 * watched where there is a sampler. -1 only when nothing can go on. */
int run_once(struct state *state, const struct config *config, double limit_s,
             struct sampler *sampler, struct run_result *result, struct error *error);

/* How long a run on so many workers may take before it is killed: `asked_s`, or, where that is 0,
 * ten times what the serial one took, ten seconds, and something for each worker, whose start may be
 * a program's. */
double run_limit_s(double asked_s, double alone_s, int workers);

/* The same as run_once(), of a round: checked and, where it is not right, reported. */
int run_checked(struct state *state, int index, struct sampler *sampler, struct run_result *result,
                struct error *error);

/* Keeps what is known of a run, and tells the observer. 0, or -1 with *error set. */
int run_note(struct state *state, int index, const struct run_result *result, struct error *error);

/* Measures a configuration once, and again after its first failure. 0, or -1 with *error set. */
int run_measure(struct state *state, int index, struct error *error);

/* As many rounds as are asked for or fit. 0, or -1 with *error set. */
int rounds_do(struct state *state, struct error *error);

/* After the first round: leaves out what there is no time for, if six rounds would take more than
 * the budget, the longest first, and says so. */
void rounds_fit(struct state *state);

/* What all rounds come to, without what was left out; or, not `whole`, those so far. 0, or -1 with
 * *error set. */
int state_sum_up(const struct state *state, bool whole, struct result_set *set,
                 struct error *error);

/* The last round: all configurations that are right, watched and not timed. 0, or -1 with *error
 * set. */
int rounds_watch(struct state *state, struct error *error);

#endif
