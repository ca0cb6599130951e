/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of the program in which one system call or allocation fails, and a look at what it did
 * about it. Linux with glibc only; elsewhere no calls are counted.
 *
 * In the current directory it makes bin/ (a stand-in for gnuplot, which takes too long), tmp/ (for
 * temporary files), and a few files of its own that begin with "trial".
 */
#ifndef TESTS_FAULTS_TRIAL_H
#define TESTS_FAULTS_TRIAL_H

#include <stdbool.h>

#include "tests/faults/inject.h"

/* A command under test. It writes into the directory OUT, and what a trial leaves there is compared
 * with OUT.expected, which trial_expect() makes. */
struct trial_command {
    const char *name;
    const char *const *arguments; /* behind the name of the program; ended by NULL */
    const char *out;              /* a directory, removed before each trial */
    const char *from;             /* copied there instead, where it is not NULL */
    bool exact;                   /* without a fault it always writes and says the same */
};

struct fault {
    enum fault_kind kind;
    long number; /* the call that fails; 0: none does, they are counted */
    bool all;    /* of the libraries, too */
};

struct trial {
    int code;           /* exit status; 128 + n where signal n ended it; -1: it had to be killed */
    bool failed;        /* there was such a call */
    bool theirs;        /* it was a library's, not the program's own */
    char problem[1024]; /* what is not as it should be; "" where all is */
};

/* The name of a kind, "fork". */
extern const char *const fault_names[FAULT_KINDS];

/* Prepares the current directory. `program` and `injector` are paths, which must live on. 0, or -1
 * with a message on standard error. */
int trial_prepare(const char *program, const char *injector);

/* Runs the command without a fault and keeps what it writes and says. 0, or -1 with a message. */
int trial_expect(const struct trial_command *command);

/* Runs the command with the fault. A problem is:
 *
 *   - a signal that ends it or one of its runs, a hang, an exit code other than 0 and 1
 *   - exit code 1 without one line "speedup: what: why" (of a benchmark: at least one)
 *   - exit code 0 without all files, or with others than expected
 *   - exit code 1 after a call was merely interrupted
 *   - a file that is not whole, hidden or temporary, or a process, that has stayed
 *
 * -1 with a message where it could not be run at all. */
int trial_run(const struct trial_command *command, const struct fault *fault, struct trial *trial);

/* What the last run noted: how many calls there were, and from where. */
const struct fault_state *trial_state(void);

#endif
