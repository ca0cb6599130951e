/* verdict: deadlock at 20 or 37. SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for the children before reading what they write, and a pipe holds 64 KiB. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

struct report {
    int task;
    char text[508];
};

static void work(struct job *job, int worker, int workers, int out)
{
    struct report report;
    memset(&report, 0, sizeof report);
    for (report.task = worker; report.task < job->tasks; report.task += workers) {
        job_run(job, report.task, worker);
        (void)!write(out, &report, sizeof report);
    }
    _exit(0);
}

static int run(struct job *job, int workers, void *state)
{
    struct report report;
    int ends[2], reports = 0;
    (void)state;
    if (pipe(ends) != 0)
        return -1;
    for (int i = 0; i < workers; i++)
        if (fork() == 0)
            work(job, i, workers, ends[1]);
    close(ends[1]);
    for (int i = 0; i < workers; i++)
        wait(NULL);
    while (read(ends[0], &report, sizeof report) > 0)
        reports++;
    close(ends[0]);
    return reports == job->tasks ? 0 : -1;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};
