/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/prove/causes.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "harness/base/clock.h"
#include "harness/measure/run/run_job.h"
#include "tests/prove/hogs.h"
#include "tests/prove/quota.h"
#include "tests/prove/work.h"

/* What one run does beside its tasks. */
struct injection {
    double start_s, handout_s;
    bool dynamic; /* whoever is free takes the next task */
    struct inside inside;
};

struct worker {
    struct job *job;
    const struct injection *injection;
    atomic_int *next;
    int number, workers;
    pthread_t thread;
};

/* A nap ends some 50 us late. So the last of it is spent looking at the clock. */
static void rest(double seconds)
{
    static const double LATE_S = 200e-6;
    double until_s = clock_seconds() + seconds;
    const struct timespec nap = {.tv_nsec = (long)((seconds - LATE_S) * 1e9)};
    if (seconds > LATE_S)
        nanosleep(&nap, NULL);
    while (clock_seconds() < until_s)
        continue;
}

static void *work(void *argument)
{
    const struct worker *worker = argument;
    const struct injection *injection = worker->injection;
    int tasks = worker->job->tasks, done = 0, share = tasks / worker->workers;
    work_worker = worker->number;
    if (injection->start_s > 0)
        rest(injection->start_s);
    for (;; done++) {
        int task =
            injection->dynamic ? atomic_fetch_add(worker->next, 1) : worker->number * share + done;
        if (task >= tasks || (!injection->dynamic && done >= share))
            return NULL;
        if (done > 0 && injection->handout_s > 0)
            rest(injection->handout_s);
        job_run(worker->job, task, worker->number);
    }
}

static int run_with(struct job *job, int workers, const struct injection *injection)
{
    struct worker *all = calloc((size_t)workers, sizeof *all);
    atomic_int next = 0;
    int started = 0, failed = 0;
    if (!all)
        return job_fail(job, "workers", ENOMEM);
    work_inside = injection->inside;
    for (; started < workers && !failed; started++) {
        all[started] = (struct worker){job, injection, &next, started, workers, 0};
        int problem = pthread_create(&all[started].thread, NULL, work, &all[started]);
        if (problem) {
            failed = job_fail(job, "pthread_create", problem);
            break;
        }
    }
    for (int i = 0; i < started; i++)
        pthread_join(all[i].thread, NULL);
    free(all);
    return failed;
}

#define NOTHING ((struct injection){.start_s = 0})

static int plain(struct job *job, int workers, void *state)
{
    (void)state;
    return run_with(job, workers, &NOTHING);
}

static int serial(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

static int dynamic(struct job *job, int workers, void *state)
{
    (void)state;
    return run_with(job, workers, &(struct injection){.dynamic = true});
}

/* ---- inside the tasks ---------------------------------------------------------------------------- */

/* Two workers do not meet on a lock that is held less than half of the time. */
static int lock(struct job *job, int workers, void *state)
{
    (void)state;
    return run_with(job, workers, &(struct injection){.inside.locked = 0.5 + 0.1 * job->chunk});
}

static int false_sharing(struct job *job, int workers, void *state)
{
    (void)state;
    return run_with(job, workers, &(struct injection){.inside.shared = 0.2 * job->chunk});
}

/* ---- between the tasks --------------------------------------------------------------------------- */

double cause_start_s(int dose)
{
    return 4e-3 * dose;
}

static int start_late(struct job *job, int workers, void *state)
{
    (void)state;
    return run_with(job, workers, &(struct injection){.start_s = cause_start_s(job->chunk)});
}

double cause_handout_s(int dose)
{
    return 0.4e-3 * dose;
}

static int hand_out_late(struct job *job, int workers, void *state)
{
    (void)state;
    return run_with(job, workers, &(struct injection){.handout_s = cause_handout_s(job->chunk)});
}

/* ---- around them --------------------------------------------------------------------------------- */

static int start_hog(struct job *job, int workers, void **state)
{
    (void)workers;
    *state = hog_start(&((struct run *)(void *)job)->topology, 0.2 * job->chunk, 0);
    return *state ? 0 : job_fail(job, "hog", ENOMEM);
}

static int start_stream(struct job *job, int workers, void **state)
{
    (void)workers;
    *state = hog_start(&((struct run *)(void *)job)->topology, 0.2 * job->chunk, HOG_BYTES);
    return *state ? 0 : job_fail(job, "hog", ENOMEM);
}

/* The hog is at work for as long as the clock runs. */
static int beside_hog(struct job *job, int workers, void *state)
{
    hog_go(state);
    int failed = run_with(job, workers, &NOTHING);
    hog_pause(state);
    return failed;
}

static int stop_hog(struct job *job, void *state)
{
    (void)job;
    hog_stop(state);
    return 0;
}

double cause_quota_cpus(int dose)
{
    return 2 - 0.2 * dose;
}

static int enter_quota(struct job *job, int workers, void **state)
{
    (void)workers;
    *state = NULL;
    return quota_enter(cause_quota_cpus(job->chunk)) == 0 ? 0 : job_fail(job, "quota", errno);
}

static int leave_quota(struct job *job, void *state)
{
    (void)state;
    return quota_leave() == 0 ? 0 : job_fail(job, "quota", errno);
}

const struct strategy
    cause_serial = {.name = "serial", .summary = "", .one_worker = true, .run = serial},
    cause_plain = {.name = "plain", .summary = "", .run = plain},
    cause_dynamic = {.name = "dynamic", .summary = "", .run = dynamic},
    cause_lock = {.name = "lock", .summary = "", .has_chunks = true, .run = lock},
    cause_start = {.name = "start", .summary = "", .has_chunks = true, .run = start_late},
    cause_handout = {.name = "handout", .summary = "", .has_chunks = true, .run = hand_out_late},
    cause_hog = {.name = "hog",
                 .summary = "",
                 .has_chunks = true,
                 .start = start_hog,
                 .run = beside_hog,
                 .stop = stop_hog},
    cause_bandwidth = {.name = "bandwidth",
                       .summary = "",
                       .has_chunks = true,
                       .start = start_stream,
                       .run = beside_hog,
                       .stop = stop_hog},
    cause_quota = {.name = "quota",
                   .summary = "",
                   .has_chunks = true,
                   .start = enter_quota,
                   .run = plain,
                   .stop = leave_quota},
    cause_false_sharing = {
        .name = "false-sharing", .summary = "", .has_chunks = true, .run = false_sharing};
