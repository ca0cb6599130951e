/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures inside a page, so that one file is all of it. As data of an <img> nothing in a picture can
 * run, and its names do not meet those of another. */
#ifndef HARNESS_REPORT_DOCUMENT_EMBED_H
#define HARNESS_REPORT_DOCUMENT_EMBED_H

#include <stddef.h>
#include <stdio.h>

/* Writes DIRECTORY/NAME (.svg or .png) as the address "data:...;base64,...". 1 when that is done; 0,
 * and nothing written, where it is not there, is empty, or has more than `at_most` bytes; -1 where it
 * is there and cannot be read. */
int embed_put(FILE *stream, const char *directory, const char *name, size_t at_most);

#endif
