/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving a file, to another file system too. */
#ifndef HARNESS_MEASURE_COMMAND_MOVE_FILE_H
#define HARNESS_MEASURE_COMMAND_MOVE_FILE_H

#include "harness/base/error.h"

/* Moves `from` to `to`, which it replaces. Where they are on different file systems it is copied, with
 * its mode, and only then removed. 0, or -1 with *error naming the file; then `from` is
 * still there, and `to` is as it was or gone. */
int move_file(const char *from, const char *to, struct error *error);

#endif
