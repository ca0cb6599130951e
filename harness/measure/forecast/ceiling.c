/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/forecast/model.h"

/* Among many tasks only the heaviest, and the last one, are looked at: where they are equal that is
 * enough. */
enum { TASKS_LOOKED_AT = 4096, HALVINGS = 100 };

static const double ROUNDING = 1e-9;

/* A core as far as `workers` workers use it. */
struct used_core {
    int threads;
    double speed; /* of one thread alone */
};

struct machine_used {
    struct used_core *cores;
    int count;
    double second_thread, quota;
};

static double speed_of(const struct machine_used *used, const struct used_core *core)
{
    return core->speed * (core->threads > 1 ? 1 + used->second_thread : 1);
}

/* The work a second that all can do together. */
static double speed_of_all(const struct machine_used *used)
{
    double sum = 0, fastest = 0;
    for (int i = 0; i < used->count; i++) {
        sum += speed_of(used, &used->cores[i]);
        if (used->cores[i].threads > 0)
            fastest = fmax(fastest, used->cores[i].speed);
    }
    return used->quota > 0 ? fmin(sum, used->quota * fastest) : sum;
}

/* How many tasks of this weight, or heavier, can have ended by then: no more than the core's work is
 * worth, and no more than its threads could do if each had it alone. */
static double ended_by(const struct machine_used *used, double then, double weight)
{
    double sum = 0;
    for (int i = 0; i < used->count; i++) {
        const struct used_core *core = &used->cores[i];
        double together = floor(then * speed_of(used, core) / weight + ROUNDING);
        double each = floor(then * core->speed / weight + ROUNDING);
        sum += core->threads > 0 ? fmin(together, core->threads * each) : 0;
    }
    return sum;
}

/* The least time in which `count` such tasks can end, if that is after `least`. */
static double time_for(const struct machine_used *used, double least, double count, double weight)
{
    double low = least, high = least;
    if (ended_by(used, least, weight) >= count)
        return least;
    for (high = fmax(least, weight); ended_by(used, high, weight) < count; high *= 2)
        low = high;
    for (int i = 0; i < HALVINGS && high - low > 1e-13 * high; i++) {
        double middle = low + (high - low) / 2;
        if (ended_by(used, middle, weight) < count)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static double least_time(const struct machine_used *used, const double *rising, size_t count,
                         double total)
{
    double least = total / speed_of_all(used);
    for (size_t k = 0; k < count && k < TASKS_LOOKED_AT; k++)
        least = time_for(used, least, (double)k + 1, rising[count - 1 - k]);
    return time_for(used, least, (double)count, rising[0]);
}

/* Worker w sits on place w; more workers than places add nothing. */
static void use(struct machine_used *used, const struct machine_model *model, int workers)
{
    for (int i = 0; i < workers && i < model->count; i++) {
        struct used_core *core = &used->cores[model->places[i].core];
        core->speed = model->places[i].speed;
        core->threads++;
    }
}

double model_ceiling(const struct machine_model *model, const double *weights, size_t count,
                     int workers)
{
    struct machine_used used = {.cores = calloc((size_t)model->cores, sizeof *used.cores),
                                .count = model->cores,
                                .second_thread = model->speeds.second_thread,
                                .quota = model->quota};
    double *rising = count ? malloc(count * sizeof *rising) : NULL;
    double ceiling = (double)NAN, total = 0;
    if (used.cores && rising) {
        memcpy(rising, weights, count * sizeof *rising);
        gsl_sort(rising, 1, count);
        for (size_t i = 0; i < count; i++)
            total += rising[i];
        use(&used, model, workers);
        if (rising[0] > 0)
            ceiling = total / least_time(&used, rising, count, total);
    }
    free(rising);
    free(used.cores);
    return ceiling;
}
