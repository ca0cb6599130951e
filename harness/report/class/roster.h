/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All machines of a class, gathered from files of any kind, one file in memory at a time. */
#ifndef HARNESS_REPORT_CLASS_ROSTER_H
#define HARNESS_REPORT_CLASS_ROSTER_H

#include "harness/base/error.h"
#include "harness/report/class/entry.h"

/* A file that is no result. */
struct skipped {
    char *file, *why; /* owned */
};

struct roster {
    struct entry *entries;
    size_t count, room;
    struct skipped *skipped;
    size_t skipped_count, skipped_room;
};

/* Adds what `path` is: a result directory, a file like summary.csv, a whole result as JSON, a
 * submission, or a directory with any of these in it (not in its directories' directories; hidden
 * files, and those that end in none of .csv and .json, are passed over). What cannot be read, or is
 * of another program, goes to the skipped ones. 0, or -1 with *error set when there is no memory. */
int roster_add(struct roster *roster, const char *path, struct error *error);

/* When all are there: the work of the most machines is the class's; others are marked. */
void roster_settle(struct roster *roster);

/* The machine of this name; NULL where there is none. */
const struct entry *roster_find(const struct roster *roster, const char *name);

void roster_free(struct roster *roster);

#endif
