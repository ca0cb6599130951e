/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_present.h"

#include <stdio.h>
#include <stdlib.h>

#include "harness/report/corners.h"
#include "harness/report/findings.h"
#include "harness/report/graphs/plot.h"
#include "harness/report/graphs/preview.h"
#include "harness/report/report.h"
#include "harness/report/table.h"
#include "harness/report/terminal.h"
#include "harness/results/results.h"

/* How many lines a table may have. */
enum {
    LINES_FIRST = 5,      /* of the first section */
    LINES_SECTION = 4,    /* of another one */
    LINES_AT_LEAST = 3,   /* of a section, however little room there is */
    LINES_OF_CORNERS = 4, /* the same where there are four corners: all of them are the lesson */
    LINES_ALONE = 20      /* of what is no section */
};

static void print_wide(const struct result_set *set)
{
    struct corners corners;
    table_print(set, stdout);
    if (!corners_find(set, &corners))
        return;
    printf("\nOwn workers and BLAS threads, each off and on:\n\n");
    corners_print(&corners, set, stdout);
}

static int print_section(const struct result_set *set, const struct presentation *how)
{
    struct corners corners;
    char text[FINDING_LENGTH];
    bool first = how->section == &sections[0] || how->alone, cornered = corners_find(set, &corners);
    int most = first ? LINES_FIRST : LINES_SECTION, room = how->lines - first;
    int least = cornered ? LINES_OF_CORNERS : LINES_AT_LEAST;
    cornered = cornered && room > least; /* the report has the sentence */
    room -= cornered;
    if (room < most)
        most = room > least ? room : least;
    int lines = terminal_print_table(set, first, most, stdout);
    if (cornered) {
        corners_short_text(&corners, text);
        lines += terminal_print_text(text, stdout);
    }
    return lines;
}

/* In lines that fit the terminal; where there is no memory to wrap them, they stay as long as they
 * are. */
static void print_best(const struct result_set *set)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    table_print_best(set, stream ? stream : stdout);
    if (stream && fclose(stream) == 0)
        terminal_print_text(text, stdout);
    free(text);
}

static void print_alone(const struct result_set *set, const struct presentation *how)
{
    struct corners corners;
    char text[FINDING_LENGTH];
    if (how->wide)
        print_wide(set);
    else if (set->count <= LINES_ALONE)
        terminal_print_rows(set, stdout);
    else
        terminal_print_table(set, true, LINES_ALONE, stdout);
    putchar('\n');
    if (!how->own_command)
        print_best(set);
    if (!how->wide && corners_find(set, &corners)) {
        corners_text(&corners, set, text);
        terminal_print_text(text, stdout);
    }
    findings_payback_text(set, how->effort_h, text);
    if (*text && !how->own_command) {
        char question[FINDING_LENGTH + 32];
        snprintf(question, sizeof question, "Do you really need it? %s", text);
        terminal_print_text(question, stdout);
    }
}

int bench_present(const struct result_set *set, const struct presentation *how, int *lines,
                  struct error *error)
{
    int graphs;
    *lines = 0;
    if (how->section && !how->wide)
        *lines = print_section(set, how);
    else
        print_alone(set, how);
    fflush(stdout);
    if (plot_directory(how->directory, &graphs, error) != 0 ||
        report_write(how->directory, how->effort_h, error) != 0 ||
        (!how->keep && preview_forget(how->directory, error) != 0))
        return -1;
    if (!how->section)
        printf("%d graphs (PNG and SVG), CSV files and report.html are in\n%s\n", graphs,
               how->directory);
    return 0;
}

void bench_present_end(const char *directory, double effort_h)
{
    struct result_set set;
    struct error ignored;
    char line[FINDING_LENGTH];
    if (report_write(directory, effort_h, &ignored) != 0 ||
        results_read(directory, &set, &ignored) != 0)
        return;
    findings_post_text(&set, line);
    if (*line) {
        printf("\nTo post, with %s/walltime.png:\n", directory);
        terminal_print_text(line, stdout);
    } else {
        printf("Nothing to post.\n");
    }
    findings_verdict_short_text(&set, line);
    if (*line)
        terminal_print_text(line, stdout);
    printf("All of it: %s/report.html\n", directory);
    result_set_destroy(&set);
}
