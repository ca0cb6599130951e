/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is tried with a strategy, and what has been seen. */
#ifndef HARNESS_GRADE_EXAMINE_H
#define HARNESS_GRADE_EXAMINE_H

#include "harness/grade/build/compile.h"
#include "harness/grade/build/subject.h"
#include "harness/grade/observation.h"

enum { ROUNDS = 7, ROUNDS_AT_LEAST = 3, NOTES_MAX = 4, NOTE_TEXT = 240, STACK_LINES = 12 };

struct examination {
    int workers; /* to time on: the cores that this process may use, unless others are asked for */
    int cores;   /* that it may use */
    int only;    /* > 0: no other number of workers is tried */
    bool quick;  /* fewer cases, and no timing */
    unsigned seed; /* of the random pauses */
};

/* The best run of one of the cases that measure. */
struct measured {
    bool done;
    struct observation seen;
};

struct evidence {
    struct compiled check;               /* the file alone: its warnings and errors */
    bool compiled;                       /* the probe was built and run */
    struct observation seen;             /* all faults, each kind once, with the case in the text */
    int cases;                           /* how many were run */
    bool wrong_worker_at_one;            /* a wrong worker number was used with one worker */
    int least_right_workers;             /* the fewest with which a case went well; 0: none did */
    struct measured sleeping, ramp, one; /* PLAN_SLEEP, PLAN_RAMP, PLAN_ONE */
    int wait_workers;                    /* that these were run on */
    /* Rounds of timing in which nobody else took cores, and the wall times of these. Fewer than
     * ROUNDS_AT_LEAST say nothing. */
    int rounds;
    double serial_s[ROUNDS], pool_s[ROUNDS], graded_s[ROUNDS];

    char stack[STACK_LINES][FAULT_TEXT_MAX]; /* of a hang: where each thread stands */
    int stacks;
    char note[NOTES_MAX][NOTE_TEXT]; /* what could not be checked here */
    int notes;
    int spinning_line; /* where a thread without work was met on its way; 0: none */
};

/* Compiles and tries it. 0, whatever was found; -1 with *error set when nothing could be tried. */
int examine(const struct subject *subject, const struct examination *examination,
            struct evidence *evidence, struct error *error);

#endif
