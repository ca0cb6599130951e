/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/summarise.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "harness/measure/judge/evidence.h"
#include "harness/measure/statistics.h"

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* How busy the workers kept their cores: CPU seconds a second and worker; the median of the runs. */
static double cpu_utilisation(const struct samples *samples, int rounds, double *scratch)
{
    for (int run = 0; run < rounds; run++) {
        const struct run_figures *figures = &samples->figures[run];
        scratch[run] =
            (figures->user_s + figures->sys_s) / (figures->wall_s * samples->setup.config.workers);
    }
    return statistics_median(scratch, (size_t)rounds).value;
}

/* What the watched run had of all processes together; where nobody could see that, the largest
 * process of any run. 0, which is never right, is not known. */
static double peak_memory_kib(const struct samples *samples, int rounds)
{
    double peak = 0;
    if (samples->peak_memory_kib > 0)
        return (double)samples->peak_memory_kib;
    for (int run = 0; run < rounds; run++)
        peak = larger(peak, (double)samples->figures[run].max_rss_kib);
    return peak > 0 ? peak : (double)NAN;
}

static void put_walls(const struct samples *samples, int rounds, double *walls)
{
    for (int run = 0; run < rounds; run++)
        walls[run] = samples->figures[run].wall_s;
}

/* `scratch` has room for twice `rounds` numbers. */
static void summarise_one(const struct samples *samples, const struct samples *serial, int rounds,
                          double *scratch, struct summary *summary)
{
    double *walls = scratch, *serial_walls = scratch + rounds;
    int workers = samples->setup.config.workers;
    summary->rounds = rounds;
    summary->cpu_utilisation = cpu_utilisation(samples, rounds, scratch);
    summary->max_rss_kib = peak_memory_kib(samples, rounds);
    put_walls(samples, rounds, walls);
    put_walls(serial, rounds, serial_walls);
    summary->wall_s = statistics_median(walls, (size_t)rounds);
    summary->outliers = (int)statistics_outliers(walls, (size_t)rounds, NULL);
    summary->speedup = statistics_ratio(serial_walls, walls, (size_t)rounds);
    summary->activity_speedup = samples->setup.images * summary->t0_s / summary->wall_s.value;
    summary->efficiency = summary->speedup.value / workers;
    summary->karp_flatt = statistics_karp_flatt(summary->speedup.value, workers);
    summary->blas_threads = samples->figures[0].blas_threads;
    summary->gflops = samples->operations / summary->wall_s.value / 1e9;
}

/* The trace of the median run goes from the samples to the summary. */
static void take_trace(struct samples *samples, int rounds, struct summary *summary)
{
    int run = samples_median_run(samples, rounds, summary->wall_s.value);
    if (run < 0)
        return;
    summary->trace = samples->traces[run];
    samples->traces[run] = NULL;
    samples->traces_kept--;
}

/* Images of several sizes have no time of one image. */
static struct estimate one_image(const struct samples *serial, int rounds)
{
    struct timespec tick;
    if (serial->setup.ny == 0 || clock_getres(CLOCK_MONOTONIC, &tick) != 0)
        return (struct estimate){(double)NAN, (double)NAN, (double)NAN};
    return statistics_one_image(serial->task_s, (size_t)rounds, (size_t)serial->setup.images,
                                (double)tick.tv_sec + 1e-9 * (double)tick.tv_nsec);
}

static int take_evidence(const struct samples *samples, const struct samples *serial, int rounds,
                         struct summary *summary)
{
    summary->runs = evidence_of_runs(samples, rounds);
    if (!summary->runs)
        return -1;
    return evidence_of_losses(samples, serial, rounds, &summary->losses, &summary->losses_error);
}

/* The second runs of what was measured twice, where all of them were good. */
static int take_second_runs(const struct samples *again, int rounds, struct result_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        struct summary *summary = &set->summaries[i];
        if (!summary->runs || again->status != RUN_OK || again->count < rounds ||
            !config_is_same(&summary->setup.config, &again->setup.config))
            continue;
        summary->again = evidence_of_runs(again, rounds);
        return summary->again ? 0 : -1;
    }
    return 0;
}

static int sum_up(struct samples *samples, int count, int all, int rounds, bool whole,
                  struct result_set *set, struct error *error)
{
    const struct samples *serial = &samples[0];
    struct estimate t0 = {(double)NAN, (double)NAN, (double)NAN};
    double *scratch = calloc(2 * (size_t)(rounds ? rounds : 1), sizeof *scratch);
    if (!scratch)
        return error_set(error, "results", "no memory");
    if (result_set_create(set, (size_t)count, error) != 0) {
        free(scratch);
        return -1;
    }
    bool comparable = rounds > 0 && serial->status == RUN_OK;
    if (comparable)
        t0 = one_image(serial, rounds);
    set->rounds = rounds;
    int failed = 0;
    for (int i = 0; i < count && !failed; i++) {
        struct summary *summary = &set->summaries[i];
        summary->setup = samples[i].setup;
        summary->status = samples[i].status;
        summary->t0_s = t0.value;
        summary->t0_low_s = t0.low;
        summary->t0_high_s = t0.high;
        summary->ceiling = samples[i].ceiling;
        summary->machine_ceiling = samples[i].machine_ceiling;
        if (samples[i].status != RUN_OK || !comparable)
            continue;
        summarise_one(&samples[i], serial, rounds, scratch, summary);
        failed = whole && take_evidence(&samples[i], serial, rounds, summary) != 0;
    }
    for (int i = 0; i < count && !failed && whole; i++) /* only now, for the losses need them all */
        if (set->summaries[i].rounds > 0)
            take_trace(&samples[i], rounds, &set->summaries[i]);
    for (int i = count; i < all && !failed && whole; i++)
        failed = take_second_runs(&samples[i], rounds, set) != 0;
    free(scratch);
    if (failed) {
        result_set_destroy(set);
        return error_set(error, "results", "no memory");
    }
    return 0;
}

int summarise(struct samples *samples, int count, int all, int rounds, struct result_set *set,
              struct error *error)
{
    return sum_up(samples, count, all, rounds, true, set, error);
}

int summarise_so_far(struct samples *samples, int count, int rounds, struct result_set *set,
                     struct error *error)
{
    return sum_up(samples, count, count, rounds, false, set, error);
}
