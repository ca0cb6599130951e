/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "harness/report/class/class.h"
#include "harness/report/document/escape.h"

enum { NAME_WIDTH = 16, CPU_WIDTH = 21 };

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
    put_place(stream, row->speed, 5);
    put_place(stream, row->scaling, 5);
    fputc(is_me ? '*' : ' ', stream);
    escape_put_columns(stream, entry->name, NAME_WIDTH);
    fputc(' ', stream);
    escape_put_columns(stream, entry->cpu, CPU_WIDTH);
    fprintf(stream, " %5d", entry->cores);
    put_seconds(stream, entry->t0_s);
    put_seconds(stream, entry_tp(entry));
    fprintf(stream, " %7.2f", entry->points[entry->best].speedup.value);
    fputc('\n', stream);
}

static void put_groups(const struct ranking *ranking, FILE *stream)
{
    fprintf(stream, "\n%-32s %8s %6s %6s %7s %6s\n", "medians", "machines", "t0 s", "tp s",
            "speedup", "effic.");
    for (int i = 0; i < ranking->group_count; i++) {
        const struct class_group *group = &ranking->groups[i];
        char name[64];
        if (strcmp(group->kind, "cores") == 0)
            snprintf(name, sizeof name, "%s core%s", group->name,
                     strcmp(group->name, "1") == 0 ? "" : "s");
        else
            snprintf(name, sizeof name, "%s: %s", group->kind, group->name);
        fprintf(stream, "%-32s %8d", name, group->machines);
        put_seconds(stream, group->t0_s);
        put_seconds(stream, group->tp_s);
        fprintf(stream, " %7.2f", group->speedup);
        put_percent(stream, group->efficiency);
        fputc('\n', stream);
    }
}

static void put_outside(const struct ranking *ranking, FILE *stream)
{
    fprintf(stream, "\nNot in the ranking:\n");
    for (size_t i = ranking->fit; i < ranking->count; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        fputs("  ", stream);
        escape_put_columns(stream, entry->name, NAME_WIDTH);
        fprintf(stream, " %-10s ", entry_states[entry->state]);
        escape_put_columns(stream, entry->why, -50);
        fputc('\n', stream);
    }
}

void class_print(const struct ranking *ranking, const struct entry *me, FILE *stream)
{
    char work[ENTRY_TEXT];
    if (ranking->fit > 0) {
        entry_work(ranking->rows[0].entry, work);
        escape_put_columns(stream, work, 0);
        fputs("\n\n", stream);
        fprintf(stream, "%5s %5s  %-*s %-*s %5s %6s %6s %7s\n", "speed", "scale", NAME_WIDTH,
                "name", CPU_WIDTH, "processor", "cores", "t0 s", "tp s", "speedup");
        for (size_t i = 0; i < ranking->fit; i++)
            put_row(stream, &ranking->rows[i], ranking->rows[i].entry == me);
        put_groups(ranking, stream);
    }
    if (ranking->fit < ranking->count)
        put_outside(ranking, stream);
}
