/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/plot.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "harness/base/output.h"
#include "harness/report/graphs/gnuplot.h"
#include "harness/report/graphs/preview.h"
#include "harness/report/graphs/timeline.h"
#include "harness/report/table.h"
#include "harness/results/resources.h"
#include "harness/results/results.h"

static const char *const graphs[] = {"speedup",   "walltime", "efficiency", "timeline",
                                     "resources", "images",   "blas"};

/* Not every result has what each graph shows. */
static bool can_be_drawn(const char *graph, const char *directory, const struct result_set *set,
                         bool with_timeline, bool with_images)
{
    if (strcmp(graph, "images") == 0)
        return with_images;
    if (strcmp(graph, "timeline") == 0)
        return with_timeline;
    if (strcmp(graph, "resources") == 0)
        return resources_can_be_drawn(directory);
    if (strcmp(graph, "blas") != 0)
        return true;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->summaries[i].setup.config.strategy, "blas") == 0 &&
            set->summaries[i].status == RUN_OK)
            return true;
    return false;
}

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == length && strncmp(at, word, length) == 0)
            return true;
    return false;
}

/* All strategies that were right at least once. */
static void list_strategies(const struct result_set *set, char *names, size_t size)
{
    names[0] = '\0';
    for (size_t i = 0; i < set->count; i++) {
        char strategy[LABEL_LENGTH];
        table_word(&set->summaries[i], strategy);
        size_t used = strlen(names);
        if (set->summaries[i].status == RUN_OK && !has_word(names, strategy))
            snprintf(names + used, size - used, "%s%s", used ? " " : "", strategy);
    }
}

/* The day of the measurement, as the file system remembers it. */
static void date_of(const char *path, char *text, size_t size)
{
    struct stat info;
    struct tm *day = stat(path, &info) == 0 ? localtime(&info.st_mtime) : NULL;
    if (!day || strftime(text, size, "%Y-%m-%d", day) == 0)
        text[0] = '\0';
}

/* False for results of filters without BLAS, and for those from before there was such a column. */
static bool has_layers(const struct result_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->summaries[i].setup.config.blas_threads > 1)
            return true;
    return false;
}

static int write_settings(const char *directory, const struct result_set *set, const char *date,
                          int *with_timeline, int *with_images, struct error *error)
{
    struct output output;
    char text[512];
    const struct machine_facts *machine = &set->machine;
    const struct setup *setup = &set->summaries[0].setup;

    if (output_open(&output, directory, "settings.gp", error) != 0)
        return -1;
    list_strategies(set, text, sizeof text);
    gnuplot_put_string(output.stream, "strategies", text);
    table_subject(set, text, sizeof text);
    gnuplot_put_string(output.stream, "what", text);
    snprintf(text, sizeof text, "%s, %d cores, %d hardware threads (host %s), %s", machine->cpu,
             machine->cores, machine->threads, machine->host, date);
    gnuplot_put_string(output.stream, "caption", text);
    fprintf(output.stream, "cores = %d\nthreads = %d\ntasks = %d\n", machine->cores,
            machine->threads, setup->ny > 0 ? setup->tasks : 0);
    if (has_layers(set))
        fputs("layers = 1\n", output.stream);
    if (timeline_write(directory, output.stream, with_timeline, error) != 0 ||
        preview_write(directory, output.stream, with_images, error) != 0) {
        output_discard(&output);
        return -1;
    }
    return output_commit(&output, error);
}

int plot_directory(const char *directory, int *drawn, struct error *error)
{
    struct result_set set;
    char path[PATH_MAX], date[32];
    *drawn = 0;
    if (output_path(path, directory, "summary.csv", error) != 0 ||
        results_read(directory, &set, error) != 0)
        return -1;
    date_of(path, date, sizeof date);
    int failed = 0, with_timeline = 0, with_images = 0;
    if (!result_set_best(&set))
        failed = error_set(error, path, "has no row that is ok: there is nothing to draw");
    else
        failed = write_settings(directory, &set, date, &with_timeline, &with_images, error);
    for (size_t i = 0; i < sizeof graphs / sizeof graphs[0] && !failed; i++) {
        if (!can_be_drawn(graphs[i], directory, &set, with_timeline, with_images))
            continue;
        failed = gnuplot_draw(directory, "settings.gp", graphs[i], error);
        *drawn += !failed;
    }
    preview_remove(directory);
    result_set_destroy(&set);
    return failed ? -1 : 0;
}

int plot_watched(const char *directory, const char *command, const struct topology *topology,
                 struct error *error)
{
    struct output output;
    char text[512], path[PATH_MAX], date[32];
    if (output_path(path, directory, "resources.csv", error) != 0 ||
        output_open(&output, directory, "settings.gp", error) != 0)
        return -1;
    date_of(path, date, sizeof date);
    gnuplot_put_string(output.stream, "strategies", WATCHED_NAME);
    gnuplot_put_string(output.stream, "what", command);
    snprintf(text, sizeof text, "%s, %d cores, %d hardware threads (host %s), %s", topology->cpu,
             topology->cores, topology->threads, topology->host, date);
    gnuplot_put_string(output.stream, "caption", text);
    fprintf(output.stream, "cores = %d\nthreads = %d\ntasks = 0\nwatched = 1\n", topology->cores,
            topology->threads);
    if (output_commit(&output, error) != 0)
        return -1;
    return gnuplot_draw(directory, "settings.gp", "resources", error);
}
