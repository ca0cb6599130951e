/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter interface: what is computed, and in which independent pieces.
 *
 * A filter turns one input frame into one output frame of a known shape. The rows of the output can
 * be computed independently of each other, in any order, by anyone: that is all the parallelism
 * there is, and it is the strategies' business (strategies/strategy.h), never the filter's. A task
 * is the whole frame (`--grain image`) or a band of its rows (`--grain band`); computed in bands,
 * the output is the same, bit for bit unless the filter names a tolerance.
 *
 *     once:             service = filter->waiting->open(&parameters, error)       where it waits
 *     for each worker:  workspace = filter->create(&parameters, error)
 *     for each task:    filter->apply(workspace, &input, row_begin, row_end, &output, error)
 *     for each worker:  filter->destroy(workspace)
 *     once:             filter->waiting->close(service)
 *
 * To add a filter: write one file that defines a `const struct filter`, and add it to the table in
 * catalogue.c.
 */
#ifndef FILTERS_FILTER_H
#define FILTERS_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "generator/image.h"
#include "harness/base/error.h"

/* What the user can set; each filter looks at its own. */
struct filter_parameters {
    size_t window;    /* side of the square median window, pixels; at least 1 */
    double latency_s; /* how long a task of `wait` waits for its answer */
    int port;         /* where the server of `wait` listens; open() sets it; 0: nowhere */
};

/* Only for filters whose tasks wait for an answer. They need no images (frame i of a benchmark is
 * one pixel that holds i), and more workers than cores pay off. */
struct filter_waiting {
    /* What all workers of a run share, such as a server that they ask: opened before the clock
     * starts, in the process of the run, before it has any worker; what the workers need to know
     * of it goes into *parameters, from where create() takes it. NULL with *error set on failure.
     * close() ends it after the clock has stopped. */
    void *(*open)(struct filter_parameters *parameters, struct error *error);
    void (*close)(void *service);
};

struct filter {
    const char *name;
    const char *summary; /* one line, for `speedup list` */

    /* How many bands `--grain band` cuts an output of ny >= 1 rows into, unless `--bands` says so;
     * 1 to ny. They are as equal as rows allow. */
    size_t (*bands)(size_t ny);

    /* True where a task is a band unless the user says otherwise. */
    bool prefers_bands;

    /* Shape of the output for an input of ny x nx; NULL: the shape of the input. */
    void (*output_shape)(size_t ny, size_t nx, size_t *output_ny, size_t *output_nx);

    /* Floating-point operations (additions and multiplications) that `rows` rows of the output of
     * an input of ny x nx take, for GFLOP/s; NULL where counting them says nothing. */
    double (*operations)(size_t ny, size_t nx, size_t rows);

    /* True where it calls a BLAS, which may run threads of its own. */
    bool uses_blas;

    /* How far a pixel may be from that of the serial result, `expected`; NULL: not a bit. A BLAS
     * may add in another order when the number of its threads or the shape of a task is another
     * one, so there is no one right last bit. */
    double (*tolerance)(const struct image *input, const struct image *expected);

    /* Where tasks do not compute but wait for an answer; NULL: they compute. */
    const struct filter_waiting *waiting;

    /* A workspace: everything that one worker needs beside the frames. It belongs to one worker at
     * a time and may be used for any number of tasks and frames of any size; it may grow. NULL
     * with *error set when there is no memory. */
    void *(*create)(const struct filter_parameters *parameters, struct error *error);

    /* Computes rows row_begin <= y < row_end of *output, and touches no others, from the whole of
     * *input. No two calls may share a workspace at a time; all may share input and output. 0, or
     * -1 with *error set. */
    int (*apply)(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error);

    /* Frees a workspace; legal on NULL. */
    void (*destroy)(void *workspace);
};

/* All filters, in the order of `speedup list`, ended by NULL. */
extern const struct filter *const filter_catalogue[];

/* The filter of this name, or NULL. */
const struct filter *filter_find(const char *name);

#endif
