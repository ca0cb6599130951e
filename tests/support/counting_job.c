/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counting_job.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "harness/base/self.h"
#include "tests/support/cmocka_all.h"

static struct counting_job *counting(struct job *job)
{
    return (struct counting_job *)(void *)job;
}

static int count(struct counting_job *self, int *results, int task, int worker)
{
    if (worker < 0 || worker >= self->workers || task < 0 || task >= self->job.tasks) {
        atomic_fetch_add(&self->bad_workers, 1);
        return -1;
    }
    if (atomic_fetch_add(&self->busy[worker], 1) != 0)
        atomic_fetch_add(&self->overlaps, 1);
    atomic_fetch_add(&self->times_run[task], 1);
    results[task] = task + 1000;
    if (task < (int)(sizeof self->by / sizeof self->by[0]))
        self->by[task] = worker;
    if (self->nap_ns > 0)
        nanosleep(&(struct timespec){.tv_nsec = self->nap_ns}, NULL);
    if (task == self->killing_task)
        raise(SIGKILL);
    atomic_fetch_sub(&self->busy[worker], 1);
    return task == self->failing_task ? -1 : 0;
}

static int run_task(struct job *job, int task, int worker)
{
    return count(counting(job), counting(job)->results, task, worker);
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

static char worker_argument[] = "--counting-worker";

/* This test program once more: NAME --counting-worker DESCRIPTOR DESCRIPTOR. */
static void name_program(struct counting_job *self, const struct shared *memory)
{
    const int kept[3] = {memory->fd, self->results_memory.fd, -1};
    struct error error;
    if (self_path(self->program, sizeof self->program, &error) != 0)
        fail_msg("%s", error.text);
    memcpy(self->kept, kept, sizeof kept);
    self->arguments[0] = self->program;
    self->arguments[1] = worker_argument;
    for (int i = 0; i < 2; i++) {
        snprintf(self->descriptors[i], sizeof self->descriptors[i], "%d", kept[i]);
        self->arguments[2 + i] = self->descriptors[i];
    }
    self->anew = (struct job_anew){
        .program = self->program, .arguments = self->arguments, .kept = self->kept};
}

/* The job of a worker that is a fresh process: the counters lie elsewhere for it, and so does every
 * function. */
struct served {
    struct job job;
    struct counting_job *counting;
    int *results;
};

static int run_served(struct job *job, int task, int worker)
{
    struct served *served = (struct served *)(void *)job;
    return count(served->counting, served->results, task, worker);
}

void counting_job_serve(int argc, char **argv)
{
    struct shared memory, results;
    struct error error;
    if (argc != 4 || strcmp(argv[1], worker_argument) != 0)
        return;
    if (shared_attach(&memory, atoi(argv[2]), &error) != 0 ||
        shared_attach(&results, atoi(argv[3]), &error) != 0)
        exit(1);
    struct served served = {.counting = memory.address, .results = results.address};
    served.job = (struct job){.tasks = served.counting->job.tasks, .run_task = run_served};
    exit(spawn_serve(&served.job, 0) == 0 ? 0 : 1);
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
                             .anew = &self->anew,
                             .run_task = run_task,
                             .fail = note_failure};
    list_results(self);
    name_program(self, memory);
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
