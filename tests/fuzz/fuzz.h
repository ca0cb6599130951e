/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz targets: each takes any bytes as if somebody had handed them in, and calls abort() where the
 * program does with them what it must never do. `make fuzz` has libFuzzer look for such bytes;
 * test_corpus.c, with any compiler, tries those that were found before. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/base/error.h"

/* `data` has `size` bytes, and no null byte after them. */
typedef void fuzz_target(const uint8_t *data, size_t size);

/* A FITS file, as `filter` reads it, and the result it writes. */
fuzz_target fuzz_fits;

/* The files of a result directory, each after a line "=== NAME": what `plot`, `report` and `compare`
 * make of them. */
fuzz_target fuzz_result;

/* A file of JSON: a submission, or a whole result, and the page of a class that it is in. */
fuzz_target fuzz_json;

/* A file's name, and the words of a command with placeholders: a line each. */
fuzz_target fuzz_words;

/* The words of a command line, ended by line ends: a command's name, and its options. */
fuzz_target fuzz_options;

/* A directory for the files of a target, the same all the time; removed when the process ends. */
const char *fuzz_directory(void);

/* Writes DIRECTORY/NAME there. */
void fuzz_write(const char *name, const uint8_t *data, size_t size);

/* Removes it where it is. */
void fuzz_remove(const char *name);

/* All of it, with a null byte behind; to be freed. */
char *fuzz_read(const char *name);

/* For streams: all text goes nowhere. */
FILE *fuzz_nowhere(void);

/* Aborts with a word on what was wrong unless `right`. */
void fuzz_check(int right, const char *what);

/* Aborts unless the error is one line with something in it. */
void fuzz_check_error(const struct error *error);

/* Aborts where a page has an element or an attribute that is none of ours, or settings for gnuplot
 * have anything but names, numbers and strings in them. Both read DIRECTORY/NAME. */
void fuzz_check_page(const char *name);
void fuzz_check_settings(const char *name);

#endif
