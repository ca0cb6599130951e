/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A progress bar on standard error, for as long as something takes:
 *
 *     generate [########----------------------] 7/25 fake_1000x1000_6.fits
 *
 * The bar is shorter where there are few columns: what it counts, and some of the text, is read first.
 * It is drawn only where standard error is a terminal, and leaves nothing behind there. Colours
 * only where NO_COLOR is not set (https://no-color.org). Everywhere else all of this does nothing.
 *
 *     struct progress progress = progress_start("generate", 25);
 *     ... progress_set(&progress, done, name of what was done last, or NULL) ...
 *     progress_finish(&progress);
 *
 * No locks: threads that share a bar hold a mutex of their own around progress_set(), which they
 * need for their count of what is done anyway.
 */
#ifndef HARNESS_BASE_PROGRESS_H
#define HARNESS_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    const char *label; /* must live as long as the bar */
    size_t total;
    bool visible, coloured;
};

/* A bar for `total` steps, of which none is done; draws it. */
struct progress progress_start(const char *label, size_t total);

/* Draws the bar for `done` of the steps, with a text behind it where it is not NULL. */
void progress_set(const struct progress *progress, size_t done, const char *text);

/* Clears the line. Call it before anything else is written to standard error. */
void progress_finish(const struct progress *progress);

/* The line that progress_set() draws, in at most `columns` columns of the terminal and in `line` of
 * `size` bytes, which ends with a null byte; for progress_set() and its test. */
void progress_line(const struct progress *progress, size_t done, const char *text, size_t columns,
                   char *line, size_t size);

#endif
