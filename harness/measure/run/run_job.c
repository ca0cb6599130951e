/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/run_job.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/clock.h"
#include "harness/base/self.h"
#include "harness/machine/blas_library.h"

static struct run *run_of(struct job *job)
{
    return (struct run *)(void *)job;
}

static int fail(struct job *job, const char *what, int error_number)
{
    struct error error;
    const char *strategy = run_of(job)->workload.header->config.strategy;
    if (error_number == JOB_CRASHED)
        run_of(job)->workload.header->crashed = true;
    if (error_number > 0)
        error_system(&error, strategy, what, error_number);
    else
        error_set(&error, strategy, "%s", what);
    return workload_fail(&run_of(job)->workload, &error);
}

/* The first task of a worker finds it a core and a workspace. */
static int make_ready(struct run *run, int number)
{
    struct error error;
    const struct config *config = &run->workload.header->config;
    struct run_worker *worker = &run->worker[number];
    if (config->bind == BIND_CORES)
        topology_bind_worker(&run->topology, number);
    if (run->filter->uses_blas)
        atomic_store(&run->workload.header->blas_threads, blas_library_threads());
    worker->workspace = run->filter->create(&config->parameters, &error);
    if (!worker->workspace)
        return workload_fail(&run->workload, &error);
    worker->ready = true;
    return 0;
}

/* The task itself: in memory, or from file to file. */
static int compute(struct run *run, const struct task *task, int worker, struct error *error)
{
    struct error why;
    char what[32];
    void *workspace = run->worker[worker].workspace;
    const struct config *config = &run->workload.header->config;
    const struct frame *frame = &run->workload.frames[task->frame];
    if (config->io == IO_FILES)
        return file_task_run(run->filter, &config->parameters, workspace, frame->file,
                             frame->result, error);
    struct image input = workload_input(&run->workload, task->frame);
    struct image output = workload_output(&run->workload, task->frame);
    if (run->filter->apply(workspace, &input, task->row_begin, task->row_end, &output, &why) == 0)
        return 0;
    snprintf(what, sizeof what, "image %d", task->frame);
    return error_set(error, what, "%s", why.text);
}

static int run_task(struct job *job, int number, int worker)
{
    struct run *run = run_of(job);
    struct error error;
    if (number < 0 || number >= job->tasks)
        return fail(job, "ran a task that there is not", 0);
    if (worker < 0 || worker >= run->workers)
        return fail(job, "used a worker that there is not", 0);

    const struct task *task = &run->workload.tasks[number];
    struct stamp *stamp = &run->workload.stamps[number];
    int failed = 0;

    stamp->start_s = clock_seconds();
    stamp->worker = worker;
    if (!run->worker[worker].ready)
        failed = make_ready(run, worker);
    if (!failed && compute(run, task, worker, &error) != 0)
        failed = workload_fail(&run->workload, &error);
    stamp->end_s = clock_seconds();
    atomic_fetch_add(&stamp->times_run, 1);
    return failed;
}

static void *result(struct job *job, int task, size_t *bytes)
{
    void *rows = workload_result(&run_of(job)->workload, task, bytes);
    if (run_of(job)->workload.header->config.io == IO_FILES)
        *bytes = 0; /* the result is a file: there is nothing to send */
    return rows;
}

static int keep_results_private(struct job *job)
{
    if (workload_make_pixels_private(&run_of(job)->workload) != 0)
        return fail(job, "mmap", errno);
    return 0;
}

static char *const *command(struct job *job)
{
    return run_of(job)->command;
}

static const char *file(struct job *job, int task)
{
    const struct workload *workload = &run_of(job)->workload;
    return workload->frames[workload->tasks[task].frame].file;
}

static double now(struct job *job)
{
    (void)job;
    return clock_seconds();
}

static int note(struct job *job, int number, int worker, double start_s, double end_s)
{
    struct run *run = run_of(job);
    if (number < 0 || number >= job->tasks || worker < 0 || worker >= run->workers)
        return fail(job, "noted a task or a worker that there is not", 0);
    struct stamp *stamp = &run->workload.stamps[number];
    stamp->worker = worker;
    stamp->start_s = start_s;
    stamp->end_s = end_s;
    atomic_fetch_add(&stamp->times_run, 1);
    return 0;
}

static const char *option(struct job *job, const char *name)
{
    const struct config *config = &run_of(job)->workload.header->config;
    const char *text = NULL;
    if (strcmp(name, "sshlogin") == 0)
        text = config->sshlogin;
    else if (strcmp(name, "sshloginfile") == 0)
        text = config->sshloginfile;
    else if (strcmp(name, "hostfile") == 0)
        text = config->hostfile;
    return text && *text ? text : NULL;
}

/* PROGRAM filter --filter NAME --window N --out DIR, and the file to come. */
static int make_command(struct run *run, struct error *error)
{
    struct workload_header *header = run->workload.header;
    static char words[][16] = {"filter", "--filter", "--window", "--out"};
    char *const command_words[] = {run->program, words[0],    words[1], header->config.filter,
                                   words[2],     run->window, words[3], header->result_directory,
                                   NULL};
    if (self_path(run->program, sizeof run->program, error) != 0)
        return -1;
    snprintf(run->window, sizeof run->window, "%zu", header->config.parameters.window);
    memcpy(run->command, command_words, sizeof command_words);
    return 0;
}

int run_job_create(struct run *run)
{
    struct error error;
    const struct config *config = &run->workload.header->config;
    run->job = (struct job){.tasks = run->workload.header->tasks,
                            .lock_released = config->lock == LOCK_RELEASED,
                            .run_task = run_task,
                            .fail = fail,
                            .result = result,
                            .keep_results_private = keep_results_private,
                            .command = command,
                            .file = file,
                            .now = now,
                            .note = note,
                            .option = option};
    run->workers = config->workers;
    run->worker = calloc((size_t)run->workers, sizeof *run->worker);
    if (!run->worker)
        return fail(&run->job, "no memory for the workers", 0);
    if (config->io == IO_FILES && (fits_ready(&error) != 0 || make_command(run, &error) != 0))
        return workload_fail(&run->workload, &error);
    return 0;
}

void run_job_destroy(struct run *run)
{
    for (int i = 0; run->worker && i < run->workers; i++)
        run->filter->destroy(run->worker[i].workspace);
    free(run->worker);
}
