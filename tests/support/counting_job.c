/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counting_job.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>

#include "harness/base/clock.h"
#include "tests/support/cmocka_all.h"

static struct counting_job *counting(struct job *job)
{
    return (struct counting_job *)(void *)job;
}

static int run_task(struct job *job, int task, int worker)
{
    struct counting_job *self = counting(job);
    if (worker < 0 || worker >= self->workers || task < 0 || task >= job->tasks) {
        atomic_fetch_add(&self->bad_workers, 1);
        return -1;
    }
    if (atomic_fetch_add(&self->busy[worker], 1) != 0)
        atomic_fetch_add(&self->overlaps, 1);
    atomic_fetch_add(&self->times_run[task], 1);
    self->results[task] = task + 1000;
    if (self->nap_ns > 0)
        nanosleep(&(struct timespec){.tv_nsec = self->nap_ns}, NULL);
    if (task == self->killing_task)
        raise(SIGKILL);
    atomic_fetch_sub(&self->busy[worker], 1);
    return task == self->failing_task ? -1 : 0;
}

static double now(struct job *job)
{
    (void)job;
    return clock_seconds();
}

static int note_failure(struct job *job, const char *what, int error_number)
{
    struct counting_job *self = counting(job);
    snprintf(self->last_failure, sizeof self->last_failure, "%s: %d", what, error_number);
    atomic_fetch_add(&self->failures, 1);
    atomic_fetch_add(&self->crashes, error_number == JOB_CRASHED);
    return -1;
}

static void *result(struct job *job, int task, size_t *bytes)
{
    *bytes = sizeof(int);
    return &counting(job)->results[task];
}

static int keep_results_private(struct job *job)
{
    const struct shared *memory = &counting(job)->results_memory;
    void *mapped = mmap(memory->address, memory->bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_FIXED, memory->fd, 0);
    return mapped == MAP_FAILED ? -1 : 0;
}

struct counting_job *counting_job_create(struct shared *memory, int tasks, int workers)
{
    struct error error;
    struct counting_job *self;
    size_t bytes = sizeof *self + (size_t)(tasks + 1) * sizeof self->times_run[0];
    if (shared_create(memory, bytes, &error) != 0)
        fail_msg("%s", error.text);
    self = memory->address;
    if (shared_create(&self->results_memory, (size_t)(tasks + 1) * sizeof(int), &error) != 0)
        fail_msg("%s", error.text);
    self->results = self->results_memory.address;
    self->job = (struct job){.tasks = tasks,
                             .run_task = run_task,
                             .fail = note_failure,
                             .result = result,
                             .keep_results_private = keep_results_private,
                             .now = now};
    self->workers = workers;
    self->failing_task = self->killing_task = -1;
    return self;
}

void counting_job_destroy(struct shared *memory)
{
    struct counting_job *self = memory->address;
    shared_destroy(&self->results_memory);
    shared_destroy(memory);
}
