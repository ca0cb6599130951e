/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/class/class.h"

/* No comma, quote or line end; and nothing that a spreadsheet calculates. */
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
    fputs("state,place_by_speed,place_by_scaling,name,cpu,processor,system,cores,threads,filter,"
          "images,ny,nx,t0_s,tp_s,speedup,speedup_low,speedup_high,strategy,workers,efficiency,"
          "posted_anyway\n",
          output.stream);
    for (size_t i = 0; i < ranking->count; i++)
        put_row(output.stream, &ranking->rows[i]);
    return output_commit(&output, error);
}
