/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mpi: ranks of one MPI job, on this machine or on many, that ask rank 0 for tasks.
 *
 * Costs:    starting the MPI job, tenths of a second; then a message there and back a task.
 * Shares:   nothing but the files: ranks send each other messages. That is why the same job runs on
 * a laptop and on a thousand nodes. Choose it when one machine is not enough, or when the queue of
 * a computing centre wants it.
 *
 * This strategy only starts `mpirun`; the ranks run build/speedup-mpi, which is
 * strategies/launchers/mpi_ranks.c with the same filter code linked in. There is one rank more than workers:
 * rank 0 hands out tasks.
 *
 * A question to think about: rank 0 does no work of its own. When is that a waste, and when not?
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/clock.h"
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

/* In the child: becomes mpirun. The command of the job is "PROGRAM filter OPTION..."; the ranks are
 * PROGRAM-mpi OPTION... FILE... */
static void become_mpirun(struct job *job, int workers, int out)
{
    char *const *command = job->programs->command;
    size_t count = 0, used = 0;
    while (command[count])
        count++;
    const char **arguments = calloc(count + (size_t)job->tasks + 16, sizeof *arguments);
    char ranks[16], *program = malloc(strlen(command[0]) + sizeof "-mpi");
    if (!arguments || !program)
        _exit(126);
    sprintf(program, "%s-mpi", command[0]);
    snprintf(ranks, sizeof ranks, "%d", workers + 1);
    arguments[used++] = "mpirun";
    arguments[used++] = "-n";
    arguments[used++] = ranks;
    if (program_is("mpirun", "Open MPI")) {
        /* One more rank than cores is meant; and containers run as root. */
        arguments[used++] = "--quiet"; /* when a rank dies, it is we who say so */
        arguments[used++] = "--oversubscribe";
        arguments[used++] = "--bind-to";
        arguments[used++] = "none";
        if (geteuid() == 0)
            arguments[used++] = "--allow-run-as-root";
    }
    if (job->programs->hostfile) {
        arguments[used++] = "--hostfile";
        arguments[used++] = job->programs->hostfile;
    }
    arguments[used++] = program;
    arguments[used++] = "--log";
    for (size_t i = 2; i < count; i++)
        arguments[used++] = command[i];
    for (int task = 0; task < job->tasks; task++)
        arguments[used++] = job->programs->files[task];
    if (dup2(out, STDOUT_FILENO) < 0)
        _exit(126);
    close(out);
    execvp("mpirun", (char *const *)(void *)arguments);
    _exit(127);
}

/* Notes what rank 0 says at the end, "log TASK WORKER START END" a line, in seconds before now. */
static int read_log(struct job *job, FILE *log)
{
    char line[256];
    int task, worker, failed = 0;
    double start_s, end_s, offset = 0;
    while (fgets(line, sizeof line, log)) {
        if (sscanf(line, "log %d %d %lf %lf", &task, &worker, &start_s, &end_s) != 4)
            continue;
        if (offset == 0)
            offset = clock_seconds(); /* they come all at once */
        if (job_note(job, task, worker, start_s + offset, end_s + offset) != 0)
            failed = -1;
    }
    return failed;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int ends[2], status;
    if (job->tasks == 0)
        return 0;
    if (pipe(ends) != 0)
        return job_fail(job, "pipe", errno);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        become_mpirun(job, workers, ends[1]);
    }
    close(ends[1]);
    FILE *log = fdopen(ends[0], "r");
    int failed = child < 0 ? job_fail(job, "fork", errno) : 0;
    if (!log) {
        failed = job_fail(job, "fdopen", errno);
        close(ends[0]);
    } else {
        if (read_log(job, log) != 0)
            failed = -1;
        fclose(log);
    }
    if (child > 0 && (process_wait(job, child, &status) != 0 ||
                      process_judge_launcher(job, status, "mpirun", "a rank") != 0))
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
