/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a benchmark has come, in words for its progress line. */
#ifndef HARNESS_MEASURE_OUTLOOK_H
#define HARNESS_MEASURE_OUTLOOK_H

#include <stdbool.h>
#include <stddef.h>

/* A benchmark may take so many times its budget, if it has no interval otherwise. */
#define OUTLOOK_OVERRUN 1.5

struct outlook {
    const char *where; /* "section 2 of 5"; NULL: there are no sections */
    int rounds_done, rounds_at_most;
    double elapsed_s; /* that these took */
    double budget_s;  /* for all rounds and the one that is watched; infinite: there is none */
    double later_s;   /* for what comes after these */
    int rounds_good;  /* of those done: nothing disturbed them */
    int rounds_quiet; /* before the last of them: those that nothing disturbed, nor others worked in */
    int rounds_lost;     /* begun, and forgotten; they took their time, too */
    int rounds_possible; /* where too few are good: at least rounds_at_most */
};

/* Whether one more round is to be done: no more than are asked for, and only if it and the round
 * that is watched end within the budget. As long as fewer than six were good there may be more, and
 * they may take OUTLOOK_OVERRUN times as long. The first is always done. */
bool outlook_goes_on(const struct outlook *outlook);

/* Whether the last of those done may be measured again, because something disturbed it: two at the
 * beginning and one for each quiet one, at most half as many as are to be done, and only where six
 * are sure to remain. Once one has counted that was not quiet, there is no use in it. */
bool outlook_can_repeat(const struct outlook *outlook);

/* How many rounds there will be in all by this rule, at the speed of those that are done: at least
 * one more than these, if there may be one. 0 before the first is done. */
int outlook_rounds(const struct outlook *outlook);

/* "section 2 of 5, round 3 of 8, 1:40 left"; without what is not known yet. Where a round is only
 * added because too few were good, "round 9: only 4 of 8 were good, 0:40 left". */
void outlook_text(const struct outlook *outlook, char *text, size_t size);

/* "pool on 2: 12 of 25 tasks, 0:35 left": how far a run is that takes long, elapsed_s seconds after
 * its start; before its first task has ended, without the time left. False, and no text, for a run
 * that will take less than 10 s. */
bool outlook_run_text(const char *strategy, int workers, int done, int tasks, double elapsed_s,
                      char *text, size_t size);

#endif
