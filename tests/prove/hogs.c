/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/prove/hogs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "harness/base/clock.h"
#include "tests/prove/work.h"

static const double PERIOD_S = 2e-3;

enum { WAITING, AT_WORK, GOING };

struct hog {
    const struct topology *topology;
    double share, bytes;
    double *memory;
    pthread_t thread;
    atomic_int what;
};

static void nap(double seconds)
{
    const struct timespec time = {.tv_nsec = (long)(seconds * 1e9)};
    nanosleep(&time, NULL);
}

static void be_busy(struct hog *hog, double until_s)
{
    const double part = 262144;
    size_t at = 0, step = (size_t)part / sizeof(double), all = (size_t)hog->bytes / sizeof(double);
    while (clock_seconds() < until_s && atomic_load(&hog->what) == AT_WORK) {
        if (hog->memory)
            work_stream(hog->memory + at, part);
        at = at + 2 * step <= all ? at + step : 0;
    }
}

static void *live(void *argument)
{
    struct hog *hog = argument;
    topology_bind_worker(hog->topology, 1);
    if (hog->memory)
        memset(hog->memory, 0, (size_t)hog->bytes);
    for (double began = clock_seconds(); atomic_load(&hog->what) != GOING;) {
        if (atomic_load(&hog->what) == WAITING) {
            nap(50e-6);
            began = clock_seconds();
            continue;
        }
        be_busy(hog, began + hog->share * PERIOD_S);
        began += PERIOD_S;
        double left = began - clock_seconds();
        if (left > 0)
            nap(left);
        else
            began = clock_seconds(); /* it was held up itself */
    }
    return NULL;
}

void *hog_start(const struct topology *topology, double share, double bytes)
{
    struct hog *hog = calloc(1, sizeof *hog);
    if (!hog)
        return NULL;
    *hog = (struct hog){.topology = topology, .share = share, .bytes = bytes};
    if (bytes > 0)
        hog->memory = malloc((size_t)bytes);
    if ((bytes > 0 && !hog->memory) || pthread_create(&hog->thread, NULL, live, hog) != 0) {
        free(hog->memory);
        free(hog);
        return NULL;
    }
    nap(bytes > 0 ? 60e-3 : 1e-3); /* to have its memory */
    return hog;
}

void hog_go(void *hog)
{
    atomic_store(&((struct hog *)hog)->what, AT_WORK);
}

void hog_pause(void *hog)
{
    atomic_store(&((struct hog *)hog)->what, WAITING);
}

void hog_stop(void *what)
{
    struct hog *hog = what;
    atomic_store(&hog->what, GOING);
    pthread_join(hog->thread, NULL);
    free(hog->memory);
    free(hog);
}
