/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/forecasts.h"

#include <unistd.h>

#include "harness/base/output.h"
#include "harness/results/rows.h"

int forecasts_write(const char *directory, const struct machine_facts *machine,
                    const struct forecast_row *rows, size_t count, struct error *error)
{
    struct output output;
    if (count == 0)
        return output_remove(directory, forecast_file.name, error);
    if (output_open(&output, directory, forecast_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &forecast_file);
    for (size_t i = 0; i < count; i++)
        rows_put(output.stream, &forecast_file, machine, &rows[i]);
    return output_commit(&output, error);
}

int forecasts_read(const char *directory, struct forecast_row **rows, size_t *count,
                   struct error *error)
{
    char path[PATH_MAX];
    void *read = NULL;
    *rows = NULL;
    *count = 0;
    if (output_path(path, directory, forecast_file.name, error) != 0)
        return -1;
    if (access(path, F_OK) != 0)
        return 0;
    if (rows_read(&forecast_file, path, NULL, &read, count, error) != 0)
        return -1;
    *rows = read;
    return 0;
}
