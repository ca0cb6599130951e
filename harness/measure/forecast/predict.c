/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/predict.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const double SPREAD_AT_LEAST = 0.01;
enum { RATIOS_AT_LEAST = 3 };

/* Whether task i is worker i % workers' for all i, or the workers' shares are blocks in a row. */
static void see_shares(const struct predict_task *tasks, int count, int workers,
                       struct strategy_model *strategy)
{
    bool turns = count > workers;
    bool blocks = turns && tasks[0].worker == 0 && tasks[count - 1].worker == workers - 1;
    for (int i = 0; i < count; i++) {
        int step = i > 0 ? tasks[i].worker - tasks[i - 1].worker : 0;
        turns = turns && tasks[i].worker == i % workers;
        blocks = blocks && (step == 0 || step == 1);
    }
    strategy->fixed = turns || blocks;
    strategy->blocks = blocks && !turns;
}

static int compare_starts(const void *a, const void *b)
{
    const struct predict_task *p = a, *q = b;
    if (p->worker != q->worker)
        return p->worker - q->worker;
    return (p->start_s > q->start_s) - (p->start_s < q->start_s);
}

int predict_costs(const struct predict_task *tasks, int count, int workers, double wall_s,
                  bool fixed, struct strategy_model *strategy)
{
    struct predict_task *sorted = calloc((size_t)count, sizeof *sorted);
    double *gaps = calloc((size_t)count, sizeof *gaps);
    double first = (double)INFINITY, latest = 0, last_end = 0;
    size_t gap_count = 0;
    int began = 0;
    *strategy = (struct strategy_model){.fixed = fixed, .chunk = 1};
    if (!sorted || !gaps) {
        free(sorted);
        free(gaps);
        return -1;
    }
    if (workers > 1 && !fixed)
        see_shares(tasks, count, workers, strategy);
    for (int i = 0; i < count; i++)
        sorted[i] = tasks[i];
    qsort(sorted, (size_t)count, sizeof *sorted, compare_starts);
    for (int i = 0; i < count; i++) {
        last_end = fmax(last_end, sorted[i].end_s);
        if (i > 0 && sorted[i].worker == sorted[i - 1].worker) {
            gaps[gap_count++] = fmax(0, sorted[i].start_s - sorted[i - 1].end_s);
            continue;
        }
        began++;
        first = fmin(first, sorted[i].start_s);
        latest = fmax(latest, sorted[i].start_s);
    }
    strategy->start_s = fmax(0, first);
    /* One worker does not tell what further ones cost: as much again, at the most. */
    strategy->start_each_s = began > 1 ? (latest - first) / (began - 1) : strategy->start_s;
    strategy->handout_s = gap_count ? statistics_median(gaps, gap_count).value : 0;
    strategy->join_s = fmax(0, wall_s - last_end);
    free(sorted);
    free(gaps);
    return 0;
}

/* The standard deviation of the logarithms. */
static double spread_of(const double *values, size_t count)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        mean += log(values[i]) / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (log(values[i]) - mean) * (log(values[i]) - mean);
    double spread = count > 1 ? sqrt(squares / (double)(count - 1)) : 0;
    return fmax(spread, SPREAD_AT_LEAST);
}

/* A prediction interval: where one more value may lie, beside `count` of this spread. */
static struct estimate band(double value, double spread, size_t count)
{
    double n = (double)(count > 1 ? count : 2);
    double factor = exp(gsl_cdf_tdist_Pinv(0.975, n - 1) * spread * sqrt(1 + 1 / n));
    return (struct estimate){value, value / factor, value * factor};
}

/* Serial / this one. Without ratios both runs have the spread of a serial one. */
static struct estimate speedup_band(double speedup, const struct predict_walls *walls)
{
    if (walls->ratio_count >= RATIOS_AT_LEAST)
        return band(speedup, spread_of(walls->ratios, walls->ratio_count), walls->ratio_count);
    return band(speedup, sqrt(2) * spread_of(walls->serial, walls->rounds), walls->rounds);
}

struct forecast predict_run(const struct machine_model *machine,
                            const struct strategy_model *strategy, const double *task_s, int tasks,
                            int workers, const struct predict_walls *walls)
{
    const double nothing = (double)NAN;
    struct forecast forecast = {{nothing, nothing, nothing}, {nothing, nothing, nothing}};
    double wall_s = simulate_run(machine, strategy, task_s, tasks, workers);
    if (isnan(wall_s))
        return forecast;
    forecast.wall_s = band(wall_s, spread_of(walls->serial, walls->rounds), walls->rounds);
    if (walls->rounds > 0)
        forecast.speedup =
            speedup_band(statistics_median(walls->serial, walls->rounds).value / wall_s, walls);
    return forecast;
}
