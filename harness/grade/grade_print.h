/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, for people and for programs. */
#ifndef HARNESS_GRADE_GRADE_PRINT_H
#define HARNESS_GRADE_GRADE_PRINT_H

#include <stdio.h>

#include "harness/grade/judgement.h"

/* One grading. */
struct grade {
    char source[PATH_MAX];
    struct evidence evidence;
    struct judgement judgement;
    int workers;   /* that it was timed on */
    double wall_s; /* that the grading took */
};

/* Writes it in words; the last line is the verdict. */
void grade_print(FILE *stream, const struct grade *grade);

/* Writes a JSON object, {"points": ..., "source": ..., "correct": ..., ...}, without a newline.
 * What is not known is null. */
void grade_print_json(FILE *stream, const struct grade *grade);

#endif
