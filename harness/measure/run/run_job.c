/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/run_job.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/clock.h"
#include "harness/base/self.h"
#include "harness/base/spawn.h"
#include "harness/machine/blas/blas_library.h"
#include "harness/machine/thread_variables.h"
#include "harness/measure/run/isolated_run.h"
#include "harness/measure/run/rules.h"
#include "strategies/process.h"

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

/* The file of a task; "" where tasks have none. */
static char *file_of(const struct run *run, int task)
{
    static char none[] = "";
    char *file = workload_file(&run->workload, run->workload.tasks[task].frame);
    return file ? file : none;
}

static int compute_by_command(struct run *run, int task, int worker, struct error *error)
{
    bool crashed;
    if (run_command_run(&run->own, file_of(run, task), task, worker, &crashed, error) == 0)
        return 0;
    if (crashed)
        run->workload.header->crashed = true;
    return -1;
}

/* The task itself: by the user's command, from file to file, or in memory. */
static int compute(struct run *run, int number, int worker, struct error *error)
{
    struct error why;
    char what[32], result[PATH_MAX];
    const struct task *task = &run->workload.tasks[number];
    if (run->own_words)
        return compute_by_command(run, number, worker, error);
    void *workspace = run->worker[worker].workspace;
    const struct config *config = &run->workload.header->config;
    if (config->io == IO_FILES) {
        if (workload_result_path(&run->workload, task->frame, result, error) != 0)
            return -1;
        return file_task_run(run->filter, &config->parameters, workspace,
                             workload_file(&run->workload, task->frame), result, error);
    }
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
        return fail(job, "ran a nonexistent task", 0);
    if (worker < 0 || worker >= run->workers)
        return fail(job, "used a nonexistent worker number", 0);

    struct stamp *stamp = &run->workload.stamps[number];
    int failed = 0;

    if (rules_begin_task(run, number, worker) != 0)
        return -1;
    stamp->start_s = clock_seconds();
    stopwatch_begin(&run->worker[worker].watch, stamp->start_s);
    stamp->worker = worker;
    if (!run->worker[worker].ready)
        failed = make_ready(run, worker);
    if (!failed && compute(run, number, worker, &error) != 0)
        failed = workload_fail(&run->workload, &error);
    stamp->end_s = clock_seconds();
    stamp->cpu_s = stopwatch_end(&run->worker[worker].watch, stamp->end_s);
    stamp->queue_s = stopwatch_queue(&run->worker[worker].watch);
    stamp->queue_before_s = stopwatch_queue_before(&run->worker[worker].watch);
    atomic_fetch_add(&stamp->times_run, 1);
    rules_end_task(run, worker);
    return failed;
}

static int note(struct job *job, int number, int worker, double start_s, double end_s)
{
    struct run *run = run_of(job);
    if (number < 0 || number >= job->tasks || worker < 0 || worker >= run->workers)
        return fail(job, "noted a nonexistent task or worker", 0);
    struct stamp *stamp = &run->workload.stamps[number];
    stamp->worker = worker;
    stamp->start_s = start_s;
    stamp->end_s = end_s;
    stamp->cpu_s = stamp->queue_s = stamp->queue_before_s = (double)NAN;
    atomic_fetch_add(&stamp->times_run, 1);
    return 0;
}

/* What a launcher starts for one task: the user's command, or our own program with the file behind
 * its options. */
static char **words_for(struct job *job, int task, int worker)
{
    struct run *run = run_of(job);
    if (run->own_words)
        return run_command_words(&run->own, file_of(run, task), task, worker);
    char **list = calloc(COMMAND_WORDS_AT_MOST + 1, sizeof *list);
    size_t count = 0;
    for (; list && run->command[count]; count++)
        list[count] = run->command[count];
    if (list)
        list[count] = run->files[task];
    return list;
}

static int errors_for(struct job *job, int worker)
{
    struct run *run = run_of(job);
    return run->own_words ? run_command_errors(&run->own, worker) : SPAWN_SAME;
}

static int ended(struct job *job, int task, int worker, int status, double start_s)
{
    struct run *run = run_of(job);
    double end_s = clock_seconds();
    struct error error;
    bool crashed;
    if (!run->own_words) {
        if (process_judge(job, status, worker, task, 1) != 0)
            return -1;
    } else if (run_command_judge(&run->own, file_of(run, task), task, worker, status, &crashed,
                                 &error) != 0) {
        if (crashed)
            run->workload.header->crashed = true;
        return workload_fail(&run->workload, &error);
    }
    return note(job, task, worker, start_s, end_s);
}

/* For strategies that send results; with files there is nothing to send. */
static int make_results(struct run *run)
{
    const struct workload *workload = &run->workload;
    const struct workload_places *at = &workload->header->at;
    run->results = (struct job_results){
        .of = calloc((size_t)run->job.tasks, sizeof *run->results.of),
        .memory = (char *)workload->memory.address + at->outputs,
        .bytes = at->end - at->outputs,
    };
    if (!run->results.of)
        return fail(&run->job, "results", ENOMEM);
    for (int task = 0; task < run->job.tasks; task++) {
        struct job_result *result = &run->results.of[task];
        result->address = workload_result(workload, task, &result->bytes);
    }
    run->job.results = &run->results;
    return 0;
}

/* The ranks are another program beside ours, and other machines know ours by its path. */
static int check_build(struct run *run)
{
    const struct workload_places *at = &run->workload.header->at;
    bool by_path =
        strcmp(run->strategy->name, "mpi") == 0 || at->sshlogin > 0 || at->sshloginfile > 0;
    if (run->own_words || !by_path || !self_is_replaced())
        return 0;
    return fail(&run->job, "speedup was built anew meanwhile, and would be another program there",
                0);
}

/* For strategies that start programs: PROGRAM filter --filter NAME --window N --out DIR, and the
 * file to come. */
static int make_programs(struct run *run)
{
    struct error error;
    const struct workload *workload = &run->workload;
    struct workload_header *header = workload->header;
    static char words[][16] = {"filter", "--filter", "--window", "--out"};
    char *const command[] = {
        run->program, words[0],    words[1], header->config.filter,
        words[2],     run->window, words[3], workload_text(workload, header->at.result_directory),
        NULL};
    if (check_build(run) != 0)
        return -1;
    if (self_program(run->program, sizeof run->program, &error) != 0)
        return workload_fail(&run->workload, &error);
    snprintf(run->window, sizeof run->window, "%zu", header->config.parameters.window);
    memcpy(run->command, command, sizeof command);
    run->files = calloc((size_t)run->job.tasks, sizeof *run->files);
    if (!run->files)
        return fail(&run->job, "files", ENOMEM);
    for (int task = 0; task < run->job.tasks; task++)
        run->files[task] = file_of(run, task);
    run->programs = (struct job_programs){
        .command = run->own_words ? run->own_words : run->command,
        .files = run->files,
        .words = words_for,
        .errors = errors_for,
        .ended = ended,
        .sshlogin = workload_text(workload, header->at.sshlogin),
        .sshloginfile = workload_text(workload, header->at.sshloginfile),
        .hostfile = workload_text(workload, header->at.hostfile),
        .note = note,
    };
    run->job.programs = &run->programs;
    return 0;
}

/* For strategies that start fresh processes: PROGRAM --spawned-worker DESCRIPTOR. */
static int make_anew(struct run *run)
{
    struct error error;
    static char name[] = "speedup", argument[] = SPAWNED_WORKER_ARGUMENT;
    int fd = run->workload.memory.fd;
    if (self_program(run->program, sizeof run->program, &error) != 0)
        return workload_fail(&run->workload, &error);
    snprintf(run->descriptor, sizeof run->descriptor, "%d", fd);
    run->command[0] = name;
    run->command[1] = argument;
    run->command[2] = run->descriptor;
    run->kept[0] = fd;
    run->kept[1] = -1;
    run->anew =
        (struct job_anew){.program = run->program, .arguments = run->command, .kept = run->kept};
    run->job.anew = &run->anew;
    return 0;
}

int run_job_create(struct run *run)
{
    struct error error;
    const struct config *config = &run->workload.header->config;
    run->job = (struct job){.tasks = run->workload.header->tasks,
                            .chunk = config->chunk > 0 ? config->chunk : 1,
                            .lock_released = config->lock == LOCK_RELEASED,
                            .run_task = run_task,
                            .fail = fail};
    run->process = getpid();
    run->workers = config->workers;
    run->worker = calloc((size_t)run->workers, sizeof *run->worker);
    if (!run->worker)
        return fail(&run->job, "workers", ENOMEM);
    if (run->workload.header->command_words > 0) {
        run->own_words = workload_command(&run->workload);
        if (!run->own_words || run_command_create(&run->own, run->own_words, run->workers) != 0 ||
            thread_variables_set(config->blas_threads > 0 ? config->blas_threads : 1) != 0)
            return fail(&run->job, "command", ENOMEM);
    } else if (config->io == IO_FILES && fits_ready(&error) != 0)
        return workload_fail(&run->workload, &error);
    if (run->strategy->sends_results && make_results(run) != 0)
        return -1;
    if (run->strategy->starts_anew && make_anew(run) != 0)
        return -1;
    return run->strategy->files_only ? make_programs(run) : 0;
}

void run_job_destroy(struct run *run)
{
    for (int i = 0; run->worker && i < run->workers; i++) {
        stopwatch_close(&run->worker[i].watch);
        run->filter->destroy(run->worker[i].workspace);
    }
    free(run->worker);
    run_command_destroy(&run->own);
    free(run->own_words);
    free(run->results.of);
    free(run->files);
}
