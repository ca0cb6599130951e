/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One benchmark from its options to its report: a section of the lesson, or one that stands alone. */
#ifndef HARNESS_COMMANDS_BENCH_RUN_H
#define HARNESS_COMMANDS_BENCH_RUN_H

#include <limits.h>

#include "harness/commands/bench/bench_options.h"
#include "harness/commands/bench/own_program.h"
#include "harness/commands/command.h"
#include "harness/commands/inputs/inputs.h"
#include "harness/machine/disturbance/looks.h"
#include "harness/machine/topology.h"
#include "harness/measure/experiment.h"
#include "harness/measure/forecast/plan.h"
#include "harness/report/sections.h"

/* Everything that a benchmark holds, so that there is one place to let go of it. */
struct bench {
    struct topology topology;
    struct bench_options options;
    char directory[PATH_MAX];      /* of a section, where it has one of its own */
    const struct section *section; /* NULL: the benchmark stands alone */
    char where[40];                /* "section 2 of 5"; "": not one of several */
    double later_s;                /* for the sections after it */
    int lines, lines_presented;    /* that a section may print, in all; of its result */
    struct inputs inputs;
    struct config *configs;
    int config_count;
    struct result_set set;
    struct own_program own; /* the user's command, where the tasks are that */
    struct looks looks;     /* at the machine */
    struct disturbance disturbance;
    char command[1024]; /* as it was typed, for machine.txt */
    const struct command_line *line;
    struct checkpoint checkpoint; /* its rounds; open already where it is resumed */
    bool complete;                /* it is resumed, and there is nothing left to do */

    /* What it is planned from (lesson.h): what the user has chosen is not to be cut, the rest may be.
     * Before there is a plan, and for a command, all of it is 0. */
    bool keeps_images, keeps_configs;
    bool *keep;               /* of each configuration: it is not to be cut; NULL: none is */
    int images;               /* before any were cut */
    struct plan_section plan; /* its configs are owned, one for each of ours */
    char cut[PLAN_TEXT];      /* what the plan leaves out, in words; "": nothing */
    int rounds_at_most;       /* 0: as the experiment finds right */
    double deadline_s;        /* clock_seconds() when all is to be done; 0: no plan */
};

/* Settles everything that can be known before anything is run or written: the user's options, those
 * of `section` (NULL: none) where the user has given none, and the configurations (but not those of
 * a command). On a failure, too, bench_close() is due. EXIT_CODE_DONE, or why not with *error
 * set. */
enum exit_code bench_open(struct bench *bench, const struct section *section,
                          const struct bench_options *options, const struct command_line *line,
                          struct error *error);

/* Makes its directory, after giving an earlier result there another name; or goes on with what is
 * there. From now on signals end the benchmark in good order. 0, or -1 with *error set. */
int bench_begin(struct bench *bench, struct error *error);

/* How many lines a section has printed on the terminal, warnings too. */
int bench_lines(const struct bench *bench);

/* Measures and shows the result; of `--dry-run` with a command, tries it and prints the plan. */
enum exit_code bench_run(struct bench *bench, struct error *error);

/* Frees everything, and gives a command's files back. Legal after a failed bench_open(). */
void bench_close(struct bench *bench);

/* What is to be measured, as the experiment takes it; its pointers are the benchmark's. */
struct experiment bench_experiment(struct bench *bench);

/* Measures it: everything but the graphs and the report is in its directory then, and in bench->set.
 * 0, or -1 with *error set. */
int bench_measure(struct bench *bench, struct error *error);

#endif
