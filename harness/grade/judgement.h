/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was seen to a verdict. */
#ifndef HARNESS_GRADE_JUDGEMENT_H
#define HARNESS_GRADE_JUDGEMENT_H

#include "harness/grade/examine.h"

enum { VERDICT_TEXT = 512, POINTS_MAX = 10 };

struct judgement {
    bool right; /* does what it has to, parallel or not */
    bool parallel;
    int points;          /* 0 where it is not right */
    char kind[KIND_MAX]; /* the fault, or what keeps it from full points; "": none */
    char file[FILE_MAX]; /* "": not known */
    int line;
    char seen[FAULT_TEXT_MAX]; /* what was seen of it */
    double waiting_share; /* of what can be gained by tasks that wait, 0 to 1; 0, too: not known */
    double uneven_share;  /* the same with tasks of uneven length */
    double speedup, pool_speedup, ceiling; /* medians of the timing; 0: not timed */
    char line_text[VERDICT_TEXT];          /* "verdict: ...", no newline */
    char next[VERDICT_TEXT];               /* the one next thing to try */
};

/* Judges. `workers` is what it was timed on. */
void judgement_make(const struct subject *subject, const struct evidence *evidence, int workers,
                    struct judgement *judgement);

#endif
