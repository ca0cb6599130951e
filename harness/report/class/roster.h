/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All machines of a class, gathered from files of any kind, one file in memory at a time. */
#ifndef HARNESS_REPORT_CLASS_ROSTER_H
#define HARNESS_REPORT_CLASS_ROSTER_H

#include "harness/base/error.h"
#include "harness/report/class/entry.h"

/* A file that is no result, and an error's text that names it and says why. */
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
 * submission, or a directory with any of these in it. Of such a directory, hidden files and those
 * that end in neither .csv nor .json are passed over, and directories in it are taken only if they
 * are results. What cannot be read, or is another program's, goes to the skipped ones. 0, or -1
 * with *error set when there is no memory. */
int roster_add(struct roster *roster, const char *path, struct error *error);

/* When all are there: the work that most machines have done is the class's; machines that did other
 * work are marked ENTRY_OTHER_WORK. */
void roster_settle(struct roster *roster);

/* The machine of this name; NULL where there is none. */
const struct entry *roster_find(const struct roster *roster, const char *name);

void roster_free(struct roster *roster);

#endif
