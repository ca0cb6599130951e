/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One benchmark from its options to its report: a section of the lesson, or one that stands alone. */
#ifndef HARNESS_COMMANDS_BENCH_RUN_H
#define HARNESS_COMMANDS_BENCH_RUN_H

#include "harness/commands/bench/bench_options.h"
#include "harness/commands/bench/own_program.h"
#include "harness/commands/command.h"
#include "harness/commands/inputs/inputs.h"
#include "harness/machine/disturbance/looks.h"
#include "harness/machine/topology.h"
#include "harness/measure/experiment.h"
#include "harness/report/sections.h"

/* Everything that a benchmark holds, so that there is one place to let go of it. */
struct bench {
    struct topology topology;
    struct bench_options options;
    const struct section *section; /* of the whole lesson; NULL: the benchmark stands alone */
    char where[40];                /* "section 2 of 5" */
    double later_s;                /* for the sections after it */
    struct inputs inputs;
    struct config *configs;
    int config_count;
    struct result_set set;
    struct own_program own; /* the user's command, where the tasks are that */
    struct looks looks;     /* at the machine */
    struct disturbance disturbance;
    char command[1024]; /* as it was typed, for machine.txt */
    const struct command_line *line;
    struct checkpoint checkpoint; /* its rounds; open already where it is gone on with */
};

/* Measures with the user's options, and below them those of `section` (NULL: none), and shows the
 * result. */
enum exit_code bench_run(const struct section *section, const struct bench_options *options,
                         const struct command_line *line, struct error *error);

/* What is to be measured, as the experiment takes it. */
struct experiment bench_experiment(struct bench *bench);

/* Measures it: everything but the graphs and the report is in its directory then, and in bench->set.
 * 0, or -1 with *error set. */
int bench_measure(struct bench *bench, struct error *error);

#endif
