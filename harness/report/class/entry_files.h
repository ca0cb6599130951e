/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result directory says about a machine beside its summary. */
#ifndef HARNESS_REPORT_CLASS_ENTRY_FILES_H
#define HARNESS_REPORT_CLASS_ENTRY_FILES_H

#include "harness/report/class/entry.h"

/* Takes the system and the kinds of cores from DIRECTORY/machine.txt. Where the file or a line of
 * it is missing, the entry stays as it is: an earlier version did not write it. 0, or -1 with
 * *error set where the file is there and cannot be read. */
int entry_take_files(struct entry *entry, const char *directory, struct error *error);

#endif
