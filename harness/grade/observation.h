/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one run of the probe has shown (probe/report.c writes it; this reads it). */
#ifndef HARNESS_GRADE_OBSERVATION_H
#define HARNESS_GRADE_OBSERVATION_H

#include <stdbool.h>
#include <stddef.h>

enum { KIND_MAX = 24, FILE_MAX = 256, FAULT_TEXT_MAX = 300, ADDRESSES_MAX = 24 };
enum { FAULTS_MAX = 64, STANCES_MAX = 200, PLACES_MAX = 8 };

/* Something that the strategy did wrong. */
struct fault {
    char kind[KIND_MAX]; /* a name that `speedup explain` knows */
    char file[FILE_MAX]; /* "" and 0: the line is not known */
    int line;
    char text[FAULT_TEXT_MAX];            /* what was seen */
    unsigned long address[ADDRESSES_MAX]; /* return addresses in the program, innermost first */
    int addresses;
    int tasks; /* of the case in which it was seen first */
};

/* Where a thread stood when it was asked. */
struct stance {
    int process, thread;
    char stand
        [12]; /* way, task, lock, condition, semaphore, barrier, join, wait, read, write, sleep */
    char file[FILE_MAX];
    int line;        /* of the call, or of the last one where it is on its way */
    int holder;      /* thread that holds the lock it waits for; 0 nobody, -1 one that has ended */
    int locked_line; /* where that was locked */
    char state;      /* R runs or could, S sleeps, - not known */
    unsigned long address[ADDRESSES_MAX];
    int addresses;
};

/* A line that may explain: of the last "task" run, of a lock "locked" over a task, where threads
 * were "created", processes "forked", and either "joined". */
struct named_place {
    char name[12], file[FILE_MAX];
    int line;
};

struct observation {
    struct fault fault[FAULTS_MAX];
    int faults;
    struct stance stance[STANCES_MAX];
    int stances;
    struct named_place place[PLACES_MAX];
    int places;
    bool hangs;
    bool looks_at_clock;  /* the file sleeps, or waits until some time */
    bool argument_shared; /* threads were given one address, and what lay there changed */
    bool argument_again;  /* threads were given one address */
    int signal, status;   /* how the strategy's process ended: by a signal, or its exit status */
    double wall_s, cpu_s; /* of run(), of the last job */
    double task_s;        /* what the tasks of that job took, added up */
    int running_most, threads_most, processes_most; /* tasks, threads, processes at the same time */
    int created;                                    /* threads and processes in all */
};

/* Reads a report. 0, or -1 when it is not whole. */
int observation_read(struct observation *observation, const char *report);

/* The place of this name, or NULL. */
const struct named_place *observation_place(const struct observation *observation,
                                            const char *name);

/* How many tasks were under way at a time, on average. Whoever else uses the cores makes tasks and run
 * longer alike, so that it says how they were spread on a busy machine, too. 0: not known. */
double observation_at_a_time(const struct observation *observation);

/* Whether tasks that compute had the cores that so many at a time can have, of `cores`. What a thread
 * without a task has used counts: that took nobody else. */
bool observation_had_cores(const struct observation *observation, int cores);

/* The fault of this kind, or NULL. */
struct fault *observation_find(struct observation *observation, const char *kind);

/* Takes it away, if there is one. */
void observation_drop(struct observation *observation, const char *kind);

/* Adds a fault, unless there is one of that kind already. Returns it, or NULL. */
struct fault *observation_add(struct observation *observation, const char *kind, const char *file,
                              int line, const char *text);

#endif
