/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from anywhere, made harmless: as part of HTML or SVG (contents of an element, or an
 * attribute's value in double quotes), and as part of a line on a terminal. */
#ifndef HARNESS_REPORT_DOCUMENT_ESCAPE_H
#define HARNESS_REPORT_DOCUMENT_ESCAPE_H

#include <stdio.h>

/* Writes & < > " as entities; control characters, those that turn the direction of writing, and
 * bytes that are no UTF-8 as `?`. */
void escape_put(FILE *stream, const char *text);

/* The same for a terminal: no entities. It takes `columns` columns (wide characters of the Far East
 * count two): the rest is cut, and blanks fill up what is missing. Below 0: at most so many,
 * without the blanks; 0: all of it. */
void escape_put_columns(FILE *stream, const char *text, int columns);

#endif
