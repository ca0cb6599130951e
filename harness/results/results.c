/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/results.h"

#include <errno.h>
#include <math.h>

#include "harness/results/csv.h"

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

int results_open(struct results *results, const char *directory, const struct topology *topology,
                 struct error *error)
{
    char path[PATH_MAX];
    *results = (struct results){.directory = directory, .topology = topology};
    if (output_path(path, directory, "runs.csv", error) != 0)
        return -1;
    results->runs = fopen(path, "w");
    if (!results->runs)
        return error_system(error, path, "cannot be written", errno);
    if (output_open(&results->summary, directory, "summary.csv", error) != 0) {
        fclose(results->runs);
        return -1;
    }
    if (output_open(&results->trace, directory, "trace.csv", error) != 0) {
        output_discard(&results->summary);
        fclose(results->runs);
        return -1;
    }
    fprintf(results->runs, "%s,%s\n", KEY_COLUMNS, RUN_COLUMNS);
    fprintf(results->summary.stream, "%s,%s\n", KEY_COLUMNS, SUMMARY_COLUMNS);
    fprintf(results->trace.stream, "%s\n", TRACE_COLUMNS);
    return 0;
}

static double or_empty(double value)
{
    return value > 0 ? value : (double)NAN;
}

static void put_key(struct csv_row *row, const struct results *results, const struct row_key *key,
                    int blas_threads)
{
    const struct config *config = &key->config;
    csv_put_integer(row, CSV_SCHEMA);
    csv_put_text(row, results->topology->host);
    csv_put_text(row, results->topology->cpu);
    csv_put_integer(row, results->topology->cores);
    csv_put_integer(row, results->topology->threads);
    csv_put_number(row, or_empty(results->topology->quota));
    csv_put_text(row, config->filter);
    csv_put_text(row, config->strategy);
    csv_put_integer(row, config->workers);
    csv_put_text(row, grain_names[config->grain]);
    csv_put_number(row, or_empty(blas_threads));
    csv_put_text(row, io_names[config->io]);
    csv_put_text(row, bind_names[config->bind]);
    csv_put_number(row, or_empty((double)key->ny));
    csv_put_number(row, or_empty((double)key->nx));
    csv_put_integer(row, (long)config->parameters.window);
    csv_put_integer(row, key->tasks);
}

/* The columns after `status`; empty where they do not apply. */
static void put_extras(struct csv_row *row, const struct config *config, double gflops)
{
    csv_put_text(row, lock_names[config->lock]);
    csv_put_number(row,
                   filter_find(config->filter)->waits ? config->parameters.latency_s : (double)NAN);
    csv_put_number(row, or_empty(config->blas_threads));
    csv_put_number(row, gflops);
}

int results_add_run(struct results *results, const struct row_key *key, int round,
                    const struct run_result *result, struct error *error)
{
    struct csv_row row = {.stream = results->runs};
    const struct run_figures *figures = &result->figures;
    /* Of a run that did not come to its end nothing was measured. */
    bool ended = result->status == RUN_OK || result->status == RUN_WRONG;
    double nothing = (double)NAN;

    put_key(&row, results, key, figures->blas_threads);
    csv_put_integer(&row, round);
    csv_put_number(&row, ended ? figures->start_s : nothing);
    csv_put_number(&row, ended ? figures->wall_s : nothing);
    csv_put_number(&row, ended ? figures->stop_s : nothing);
    csv_put_number(&row, ended ? figures->user_s : nothing);
    csv_put_number(&row, ended ? figures->sys_s : nothing);
    csv_put_number(&row, ended ? (double)figures->max_rss_kib : nothing);
    csv_put_number(&row, ended ? (double)figures->minor_faults : nothing);
    csv_put_number(&row, ended ? (double)figures->major_faults : nothing);
    csv_put_number(&row, ended ? (double)figures->voluntary_switches : nothing);
    csv_put_number(&row, ended ? (double)figures->involuntary_switches : nothing);
    csv_put_text(&row, status_names[result->status]);
    put_extras(&row, &key->config, ended ? key->operations / figures->wall_s / 1e9 : nothing);
    csv_end_row(&row);
    if (fflush(results->runs) != 0)
        return error_system(error, "runs.csv", "cannot be written", errno);
    return 0;
}

void results_add_summary(struct results *results, const struct summary *summary)
{
    struct csv_row row = {.stream = results->summary.stream};
    put_key(&row, results, &summary->key, summary->blas_threads);
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
    csv_put_number(&row, or_empty((double)summary->max_rss_kib));
    csv_put_text(&row, status_names[summary->status]);
    put_extras(&row, &summary->key.config, summary->key.operations / summary->wall_s.value / 1e9);
    csv_end_row(&row);
}

void results_add_trace(struct results *results, const struct row_key *key,
                       const struct stamp *stamps, double began_s)
{
    struct csv_row row = {.stream = results->trace.stream};
    for (int task = 0; task < key->tasks; task++) {
        csv_put_text(&row, key->config.strategy);
        csv_put_integer(&row, key->config.workers);
        csv_put_text(&row, key->config.filter);
        csv_put_integer(&row, task);
        csv_put_integer(&row, stamps[task].worker);
        csv_put_number(&row, stamps[task].start_s - began_s);
        csv_put_number(&row, stamps[task].end_s - began_s);
        csv_put_text(&row, lock_names[key->config.lock]);
        csv_put_number(&row, or_empty(key->config.blas_threads));
        csv_end_row(&row);
    }
}

int results_commit(struct results *results, struct error *error)
{
    int failed = output_commit(&results->summary, error);
    if (failed)
        output_discard(&results->trace);
    else
        failed = output_commit(&results->trace, error);
    if (fclose(results->runs) != 0 && !failed)
        failed = error_system(error, "runs.csv", "cannot be written", errno);
    return failed;
}

void results_discard(struct results *results)
{
    output_discard(&results->summary);
    output_discard(&results->trace);
    fclose(results->runs);
}
