/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/process/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

/* A signal comes to one thread while others ask: so no sig_atomic_t, which is for one alone. */
static atomic_int first, count;
static atomic_int process_to_end; /* a process number fits: both are int */
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "for a signal handler");

/* Only what is allowed in a signal handler: kill() is. */
static void note_signal(int number)
{
    int before = errno, process = process_to_end;
    if (!first)
        first = number;
    count++;
    if (process > 0)
        kill((pid_t)process, SIGTERM);
    errno = before;
}

int interrupt_catch(struct error *error)
{
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = note_signal}; /* no SA_RESTART: poll() is to return */
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        sigaddset(&action.sa_mask, caught[i]); /* one after the other */
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction old;
        if (sigaction(caught[i], NULL, &old) != 0 ||
            (old.sa_handler != SIG_IGN && sigaction(caught[i], &action, NULL) != 0))
            return error_system(error, "signals", "sigaction", errno);
    }
    return 0;
}

int interrupt_signal(void)
{
    return first;
}

int interrupt_count(void)
{
    return count;
}

void interrupt_ends(pid_t process, int before)
{
    process_to_end = process;
    if (process > 0 && count != before)
        kill(process, SIGTERM);
}
