/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict on a benchmark, before any headline: fit to post, disturbed, or wrong results.
 *
 * Each run is judged by the share of its cores that it really had: CPU seconds of its tasks / the
 * seconds that they took. A task that computes and has a core to itself has a share of 1; in
 * disturbed benchmarks serial runs had 0.02 to 0.69, and printed speedups above the number of cores.
 * No clock, no files: structs in, a struct out. */
#ifndef HARNESS_MEASURE_JUDGE_VERDICT_H
#define HARNESS_MEASURE_JUDGE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/statistics.h"

enum { VERDICT_TEXT = 512, VERDICT_LABEL = 64 };

/* What is known of one good run. Seconds; NaN: not known. */
struct verdict_run {
    double wall_s;
    double cpu_s;      /* user + system, of all workers */
    double task_s;     /* what the tasks took, added up */
    double task_cpu_s; /* CPU time of the threads that ran them, meanwhile */
    double taken_s; /* that its threads stood in the run queue; steal, throttling; of all workers */
};

/* One configuration. runs[i] is of round i, for all configurations alike. */
struct verdict_config {
    const char *label; /* "pool", as in the tables */
    int workers;
    bool right;                             /* ran to its end, and its results are right */
    bool incorrect;                         /* it ran, and its results are wrong */
    double ceiling;                         /* NaN: not known */
    const struct verdict_run *runs, *again; /* the second of each round; NULL: there is none */
};

struct verdict_case {
    const struct verdict_config *configs; /* [0] is the serial one */
    size_t count, rounds;
    bool waits;    /* the tasks wait and do not compute */
    double usable; /* hardware threads that we may use, or a smaller quota */
    double budget_s;
    const char *disturbed; /* what was seen to disturb the machine (disturbance.h); "" or NULL */
    const char *remedy;    /* of that */
};

enum verdict_colour { VERDICT_GREEN, VERDICT_YELLOW, VERDICT_RED };
extern const char *const verdict_colours[]; /* "green", "yellow", "red", NULL */

struct verdict {
    enum verdict_colour colour;
    char text[VERDICT_TEXT];   /* "fit to post", "disturbed: ...", "wrong results: 12 of 13 ..." */
    char remedy[VERDICT_TEXT]; /* the one thing to do about it, with a command; "" when green */
    size_t good_rounds;        /* of the best configuration beside the serial one */
    double serial_share; /* median CPU share of the serial runs; NaN: not known, or it waits */
    double floor; /* the noise floor as a share (comparison.h), the largest of those configurations
                     that were measured twice; NaN: none was */
    char floors[VERDICT_TEXT]; /* "0.9 % (serial), 1.4 % (pool on 2)"; "" */
    int best;                  /* the fastest configuration with a speedup; -1: none */
    struct estimate speedup;   /* of that, over good rounds where there are 6 */

    /* What its CPU time suggests instead: its ceiling, or the cores where they are fewer, * serial
     * CPU time / its CPU time (1 at most); NaN: not known. */
    double estimate;

    bool headline;   /* there may be a headline, a best, Amdahl's law, a payback, a line to post */
    size_t compared; /* configurations that the best was chosen from */
    char alike[VERDICT_TEXT]; /* "pool, openmp and pthreads": those on as many workers as the best
                                 that cannot be told from it, itself first */
};

/* The CPU share of a run's tasks: of their time, the part in which nobody took the CPU from them;
 * where that is not known, in which they had one. NaN where neither is. */
double verdict_share(const struct verdict_run *run);

/* Whether a run on so many workers had the cores that it needed. What is not known disturbs nothing;
 * tasks that wait, and more workers than cores, have no share to ask for. */
bool verdict_good_run(const struct verdict_run *run, int workers, double usable, bool waits);

/* good[i] says whether both the serial run and this configuration's run of round i are good; returns
 * how many are. */
size_t verdict_good_rounds(const struct verdict_case *facts, const struct verdict_config *config,
                           bool *good);

/* 0, or -1 when there is no memory. */
int verdict_judge(const struct verdict_case *facts, struct verdict *verdict);

/* Times its ceiling: so much a speedup may have by noise; more cannot be. */
#define VERDICT_ABOVE_CEILING 1.02

#define VERDICT_LINEAR 0.95 /* this part of linear is as good as linear */
enum linear { LINEAR_YES, LINEAR_NO, LINEAR_UNKNOWN };

/* Is it linear? Yes only if the whole interval lies above 0.95 * workers; no if it lies below, or if
 * counting does not allow more (`ceiling`; NaN: not known); else it cannot be told, nor without an
 * interval, nor for one worker. */
enum linear verdict_linear(const struct estimate *speedup, double ceiling, int workers);

#endif
