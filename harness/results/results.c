/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/results.h"

#include <errno.h>
#include <math.h>

#include "harness/results/csv.h"
#include "harness/results/resources.h"

static const char KEY_COLUMNS[] = "schema,host,cpu,cores,threads,quota,filter,strategy,workers,"
                                  "grain,blas_threads,io,bind,ny,nx,window,tasks";
static const char RUN_COLUMNS[] =
    "round,start_s,wall_s,stop_s,user_s,sys_s,max_rss_kib,minor_faults,major_faults,"
    "voluntary_switches,involuntary_switches,status,lock,latency_s,"
    "blas_asked,gflops";
static const char SUMMARY_COLUMNS[] =
    "rounds,t0_s,wall_median_s,wall_low_s,wall_high_s,speedup,speedup_low,speedup_high,"
    "activity_speedup,ceiling,efficiency,karp_flatt,cpu_utilisation,max_rss_kib,status,lock,"
    "latency_s,blas_asked,gflops";
static const char TRACE_COLUMNS[] =
    "strategy,workers,filter,task,worker,start_s,end_s,lock,blas_asked";

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
    fprintf(results->runs, "%s,%s\n", KEY_COLUMNS, RUN_COLUMNS);
    return 0;
}

static double or_empty(double value)
{
    return value > 0 ? value : (double)NAN;
}

static void put_setup(struct csv_row *row, const struct machine_facts *machine,
                      const struct setup *setup, int blas_threads)
{
    const struct config *config = &setup->config;
    csv_put_integer(row, CSV_SCHEMA);
    csv_put_text(row, machine->host);
    csv_put_text(row, machine->cpu);
    csv_put_integer(row, machine->cores);
    csv_put_integer(row, machine->threads);
    csv_put_number(row, or_empty(machine->quota));
    csv_put_text(row, config->filter);
    csv_put_text(row, config->strategy);
    csv_put_integer(row, config->workers);
    csv_put_text(row, grain_names[config->grain]);
    csv_put_number(row, or_empty(blas_threads));
    csv_put_text(row, io_names[config->io]);
    csv_put_text(row, bind_names[config->bind]);
    csv_put_number(row, or_empty((double)setup->ny));
    csv_put_number(row, or_empty((double)setup->nx));
    csv_put_integer(row, (long)config->parameters.window);
    csv_put_integer(row, setup->tasks);
}

/* The columns after `status`; empty where they do not apply. */
static void put_extras(struct csv_row *row, const struct setup *setup, double gflops)
{
    csv_put_text(row, lock_names[setup->config.lock]);
    csv_put_number(row, setup->latency_s);
    csv_put_number(row, or_empty(setup->config.blas_threads));
    csv_put_number(row, gflops);
}

int results_add_run(struct results *results, const struct run_record *run, struct error *error)
{
    struct csv_row row = {.stream = results->runs};
    put_setup(&row, results->machine, &run->setup, run->blas_threads);
    csv_put_integer(&row, run->round);
    csv_put_number(&row, run->start_s);
    csv_put_number(&row, run->wall_s);
    csv_put_number(&row, run->stop_s);
    csv_put_number(&row, run->user_s);
    csv_put_number(&row, run->sys_s);
    csv_put_number(&row, run->max_rss_kib);
    csv_put_number(&row, run->minor_faults);
    csv_put_number(&row, run->major_faults);
    csv_put_number(&row, run->voluntary_switches);
    csv_put_number(&row, run->involuntary_switches);
    csv_put_text(&row, status_names[run->status]);
    put_extras(&row, &run->setup, run->gflops);
    csv_end_row(&row);
    if (fflush(results->runs) != 0)
        return error_system(error, "runs.csv", "cannot be written", errno);
    return 0;
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
    resources_put(results->resources.stream, config, sampler);
    return 0;
}

static void put_summary(FILE *stream, const struct machine_facts *machine,
                        const struct summary *summary)
{
    struct csv_row row = {.stream = stream};
    put_setup(&row, machine, &summary->setup, summary->blas_threads);
    csv_put_integer(&row, summary->rounds);
    csv_put_number(&row, summary->t0_s);
    csv_put_number(&row, summary->wall_s.value);
    csv_put_number(&row, summary->wall_s.low);
    csv_put_number(&row, summary->wall_s.high);
    csv_put_number(&row, summary->speedup.value);
    csv_put_number(&row, summary->speedup.low);
    csv_put_number(&row, summary->speedup.high);
    csv_put_number(&row, summary->activity_speedup);
    csv_put_number(&row, summary->ceiling);
    csv_put_number(&row, summary->efficiency);
    csv_put_number(&row, summary->karp_flatt);
    csv_put_number(&row, summary->cpu_utilisation);
    csv_put_number(&row, summary->max_rss_kib);
    csv_put_text(&row, status_names[summary->status]);
    put_extras(&row, &summary->setup, summary->gflops);
    csv_end_row(&row);
}

static void put_trace(FILE *stream, const struct summary *summary)
{
    const struct config *config = &summary->setup.config;
    struct csv_row row = {.stream = stream};
    for (int task = 0; summary->trace && task < summary->setup.tasks; task++) {
        csv_put_text(&row, config->strategy);
        csv_put_integer(&row, config->workers);
        csv_put_text(&row, config->filter);
        csv_put_integer(&row, task);
        csv_put_integer(&row, summary->trace[task].worker);
        csv_put_number(&row, summary->trace[task].start_s);
        csv_put_number(&row, summary->trace[task].end_s);
        csv_put_text(&row, lock_names[config->lock]);
        csv_put_number(&row, or_empty(config->blas_threads));
        csv_end_row(&row);
    }
}

static int write_summary(const char *directory, const struct machine_facts *machine,
                         const struct result_set *set, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, "summary.csv", error) != 0)
        return -1;
    fprintf(output.stream, "%s,%s\n", KEY_COLUMNS, SUMMARY_COLUMNS);
    for (size_t i = 0; i < set->count; i++)
        put_summary(output.stream, machine, &set->summaries[i]);
    return output_commit(&output, error);
}

static int write_trace(const char *directory, const struct result_set *set, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, "trace.csv", error) != 0)
        return -1;
    fprintf(output.stream, "%s\n", TRACE_COLUMNS);
    for (size_t i = 0; i < set->count; i++)
        put_trace(output.stream, &set->summaries[i]);
    return output_commit(&output, error);
}

int results_commit(struct results *results, const struct result_set *set, struct error *error)
{
    int failed = write_summary(results->directory, results->machine, set, error) != 0 ||
                 write_trace(results->directory, set, error) != 0;
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

void results_discard(struct results *results)
{
    if (results->has_resources)
        output_discard(&results->resources);
    fclose(results->runs);
}
