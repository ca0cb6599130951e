/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/inputs/production.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "generator/fake.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/progress.h"
#include "harness/machine/topology.h"

/* What the threads share. */
struct floor {
    const struct production *order;
    const struct fake_plan *plan;

    pthread_mutex_t mutex; /* guards all below */
    size_t next, done;     /* images that somebody has taken on, that are done */
    bool failed;           /* then nobody takes on another */
    struct error error;    /* the first one */
    struct progress progress;
};

/* The number of the next image, or -1 when there is nothing left to do. */
static long take_on(struct floor *floor)
{
    long number = -1;
    pthread_mutex_lock(&floor->mutex);
    if (!floor->failed && floor->next < floor->order->count && !interrupt_signal())
        number = (long)floor->next++;
    pthread_mutex_unlock(&floor->mutex);
    return number;
}

static void report_done(struct floor *floor)
{
    pthread_mutex_lock(&floor->mutex);
    floor->done++;
    progress_set(&floor->progress, floor->done, NULL);
    pthread_mutex_unlock(&floor->mutex);
}

static void report_failure(struct floor *floor, const struct error *error)
{
    pthread_mutex_lock(&floor->mutex);
    if (!floor->failed)
        floor->error = *error;
    floor->failed = true;
    pthread_mutex_unlock(&floor->mutex);
}

static void *work(void *argument)
{
    struct floor *floor = argument;
    const struct production *order = floor->order;
    struct error error = {""};
    struct image image = {0};
    bool failed = true;
    long i;

    struct fake_workspace *workspace = fake_workspace_create(floor->plan, &error);
    if (!workspace || image_create(&image, order->ny, order->nx, &error) != 0)
        goto end;
    while ((i = take_on(floor)) >= 0) {
        uint32_t seed = order->seed + (uint32_t)i;
        if (fake_image(floor->plan, workspace, seed, &image, &error) != 0 ||
            order->take(order->context, (size_t)i, &image, &error) != 0)
            goto end;
        report_done(floor);
    }
    failed = interrupt_signal() != 0;
    if (failed)
        error_set(&error, "interrupted", "while images were made");
end:
    if (failed)
        report_failure(floor, &error);
    image_destroy(&image);
    fake_workspace_destroy(workspace);
    return NULL;
}

/* Starts the threads and waits until all have ended; floor->error tells how it went. */
static void run_threads(struct floor *floor, size_t workers)
{
    struct error error;
    size_t started = 0;
    pthread_t *threads = calloc(workers, sizeof *threads);
    if (!threads) {
        error_set(&error, "fake images", "no memory for %zu threads", workers);
        report_failure(floor, &error);
        return;
    }
    for (; started < workers; started++) {
        int problem = pthread_create(&threads[started], NULL, work, floor);
        if (problem) {
            error_system(&error, "--workers", "cannot start so many threads", problem);
            report_failure(floor, &error);
            break;
        }
    }
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL); /* cannot fail: it exists and nobody else joins it */
    free(threads);
}

static int workers_wanted(const struct production *production, size_t *workers, struct error *error)
{
    struct topology topology;
    *workers = production->workers;
    if (*workers == 0) {
        if (topology_load(&topology, NULL, error) != 0)
            return -1;
        *workers = (size_t)topology_most_workers(&topology);
        topology_destroy(&topology);
    }
    if (*workers > production->count)
        *workers = production->count;
    return 0;
}

int production_run(const struct production *production, struct error *error)
{
    size_t workers;
    struct floor floor = {.order = production};
    if (workers_wanted(production, &workers, error) != 0)
        return -1;
    struct fake_plan *plan = fake_plan_create(production->ny, production->nx, error);
    if (!plan)
        return -1;
    floor.plan = plan;
    int problem = pthread_mutex_init(&floor.mutex, NULL);
    if (problem) {
        fake_plan_destroy(plan);
        return error_system(error, "fake images", "cannot make a mutex", problem);
    }
    floor.progress = progress_start("fake images", production->count);
    run_threads(&floor, workers);
    progress_finish(&floor.progress);
    pthread_mutex_destroy(&floor.mutex);
    fake_plan_destroy(plan);
    if (floor.failed)
        *error = floor.error;
    return floor.failed ? -1 : 0;
}
