/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/cores/measure_cores.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/measure/cores/stream.h"
#include "harness/measure/statistics.h"

/* A look takes LOOK_S, a piece a small part of it; one that takes longer than PIECE_AT_MOST_S would make
 * looks too long. */
static const double LOOK_S = 0.08, PIECE_S = 0.004, PIECE_AT_MOST_S = 0.1;
enum { TURNS = 3 };

/* One thread on one place. */
struct runner {
    const struct core_probe *probe;
    pthread_t thread;
    int place;
    size_t rows; /* of a piece */
    double rate; /* pieces a second */
    struct error error;
    int failed;
};

/* A workspace and an output, as a worker has them. */
static int work(struct runner *runner, double seconds)
{
    const struct core_probe *probe = runner->probe;
    const struct image *input = probe->input;
    struct image output;
    size_t ny = input->ny, nx = input->nx;
    int pieces = 0;
    if (probe->filter->output_shape)
        probe->filter->output_shape(input->ny, input->nx, &ny, &nx);
    if (image_create(&output, ny, nx, &runner->error) != 0)
        return -1;
    void *workspace = probe->filter->create(probe->parameters, &runner->error);
    size_t rows = runner->rows < ny ? runner->rows : ny;
    /* The first piece makes the workspace grow, and brings the image into the caches. */
    int failed =
        !workspace || probe->filter->apply(workspace, input, 0, rows, &output, &runner->error) != 0;
    double began = clock_seconds(), now = began;
    while (!failed && (pieces == 0 || now - began < seconds)) {
        failed = probe->filter->apply(workspace, input, 0, rows, &output, &runner->error) != 0;
        now = clock_seconds();
        pieces++;
    }
    runner->rate = pieces / (now - began);
    probe->filter->destroy(workspace);
    image_destroy(&output);
    return failed ? -1 : 0;
}

static void *run(void *given)
{
    struct runner *runner = given;
    topology_bind_worker(runner->probe->topology, runner->place);
    runner->failed = work(runner, LOOK_S);
    return NULL;
}

/* The pieces a second that workers on these places do together. */
static int look(const struct core_probe *probe, size_t rows, const int *places, int count,
                double *rate, struct error *error)
{
    struct runner *runners = calloc((size_t)count, sizeof *runners);
    int started = 0, failed = runners ? 0 : error_set(error, "cores", "no memory");
    *rate = 0;
    for (int i = 0; i < count && !failed; i++) {
        runners[i] = (struct runner){.probe = probe, .place = places[i], .rows = rows};
        if (pthread_create(&runners[i].thread, NULL, run, &runners[i]) != 0)
            failed = error_set(error, "cores", "no thread to measure them");
        else
            started++;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(runners[i].thread, NULL);
        *rate += runners[i].rate;
        if (runners[i].failed && !failed) {
            *error = runners[i].error;
            failed = -1;
        }
    }
    free(runners);
    return failed;
}

/* Rows for a piece; 0 where even one row takes too long. */
static int choose_rows(const struct core_probe *probe, size_t *rows, struct error *error)
{
    for (*rows = 1;; *rows *= 2) {
        struct runner runner = {.probe = probe, .rows = *rows};
        if (work(&runner, 0) != 0) {
            *error = runner.error;
            return -1;
        }
        if (1 / runner.rate >= PIECE_S || *rows >= probe->input->ny) {
            if (1 / runner.rate > PIECE_AT_MOST_S)
                *rows = 0;
            return 0;
        }
    }
}

/* What is looked at in each turn: each kind alone, the two threads of a core, all cores, one core beside
 * a stream. */
struct rates {
    double kind[CORE_KINDS_AT_MOST][TURNS], alone[TURNS], pair[TURNS], all[TURNS], beside[TURNS];
};

/* The first core, while the second one streams. */
static int look_beside(const struct core_probe *probe, size_t rows, double *rate,
                       struct error *error)
{
    const int first = 0, second = 1;
    struct stream *stream = stream_start(probe->topology, second, error);
    if (!stream)
        return -1;
    int failed = look(probe, rows, &first, 1, rate, error);
    stream_stop(stream);
    return failed;
}

static int look_at_all(const struct core_probe *probe, size_t rows,
                       const struct core_speeds *speeds, int turn, struct rates *rates,
                       struct error *error)
{
    int cores = 0, failed = 0;
    for (int k = 0; k < speeds->kinds && !failed; k++) {
        cores += speeds->kind[k].cores;
        failed = look(probe, rows, &speeds->kind[k].place, 1, &rates->kind[k][turn], error);
    }
    if (!failed && speeds->second_place[0] >= 0)
        failed = look(probe, rows, speeds->second_place, 1, &rates->alone[turn], error) != 0 ||
                 look(probe, rows, speeds->second_place, 2, &rates->pair[turn], error) != 0;
    int *places = calloc((size_t)cores, sizeof *places);
    if (!failed && !places)
        failed = error_set(error, "cores", "no memory");
    for (int i = 0; i < cores && places; i++)
        places[i] = i;
    if (!failed)
        failed = look(probe, rows, places, cores, &rates->all[turn], error);
    free(places);
    if (!failed && cores > 1)
        failed = look_beside(probe, rows, &rates->beside[turn], error);
    return failed;
}

static double median(const double *values)
{
    return statistics_median(values, TURNS).value;
}

static double median_ratio(const double *numerator, const double *denominator)
{
    return statistics_ratio(numerator, denominator, TURNS).value;
}

static void take(const struct rates *rates, struct core_speeds *speeds)
{
    double alone = 0;
    for (int k = 0; k < speeds->kinds; k++) {
        speeds->kind[k].speed = median_ratio(rates->kind[k], rates->kind[0]);
        speeds->kind[k].measured = true;
        alone += speeds->kind[k].cores * median(rates->kind[k]);
    }
    if (speeds->second_place[0] >= 0) {
        speeds->second_thread = median_ratio(rates->pair, rates->alone) - 1;
        speeds->second_measured = true;
    }
    speeds->together = median(rates->all) / alone;
    if (median(rates->beside) > 0)
        speeds->beside = median_ratio(rates->beside, rates->kind[0]);
}

int cores_measure(const struct core_probe *probe, struct core_speeds *speeds, struct error *error)
{
    struct rates rates = {.alone = {0}};
    size_t rows;
    double began = clock_seconds();
    if (!probe->topology->can_bind || probe->filter->waiting || probe->filter->uses_blas)
        return 0;
    if (choose_rows(probe, &rows, error) != 0)
        return -1;
    for (int turn = 0; turn < TURNS && rows > 0; turn++)
        if (look_at_all(probe, rows, speeds, turn, &rates, error) != 0)
            return -1;
    if (rows > 0)
        take(&rates, speeds);
    speeds->seconds = clock_seconds() - began;
    return 0;
}
