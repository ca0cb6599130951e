/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of an experiment on disk, in DIR/rounds.unfinished: so that one that was interrupted, or
 * killed without a chance to write anything, can go on where it stopped, and its summary is of all
 * rounds. The file holds what the summary is made of (samples.h) and is there until the benchmark is
 * complete.
 *
 * It is for this program on this machine only (harness/results/resume/plan_file.h tells who wrote
 * it): structs as they are in memory. A round is added as a whole when it is done, with its length
 * and a sum that tells one that was cut short by a kill. */
#ifndef HARNESS_MEASURE_CHECKPOINT_CHECKPOINT_H
#define HARNESS_MEASURE_CHECKPOINT_CHECKPOINT_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/machine/machine.h"
#include "harness/measure/config.h"
#include "harness/measure/samples.h"

#define CHECKPOINT_FILE "rounds.unfinished"

/* What is the same in all rounds. */
struct checkpoint_head {
    char benchmark[BENCHMARK_LENGTH];
    int image_count, config_count;
};

struct checkpoint {
    FILE *file;
    char path[PATH_MAX];
    struct checkpoint_head head;
    struct config *configs;          /* config_count of them; owned */
    char order[MACHINE_TEXT_LENGTH]; /* where the random order came from, so far */
    bool reopened;                   /* it was opened, and its rounds have not been restored yet */
    int rounds;   /* that are in it, whole; what there was of another has been cut off */
    double age_s; /* since its last change */
};

/* The state of an experiment between two rounds. */
struct checkpoint_round {
    struct samples *samples; /* count of them */
    bool *repeated;
    int count;
    int done, lost; /* whole rounds, and those that count for nobody */
    double elapsed_s;
    struct warnings *warnings;
};

/* Begins the file, in an existing directory; `configs` are copied. 0, or -1 with *error set and
 * nothing to close. */
int checkpoint_create(struct checkpoint *checkpoint, const char *directory,
                      const struct checkpoint_head *head, const struct config *configs,
                      struct error *error);

/* Whether another process is writing one in this directory now. Where a file system knows no locks,
 * nobody can tell, and it is false. */
bool checkpoint_is_held(const char *directory);

/* Opens one that is there, reads what comes before the rounds, and counts these. 0, or -1 with *error
 * set (it is not of this version of the program, say) and nothing to close. */
int checkpoint_open(struct checkpoint *checkpoint, const char *directory, struct error *error);

/* Puts the rounds of one that was just opened into *round, whose samples are new and empty;
 * warnings are added to those that are there. Of one that was just created there is nothing to put.
 * 0, or -1 with *error set: it does not fit. */
int checkpoint_restore(struct checkpoint *checkpoint, struct checkpoint_round *round,
                       struct error *error);

/* Adds the last of the rounds. 0, or -1 with *error set. */
int checkpoint_add(struct checkpoint *checkpoint, const struct checkpoint_round *round,
                   struct error *error);

/* Closes it; legal on a struct of zeros. With `done` the file is removed: there is nothing to go on
 * with. */
void checkpoint_close(struct checkpoint *checkpoint, bool done);

#endif
