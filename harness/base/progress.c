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

/* The bar leaves room for the text behind it, and is cut itself only where there is next to none. */
enum { BAR_WIDTH = 30, BAR_AT_LEAST = 8, TEXT_WIDTH = 18 };
enum { LINE_MAX_BYTES = 512, USUAL_COLUMNS = 80 };

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

static size_t bar_width(const struct progress *progress, size_t columns)
{
    int rest =
        snprintf(NULL, 0, "%s [] %zu/%zu ", progress->label, progress->total, progress->total) +
        TEXT_WIDTH;
    size_t room = (size_t)rest < columns ? columns - (size_t)rest : 0;
    return room > BAR_WIDTH ? BAR_WIDTH : room > BAR_AT_LEAST ? room : BAR_AT_LEAST;
}

void progress_line(const struct progress *progress, size_t done, const char *text, size_t columns,
                   char *line, size_t size)
{
    char bar[BAR_WIDTH + 1];
    size_t width = bar_width(progress, columns);
    size_t full = progress->total ? width * done / progress->total : width;
    memset(bar, '-', width);
    memset(bar, '#', full < width ? full : width);
    bar[width] = '\0';

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
