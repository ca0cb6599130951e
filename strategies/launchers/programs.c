/* SPDX-License-Identifier: GPL-3.0-or-later */
/* programs: one program instance a task, at most W at a time; what a "master script" does.
 *
 * Costs:    starting a program for every task: fork, exec, loading libraries, some milliseconds;
 * and every task reads its file and writes its result. Shares:   the file system, nothing else.
 * Choose it when the program exists and works on single files; nothing in it has to be changed, and
 *           the same commands can be sent to other machines.
 *
 * A question to think about: with more tasks than workers, somebody has to wait for the first to
 * end. What would `cmd1 & cmd2 & ... wait` in a shell do to a machine, given a thousand files?
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

struct slot {
    pid_t process; /* 0: free */
    int task;
    double start_s;
};

/* The command of the job with the file of this task behind it; free() it. */
static char **command_for(struct job *job, int task)
{
    char *const *command = job->programs->command;
    size_t count = 0;
    while (command[count])
        count++;
    char **arguments = calloc(count + 2, sizeof *arguments);
    if (!arguments)
        return NULL;
    memcpy(arguments, command, count * sizeof *arguments);
    arguments[count] = job->programs->files[task];
    return arguments;
}

static int start_program(struct job *job, struct slot *slot, int task)
{
    char **arguments = command_for(job, task);
    if (!arguments)
        return job_fail(job, "command", ENOMEM);
    *slot = (struct slot){.task = task, .start_s = clock_seconds()};
    slot->process = fork();
    if (slot->process == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        if (nothing >= 0)
            dup2(nothing, STDOUT_FILENO); /* the names of results; errors still show */
        execv(arguments[0], arguments);
        _exit(127);
    }
    free(arguments);
    if (slot->process < 0) {
        slot->process = 0;
        return job_fail(job, "fork", errno);
    }
    return 0;
}

/* Waits for any of the programs to end and frees its slot. */
static int end_one(struct job *job, struct slot *slots, int workers)
{
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, 0)) < 0)
        if (errno != EINTR)
            return job_fail(job, "waitpid", errno);
    for (int worker = 0; worker < workers; worker++) {
        struct slot *slot = &slots[worker];
        if (slot->process != process)
            continue;
        slot->process = 0;
        if (process_judge(job, status, worker, slot->task, 1) != 0)
            return -1;
        return job_note(job, slot->task, worker, slot->start_s, clock_seconds());
    }
    return 0; /* no child of ours */
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int failed = 0, running = 0, next = 0;
    struct slot *slots = calloc((size_t)workers, sizeof *slots);
    if (!slots)
        return job_fail(job, "program list", ENOMEM);
    while (next < job->tasks || running > 0) {
        for (int worker = 0; worker < workers && next < job->tasks; worker++)
            if (slots[worker].process == 0) {
                if (start_program(job, &slots[worker], next++) == 0)
                    running++;
                else
                    failed = -1;
            }
        if (running > 0 && end_one(job, slots, workers) != 0)
            failed = -1;
        running = 0;
        for (int worker = 0; worker < workers; worker++)
            running += slots[worker].process != 0;
    }
    free(slots);
    return failed;
}

const struct strategy strategy_programs = {
    .name = "programs",
    .summary = "one program instance a file, at most W at a time (--io files)",
    .files_only = true,
    .run = run,
};
