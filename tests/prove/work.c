/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/prove/work.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"

enum { WORKERS_AT_MOST = 64, LONGS = 16 };

struct inside work_inside;
_Thread_local int work_worker;

/* One for each worker in a line of its own, and one line in which all have a place. */
static _Alignas(128) volatile long own[WORKERS_AT_MOST][LONGS], together[LONGS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

struct workspace {
    double *memory;
    double bytes;
};

/* Every step waits for the one before, so it takes the same time wherever it runs. */
static double compute(double x, double steps)
{
    for (long i = 0; i < (long)steps; i++)
        x = x * 0.999999 + 1e-6;
    return x;
}

double work_million_s(void)
{
    volatile double sink;
    double least = 1;
    for (int i = 0; i < 20; i++) {
        double began = clock_seconds();
        sink = compute(0.5, 1e6);
        double took = clock_seconds() - began;
        least = took < least ? took : least;
    }
    (void)sink;
    return least;
}

void work_stream(double *memory, double bytes)
{
    size_t count = (size_t)bytes / sizeof *memory;
    for (size_t i = 0; i < count; i++)
        memory[i] += 1;
}

static void write_counters(double writes)
{
    int worker = work_worker % WORKERS_AT_MOST;
    volatile long *mine = &own[worker][0], *ours = &together[worker % LONGS];
    long shared = (long)(writes * work_inside.shared);
    for (long i = 0; i < shared; i++)
        *ours += 1;
    for (long i = shared; i < (long)writes; i++)
        *mine += 1;
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    (void)parameters;
    struct workspace *workspace = calloc(1, sizeof *workspace);
    if (!workspace)
        error_set(error, "work", "no memory");
    return workspace;
}

static void destroy(void *what)
{
    struct workspace *workspace = what;
    if (workspace)
        free(workspace->memory);
    free(workspace);
}

static int stream(struct workspace *workspace, double bytes, struct error *error)
{
    if (workspace->bytes < bytes) {
        double *more = realloc(workspace->memory, (size_t)bytes);
        if (!more)
            return error_set(error, "work", "no memory");
        memset(more, 0, (size_t)bytes);
        workspace->memory = more;
        workspace->bytes = bytes;
    }
    for (int i = 0; i < 4; i++)
        work_stream(workspace->memory, bytes);
    return 0;
}

static int apply(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    const double *says = input->pixels;
    double steps = says[WORK_STEPS], locked = steps * work_inside.locked, x = 0.5;
    (void)row_begin, (void)row_end;
    if (locked > 0) {
        pthread_mutex_lock(&lock);
        x = compute(x, (double)(long)locked);
        pthread_mutex_unlock(&lock);
    }
    x = compute(x, (double)((long)steps - (long)locked));
    write_counters(says[WORK_WRITES]);
    if (says[WORK_BYTES] > 0 && stream(workspace, says[WORK_BYTES], error) != 0)
        return -1;
    for (size_t i = 0; i < WORK_PIXELS; i++)
        output->pixels[i] = x;
    return 0;
}

static size_t bands(size_t ny)
{
    return ny;
}

const struct filter work_filter = {
    .name = "work",
    .summary = "known work, for the proof",
    .bands = bands,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};
