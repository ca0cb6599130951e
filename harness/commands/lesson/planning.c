/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/lesson/planning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/commands/lesson/cost.h"
#include "harness/measure/forecast/bet.h"

/* What a section takes before and after all rounds, seconds: making images, looking at the machine,
 * measuring its cores, drawing graphs; its forecast comes on top. A benchmark that stands alone has
 * its budget for measuring only. */
static const double FIXED_S = 4;

/* More than any budget: none was given. */
static const double ENDLESS_S = 1e8;

enum { IMAGES_AT_LEAST = 4, SECTIONS_AT_MOST = 16 };

bool planning_is_bounded(const struct bench_options *options)
{
    return options->budget_s < ENDLESS_S;
}

/* To how few images the plan may cut a section: 4, or fewer where these take too long; not at all
 * where the user has chosen them. */
static int images_at_least(const struct bench *bench, double image_s, double budget_s)
{
    int least = bench->images < IMAGES_AT_LEAST ? bench->images : IMAGES_AT_LEAST;
    if (bench->keeps_images || bench->options.file_count > 0 ||
        filter_find(bench->options.config.filter)->waiting)
        return bench->images;
    while (least > 1 && least * image_s * 4 > budget_s)
        least--;
    return least;
}

static bool is_on_most(const struct bench *bench, const struct config *config)
{
    for (int i = 1; i < bench->config_count; i++)
        if (strcmp(bench->configs[i].strategy, config->strategy) == 0 &&
            bench->configs[i].workers > config->workers)
            return false;
    return true;
}

/* What the section is about is not cut: the strategy that goes through all numbers of workers, on
 * the most; a lock that is held and released, on the most; a library's own threads; and of the launchers the
 * one that is there everywhere, and quick. */
static bool is_essential(const struct bench *bench, const struct config *config)
{
    const struct strategy *strategy = strategy_find(config->strategy);
    const char *name = bench->configs[bench->config_count > 1].strategy;
    for (int i = 1; i < bench->config_count; i++)
        if (strcmp(bench->configs[i].strategy, "pool") == 0)
            name = "pool";
    return strategy->library_workers ||
           (is_on_most(bench, config) &&
            (strcmp(config->strategy, name) == 0 || strcmp(config->strategy, "programs") == 0 ||
             (bench->options.both_locks && strategy->has_lock)));
}

/* From an image's time to the costs of all runs. */
static int estimate(struct bench *bench, double budget_s, struct error *error)
{
    const struct topology *topology = &bench->topology;
    struct plan_section *section = &bench->plan;
    double image_s, cores = topology->cores;
    if (topology->quota > 0)
        cores = fmin(cores, topology->quota);
    if (cost_image(&bench->options, &image_s, error) != 0)
        return -1;
    if (bench->images == 0)
        bench->images =
            bench->options.file_count > 0 ? bench->options.file_count : (int)bench->options.images;
    if (!section->configs)
        section->configs = calloc((size_t)bench->config_count, sizeof *section->configs);
    if (!bench->keep)
        bench->keep = calloc((size_t)bench->config_count, sizeof *bench->keep);
    if (!section->configs || !bench->keep)
        return error_set(error, "bench", "no memory");
    section->name = bench->section ? bench->section->name : "plan";
    section->count = (size_t)bench->config_count;
    section->fixed_s = bench->section
                           ? FIXED_S + bet_budget_s(bench->section->share * bench->options.budget_s)
                           : 0;
    section->images = bench->images;
    section->images_at_least = images_at_least(bench, image_s, budget_s);
    cost_runs(&bench->options, bench->configs, image_s, cores, section);
    int other = config_measured_twice(bench->configs, bench->config_count);
    section->configs[0].twice = true;
    for (int i = 1; i < bench->config_count; i++)
        section->configs[i].twice = i == other;
    for (size_t i = 1; i < section->count; i++)
        section->configs[i].keep = bench->keeps_configs || is_essential(bench, &bench->configs[i]);
    return 0;
}

/* The lesson is to have its intervals, and then end; one benchmark alone may use all its time. */
static int rounds_wanted(const struct bench *bench)
{
    if (bench->options.rounds)
        return (int)bench->options.rounds;
    return *bench->where ? PLAN_ROUNDS_WANTED : PLAN_ROUNDS_AT_MOST;
}

/* What is planned for this one becomes what it does, until when. */
static void follow(struct bench *bench, double seconds)
{
    const struct plan_section *section = &bench->plan;
    int kept = 0;
    for (int i = 0; i < bench->config_count; i++)
        if (!section->configs[i].cut) {
            bench->keep[kept] = section->configs[i].keep;
            bench->configs[kept++] = bench->configs[i];
        }
    plan_cuts_text(section, bench->images, bench->cut);
    bench->config_count = kept;
    if (bench->options.file_count == 0)
        bench->options.images = section->images;
    if (*bench->where || section->rounds < PLAN_ROUNDS_AT_LEAST)
        bench->rounds_at_most = section->rounds;
    bench->deadline_s = clock_seconds() + seconds;
}

int planning_do(struct bench *benches, int count, double left_s, struct error *error)
{
    struct plan_section plans[SECTIONS_AT_MOST];
    double began_s = clock_seconds(), sum = 0;
    for (int i = 0; i < count; i++) {
        if ((i == 0 || !benches[i].plan.configs) && estimate(&benches[i], left_s, error) != 0)
            return -1;
        benches[i].plan.images = benches[i].images;
        plans[i] = benches[i].plan;
    }
    if (planning_is_bounded(&benches[0].options))
        left_s -= clock_seconds() - began_s;
    sum = plan_make(plans, (size_t)count, left_s, rounds_wanted(&benches[0]));
    for (int i = 0; i < count; i++)
        benches[i].plan = plans[i];
    benches[0].later_s = sum - plans[0].seconds;
    if (!benches[0].options.dry_run && planning_is_bounded(&benches[0].options))
        follow(&benches[0], left_s * plans[0].seconds / sum);
    return 0;
}

/* The rows that are kept: "serial on 1, twice; fork on 2; pool on 1, 2, twice". */
static void put_configs(const struct bench *bench, FILE *stream)
{
    char label[2 * NAME_MAX_LENGTH], before[2 * NAME_MAX_LENGTH] = "";
    fprintf(stream, "serial on 1, twice");
    for (int i = 1; i < bench->config_count; i++) {
        const struct config *config = &bench->configs[i];
        if (bench->plan.configs[i].cut)
            continue;
        config_label(config->strategy, config->lock, config->blas_threads, label, sizeof label);
        if (strcmp(label, before) == 0)
            fprintf(stream, ", %d", config->workers);
        else
            fprintf(stream, "; %s on %d", label, config->workers);
        if (bench->plan.configs[i].twice)
            fprintf(stream, ", twice");
        snprintf(before, sizeof before, "%s", label);
    }
}

/* Without memory for them they are left out. */
static void print_configs(const struct bench *bench, FILE *stream)
{
    enum { COLUMN = 2 };
    char *text = NULL;
    size_t size;
    FILE *memory = open_memstream(&text, &size);
    if (!memory)
        return;
    put_configs(bench, memory);
    if (fclose(memory) == 0) {
        fprintf(stream, "%*s", COLUMN, "");
        options_print_text(text, COLUMN, stream);
    }
    free(text);
}

void planning_print(const struct bench *benches, int count, double budget_s, FILE *stream)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        char text[PLAN_TEXT];
        plan_text(&benches[i].plan, benches[i].images, text);
        fprintf(stream, "%s: %s\n", benches[i].plan.name, text);
        print_configs(&benches[i], stream);
        sum += benches[i].plan.seconds;
    }
    if (count > 1)
        fprintf(stream, "all: %d:%02d of %d:%02d\n", (int)(sum + 0.5) / 60, (int)(sum + 0.5) % 60,
                (int)(budget_s + 0.5) / 60, (int)(budget_s + 0.5) % 60);
}
