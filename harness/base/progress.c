/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char CLEAR_LINE[] = "\r\033[K";
static const char GREEN[] = "\033[32m";
static const char PLAIN[] = "\033[0m";

enum { BAR_WIDTH = 30, LINE_MAX_BYTES = 512, USUAL_COLUMNS = 80 };

/* A line that is longer than the terminal would wrap, and could not be cleared. */
static size_t terminal_columns(void)
{
#ifdef TIOCGWINSZ
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return USUAL_COLUMNS;
}

void progress_line(const struct progress *progress, size_t done, const char *text, size_t columns,
                   char *line, size_t size)
{
    char bar[BAR_WIDTH + 1];
    size_t full = progress->total ? BAR_WIDTH * done / progress->total : BAR_WIDTH;
    memset(bar, '-', BAR_WIDTH);
    memset(bar, '#', full < BAR_WIDTH ? full : BAR_WIDTH);
    bar[BAR_WIDTH] = '\0';

    int used = snprintf(line, size, "%s [%s] %zu/%zu %s", progress->label, bar, done,
                        progress->total, text ? text : "");
    size_t length = used < 0 ? 0 : (size_t)used;
    if (length > columns && columns < size)
        line[columns] = '\0';
}

/* Writing may fail; then there is no bar, and nothing is lost. */
static void draw(const struct progress *progress, size_t done, const char *text)
{
    char line[LINE_MAX_BYTES];
    /* Not the last column: some terminals wrap as soon as it is written to. */
    progress_line(progress, done, text, terminal_columns() - 1, line, sizeof line);
    if (progress->coloured)
        fprintf(stderr, "%s%s%s%s", CLEAR_LINE, GREEN, line, PLAIN);
    else
        fprintf(stderr, "%s%s", CLEAR_LINE, line);
    fflush(stderr);
}

struct progress progress_start(const char *label, size_t total)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool clears_lines = !terminal || strcmp(terminal, "dumb") != 0;
    struct progress progress = {
        .label = label,
        .total = total,
        .visible = isatty(STDERR_FILENO) && clears_lines,
        .coloured = !no_colour || !*no_colour,
    };
    progress_set(&progress, 0, NULL);
    return progress;
}

void progress_set(const struct progress *progress, size_t done, const char *text)
{
    if (progress->visible)
        draw(progress, done, text);
}

void progress_finish(const struct progress *progress)
{
    if (progress->visible) {
        fputs(CLEAR_LINE, stderr);
        fflush(stderr);
    }
}
