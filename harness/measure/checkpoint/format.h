/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rounds.unfinished consists of: a struct format, a struct checkpoint_head and its
 * configurations; then for each round a struct envelope, a struct kept_round, and what was kept of
 * each run of it. For checkpoint.c, which writes it, and restore.c. */
#ifndef HARNESS_MEASURE_CHECKPOINT_FORMAT_H
#define HARNESS_MEASURE_CHECKPOINT_FORMAT_H

#include <stdint.h>

#include "harness/measure/checkpoint/checkpoint.h"

/* A struct that has changed makes the file another one. */
struct format {
    char name[16];
    uint32_t head, config, figures, task, warnings;
};

#define CHECKPOINT_FORMAT                                                                          \
    {                                                                                              \
        "speedup rounds", sizeof(struct checkpoint_head), sizeof(struct config),                   \
            sizeof(struct kept_figures), sizeof(struct task_time), sizeof(struct warnings)         \
    }

struct envelope {
    uint64_t bytes, sum; /* of what follows */
};

/* The beginning of a round; what follows is `count` times a struct kept_run. */
struct kept_round {
    int count, done, lost;
    double elapsed_s;
    struct warnings warnings;
    char order[MACHINE_TEXT_LENGTH];
};

/* One run. Where it was good, a struct kept_figures follows, and `tasks` times a struct task_time. */
struct kept_run {
    int status, repeated, good, tasks;
};

struct kept_figures {
    struct run_figures figures;
    struct task_sums sums;
};

/* No two programs at a time write into one directory: takes the lock on the file, until it is closed.
 * 0, or -1 with *error set where another has it, and the checkpoint closed. */
int checkpoint_lock(struct checkpoint *checkpoint, struct error *error);

#endif
