/* verdict: leaked-memory at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared memory for the counter, never unmapped: 16 MiB more for every job. */
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

enum { BYTES = 16 << 20 };

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    atomic_int *next = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
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
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};
