/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/results.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/results/identity.h"
#include "harness/results/json.h"
#include "harness/results/resources.h"
#include "harness/results/rows.h"

/* Sees that all rows so far are with the system, so that they outlive this process. */
static int keep_rows(struct results *results, struct error *error)
{
    if (fflush(results->runs) != 0)
        return error_system(error, "runs.csv", "cannot be written", errno);
    results->whole = ftello(results->runs);
    return 0;
}

int results_open(struct results *results, const char *directory,
                 const struct machine_facts *machine, struct error *error)
{
    char path[PATH_MAX];
    *results = (struct results){.directory = directory, .machine = machine};
    if (output_path(path, directory, "runs.csv", error) != 0 ||
        output_remove(directory, "resources.csv", error) != 0)
        return -1;
    results->runs = fopen(path, "w");
    if (!results->runs)
        return error_system(error, path, "cannot be written", errno);
    rows_put_header(results->runs, &runs_file);
    if (keep_rows(results, error) == 0)
        return 0;
    results_discard(results);
    return -1;
}

int results_add_run(struct results *results, const struct run_record *run, struct error *error)
{
    rows_put(results->runs, &runs_file, results->machine, run);
    return keep_rows(results, error);
}

int results_add_readings(struct results *results, const struct config *config,
                         const struct sampler *sampler, struct error *error)
{
    if (!results->has_resources) {
        if (output_open(&results->resources, results->directory, "resources.csv", error) != 0)
            return -1;
        results->has_resources = true;
        resources_put_header(results->resources.stream);
    }
    resources_put(results->resources.stream, results->machine, config, sampler);
    return 0;
}

int results_write_summary(const char *directory, const struct machine_facts *machine,
                          const struct result_set *set, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, summary_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &summary_file);
    for (size_t i = 0; i < set->count; i++)
        rows_put(output.stream, &summary_file, machine, &set->summaries[i]);
    return output_commit(&output, error);
}

static void put_trace(FILE *stream, const struct machine_facts *machine,
                      const struct summary *summary)
{
    const struct config *config = &summary->setup.config;
    struct trace_row row = {
        .workers = config->workers, .lock = config->lock, .blas_asked = config->blas_threads};
    snprintf(row.filter, sizeof row.filter, "%s", config->filter);
    snprintf(row.strategy, sizeof row.strategy, "%s", config->strategy);
    for (; summary->trace && row.task < summary->setup.tasks; row.task++) {
        row.time = summary->trace[row.task];
        rows_put(stream, &trace_file, machine, &row);
    }
}

static int write_trace(const char *directory, const struct machine_facts *machine,
                       const struct result_set *set, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, trace_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &trace_file);
    for (size_t i = 0; i < set->count; i++)
        put_trace(output.stream, machine, &set->summaries[i]);
    return output_commit(&output, error);
}

/* Only of configurations whose losses are known. */
static int write_losses(const char *directory, const struct machine_facts *machine,
                        const struct result_set *set, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, losses_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &losses_file);
    for (size_t i = 0; i < set->count; i++)
        if (!isnan(set->summaries[i].losses.gap))
            rows_put(output.stream, &losses_file, machine, &set->summaries[i]);
    return output_commit(&output, error);
}

/* Where nothing was measured twice there is no such file. */
static int write_again(const char *directory, const struct machine_facts *machine,
                       const struct result_set *set, struct error *error)
{
    struct output output;
    bool any = false;
    for (size_t i = 0; i < set->count; i++)
        any = any || set->summaries[i].again;
    if (!any)
        return output_remove(directory, again_file.name, error);
    if (output_open(&output, directory, again_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &again_file);
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        for (int round = 0; summary->again && round < summary->rounds; round++) {
            const struct again_row row = {.config = summary->setup.config,
                                          .round = round + 1,
                                          .wall_s = summary->runs[round].wall_s,
                                          .again_s = summary->again[round].wall_s};
            rows_put(output.stream, &again_file, machine, &row);
        }
    }
    return output_commit(&output, error);
}

int results_commit(struct results *results, const struct result_set *set, struct error *error)
{
    int failed = results_write_summary(results->directory, results->machine, set, error) != 0 ||
                 write_trace(results->directory, results->machine, set, error) != 0 ||
                 write_losses(results->directory, results->machine, set, error) != 0 ||
                 write_again(results->directory, results->machine, set, error) != 0 ||
                 json_write(results->directory, set, error) != 0;
    if (failed) {
        results_discard(results);
        return -1;
    }
    if (results->has_resources)
        failed = output_commit(&results->resources, error);
    if (fclose(results->runs) != 0 && !failed)
        failed = error_system(error, "runs.csv", "cannot be written", errno);
    return failed;
}

/* Where the disk was full, the file ends in the middle of a row. */
void results_discard(struct results *results)
{
    char path[PATH_MAX];
    struct error ignored;
    if (results->has_resources)
        output_discard(&results->resources);
    fclose(results->runs);
    if (output_path(path, results->directory, "runs.csv", &ignored) == 0 &&
        (results->whole == 0 ? remove(path) : truncate(path, results->whole)) != 0)
        return; /* it stays as it is; what went wrong before is told */
}

/* Files of an earlier version have no column for it, but activity_speedup = images * t0 / time. */
static void recover_images(struct result_set *set)
{
    int images = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        double product = summary->activity_speedup * summary->wall_s.value / summary->t0_s;
        if (images == 0 && product > 0 && product < 1e9) /* false for NaN */
            images = (int)lround(product);
    }
    for (size_t i = 0; i < set->count; i++)
        if (set->summaries[i].setup.images == 0)
            set->summaries[i].setup.images = images;
}

int results_read_summary(const char *path, struct result_set *set, struct error *error)
{
    void *rows;
    *set = (struct result_set){.count = 0};
    if (rows_read(&summary_file, path, &set->machine, &rows, &set->count, error) != 0)
        return -1;
    set->summaries = rows;
    if (set->count == 0) {
        result_set_destroy(set);
        return error_set(error, path, "has no row but the header");
    }
    recover_images(set);
    for (size_t i = 0; i < set->count; i++)
        set->summaries[i].losses = set->summaries[i].losses_error = losses_unknown();
    return 0;
}

/* Results of an earlier version have no such file. */
static int read_losses(const char *directory, struct result_set *set, struct error *error)
{
    char path[PATH_MAX];
    void *read;
    size_t count;
    if (output_path(path, directory, losses_file.name, error) != 0)
        return -1;
    if (access(path, F_OK) != 0)
        return 0;
    if (rows_read(&losses_file, path, NULL, &read, &count, error) != 0)
        return -1;
    const struct summary *rows = read;
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < count; k++)
            if (config_is_same(&set->summaries[i].setup.config, &rows[k].setup.config)) {
                set->summaries[i].losses = rows[k].losses;
                set->summaries[i].losses_error = rows[k].losses_error;
            }
    free(read);
    return 0;
}

int results_read(const char *directory, struct result_set *set, struct error *error)
{
    char path[PATH_MAX], runs[PATH_MAX];
    if (output_path(path, directory, summary_file.name, error) != 0 ||
        output_path(runs, directory, runs_file.name, error) != 0)
        return -1;
    if (access(path, F_OK) != 0 && access(runs, F_OK) == 0)
        return error_set(error, path,
                         "is missing, but runs.csv is there: the benchmark was interrupted before "
                         "it was summarised; measure again with `speedup bench --out %s`",
                         directory);
    if (results_read_summary(path, set, error) != 0)
        return -1;
    if (identity_check(directory, error) == 0 &&
        machine_read(directory, &set->machine, error) == 0 &&
        read_losses(directory, set, error) == 0)
        return 0;
    result_set_destroy(set);
    return -1;
}

int results_read_runs(const char *directory, struct run_record **runs, size_t *count,
                      struct error *error)
{
    char path[PATH_MAX];
    void *rows;
    if (output_path(path, directory, runs_file.name, error) != 0 ||
        rows_read(&runs_file, path, NULL, &rows, count, error) != 0)
        return -1;
    *runs = rows;
    return 0;
}

int results_read_trace(const char *directory, struct trace_row **trace, size_t *count,
                       struct error *error)
{
    char path[PATH_MAX];
    void *rows;
    if (output_path(path, directory, trace_file.name, error) != 0 ||
        rows_read(&trace_file, path, NULL, &rows, count, error) != 0)
        return -1;
    *trace = rows;
    return 0;
}
