/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures the engines of the median on one core, over windows and sizes of the image.
 *
 *     bench_filters DIR                          writes DIR/filters.csv, and a table to read
 *     bench_filters --one ENGINE NY NX WINDOW    one image for each line that comes in; prints the
 *                                                seconds it took (for tests/bench/compare_peers.py and
 *                                                compare_numpy.py; any filter but `wait`)
 *
 * The image is that of the activity, made from seed 1. A first run of less than a
 * second warms up and is not counted. A combination that would take longer than LONGEST_S is left
 * out: its time is foretold from the one before, taking it to grow with the area of the window at
 * worst.
 *
 * filters.csv has a row a combination: engine, what varies in its series (window or size), size of
 * the image, window, runs, and the median and the extremes of their times in seconds.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "filters/median/methods.h"
#include "generator/fake.h"
#include "harness/base/clock.h"
#include "harness/base/directory.h"
#include "harness/base/output.h"
#include "harness/measure/statistics.h"

enum { RUNS_AT_MOST = 7 };
static const double LONGEST_S = 20; /* of one run */
static const double ENOUGH_S = 2;   /* of all runs of a combination */
static const double WARM_UP_S = 1;

static const char *const engines[] = {"highpass-select", "highpass-histogram", "highpass-rank"};
static const size_t windows[] = {3,  5,   7,   9,   12,  15, 25,
                                 50, 101, 151, 201, 301, 512}; /* on 1000 x 1000 */
static const size_t sides[] = {250, 500, 1000, 2000, 4000};    /* with a window of 50 */
enum { SIDE = 1000, WINDOW = 50 };

/* What a measurement works on. */
struct setup {
    struct image input, output;
    const struct filter *filter;
    void *workspace;
};

static void setup_destroy(struct setup *setup)
{
    if (setup->filter)
        setup->filter->destroy(setup->workspace);
    image_destroy(&setup->input);
    image_destroy(&setup->output);
}

static int make_fake(struct image *image, struct error *error)
{
    struct fake_plan *plan = fake_plan_create(image->ny, image->nx, error);
    struct fake_workspace *workspace = plan ? fake_workspace_create(plan, error) : NULL;
    int failed = workspace ? fake_image(plan, workspace, 1, image, error) : -1;
    fake_workspace_destroy(workspace);
    fake_plan_destroy(plan);
    return failed;
}

/* A filter of the catalogue, or one method of highpass-rank. */
static const struct filter *find(const char *name)
{
    static const struct filter *const methods[] = {&median_by_network, &median_by_walk};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (strcmp(name, methods[i]->name) == 0)
            return methods[i];
    return filter_find(name);
}

/* To be destroyed also where it fails. */
static int setup_create(struct setup *setup, const char *engine, size_t ny, size_t nx,
                        size_t window, struct error *error)
{
    struct filter_parameters parameters = {.window = window};
    size_t output_ny = ny, output_nx = nx;
    *setup = (struct setup){.filter = find(engine)};
    if (!setup->filter)
        return error_set(error, engine, "there is no filter of this name; see `speedup list`");
    if (setup->filter->waiting)
        return error_set(error, engine, "does not compute: there is nothing to measure");
    setup->workspace = setup->filter->create(&parameters, error);
    if (setup->filter->output_shape)
        setup->filter->output_shape(ny, nx, &output_ny, &output_nx);
    if (!setup->workspace || image_create(&setup->input, ny, nx, error) != 0 ||
        image_create(&setup->output, output_ny, output_nx, error) != 0)
        return -1;
    return make_fake(&setup->input, error);
}

static int run(struct setup *setup, double *seconds, struct error *error)
{
    double start = clock_seconds();
    int failed = setup->filter->apply(setup->workspace, &setup->input, 0, setup->output.ny,
                                      &setup->output, error);
    *seconds = clock_seconds() - start;
    return failed;
}

static const char *method_of(const char *engine, size_t window)
{
    static const char *const names[] = {[MEDIAN_ANY] = "",      [MEDIAN_NINE] = "nine",
                                        [MEDIAN_FIVE] = "five", [MEDIAN_NETWORK] = "network",
                                        [MEDIAN_WALK] = "walk", [MEDIAN_HISTOGRAM] = "histogram"};
    return names[strcmp(engine, "highpass-rank") == 0 ? median_method(window) : MEDIAN_ANY];
}

/* Measures one combination and reports it; *seconds is its median. */
static int measure(const char *engine, const char *varied, size_t side, size_t window, FILE *csv,
                   double *seconds, struct error *error)
{
    struct setup setup;
    double times[RUNS_AT_MOST], sum = 0, shortest = 0, longest = 0;
    size_t runs = 0;
    int failed = setup_create(&setup, engine, side, side, window, error);
    bool warm = false;
    while (!failed && runs < RUNS_AT_MOST && sum < ENOUGH_S) {
        double time;
        failed = run(&setup, &time, error);
        if (!warm && time < WARM_UP_S) {
            warm = true;
            continue;
        }
        times[runs] = time;
        sum += time;
        shortest = runs == 0 || time < shortest ? time : shortest;
        longest = runs == 0 || time > longest ? time : longest;
        runs++;
    }
    if (!failed) {
        *seconds = statistics_median(times, runs).value;
        fprintf(csv, "%s,%s,%zu,%zu,%zu,%zu,%.6g,%.6g,%.6g,%s\n", engine, varied, side, side,
                window, runs, *seconds, shortest, longest, method_of(engine, window));
        printf("%-20s %5zu x %-5zu %5zu %12.2f %12.1f\n", engine, side, side, window,
               1e3 * *seconds, 1e9 * *seconds / (double)(side * side));
        fflush(stdout);
    }
    setup_destroy(&setup);
    return failed;
}

/* One engine over a list of windows (where `side` is given) or of sides (where `window` is). */
static int measure_series(const char *engine, const size_t *list, size_t count, size_t side,
                          size_t window, FILE *csv, struct error *error)
{
    const char *varied = side ? "window" : "size";
    double seconds = 0;
    for (size_t i = 0; i < count; i++) {
        double growth = i ? (double)list[i] / (double)list[i - 1] : 0;
        if (seconds * growth * growth > LONGEST_S) {
            printf("%-20s left out from %s %zu on: more than %.0f s an image\n", engine, varied,
                   list[i], LONGEST_S);
            return 0;
        }
        if (measure(engine, varied, side ? side : list[i], window ? window : list[i], csv, &seconds,
                    error) != 0)
            return -1;
    }
    return 0;
}

static int measure_all(const char *directory, struct error *error)
{
    struct output output;
    if (directory_create(directory, error) != 0 ||
        output_open(&output, directory, "filters.csv", error) != 0)
        return -1;
    fprintf(output.stream, "engine,varied,ny,nx,window,runs,median_s,min_s,max_s,method\n");
    printf("%-20s %13s %5s %12s %12s\n", "engine", "image", "window", "ms an image", "ns a pixel");
    for (size_t e = 0; e < sizeof engines / sizeof engines[0]; e++)
        if (measure_series(engines[e], windows, sizeof windows / sizeof windows[0], SIDE, 0,
                           output.stream, error) != 0 ||
            measure_series(engines[e], sides, sizeof sides / sizeof sides[0], 0, WINDOW,
                           output.stream, error) != 0) {
            output_discard(&output);
            return -1;
        }
    return output_commit(&output, error);
}

static int measure_one(char **arguments, struct error *error)
{
    struct setup setup = {.filter = NULL};
    size_t number[3];
    char line[64];
    double seconds;
    for (int i = 0; i < 3; i++) {
        number[i] = strtoul(arguments[i + 1], NULL, 10);
        if (number[i] < 1 || number[i] > 100000)
            return error_set(error, arguments[i + 1], "give a number from 1 to 100000");
    }
    int failed = setup_create(&setup, arguments[0], number[0], number[1], number[2], error);
    while (!failed && fgets(line, sizeof line, stdin)) {
        failed = run(&setup, &seconds, error);
        if (!failed)
            printf("%.9f\n", seconds);
        fflush(stdout);
    }
    setup_destroy(&setup);
    return failed;
}

int main(int argc, char **argv)
{
    struct error error;
    int failed = -1;
    if (argc == 6 && strcmp(argv[1], "--one") == 0)
        failed = measure_one(argv + 2, &error);
    else if (argc == 2 && argv[1][0] != '-')
        failed = measure_all(argv[1], &error);
    else
        error_set(&error, "bench_filters", "give DIR, or --one ENGINE NY NX WINDOW");
    if (failed)
        fprintf(stderr, "%s\n", error.text);
    return failed ? 1 : 0;
}
