/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `speedup bench` shows when it has measured: tables, words, graphs and the report. */
#ifndef HARNESS_COMMANDS_BENCH_PRESENT_H
#define HARNESS_COMMANDS_BENCH_PRESENT_H

#include <stdbool.h>

#include "harness/base/error.h"
#include "harness/measure/summary.h"
#include "harness/report/sections.h"

struct presentation {
    const char *directory;         /* of the result */
    const struct section *section; /* of which this is the result; NULL: none, it stands alone */
    bool alone;                    /* which is the only one that is run */
    bool own_command;              /* of the user's: its answer is another one (own_program.h) */
    bool wide;                     /* every row and column, wider than a terminal */
    bool keep;                     /* original.fits and filtered.fits, which the graph is made of */
    double effort_h;               /* hours of programming */
    int lines;                     /* of a section: how many there are for it on the terminal */
};

/* Prints the result, draws its graphs and writes its report into its directory. Of a section only
 * few lines are printed: all five are to fit on a screen. *lines becomes how many they were; of what
 * stands alone 0. 0, or -1 with *error set. */
int bench_present(const struct result_set *set, const struct presentation *how, int *lines,
                  struct error *error);

/* The end of a section that is run alone, or of all of them: the report once more, for that of the activity
 * links to those of the others, which are there now; and what to post. Nothing where there is no such
 * result: its section has said why. */
void bench_present_end(const char *directory, double effort_h);

#endif
