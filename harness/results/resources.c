/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/resources.h"

#include <stdlib.h>

#include "harness/base/output.h"
#include "harness/results/rows.h"

void resources_put_header(FILE *stream)
{
    rows_put_header(stream, &resources_file);
}

void resources_put(FILE *stream, const struct machine_facts *machine, const struct config *config,
                   const struct sampler *sampler)
{
    struct resources_row row = {
        .workers = config->workers, .lock = config->lock, .blas_asked = config->blas_threads};
    snprintf(row.filter, sizeof row.filter, "%s", config->filter);
    snprintf(row.strategy, sizeof row.strategy, "%s", config->strategy);
    for (size_t i = 0; i < sampler->count; i++) {
        row.reading = sampler->readings[i];
        rows_put(stream, &resources_file, machine, &row);
    }
}

bool resources_can_be_drawn(const char *directory)
{
    char path[PATH_MAX];
    struct error ignored; /* no such file: nothing to draw */
    void *rows;
    size_t count;
    if (output_path(path, directory, resources_file.name, &ignored) != 0 ||
        rows_read(&resources_file, path, NULL, &rows, &count, &ignored) != 0)
        return false;
    free(rows);
    return count >= 2;
}
