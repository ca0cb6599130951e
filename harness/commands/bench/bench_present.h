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

/* Prints the result, draws its graphs and writes its report into its directory. Of a section only a
 * few lines are printed, for all five are to fit on a screen; *lines becomes how many they were, or
 * 0 for what stands alone. 0, or -1 with *error set. */
int bench_present(const struct result_set *set, const struct presentation *how, int *lines,
                  struct error *error);

/* The end of the lesson, or of a section that is run alone. Writes the report once more, since that
 * of the activity links to those of the other sections, which are there now, and prints what to
 * post. Nothing where there is no result: its section has said why. */
void bench_present_end(const char *directory, double effort_h);

#endif
