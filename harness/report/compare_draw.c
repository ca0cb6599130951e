/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of a comparison, and the file with its rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/compare.h"
#include "harness/report/graphs/chart/chart.h"
#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/table.h"
#include "harness/results/rows.h"

/* More are a thicket, and styles would come twice; and with many of them whiskers only cover lines. */
enum { LINES_AT_MOST = 40, WITH_WHISKERS_AT_MOST = 15 };

/* A line of the graph: one strategy of one result. */
struct line {
    int result, count;
    char label[LABEL_LENGTH], number[16]; /* "" where it is not drawn */
    struct chart_point *points;
    double best; /* speedup */
};

struct lines {
    struct line *line; /* those of a result are neighbours */
    int count, room;
    struct line **drawn; /* in the order of their numbers */
    int drawn_count;
};

static void free_lines(struct lines *lines)
{
    for (int i = 0; i < lines->count; i++)
        free(lines->line[i].points);
    free(lines->line);
    free(lines->drawn);
}

static struct line *find(const struct lines *lines, int result, const char *label)
{
    for (int i = lines->count; i-- > 0;)
        if (lines->line[i].result == result && strcmp(lines->line[i].label, label) == 0)
            return &lines->line[i];
    return NULL;
}

/* NULL without memory. */
static struct line *find_or_add(struct lines *lines, int result, const char *label)
{
    struct line *found = find(lines, result, label);
    if (found)
        return found;
    if (lines->count == lines->room) {
        int room = 2 * lines->room + 16;
        struct line *more = realloc(lines->line, (size_t)room * sizeof *more);
        if (!more)
            return NULL;
        lines->line = more;
        lines->room = room;
    }
    struct line *line = &lines->line[lines->count++];
    *line = (struct line){.result = result};
    snprintf(line->label, sizeof line->label, "%s", label);
    return line;
}

/* In its place among the points of the line, which are in rising order of workers. */
static int add_point(struct line *line, const struct summary *summary)
{
    struct chart_point *more =
        line ? realloc(line->points, ((size_t)line->count + 1) * sizeof *line->points) : NULL;
    if (!more)
        return -1;
    int at = line->count++;
    line->points = more;
    for (; at > 0 && line->points[at - 1].workers > summary->setup.config.workers; at--)
        line->points[at] = line->points[at - 1];
    line->points[at] = (struct chart_point){.workers = summary->setup.config.workers,
                                            .value = summary->speedup.value,
                                            .low = summary->speedup.low,
                                            .high = summary->speedup.high,
                                            .limit = (double)NAN};
    line->best = fmax(line->best, summary->speedup.value);
    return 0;
}

static int gather(const struct comparison *comparison, struct lines *lines, struct error *error)
{
    char label[LABEL_LENGTH];
    for (int result = 0; result < comparison->count; result++)
        for (size_t i = 0; i < comparison->sets[result].count; i++) {
            const struct summary *summary = &comparison->sets[result].summaries[i];
            if (summary->status != RUN_OK || !(summary->speedup.value > 0))
                continue;
            table_label(summary, label);
            if (add_point(find_or_add(lines, result, label), summary) != 0)
                return error_set(error, "compare", "no memory");
        }
    return lines->count > 0 ? 0 : error_set(error, "compare", "no result has a row that is ok");
}

/* Of two that are as fast the first. */
static bool is_fastest_of_its_result(const struct lines *lines, const struct line *line)
{
    for (const struct line *other = lines->line; other < lines->line + lines->count; other++)
        if (other->result == line->result &&
            (other->best > line->best || (other->best >= line->best && other < line)))
            return false;
    return true;
}

/* The faster comes first. */
static int compare_best(const void *one, const void *other)
{
    const struct line *a = *(const struct line *const *)one,
                      *b = *(const struct line *const *)other;
    if (a->best > b->best || a->best < b->best)
        return a->best > b->best ? -1 : 1;
    return (a > b) - (a < b);
}

/* All lines in the order of the results; or the fastest of each result, the fastest of these first. */
static int choose(struct lines *lines, struct error *error)
{
    bool few = lines->count <= LINES_AT_MOST;
    lines->drawn = calloc((size_t)lines->count, sizeof(struct line *));
    if (!lines->drawn)
        return error_set(error, "compare", "no memory");
    for (int i = 0; i < lines->count; i++)
        if (few || is_fastest_of_its_result(lines, &lines->line[i]))
            lines->drawn[lines->drawn_count++] = &lines->line[i];
    if (!few)
        qsort(lines->drawn, (size_t)lines->drawn_count, sizeof(struct line *), compare_best);
    if (lines->drawn_count > LINES_AT_MOST)
        lines->drawn_count = LINES_AT_MOST;
    for (int k = 0; k < lines->drawn_count; k++)
        snprintf(lines->drawn[k]->number, sizeof lines->drawn[k]->number, "%d", k + 1);
    return 0;
}

static int write_csv(const struct comparison *comparison, const char *directory,
                     const struct lines *lines, struct error *error)
{
    struct output output;
    struct compare_row row;
    char label[LABEL_LENGTH];
    if (output_open(&output, directory, compare_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &compare_file);
    for (int result = 0; result < comparison->count; result++) {
        const struct result_set *set = &comparison->sets[result];
        snprintf(row.result, sizeof row.result, "%s", comparison->names[result]);
        for (size_t i = 0; i < set->count; i++) {
            if (set->summaries[i].status != RUN_OK)
                continue;
            row.summary = set->summaries[i];
            table_label(&row.summary, label);
            const struct line *line = find(lines, result, label);
            row.line = line ? (int)strtol(line->number, NULL, 10) : 0;
            rows_put(output.stream, &compare_file, &set->machine, &row);
        }
    }
    return output_commit(&output, error);
}

/* Pixels of the graph without its list: as high as usual, and higher where many lines end. */
static double top_of(int count)
{
    const double bottom = 150, usual = 715, name_gap = 20;
    return fmax(usual, bottom + name_gap * count);
}

static void drop_whiskers(struct line *line)
{
    for (int i = 0; i < line->count; i++)
        line->points[i].low = line->points[i].high = (double)NAN;
}

/* The lines have their numbers for names; what these stand for is too long for the end of a line. */
static int put_chart(FILE *settings, const struct lines *lines, struct error *error)
{
    int count = lines->drawn_count;
    struct chart_line *drawn = calloc((size_t)count, sizeof *drawn);
    struct chart chart = {.name = "compare",
                          .lines = drawn,
                          .line_count = count,
                          .log_when_many = true,
                          .low = 1,
                          .high = 1,
                          .bottom = 150,
                          .top = top_of(count),
                          .column = 110};
    if (!drawn)
        return error_set(error, "compare", "no memory");
    for (int i = 0; i < count; i++) {
        struct line *line = lines->drawn[i];
        if (count > WITH_WHISKERS_AT_MOST)
            drop_whiskers(line);
        drawn[i] = (struct chart_line){.name = line->number,
                                       .style = style_number(i),
                                       .points = line->points,
                                       .count = line->count};
        chart.high = fmax(chart.high, line->points[line->count - 1].workers);
    }
    int failed = chart_write(settings, &chart, error);
    free(drawn);
    return failed;
}

static void put_titles(FILE *settings, const struct comparison *comparison,
                       const struct lines *lines)
{
    char name[32], title[2 * PATH_MAX];
    for (int i = 0; i < lines->drawn_count; i++) {
        const struct line *line = lines->drawn[i];
        snprintf(name, sizeof name, "title_%d", i + 1);
        snprintf(title, sizeof title, "%s  %s: %s (%s)", line->number,
                 comparison->names[line->result], line->label,
                 comparison->sets[line->result].machine.cpu);
        gnuplot_put_string(settings, name, title);
    }
}

/* What is not drawn. */
static void put_note(FILE *settings, const struct comparison *comparison, const struct lines *lines)
{
    char note[160] = "";
    int count = lines->drawn_count;
    if (count < comparison->count && count < lines->count)
        snprintf(note, sizeof note, "%d of %d results, each with its fastest strategy; %s has all",
                 count, comparison->count, compare_file.name);
    else if (count < lines->count)
        snprintf(note, sizeof note, "each result with its fastest strategy; %s has all of them",
                 compare_file.name);
    gnuplot_put_string(settings, "note", note);
}

static int write_settings(const struct comparison *comparison, const char *directory,
                          const struct lines *lines, struct error *error)
{
    const int line_pixels = 27, above = 85, list_higher = 65;
    int count = lines->drawn_count, part = (int)top_of(count) + above;
    struct output output;
    char subject[512];
    if (output_open(&output, directory, "compare.gp", error) != 0)
        return -1;
    table_subject(&comparison->sets[0], subject, sizeof subject);
    gnuplot_put_string(output.stream, "what",
                       compare_same_work(comparison) ? subject : "results of different work");
    put_note(output.stream, comparison, lines);
    fputs("caption_1 = \"\"\ncaption_2 = \"\"\nremark = \"\"\ncores = 0\nthreads = 0\n",
          output.stream);
    fprintf(output.stream, "titles = %d\ncompare_part = %d\ncompare_pixels = %d\n", count, part,
            part - list_higher + line_pixels * (count + 1));
    put_titles(output.stream, comparison, lines);
    if (put_chart(output.stream, lines, error) != 0) {
        output_discard(&output);
        return -1;
    }
    return output_commit(&output, error);
}

int compare_draw(const struct comparison *comparison, const char *directory, struct error *error)
{
    struct lines lines = {.count = 0};
    int failed = gather(comparison, &lines, error) != 0 || choose(&lines, error) != 0 ||
                 write_csv(comparison, directory, &lines, error) != 0 ||
                 write_settings(comparison, directory, &lines, error) != 0 ||
                 gnuplot_draw(directory, "compare.gp", "compare", error) != 0;
    free_lines(&lines);
    return failed ? -1 : 0;
}
