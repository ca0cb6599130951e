/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that the user's command writes, one a task: put out of the way before each run, compared
 * with those of the serial run after it.
 *
 *     create          what lies there already is moved aside (only if the user allows it)
 *     keep_reference  after the serial run: its files are moved aside, to compare with
 *     check, clear    after every other run: its files are compared, and removed
 *     finish          the user's directories hold what one plain run leaves: the serial run's files;
 *                     or, where the benchmark did not get that far, what was there before
 *
 * Everything is moved to a hidden directory of ours. So at any moment each file of the user's is in
 * its own place or in that one, and nothing of the user's is ever removed before there is something
 * to take its place.
 */
#ifndef HARNESS_MEASURE_COMMAND_RESULT_FILES_H
#define HARNESS_MEASURE_COMMAND_RESULT_FILES_H

#include <limits.h>
#include <stdbool.h>

#include "harness/base/error.h"

struct result_files {
    char directory[PATH_MAX]; /* ours; "": there is none */
    int count;
    int taken_over;     /* so many of them, from the first, are in our hands; the rest untouched */
    char **paths;       /* count: where the command writes; ours to free */
    bool *had_original; /* count: something lay there before */
    bool *had_folder;   /* count: the folder that it is written to was there before */
    bool has_reference;
};

/* Compares a result with that of the serial run. 0 when they are equal; else -1 with *error naming the
 * result and saying how it differs. */
typedef int result_compare(void *context, const char *reference, const char *result,
                           struct error *error);

/* Takes over `paths`, `count` texts from malloc(). Two tasks with the same path are an error, and so,
 * unless `overwrite`, is a file that exists. Our directory is made inside `parent`, an existing one.
 * 0, or -1 with *error set, and everything as it was; result_files_finish() is legal then. */
int result_files_create(struct result_files *files, char **paths, int count, bool overwrite,
                        const char *parent, struct error *error);

/* Does what a benchmark that was killed could not do: from our directories inside `parent` the user's
 * files go back to `paths`, and what its command had written is removed. To be called before
 * result_files_create() with the same paths. 0, or -1 with *error set. */
int result_files_recover(char **paths, int count, const char *parent, struct error *error);

/* Removes what the last run has written. 0, or -1 with *error set. */
int result_files_clear(const struct result_files *files, struct error *error);

/* Makes the files that lie there now the reference. 0, or -1 with *error naming the task and the file
 * that it did not write. */
int result_files_keep_reference(struct result_files *files, struct error *error);

/* Compares each file with its reference. 0, or -1 with *error naming the task, the file, and what is
 * wrong with it. */
int result_files_check(const struct result_files *files, result_compare *compare, void *context,
                       struct error *error);

/* Leaves the user's directories as the text above has it, removes our own, frees the memory. What
 * cannot be moved back stays in our directory, and *error says where that is. Legal on a struct of
 * zeroes, and twice. 0, or -1 with *error set. */
int result_files_finish(struct result_files *files, struct error *error);

/* A result_compare: byte for byte. */
int result_files_same_bytes(void *context, const char *reference, const char *result,
                            struct error *error);

#endif
