/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/resources.h"

#include <math.h>

#include "harness/base/output.h"
#include "harness/results/csv.h"

void resources_put_header(FILE *stream)
{
    fputs("filter,strategy,workers,time_s,cpu_percent,memory_kib,processes,threads,lock,"
          "blas_asked\n",
          stream);
}

void resources_put(FILE *stream, const struct config *config, const struct sampler *sampler)
{
    struct csv_row row = {.stream = stream};
    for (size_t i = 0; i < sampler->count; i++) {
        const struct reading *reading = &sampler->readings[i];
        csv_put_text(&row, config->filter);
        csv_put_text(&row, config->strategy);
        csv_put_integer(&row, config->workers);
        csv_put_number(&row, reading->time_s);
        csv_put_number(&row, reading->cpu_percent);
        csv_put_integer(&row, reading->memory_kib);
        csv_put_integer(&row, reading->processes);
        csv_put_integer(&row, reading->threads);
        csv_put_text(&row, lock_names[config->lock]);
        csv_put_number(&row, config->blas_threads ? config->blas_threads : (double)NAN);
        csv_end_row(&row);
    }
}

bool resources_can_be_drawn(const char *directory)
{
    char path[PATH_MAX];
    struct csv_table table;
    struct error ignored; /* no such file: nothing to draw */
    if (output_path(path, directory, "resources.csv", &ignored) != 0 ||
        csv_read(&table, path, &ignored) != 0)
        return false;
    bool enough = table.rows >= 2;
    csv_free(&table);
    return enough;
}
