/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/prove/blocks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/machine/topology.h"
#include "harness/measure/experiment.h"
#include "harness/measure/judge/comparison.h"
#include "harness/measure/statistics.h"
#include "tests/prove/causes.h"
#include "tests/prove/work.h"

static const double TASK_S = 4e-3;

const struct cause causes[] = {
    {"a lock held 60 to 100 % of a task", "lock", "waiting", TRUTH_TWIN, 2},
    {"one straggler, the last task", "dynamic", "uneven", TRUTH_SIZES, 2},
    {"uneven tasks, fixed shares", "plain", "uneven", TRUTH_SIZES, 2},
    {"uneven tasks, dealt out", "dynamic", "uneven", TRUTH_SIZES, 2},
    {"a late start, 4 to 20 ms", "start", "start_stop", TRUTH_DELAY, 2},
    {"a late hand-out, 0.4 to 2 ms", "handout", "handout", TRUTH_DELAY, 2},
    {"a hog on one core, 20 to 100 %", "hog", "taken_away", TRUTH_TWIN, 2},
    {"a hog on memory, 20 to 100 %", "bandwidth", "slower_tasks", TRUTH_TWIN, 1},
    {"a quota of 1.8 to 1.0 CPUs", "quota", "taken_away", TRUTH_TWIN, 2},
    {"3 to 12 workers on 2 cores", "plain", "taken_away", TRUTH_WORKERS, 0},
    {"false sharing, 20 to 100 %", "false-sharing", "slower_tasks", TRUTH_TWIN, 2},
    {NULL, NULL, NULL, TRUTH_TWIN, 0}};

static const int many_workers[DOSES] = {3, 4, 6, 8, 12};
static const char *const part_columns[LOSSES_PARTS] = {
    "counting", "uneven", "handout", "start_stop", "waiting", "taken_away", "slower_tasks", "rest"};

/* ---- the work ------------------------------------------------------------------------------------ */

/* How much longer task i is than the others. */
static double size_of(const struct cause *cause, int dose, int i)
{
    if (cause->truth != TRUTH_SIZES)
        return 1;
    if (strncmp(cause->name, "one", 3) == 0)
        return i == BLOCK_TASKS - 1 ? 2 + 2 * dose : 1;
    if (strcmp(cause->strategy, "plain") == 0)
        return 0.5 + 0.3 * dose * i / BLOCK_TASKS;
    return 0.2 + 3 * pow((i + 1.0) / BLOCK_TASKS, dose + 1);
}

static void make_images(const struct cause *cause, int dose, double million_s, double *pixels,
                        struct image *images)
{
    double steps = TASK_S / million_s * 1e6;
    for (int i = 0; i < BLOCK_TASKS; i++) {
        double *says = pixels + (size_t)i * WORK_PIXELS;
        memset(says, 0, WORK_PIXELS * sizeof *says);
        says[WORK_STEPS] = steps * size_of(cause, dose, i);
        if (strcmp(cause->strategy, "bandwidth") == 0) {
            says[WORK_STEPS] = 0;
            says[WORK_BYTES] = 40e6;
        }
        if (strcmp(cause->strategy, "false-sharing") == 0)
            says[WORK_WRITES] = 6e6;
        images[i] = (struct image){1, WORK_PIXELS, says};
    }
}

static struct config config_of(const char *strategy, int workers, int dose, bool can_bind)
{
    struct config config = {.filter = "work",
                            .workers = workers,
                            .bind = can_bind ? BIND_CORES : BIND_NONE,
                            .chunk = dose,
                            .parameters.window = 1};
    snprintf(config.strategy, sizeof config.strategy, "%s", strategy);
    return config;
}

static int measure(const struct config *configs, int count, const struct image *images,
                   struct result_set *set, struct error *error)
{
    const struct experiment experiment = {.configs = configs,
                                          .config_count = count,
                                          .images = images,
                                          .image_count = BLOCK_TASKS,
                                          .rounds = BLOCK_ROUNDS,
                                          .budget_s = 1e9,
                                          .directory = "/tmp",
                                          .unwatched = true};
    const struct observer nobody = {.context = NULL};
    *set = (struct result_set){.count = 0};
    if (experiment_run(&experiment, &nobody, set, error) != 0)
        return -1;
    for (size_t i = 0; i < set->count; i++)
        if (set->summaries[i].status != RUN_OK || set->summaries[i].rounds != BLOCK_ROUNDS) {
            result_set_destroy(set);
            return error_set(error, configs[i].strategy, "was not right in every round");
        }
    return 0;
}

/* ---- what it really costs ------------------------------------------------------------------------ */

/* Time of all tasks of these sizes on two workers: fixed shares, or each to whoever is free. */
static double dealt_out(const struct cause *cause, int dose, double *total)
{
    double free_at[2] = {0, 0};
    *total = 0;
    for (int i = 0; i < BLOCK_TASKS; i++) {
        bool fixed = strcmp(cause->strategy, "plain") == 0;
        int worker = fixed ? i >= BLOCK_TASKS / 2 : free_at[1] < free_at[0];
        free_at[worker] += size_of(cause, dose, i);
        *total += size_of(cause, dose, i);
    }
    return fmax(free_at[0], free_at[1]);
}

/* Time of the twin / time with the cause, in the same rounds. */
static struct estimate twin_ratio(const struct summary *twin, const struct summary *with)
{
    double first[BLOCK_ROUNDS], second[BLOCK_ROUNDS];
    for (int i = 0; i < BLOCK_ROUNDS; i++) {
        first[i] = twin->runs[i].wall_s;
        second[i] = with->runs[i].wall_s;
    }
    return statistics_ratio(first, second, BLOCK_ROUNDS);
}

/* In units of speedup; low and high are an interval where it is measured. */
static struct estimate true_loss(const struct cause *cause, int dose, const struct summary *twin,
                                 const struct summary *with)
{
    int workers = with->setup.config.workers;
    double delay_s = cause_start_s(dose), total;
    if (strcmp(cause->strategy, "handout") == 0)
        delay_s = cause_handout_s(dose) * (BLOCK_TASKS / workers - 1);
    if (cause->truth == TRUTH_DELAY) {
        double loss = workers * delay_s / with->wall_s.value;
        return (struct estimate){loss, loss, loss};
    }
    if (cause->truth == TRUTH_SIZES) {
        double time = dealt_out(cause, dose, &total);
        double unit_s = with->losses.speedup * with->wall_s.value / total; /* of the serial run */
        double loss = workers * (time - total / workers) * unit_s / with->wall_s.value;
        return (struct estimate){loss, loss, loss};
    }
    struct estimate ratio = twin_ratio(twin, with);
    double cores = cause->truth == TRUTH_WORKERS ? 2 : workers;
    return (struct estimate){workers - cores * ratio.value, workers - cores * ratio.high,
                             workers - cores * ratio.low};
}

/* ---- lines --------------------------------------------------------------------------------------- */

static int part_number(const char *column)
{
    int part = 0;
    while (strcmp(part_columns[part], column) != 0)
        part++;
    return part;
}

/* Whether the serial run, the twin and, where what is put in takes no CPU away, this one had their
 * cores in most rounds: else others disturbed the block, and it proves nothing. */
static bool is_quiet(const struct cause *cause, const struct result_set *set,
                     const struct summary *twin, const struct summary *with)
{
    int good = 0, workers = with->setup.config.workers;
    bool judged = strcmp(cause->part, "taken_away") != 0;
    for (int i = 0; i < BLOCK_ROUNDS; i++)
        good += verdict_good_run(&set->summaries[0].runs[i], 1, 2, false) &&
                (!twin->runs || verdict_good_run(&twin->runs[i], 2, 2, false)) &&
                (!judged || verdict_good_run(&with->runs[i], workers, 2, false));
    return good >= SAMPLES_FOR_INTERVAL;
}

static void put_line(const struct cause *cause, int dose, const struct result_set *set,
                     const struct summary *twin, const struct summary *with, FILE *stream)
{
    int workers = with->setup.config.workers;
    int named = losses_largest(&with->losses, &with->losses_error, BLOCK_ROUNDS, workers, NULL);
    int part = dose ? part_number(cause->part) : named < 0 ? 0 : named;
    double found = losses_part(&with->losses, part),
           t = gsl_cdf_tdist_Qinv(0.025, BLOCK_ROUNDS - 1);
    double interval = t * losses_part(&with->losses_error, part);
    struct estimate truth = {0, 0, 0};
    if (dose) {
        truth = true_loss(cause, dose, twin, with);
        /* What was there without the cause is there with it, and is none of it. */
        if (cause->truth != TRUTH_WORKERS)
            found -= losses_part(&twin->losses, part) * twin->wall_s.value / with->wall_s.value;
        interval = hypot(interval, (truth.high - truth.low) / 2);
    }
    bool within = fabs(found - truth.value) <= fmax(0.1 * truth.value, interval);
    fprintf(stream, "%s\t%d\t%s\t%s\t%.4f\t%.4f\t%.4f\t%s\t%s\t%.4f", cause->name, dose,
            dose ? cause->part : "-", named < 0 ? "-" : part_columns[named], found, truth.value,
            interval, within ? "within" : "beyond",
            is_quiet(dose ? cause : &causes[0], set, twin, with) ? "quiet" : "disturbed",
            with->losses.speedup);
    for (int i = 0; i < LOSSES_PARTS; i++)
        fprintf(stream, "\t%.4f", losses_part(&with->losses, i));
    fputc('\n', stream);
    fflush(stream);
}

static int run_sizes(const struct cause *cause, int dose, double million_s, bool can_bind,
                     FILE *stream, struct error *error)
{
    double pixels[BLOCK_TASKS * WORK_PIXELS];
    struct image images[BLOCK_TASKS];
    struct result_set set;
    const struct config configs[] = {config_of("serial", 1, 0, can_bind),
                                     config_of(cause->strategy, 2, 0, can_bind)};
    make_images(cause, dose, million_s, pixels, images);
    if (measure(configs, 2, images, &set, error) != 0)
        return -1;
    struct summary nothing = {.losses = {.speedup = 0}}; /* there is no run without the sizes */
    put_line(cause, dose, &set, &nothing, &set.summaries[1], stream);
    result_set_destroy(&set);
    return 0;
}

/* The serial one, two without the cause, and a dose each. */
static int run_doses(const struct cause *cause, double million_s, bool can_bind, FILE *stream,
                     struct error *error)
{
    double pixels[BLOCK_TASKS * WORK_PIXELS];
    struct image images[BLOCK_TASKS];
    struct result_set set;
    int workers = cause->workers ? cause->workers : 2;
    struct config configs[3 + DOSES] = {config_of("serial", 1, 0, can_bind),
                                        config_of("plain", workers, 0, can_bind),
                                        config_of("plain", workers, 0, can_bind)};
    for (int dose = 1; dose <= DOSES; dose++)
        configs[2 + dose] =
            config_of(cause->strategy, cause->workers ? cause->workers : many_workers[dose - 1],
                      dose, can_bind);
    make_images(cause, 0, million_s, pixels, images);
    if (measure(configs, 3 + DOSES, images, &set, error) != 0)
        return -1;
    for (int i = 1; i < 3 + DOSES; i++)
        put_line(cause, i < 3 ? 0 : i - 2, &set, &set.summaries[1], &set.summaries[i], stream);
    result_set_destroy(&set);
    return 0;
}

static int can_bind(bool *can, struct error *error)
{
    struct topology topology;
    if (topology_load(&topology, NULL, error) != 0)
        return -1;
    *can = topology.can_bind;
    topology_destroy(&topology);
    return 0;
}

int block_run(const struct cause *cause, double million_s, FILE *stream, struct error *error)
{
    bool bind;
    if (can_bind(&bind, error) != 0)
        return -1;
    if (cause->truth != TRUTH_SIZES)
        return run_doses(cause, million_s, bind, stream, error);
    for (int dose = 1; dose <= DOSES; dose++)
        if (run_sizes(cause, dose, million_s, bind, stream, error) != 0)
            return -1;
    return 0;
}

int block_same(double million_s, FILE *stream, struct error *error)
{
    static const char *const words[] = {"unknown", "alike", "faster", "slower"};
    static const struct cause none = {"none", "plain", "-", TRUTH_TWIN, 2};
    double pixels[BLOCK_TASKS * WORK_PIXELS], times[4][BLOCK_ROUNDS];
    struct image images[BLOCK_TASKS];
    struct result_set set;
    bool bind;
    if (can_bind(&bind, error) != 0)
        return -1;
    const struct config configs[] = {config_of("serial", 1, 0, bind),
                                     config_of("plain", 2, 0, bind),
                                     config_of("plain", 2, 0, bind)};
    make_images(&none, 0, million_s / 2, pixels, images);
    if (measure(configs, 3, images, &set, error) != 0)
        return -1;
    for (int i = 0; i < BLOCK_ROUNDS; i++) {
        for (int k = 0; k < 3; k++)
            times[k][i] = set.summaries[k].runs[i].wall_s;
        times[3][i] = set.summaries[0].again[i].wall_s;
    }
    double floor = comparison_floor(times[0], times[3], BLOCK_ROUNDS);
    struct comparison comparison = comparison_of(times[1], times[2], BLOCK_ROUNDS);
    enum comparison_verdict verdict;
    int failed = comparison_judge(&comparison, 1, floor, &verdict);
    fprintf(stream, "same\t%s\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\n", words[verdict],
            comparison.ratio.value, comparison.ratio.low, comparison.ratio.high, comparison.chance,
            floor);
    fflush(stream);
    result_set_destroy(&set);
    return failed ? error_set(error, "same", "no memory") : 0;
}
