/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result directory says about a machine beside its summary. */
#ifndef HARNESS_REPORT_CLASS_ENTRY_FILES_H
#define HARNESS_REPORT_CLASS_ENTRY_FILES_H

#include "harness/report/class/entry.h"

/* Takes the system and the kinds of cores from DIRECTORY/machine.txt, and what the best
 * configuration lost from DIRECTORY/losses.csv. Files or lines that are not there leave the entry as
 * it is: an earlier version has not written them. 0, or -1 with *error set where one is there and cannot
 * be read. */
int entry_take_files(struct entry *entry, const struct result_set *set, const char *directory,
                     struct error *error);

#endif
