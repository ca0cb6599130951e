/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine in the table of a class: what is left of a whole result, some 3 kB, so that thousands of
 * them fit into memory. It is made from a result (entry_make) or read from a submission
 * (submission.h). Times are seconds; what is not known is NaN or "". */
#ifndef HARNESS_REPORT_CLASS_ENTRY_H
#define HARNESS_REPORT_CLASS_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/judge/losses.h"
#include "harness/measure/summary.h"

enum { ENTRY_TEXT = 128, ENTRY_WORD = 80, ENTRY_POINTS = 20 };

/* Whether it is in the ranking. */
enum entry_state {
    ENTRY_FIT,
    ENTRY_NOISY,     /* disturbed, or without an interval that says anything */
    ENTRY_WRONG,     /* wrong results, or figures that cannot be */
    ENTRY_OTHER_WORK /* not the work that most have measured; only a whole class can tell */
};
extern const char *const entry_states[]; /* "fit", "noisy", "wrong", "other work", NULL */

/* The fastest strategy on so many workers. */
struct entry_point {
    int workers;
    char strategy[ENTRY_WORD];
    double wall_s;
    struct estimate speedup;
};

struct entry {
    char name[ENTRY_TEXT];
    char cpu[ENTRY_TEXT], system[ENTRY_TEXT], kinds[ENTRY_TEXT]; /* kinds of cores */
    int cores, threads;                                          /* at least 1 */
    double quota;                                                /* CPUs; 0: no limit */
    char filter[ENTRY_WORD];
    int images, ny, nx, window, tasks; /* 0: not known, or of several sizes */
    char version[ENTRY_WORD];          /* of the program */
    char date[ENTRY_WORD];             /* the day */

    double t0_s;                             /* one image on one core */
    struct entry_point points[ENTRY_POINTS]; /* in rising order of workers, `count` of them */
    int count, best;                         /* best: the point of the highest speedup; -1: none */
    bool has_losses;
    struct losses losses; /* of the best one */

    bool wrong_results; /* some configuration's results were wrong */
    /* Of the program that measured: "fit to post", "disturbed: ...". */
    char verdict[2 * ENTRY_TEXT];
    bool anyway; /* its owner has sent it although it was not fit to post */

    enum entry_state state;   /* entry_judge() */
    char why[2 * ENTRY_TEXT]; /* "" where it is fit */
};

/* Takes from a result what a class wants to know, and judges it. `directory` has its machine.txt,
 * which may be missing; NULL: there is none. 0, or -1 with *error set where it is there and cannot
 * be read. */
int entry_make(struct entry *entry, const char *name, const struct result_set *set,
               const char *directory, struct error *error);

/* Sets state and why: wrong where results were, or where tasks that compute had a speedup above the
 * hardware threads (and 10 % more); noisy where the verdict is not "fit to post", or where the 95 %
 * interval of the best speedup is missing or wider than a quarter of it. */
void entry_judge(struct entry *entry);

/* Sorts points, finds the best one. */
void entry_settle(struct entry *entry);

/* Seconds of the best point, NaN where there is none. */
double entry_tp(const struct entry *entry);

/* The efficiency of the whole machine, speedup / cores: on as many workers as cores, or else on the
 * most below that; NaN where these are less than half of the cores. */
double entry_efficiency(const struct entry *entry);

/* "highpass, 25 images of 1000x1000". */
void entry_work(const struct entry *entry, char text[ENTRY_TEXT]);

/* The processor without what all of them have in their names: "Core i5-1240P" of "12th Gen Intel(R)
 * Core(TM) i5-1240P", "AMD EPYC 7763" of "AMD EPYC 7763 64-Core Processor". */
void entry_processor(const struct entry *entry, char text[ENTRY_TEXT]);

/* "Intel", "AMD", "Apple", "ARM" or "other"; "Linux", "Windows (WSL)", "macOS" or "other". */
const char *entry_maker(const struct entry *entry);
const char *entry_system(const struct entry *entry);

#endif
