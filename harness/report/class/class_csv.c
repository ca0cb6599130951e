/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "harness/base/commandline/options.h"
#include "harness/base/output.h"
#include "harness/report/class/class.h"
#include "harness/results/columns.h"

/* In the order of put_row(). Unlike the files of a result, nobody reads this one back. */
static const struct {
    const char *name, *unit, *meaning;
} columns[] = {
    {"state", "", "fit, noisy, wrong or other work: only the first are ranked"},
    {"place_by_speed", "", "1 is the shortest tp; empty: not ranked"},
    {"place_by_scaling", "", "1 is the highest efficiency; empty: not ranked"},
    {"name", "", "nickname, or name of the result"},
    {"cpu", "", "model of its processor"},
    {"processor", "", "who makes the processor"},
    {"system", "", "the operating system"},
    {"cores", "", "cores that the program may use"},
    {"threads", "", "hardware threads that it may use"},
    {"filter", "", "what was computed"},
    {"images", "", "number of images"},
    {"ny", "pixels", "rows of an image"},
    {"nx", "pixels", "columns of an image"},
    {"t0_s", "s", "one image on one core"},
    {"tp_s", "s", "all images in parallel, the best of the strategies"},
    {"speedup", "", "the time of the serial strategy divided by tp"},
    {"speedup_low", "", "low end of its 95 % confidence interval"},
    {"speedup_high", "", "high end of it"},
    {"strategy", "", "the best one"},
    {"workers", "", "its workers"},
    {"efficiency", "", "speedup / workers, on all cores"},
    {"posted_anyway", "", "1: handed in though it was not fit to post"},
};

/* Commas, quotes and line ends become blanks, and an apostrophe keeps spreadsheets from calculating
 * what begins like a formula. */
static void put_text(FILE *stream, const char *text)
{
    if (*text && strchr("=+-@", *text))
        fputc('\'', stream);
    for (; *text; text++)
        fputc(strchr(",\"\n\r\t;", *text) ? ' ' : *text, stream);
    fputc(',', stream);
}

static void put_number(FILE *stream, double value)
{
    if (isfinite(value))
        fprintf(stream, "%.6g", value);
    fputc(',', stream);
}

static void put_place(FILE *stream, int place)
{
    if (place > 0)
        fprintf(stream, "%d", place);
    fputc(',', stream);
}

static void put_row(FILE *stream, const struct ranked *row)
{
    const struct entry *entry = row->entry;
    const struct entry_point none = {.speedup = {(double)NAN, (double)NAN, (double)NAN}},
                             *best = entry->best < 0 ? &none : &entry->points[entry->best];
    fprintf(stream, "%s,", entry_states[entry->state]);
    put_place(stream, row->speed);
    put_place(stream, row->scaling);
    put_text(stream, entry->name);
    put_text(stream, entry->cpu);
    put_text(stream, entry_maker(entry));
    put_text(stream, entry_system(entry));
    fprintf(stream, "%d,%d,", entry->cores, entry->threads);
    put_text(stream, entry->filter);
    fprintf(stream, "%d,%d,%d,", entry->images, entry->ny, entry->nx);
    put_number(stream, entry->t0_s);
    put_number(stream, entry_tp(entry));
    put_number(stream, best->speedup.value);
    put_number(stream, best->speedup.low);
    put_number(stream, best->speedup.high);
    put_text(stream, best->strategy);
    put_place(stream, best->workers);
    put_number(stream, entry_efficiency(entry));
    fprintf(stream, "%d\n", entry->anyway);
}

int class_write_csv(const struct ranking *ranking, const char *directory, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, CLASS_CSV, error) != 0)
        return -1;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        fprintf(output.stream, "%s%s", i ? "," : "", columns[i].name);
    fputc('\n', output.stream);
    for (size_t i = 0; i < ranking->count; i++)
        put_row(output.stream, &ranking->rows[i]);
    return output_commit(&output, error);
}

void class_csv_explain(FILE *stream)
{
    fprintf(stream, "\n%s: a row is a machine, in the order of the table\n\n", CLASS_CSV);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        fprintf(stream, "  %-20s  %-7s  ", columns[i].name, columns[i].unit);
        options_print_text(columns[i].meaning, COLUMNS_TEXT, stream);
    }
}
