/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/resources.h"

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
