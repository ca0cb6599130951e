/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How every part of the program reports that something went wrong.
 *
 * A function that can fail returns 0, or -1 (a pointer: NULL) after filling the `struct error` that
 * its caller passed in. Nothing is printed on the way up; only main() prints, one line:
 *
 *     speedup: what: why
 *
 * `what` names the file or the option, `why` says what is wrong with it and, where the user can do
 * something about it, what to do. Control characters in either are written as `?`, so that the line
 * stays one line whatever a file is called.
 */
#ifndef HARNESS_BASE_ERROR_H
#define HARNESS_BASE_ERROR_H

enum { ERROR_TEXT_MAX = 1024 };

/* Fixed size and without pointers, so that it can live in memory shared between processes. */
struct error {
    char text[ERROR_TEXT_MAX]; /* "what: why", no newline; longer texts are cut */
};

/* Writes "what: why" into *error, the why formatted as by printf. Returns -1, so that a function
 * can end with `return error_set(error, file, "...")`. */
int error_set(struct error *error, const char *what, const char *why_format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: "what: why: text of error_number" (an errno value). */
int error_system(struct error *error, const char *what, const char *why, int error_number);

#endif
