/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many at a time? The answer to a benchmark of the user's own command, and the command to copy. */
#ifndef HARNESS_REPORT_ADVICE_ADVICE_H
#define HARNESS_REPORT_ADVICE_ADVICE_H

#include <stdbool.h>

#include "harness/measure/summary.h"

enum { ADVICE_LENGTH = 1024 };

/* Configurations of the set; NULL where there is none. */
struct advice {
    const struct summary *best;   /* the fastest that is right */
    const struct summary *chosen; /* the one with the fewest workers, and among these the one that
                                     takes the least time, that cannot be told from the best */
    const struct summary
        *more; /* the next number of workers above the chosen one, to compare with */
};

/* Two cannot be told apart where their intervals of the speedup overlap, or, where there are none (too
 * few rounds), where they differ by less than 3 %. Returns false where nothing was right. */
bool advice_find(const struct result_set *set, struct advice *advice);

/* "Use 6 at a time: 5.1 times faster than one after the other (4.8-5.3). 8 gains nothing more and takes
 * 5.6 GiB instead of 4.2." `text` has room for ADVICE_LENGTH bytes. */
void advice_text(const struct advice *advice, char *text);

/* The command as one would type it: quoted for a shell, with the usual variables that set the
 * threads inside to `threads` (0: none) before it, and started by GNU parallel, `workers` at a time. `files` is ended by NULL; where there are more than a few they are written as a
 * pattern, if there is one that means just these. With no files it is for `tasks` tasks. To be given
 * to free(); NULL when there is no memory. */
char *advice_command(char *const *command, char *const *files, int tasks, int workers, int threads);

#endif
