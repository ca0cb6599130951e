/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something to see while a benchmark goes on: walltime.png and report.html of the rounds so far, which
 * say that they are unfinished. They are made in a directory of their own and moved to their place, so
 * that nothing else in the result directory is there before it is complete. */
#ifndef HARNESS_COMMANDS_LESSON_EARLY_H
#define HARNESS_COMMANDS_LESSON_EARLY_H

#include "harness/machine/machine.h"
#include "harness/measure/summary.h"

/* Nobody needs to see what is complete so soon. */
enum { EARLY_NOT_BEFORE_S = 4 };

struct early {
    const char *directory;
    const struct machine_facts *machine;
    const struct topology *topology;
    double effort_h;
    double next_s; /* clock_seconds() from which on it may be drawn again; 0: at once */
};

/* Between two rounds: draws them, unless that was done a short time ago. Without gnuplot, or where it
 * fails, there is less to see, and that is all. */
void early_show(struct early *early, const struct result_set *set);

#endif
