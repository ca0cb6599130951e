/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counting_job.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

static int note_failure(struct job *job, const char *what, int error_number)
{
    struct counting_job *self = counting(job);
    snprintf(self->last_failure, sizeof self->last_failure, "%s: %d", what, error_number);
    atomic_fetch_add(&self->failures, 1);
    atomic_fetch_add(&self->crashes, error_number == JOB_CRASHED);
    return -1;
}

/* Where each task leaves its one int. */
static void list_results(struct counting_job *self)
{
    size_t tasks = (size_t)self->job.tasks;
    struct job_result *of = calloc(tasks + 1, sizeof *of);
    assert_non_null(of);
    for (size_t i = 0; i < tasks; i++)
        of[i] = (struct job_result){.address = &self->results[i], .bytes = sizeof(int)};
    self->where = (struct job_results){
        .of = of, .memory = self->results, .bytes = self->results_memory.bytes};
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
                             .chunk = 1,
                             .results = &self->where,
                             .run_task = run_task,
                             .fail = note_failure};
    list_results(self);
    self->workers = workers;
    self->failing_task = self->killing_task = -1;
    return self;
}

void counting_job_destroy(struct shared *memory)
{
    struct counting_job *self = memory->address;
    free(self->where.of);
    shared_destroy(&self->results_memory);
    shared_destroy(memory);
}
