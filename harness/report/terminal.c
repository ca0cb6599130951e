/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/terminal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/pairs.h"
#include "harness/report/table.h"

/* Strategies that share a line: they cannot be told apart, or failed alike. */
struct line {
    const struct summary *first; /* the fastest of them, or the first that failed */
    char names[TERMINAL_COLUMNS + 1];
    int count, hidden; /* of these, not in `names` */
};

enum { NAMES_WIDTH = 29, SPEEDUP_WIDTH = 17 };

/* Whether it has figures that count. */
static bool is_right(const struct summary *row)
{
    return row->status == RUN_OK && row->speedup.value > 0; /* false for NaN */
}

/* Right before wrong, then fast before slow. */
static bool is_better(const struct summary *a, const struct summary *b)
{
    if (is_right(a) != is_right(b))
        return is_right(a);
    return is_right(a) && a->speedup.value > b->speedup.value;
}

static bool same_label(const struct summary *a, const struct summary *b)
{
    char one[LABEL_LENGTH], other[LABEL_LENGTH];
    table_label(a, one);
    table_label(b, other);
    return strcmp(one, other) == 0;
}

/* The best row of each strategy but the serial one; and, of one that is right on some numbers of
 * workers only, the first that is not. */
static size_t choose(const struct result_set *set, const struct summary **chosen)
{
    size_t count = 0;
    for (size_t i = 1; i < set->count; i++) {
        const struct summary *row = &set->summaries[i];
        size_t k = 0;
        while (k < count && !(same_label(chosen[k], row) && is_right(chosen[k]) == is_right(row)))
            k++;
        if (k == count)
            chosen[count++] = row;
        else if (is_better(row, chosen[k]))
            chosen[k] = row;
    }
    return count;
}

static int compare_rows(const void *one, const void *other)
{
    const struct summary *a = *(const struct summary *const *)one,
                         *b = *(const struct summary *const *)other;
    if (is_better(a, b) != is_better(b, a))
        return is_better(a, b) ? -1 : 1;
    return (a > b) - (a < b); /* in the order of the experiment */
}

static bool cannot_be_told_apart(const struct result_set *set, const struct summary *fast,
                                 const struct summary *slow)
{
    if (fast->setup.config.workers != slow->setup.config.workers || fast->status != slow->status ||
        is_right(fast) != is_right(slow))
        return false;
    enum comparison_verdict verdict = pairs_compare(set, fast, slow, set->count);
    if (is_right(slow) && verdict != COMPARISON_UNKNOWN)
        return verdict == COMPARISON_ALIKE;
    return !is_right(slow) || slow->speedup.high >= fast->speedup.low; /* no for NaN */
}

static void add_name(struct line *line, const struct summary *row)
{
    char label[LABEL_LENGTH];
    size_t used = strlen(line->names), room = NAMES_WIDTH - strlen(" and 99 more");
    table_label(row, label);
    line->count++;
    if (line->count > 1 && (line->hidden > 0 || used + strlen(label) + 2 > room))
        line->hidden++;
    else
        snprintf(line->names + used, sizeof line->names - used, "%s%.*s", used ? ", " : "",
                 NAMES_WIDTH, label);
}

/* Three digits in all: more are never certain. */
static int decimals(double value)
{
    return value < 10 ? 2 : value < 100 ? 1 : 0;
}

static void put_speedup(const struct summary *row, char *text, size_t size)
{
    struct estimate s = row->speedup;
    if (s.high > s.low)
        snprintf(text, size, "%.*f (%.*f-%.*f)", decimals(s.value), s.value, decimals(s.low), s.low,
                 decimals(s.high), s.high);
    else
        snprintf(text, size, "%.*f", decimals(s.value), s.value);
}

/* "pool and 4 more", or shorter where the name is long: that comes first. */
static void put_names(const struct line *line, char *names, size_t size)
{
    char rest[32] = "";
    if (line->hidden > 0)
        snprintf(rest, sizeof rest, " and %d more", line->hidden);
    if (strlen(line->names) + strlen(rest) > NAMES_WIDTH)
        snprintf(rest, sizeof rest, " +%d more", line->hidden);
    snprintf(names, size, "%.*s%s", NAMES_WIDTH - (int)strlen(rest), line->names, rest);
}

static void put_line(const struct line *line, char mark, FILE *stream)
{
    const struct summary *row = line->first;
    char names[TERMINAL_COLUMNS + 32], wall[32], speedup[64];
    put_names(line, names, sizeof names);
    bool right = is_right(row);
    snprintf(wall, sizeof wall, "%.4g", row->wall_s.value);
    fprintf(stream, "%c %-*s %7d %9s", mark, NAMES_WIDTH, names, row->setup.config.workers,
            right                   ? wall
            : row->status == RUN_OK ? "-"
                                    : status_names[row->status]);
    if (right) {
        put_speedup(row, speedup, sizeof speedup);
        if (row->ceiling > 0)
            fprintf(stream, "  %-*s %8.0f %%", SPEEDUP_WIDTH, speedup,
                    100 * row->speedup.value / row->ceiling);
        else
            fprintf(stream, "  %s", speedup);
    }
    fputc('\n', stream);
}

/* Puts rows, which come fastest first, into lines of those that are alike. Returns how many
 * lines. */
static int gather(const struct result_set *set, const struct summary *const *rows, size_t count,
                  struct line *lines)
{
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        if (number == 0 || !cannot_be_told_apart(set, lines[number - 1].first, rows[i]))
            lines[number++] = (struct line){.first = rows[i]};
        add_name(&lines[number - 1], rows[i]);
    }
    return number;
}

static void put_rest(const struct line *lines, int count, FILE *stream)
{
    int strategies = 0;
    for (int i = 0; i < count; i++)
        strategies += lines[i].count;
    fprintf(stream, "  %d more, down to %.2f: --wide shows all\n", strategies,
            lines[count - 1].first->speedup.value);
}

/* Prints the strategies beside the serial one, in at most `room` lines. Returns how many. */
static int put_lines(const struct result_set *set, const struct line *lines, int count, int room,
                     FILE *stream)
{
    int right = 0;
    while (right < count && is_right(lines[right].first))
        right++;
    int shown = room - (count - right);
    shown = right <= shown ? right : shown > 2 ? shown - 1 : 1;
    shown = right < shown ? right : shown;
    bool won = right > 0 && machine_is_fit(&set->machine) &&
               lines[0].first->speedup.value > set->summaries[0].speedup.value;
    for (int i = 0; i < shown; i++)
        put_line(&lines[i], won && i == 0 ? '*' : ' ', stream);
    if (shown < right)
        put_rest(lines + shown, right - shown, stream);
    for (int i = right; i < count; i++)
        put_line(&lines[i], ' ', stream);
    return shown + (shown < right) + count - right;
}

static void put_heading(const char *first, FILE *stream)
{
    fprintf(stream, "%-*s %7s %9s  %-*s %10s\n", NAMES_WIDTH + 2, first, "workers", "wall s",
            SPEEDUP_WIDTH, "speedup (95 % CI)", "of ceiling");
}

void terminal_print_rows(const struct result_set *set, FILE *stream)
{
    const struct summary *best = machine_is_fit(&set->machine) ? result_set_best(set) : NULL;
    put_heading("  strategy", stream);
    for (size_t i = 0; i < set->count; i++) {
        struct line line = {.first = &set->summaries[i]};
        add_name(&line, line.first);
        put_line(&line, line.first == best && best->speedup.value > 1 ? '*' : ' ', stream);
    }
}

int terminal_print_table(const struct result_set *set, bool heading, int lines_at_most,
                         FILE *stream)
{
    int printed = 1 + heading;
    const struct summary **rows = calloc(set->count, sizeof *rows);
    struct line *lines = calloc(set->count, sizeof *lines), serial = {.first = &set->summaries[0]};
    if (heading)
        put_heading("strategy (on a line: alike)", stream);
    add_name(&serial, serial.first);
    put_line(&serial, ' ', stream);
    if (rows && lines) { /* else: no memory for the rest; the files have it */
        size_t count = choose(set, rows);
        qsort(rows, count, sizeof *rows, compare_rows);
        printed +=
            put_lines(set, lines, gather(set, rows, count, lines), lines_at_most - 1, stream);
    }
    free(rows);
    free(lines);
    return printed;
}

int terminal_print_text(const char *text, FILE *stream)
{
    size_t used = 0;
    int lines = 0;
    for (const char *at = text; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " \n");
        if (*at == '\n' || (used > 0 && used + 1 + length > TERMINAL_COLUMNS)) {
            fputc('\n', stream);
            lines++;
            used = 0;
            at += *at == '\n';
            continue;
        }
        fprintf(stream, "%s%.*s", used ? " " : "", (int)length, at);
        used += length + (used > 0);
        at += length;
    }
    if (used > 0)
        fputc('\n', stream);
    return lines + (used > 0);
}
