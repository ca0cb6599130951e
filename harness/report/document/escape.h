/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from anywhere as part of HTML or SVG: as contents of an element, or as an attribute's value
 * in double quotes. */
#ifndef HARNESS_REPORT_DOCUMENT_ESCAPE_H
#define HARNESS_REPORT_DOCUMENT_ESCAPE_H

#include <stdio.h>

/* Writes & < > " as entities; control characters, those that turn the direction of writing, and
 * bytes that are no UTF-8 as `?`. */
void escape_put(FILE *stream, const char *text);

/* The same into a terminal or a table: no entities. At most `columns` columns (wide characters of
 * the Far East count two), the rest is cut, and blanks fill up to `columns`; below 0: the
 * same without the blanks; 0: all of it. */
void escape_put_columns(FILE *stream, const char *text, int columns);

#endif
