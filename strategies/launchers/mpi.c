/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mpi: ranks of one MPI job, on this machine or on many, that ask rank 0 for tasks.
 *
 * Costs:    starting the MPI job, tenths of a second; then a message there and back a task.
 * Shares:   nothing but the files: ranks send each other messages. That is why the same job runs on
 *           a laptop and on a thousand nodes.
 * Choose it when one machine is not enough, or when the queue of a computing centre wants it.
 *
 * This strategy only starts `mpirun`; the ranks run build/speedup-mpi, which is mpi_ranks.c with
 * the same filter code linked in. There is one rank more than workers: rank 0 hands out tasks.
 *
 * A question to think about: rank 0 does no work of its own. When is that a waste, and when not?
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/spawn.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/launchers/program.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

static const char *unavailable(void)
{
#ifdef WITH_MPI
    if (!program_exists("mpirun"))
        return "mpirun is missing; install the package openmpi-bin";
    return NULL;
#else
    return "built without MPI; install the package libopenmpi-dev and run make again";
#endif
}

/* The command of the job is "PROGRAM filter OPTION..."; the ranks are PROGRAM-mpi OPTION... FILE... */
static void make_command(struct words *words, const struct job *job, int workers)
{
    static const char *const open_mpi[] = {
        "--quiet",         /* when a rank dies, it is we who say so */
        "--oversubscribe", /* one rank more than cores is meant */
        "--bind-to", "none"};
    char *const *command = job->programs->command;
    char program[PATH_MAX + 8];
    words_add(words, "mpirun");
    words_add(words, "-n");
    words_add_number(words, workers + 1);
    if (program_is("mpirun", "Open MPI")) {
        for (size_t i = 0; i < sizeof open_mpi / sizeof open_mpi[0]; i++)
            words_add(words, open_mpi[i]);
        if (geteuid() == 0)
            words_add(words, "--allow-run-as-root"); /* as in containers */
    }
    words_add_option(words, "--hostfile", job->programs->hostfile);
    snprintf(program, sizeof program, "%s-mpi", command[0]);
    words_add(words, program);
    words_add(words, "--log");
    words_add_all(words, command + 2);
    for (int task = 0; task < job->tasks; task++)
        words_add(words, job->programs->files[task]);
}

/* Notes what rank 0 says at the end, "log TASK WORKER START END" a line; the times are seconds from
 * that moment, so below 0. */
static int read_log(struct job *job, FILE *log)
{
    char line[256];
    int task, worker, failed = 0;
    double start_s, end_s, now_s = 0;
    while (fgets(line, sizeof line, log)) {
        if (sscanf(line, "log %d %d %lf %lf", &task, &worker, &start_s, &end_s) != 4)
            continue;
        if (now_s == 0)
            now_s = clock_seconds(); /* the lines come all at once */
        if (job_note(job, task, worker, now_s + start_s, now_s + end_s) != 0)
            failed = -1;
    }
    return failed;
}

/* Open MPI hands the whole command line to its ranks in one variable of the environment, and Linux
 * takes 128 KiB in one. */
static int check_length(struct job *job, const struct words *words)
{
    enum { VARIABLE_AT_MOST = 131072, SPARE = 1024 };
    char text[160];
    size_t length = 0;
    for (size_t i = 0; i < words->count; i++)
        length += strlen(words->word[i]) + 1;
    if (length <= VARIABLE_AT_MOST - SPARE)
        return 0;
    snprintf(text, sizeof text,
             "the names of %d files take %zu KiB, and MPI can pass on 127; give fewer files, or "
             "shorter paths",
             job->tasks, length / 1024);
    return job_fail(job, text, 0);
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    struct words words = {0};
    struct error error;
    FILE *output;
    int status, failed = 0;
    if (job->tasks == 0)
        return 0;
    make_command(&words, job, workers);
    if (check_length(job, &words) != 0) {
        words_free(&words);
        return -1;
    }
    pid_t child = program_start(&words, SPAWN_SAME, SPAWN_SAME, &output, &error);
    words_free(&words);
    if (child < 0)
        return job_fail(job, error.text, 0);
    failed = read_log(job, output);
    fclose(output);
    if (process_wait(job, child, &status) != 0 ||
        process_judge_launcher(job, status, "mpirun", "a rank") != 0)
        failed = -1;
    return failed;
}

const struct strategy strategy_mpi = {
    .name = "mpi",
    .summary = "ranks of an MPI job that ask rank 0 for tasks (--io files)",
    .files_only = true,
    .unavailable = unavailable,
    .run = run,
};
