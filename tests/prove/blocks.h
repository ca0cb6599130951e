/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of the proof: one benchmark in which a cause is put in, in doses, beside the same without it,
 * in shuffled rounds. So what disturbs the machine meanwhile disturbs both. */
#ifndef TESTS_PROVE_BLOCKS_H
#define TESTS_PROVE_BLOCKS_H

#include <stdio.h>

#include "harness/base/error.h"
#include "harness/measure/judge/losses.h"

enum { BLOCK_TASKS = 24, BLOCK_ROUNDS = 8 };

/* How large the loss by a cause really is, in units of speedup. */
enum truth {
    TRUTH_TWIN,    /* what the runs without it took less, in the same rounds */
    TRUTH_DELAY,   /* the delays that were put in */
    TRUTH_WORKERS, /* the workers' share of the cores there are, from the runs on as many as these */
    TRUTH_SIZES    /* the sizes of the tasks, dealt out by hand */
};

struct cause {
    const char *name;     /* of the cause, in the table */
    const char *strategy; /* that puts it in */
    const char *part;     /* the column of losses.csv where it belongs */
    enum truth truth;
    int workers; /* 0: by dose */
};

/* All causes, ended by one without a name. */
extern const struct cause causes[];

/* Runs one block of this cause, and writes a line for each dose and for each run without it to
 * `stream`, as prove.c reads them:
 *
 *     cause, dose (0: nothing was put in), part expected, part that the report names first, loss
 *     found, loss that it is, 95 % interval (half of it), "within" or "beyond" 10 % or the interval,
 *     "quiet" or "disturbed" by others, speedup; with tabs between, losses in units of speedup
 */
int block_run(const struct cause *cause, double million_s, FILE *stream, struct error *error);

/* A benchmark of the same strategy under two names: writes "same VERDICT ratio low high floor". */
int block_same(double million_s, FILE *stream, struct error *error);

#endif
