/* SPDX-License-Identifier: GPL-3.0-or-later */
/* programs: one program instance a task, at most W at a time; what a "master script" does.
 *
 * Costs:    starting a program for every task: fork, exec, loading libraries, some milliseconds;
 *           and every task reads its file and writes its result.
 * Shares:   the file system, nothing else.
 * Choose it when the program exists and works on single files: nothing in it has to be changed, and
 *           the same commands can be sent to other machines.
 *
 * A question to think about: with more tasks than workers, somebody has to wait for the first to
 * end. What would `cmd1 & cmd2 & ... wait` in a shell do to a machine, given a thousand files?
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "harness/base/clock.h"
#include "harness/base/spawn.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/strategy.h"

/* A worker is a place for one program. */
struct slot {
    pid_t process; /* 0: free */
    int task;
    double start_s;
};

static int start_program(struct job *job, struct slot *slot, int task, int worker)
{
    const struct job_programs *programs = job->programs;
    struct error error;
    char **words = programs->words(job, task, worker);
    if (!words)
        return job_fail(job, "command", ENOMEM);
    /* Nobody needs what it prints. The signals that we ignore are our own affair. */
    const struct spawn spawn = {.arguments = words,
                                .out = SPAWN_NOTHING,
                                .err = programs->errors(job, worker),
                                .default_signals = true};
    *slot = (struct slot){.task = task, .start_s = clock_seconds()};
    slot->process = spawn_start(&spawn, &error);
    free(words);
    if (slot->process > 0)
        return 0;
    slot->process = 0;
    return job_fail(job, error.text, 0);
}

/* Waits for any of the programs to end, and frees its slot. */
static int end_one(struct job *job, struct slot *slots, int workers)
{
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, 0)) < 0)
        if (errno != EINTR) {
            int why = errno;
            for (int worker = 0; worker < workers; worker++)
                slots[worker].process = 0; /* there is nobody left to wait for */
            return job_fail(job, "waitpid", why);
        }
    for (int worker = 0; worker < workers; worker++) {
        struct slot *slot = &slots[worker];
        if (slot->process != process)
            continue;
        slot->process = 0;
        return job->programs->ended(job, slot->task, worker, status, slot->start_s);
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
    do {
        running = 0;
        for (int worker = 0; worker < workers; worker++) {
            struct slot *slot = &slots[worker];
            while (slot->process == 0 && next < job->tasks)
                if (start_program(job, slot, next++, worker) != 0)
                    failed = -1;
            running += slot->process != 0;
        }
        if (running > 0 && end_one(job, slots, workers) != 0)
            failed = -1;
    } while (running > 0);
    free(slots);
    return failed;
}

const struct strategy strategy_programs = {
    .name = "programs",
    .summary = "one program instance a file, at most W at a time (--io files)",
    .files_only = true,
    .run = run,
};
