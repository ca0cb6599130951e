/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/ranking_groups.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef void naming(const struct entry *entry, char name[32]);

static void name_all(const struct entry *entry, char name[32])
{
    (void)entry;
    name[0] = '\0';
}

static void name_cores(const struct entry *entry, char name[32])
{
    snprintf(name, 32, "%d", entry->cores);
}

static void name_system(const struct entry *entry, char name[32])
{
    snprintf(name, 32, "%s", entry_system(entry));
}

static void name_maker(const struct entry *entry, char name[32])
{
    snprintf(name, 32, "%s", entry_maker(entry));
}

static double efficiency_of(const struct entry *entry)
{
    return entry->cores > 1 ? entry_efficiency(entry) : (double)NAN;
}

static double speedup_of(const struct entry *entry)
{
    return entry->points[entry->best].speedup.value;
}

static double t0_of(const struct entry *entry)
{
    return entry->t0_s;
}

/* Of those of the group whose figure is known; `values` has room for all. */
static double median_of(const struct ranking *ranking, naming *name, const char *wanted,
                        double (*figure)(const struct entry *), double *values)
{
    size_t count = 0;
    char its[32];
    for (size_t i = 0; i < ranking->fit; i++) {
        name(ranking->rows[i].entry, its);
        double value = figure(ranking->rows[i].entry);
        if (strcmp(its, wanted) == 0 && !isnan(value))
            values[count++] = value;
    }
    gsl_sort(values, 1, count);
    return count ? gsl_stats_median_from_sorted_data(values, 1, count) : (double)NAN;
}

static int compare_size(const void *one, const void *other)
{
    const struct class_group *a = one, *b = other;
    return (a->machines < b->machines) - (a->machines > b->machines);
}

static int compare_number(const void *one, const void *other)
{
    const struct class_group *a = one, *b = other;
    long left = strtol(a->name, NULL, 10), right = strtol(b->name, NULL, 10);
    return (left > right) - (left < right);
}

/* The largest groups that a name makes of the fit machines, at most 16, cores in rising order. */
static void add_groups(struct ranking *ranking, const char *kind, naming *name, double *values)
{
    enum { MANY = 256, SHOWN = 16 };
    struct class_group found[MANY] = {0};
    size_t count = 0;
    char its[32];
    for (size_t i = 0; i < ranking->fit; i++) {
        size_t k = 0;
        name(ranking->rows[i].entry, its);
        while (k < count && strcmp(found[k].name, its) != 0)
            k++;
        if (k == MANY)
            continue;
        if (k == count) {
            found[count] = (struct class_group){.kind = kind};
            snprintf(found[count++].name, sizeof found[0].name, "%s", its);
        }
        found[k].machines++;
    }
    qsort(found, count, sizeof found[0], compare_size);
    if (count > SHOWN)
        count = SHOWN;
    if (name == name_cores)
        qsort(found, count, sizeof found[0], compare_number);
    for (size_t k = 0; k < count && ranking->group_count < CLASS_GROUPS; k++) {
        struct class_group *group = &ranking->groups[ranking->group_count++];
        *group = found[k];
        group->t0_s = median_of(ranking, name, group->name, t0_of, values);
        group->tp_s = median_of(ranking, name, group->name, entry_tp, values);
        group->speedup = median_of(ranking, name, group->name, speedup_of, values);
        group->efficiency = median_of(ranking, name, group->name, efficiency_of, values);
    }
}

int ranking_group(struct ranking *ranking, struct error *error)
{
    double *values = calloc(ranking->fit + 1, sizeof *values);
    if (!values)
        return error_set(error, "compare", "no memory");
    add_groups(ranking, "all", name_all, values);
    add_groups(ranking, "cores", name_cores, values);
    add_groups(ranking, "system", name_system, values);
    add_groups(ranking, "processor", name_maker, values);
    free(values);
    return 0;
}

void ranking_group_name(const struct class_group *group, char text[64])
{
    if (strcmp(group->kind, "cores") == 0)
        snprintf(text, 64, "%s core%s", group->name, strcmp(group->name, "1") == 0 ? "" : "s");
    else
        snprintf(text, 64, "%s%s%s", group->kind, *group->name ? ": " : "", group->name);
}

/* ---- speedups against workers ---- */

struct sample {
    int workers;
    double speedup;
};

static int compare_samples(const void *one, const void *other)
{
    const struct sample *a = one, *b = other;
    if (a->workers != b->workers)
        return a->workers < b->workers ? -1 : 1;
    return (a->speedup > b->speedup) - (a->speedup < b->speedup);
}

static void make_step(struct class_step *step, const struct sample *samples, size_t count)
{
    const size_t stride = sizeof *samples / sizeof(double);
    const double *first = &samples[0].speedup;
    *step = (struct class_step){
        .workers = samples[0].workers,
        .machines = (int)count,
        .lowest = samples[0].speedup,
        .low = gsl_stats_quantile_from_sorted_data(first, stride, count, 0.25),
        .median = gsl_stats_quantile_from_sorted_data(first, stride, count, 0.5),
        .high = gsl_stats_quantile_from_sorted_data(first, stride, count, 0.75),
        .highest = samples[count - 1].speedup,
    };
}

int ranking_step(struct ranking *ranking, struct error *error)
{
    size_t count = 0;
    struct sample *samples = calloc(ranking->fit * ENTRY_POINTS + 1, sizeof *samples);
    if (!samples)
        return error_set(error, "compare", "no memory");
    for (size_t i = 0; i < ranking->fit; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        for (int k = 0; k < entry->count; k++)
            samples[count++] =
                (struct sample){entry->points[k].workers, entry->points[k].speedup.value};
    }
    qsort(samples, count, sizeof *samples, compare_samples);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && samples[end].workers == samples[first].workers;)
            end++;
        if (ranking->step_count < CLASS_STEPS)
            make_step(&ranking->steps[ranking->step_count++], samples + first, end - first);
    }
    free(samples);
    return 0;
}
