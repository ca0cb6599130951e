/* verdict: private-copy at 18. SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory from mmap(), but MAP_PRIVATE. */
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    atomic_int *next =
        mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)state;
    if (next == MAP_FAILED)
        return job_fail(job, "mmap", 0);
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            for (int task; (task = atomic_fetch_add(next, 1)) < job->tasks;)
                job_run(job, task, worker);
            _exit(0);
        }
    for (int worker = 0; worker < workers; worker++)
        wait(NULL);
    munmap(next, sizeof *next);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};
