/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is fastest, who scales best, and what is usual: the figures of a class. */
#ifndef HARNESS_REPORT_CLASS_RANKING_H
#define HARNESS_REPORT_CLASS_RANKING_H

#include "harness/report/class/roster.h"

/* A machine and its places; 0 where it has none. */
struct ranked {
    const struct entry *entry;
    int speed;   /* 1: the least tp */
    int scaling; /* 1: the highest efficiency on all cores */
};

/* Machines that are alike in one thing, and the medians of those that are fit. */
struct class_group {
    const char *kind; /* "all", "cores", "system" or "processor" */
    char name[32];    /* "", "8", "Linux", "Intel" */
    int machines;
    double t0_s, tp_s, speedup, efficiency;
};

/* The fastest strategies of all fit machines that have measured so many workers. */
struct class_step {
    int workers, machines;
    double lowest, low, median, high, highest; /* speedups; low and high: the quartiles */
};

enum { CLASS_GROUPS = 50, CLASS_STEPS = 48 };

struct ranking {
    struct ranked *rows; /* all of the roster: the fit ones by tp, then the others by their state */
    size_t count, fit;
    struct class_group groups[CLASS_GROUPS]; /* the largest of each kind, kinds together */
    int group_count;
    struct class_step steps[CLASS_STEPS]; /* in rising order of workers */
    int step_count;
};

/* "all", "8 cores", "system: Linux". */
void ranking_group_name(const struct class_group *group, char text[64]);

/* Of a settled roster, which must outlive it. 0, or -1 with *error set when there is no memory. */
int ranking_make(struct ranking *ranking, const struct roster *roster, struct error *error);
void ranking_free(struct ranking *ranking);

#endif
