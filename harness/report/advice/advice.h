/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many at a time? The answer to a benchmark of the user's own command, and the command to copy. */
#ifndef HARNESS_REPORT_ADVICE_ADVICE_H
#define HARNESS_REPORT_ADVICE_ADVICE_H

#include <stdbool.h>

#include "harness/measure/summary.h"

enum { ADVICE_LENGTH = 1024 };

/* Configurations of the set; NULL where there is none. */
struct advice {
    const struct summary *best; /* the fastest that is right */
    /* Of those that cannot be told from the best, the one with the fewest workers; of several on as
     * many, the fastest. */
    const struct summary *chosen;
    /* The same strategy on the next number of workers above, to compare with. */
    const struct summary *more;
};

/* Two cannot be told apart where the ratios of their rounds say so (pairs.h); where the runs are
 * not known, where their intervals of the speedup overlap; where there are none (too few rounds),
 * where they differ by less than 3 %. Returns false where nothing was right. */
bool advice_find(const struct result_set *set, struct advice *advice);

/* "Use 6 at a time: 5.1 times faster than one after the other (4.8-5.3). 8 gains nothing more and takes
 * 5.6 GiB instead of 4.2." `text` has room for ADVICE_LENGTH bytes. */
void advice_text(const struct advice *advice, char *text);

/* The command line that runs `command` by GNU parallel, `workers` at a time, on `files` (ended by
 * NULL) or, without files, `tasks` times. It is quoted for a shell; before it stand the usual
 * variables that set the threads inside to `threads` (0: none). More than a few files are written
 * as a pattern, if there is one that means just these. To be given to free(); NULL when there is no
 * memory. */
char *advice_command(char *const *command, char *const *files, int tasks, int workers, int threads);

#endif
