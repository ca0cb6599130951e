/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that runs while the test goes on, to be sent a signal at a moment that is known: the one at
 * which `slow`, a program that it starts, has begun to take a minute. All of it in the current
 * directory, which is to be a scratch one. */
#ifndef TESTS_SUPPORT_BACKGROUND_H
#define TESTS_SUPPORT_BACKGROUND_H

#include <stdbool.h>
#include <sys/types.h>

/* Five milliseconds. */
void background_nap(void);

bool background_is_there(const char *path);

/* Starts arguments[0] in a group of its own; what it says goes to the files `out` and `err`. */
pid_t background_start(const char *const *arguments);

/* Its exit status once it has ended; 128 + n where a signal has ended it, as shells have it. */
int background_end(pid_t child);

/* `what` is in the file `err`, and nothing about rows that are missing. */
void background_assert_said(const char *what);

/* Writes ./slow: a shell script of `before`, which then says which process it is and takes a minute. */
void background_write_slow(const char *before);

/* Waits until ./slow has come to that, and tells which process it is. */
pid_t background_slow(void);

/* The process ends within ten seconds, though not waited for. */
void background_assert_ends(pid_t process);

#endif
