/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a benchmark has come, in words for its progress line. */
#ifndef HARNESS_MEASURE_OUTLOOK_H
#define HARNESS_MEASURE_OUTLOOK_H

#include <stdbool.h>
#include <stddef.h>

struct outlook {
    const char *where; /* "section 2 of 5"; NULL: there are no sections */
    int rounds_done, rounds_at_most;
    double elapsed_s; /* that these took */
    double budget_s;  /* for all rounds and the one that is watched; infinite: there is none */
    double later_s;   /* for what comes after these */
};

/* How many rounds there will be, at the speed of those that are done: no more than what is asked
 * for, and no round is begun unless it and the one that is watched end within the budget. 0 before
 * the first is done. */
int outlook_rounds(const struct outlook *outlook);

/* "section 2 of 5, round 3 of 8, 1:40 left"; without what is not known yet. */
void outlook_text(const struct outlook *outlook, char *text, size_t size);

/* "pool on 2: 12 of 25 tasks, 0:35 left", of one run that takes long, elapsed_s seconds after its start;
 * before the first task has ended without the end. false, and nothing, of one that will take less than
 * 10 s. */
bool outlook_run_text(const char *strategy, int workers, int done, int tasks, double elapsed_s,
                      char *text, size_t size);

#endif
