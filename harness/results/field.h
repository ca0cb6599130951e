/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of a row: from the member to its text, and back. */
#ifndef HARNESS_RESULTS_FIELD_H
#define HARNESS_RESULTS_FIELD_H

#include "harness/base/error.h"
#include "harness/results/columns.h"

/* Bytes of the longest text of a field, with its null byte; a longer one is cut. */
enum { FIELD_LENGTH = 256 };

/* Writes the member as our files have it: "" for what is not known; commas, quotes and line ends
 * become blanks. `machine` and `row` are the structs that columns of the machine, and all others,
 * are members of. */
void field_format(const struct column *column, const struct machine_facts *machine, const void *row,
                  char text[FIELD_LENGTH]);

/* The member of a COLUMN_NAME or COLUMN_TEXT itself, for formats in which a comma means nothing. */
const char *field_text(const struct column *column, const struct machine_facts *machine,
                       const void *row);

/* Sets the member from such a text. What comes from a file is not to be trusted: numbers are
 * numbers and within their range, words are from their list, names and texts fit and are printable.
 * 0, or -1 with *why saying what is wrong with it ("'abc' is not a number"), and nothing changed. */
int field_parse(const struct column *column, const char *text, struct machine_facts *machine,
                void *row, struct error *why);

#endif
