/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "harness/report/class/class.h"
#include "harness/report/document/escape.h"

enum { WIDTH = 79, NAME_WIDTH = 16, CPU_WIDTH = 21, STATE_WIDTH = 10 };

/* Three digits in six columns, or a dash. */
static void put_seconds(FILE *stream, double value)
{
    if (isnan(value))
        fprintf(stream, " %6s", "-");
    else
        fprintf(stream, " %6.*f", value < 10 ? 3 : value < 1000 ? 1 : 0, value);
}

static void put_percent(FILE *stream, double share)
{
    if (isnan(share))
        fprintf(stream, " %6s", "-");
    else
        fprintf(stream, " %4.0f %%", 100 * share);
}

static void put_place(FILE *stream, int place, int width)
{
    if (place > 0)
        fprintf(stream, "%*d ", width, place);
    else
        fprintf(stream, "%*s ", width, "-");
}

static void put_row(FILE *stream, const struct ranked *row, bool is_me)
{
    const struct entry *entry = row->entry;
    char processor[ENTRY_TEXT];
    entry_processor(entry, processor);
    put_place(stream, row->speed, 5);
    put_place(stream, row->scaling, 5);
    fputc(is_me ? '*' : ' ', stream);
    escape_put_columns(stream, entry->name, NAME_WIDTH);
    fputc(' ', stream);
    escape_put_columns(stream, processor, CPU_WIDTH);
    fprintf(stream, " %5d", entry->cores);
    put_seconds(stream, entry->t0_s);
    put_seconds(stream, entry_tp(entry));
    fprintf(stream, " %7.2f\n", entry->points[entry->best].speedup.value);
}

static void put_groups(const struct ranking *ranking, FILE *stream)
{
    fprintf(stream, "\n%-32s %8s %6s %6s %7s %6s\n", "medians of", "machines", "t0 s", "tp s",
            "speedup", "effic.");
    for (int i = 0; i < ranking->group_count; i++) {
        const struct class_group *group = &ranking->groups[i];
        char name[64];
        ranking_group_name(group, name);
        fprintf(stream, "%-32s %8d", name, group->machines);
        put_seconds(stream, group->t0_s);
        put_seconds(stream, group->tp_s);
        fprintf(stream, " %7.2f", group->speedup);
        put_percent(stream, group->efficiency);
        fputc('\n', stream);
    }
}

/* Words from `column` on, in as many lines as they need; a word that is longer than that is cut. */
static void put_words(FILE *stream, const char *text, int column)
{
    int at = column;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        char word[2 * ENTRY_TEXT];
        int length = (int)strcspn(text, " ");
        if (at > column && at + 1 + length > WIDTH) {
            fprintf(stream, "\n%*s", column, "");
            at = column;
        } else if (at > column) {
            fputc(' ', stream);
            at++;
        }
        snprintf(word, sizeof word, "%.*s", length, text);
        escape_put_columns(stream, word, -(WIDTH - column));
        at += length;
        text += length;
    }
    fputc('\n', stream);
}

static void put_outside(const struct ranking *ranking, FILE *stream)
{
    fprintf(stream, "%sNot in the ranking:\n", ranking->fit > 0 ? "\n" : "");
    for (size_t i = ranking->fit; i < ranking->count; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        fputs("  ", stream);
        escape_put_columns(stream, entry->name, NAME_WIDTH);
        fprintf(stream, " %-*s ", STATE_WIDTH, entry_states[entry->state]);
        put_words(stream, entry->why, 4 + NAME_WIDTH + STATE_WIDTH);
    }
}

void class_print(const struct ranking *ranking, const struct entry *me, FILE *stream)
{
    char work[ENTRY_TEXT];
    if (ranking->fit > 0) {
        entry_work(ranking->rows[0].entry, work);
        escape_put_columns(stream, work, 0);
        fputs("\n\n", stream);
        fprintf(stream, "   place by\n%5s %5s  %-*s %-*s %5s %6s %6s %7s\n", "speed", "scale",
                NAME_WIDTH, "name", CPU_WIDTH, "processor", "cores", "t0 s", "tp s", "speedup");
        for (size_t i = 0; i < ranking->fit; i++)
            put_row(stream, &ranking->rows[i], ranking->rows[i].entry == me);
        if (ranking->fit > 1)
            put_groups(ranking, stream);
    }
    if (ranking->fit < ranking->count)
        put_outside(ranking, stream);
}
