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
#include "harness/base/words.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

/* A worker is a place for one program. */
struct slot {
    pid_t process; /* 0: free */
    int task;
    double start_s;
};

/* Starts the command of the job, with the file of this task behind it. */
static int start_program(struct job *job, struct slot *slot, int task)
{
    struct words words = {0};
    struct error error;
    int failed = 0;
    words_add_all(&words, job->programs->command);
    words_add(&words, job->programs->files[task]);
    /* It prints the names of results, which nobody needs here; its errors still show. */
    const struct spawn spawn = {.arguments = words.word, .out = SPAWN_NOTHING};
    *slot = (struct slot){.task = task, .start_s = clock_seconds()};
    if (words.failed)
        failed = job_fail(job, "command", ENOMEM);
    else if ((slot->process = spawn_start(&spawn, &error)) < 0)
        failed = job_fail(job, error.text, 0);
    if (failed)
        slot->process = 0;
    words_free(&words);
    return failed;
}

/* Waits for any of the programs to end, and frees its slot. */
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
    do {
        running = 0;
        for (int worker = 0; worker < workers; worker++) {
            struct slot *slot = &slots[worker];
            while (slot->process == 0 && next < job->tasks)
                if (start_program(job, slot, next++) != 0)
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
