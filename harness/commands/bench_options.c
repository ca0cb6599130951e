/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench_options.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/options.h"
#include "harness/report/report.h"
#include "harness/report/sections.h"

const char bench_help[] =
    "Usage: speedup bench [OPTION]... [FILE]...\n\n"
    "Runs one filter under several parallel strategies and numbers of workers, checks every\n"
    "result, and writes runs.csv, summary.csv, trace.csv (`speedup columns` tells what is in\n"
    "them), the same for programs in speedup.json, machine.txt and graphs. The images are the\n"
    "FITS files given, or fake ones that it makes itself.\n\n"
    "  --filter NAME         what to compute (highpass; `speedup list` names all)\n"
    "  --strategies A,B,...  how to spread it (all that can run here, but `mine`)\n"
    "  --workers 1,2,4       numbers of workers (1, 2, 4, ... cores, hardware threads)\n"
    "  --images 25           how many fake images\n"
    "  --size 1000x1000      their rows x columns\n"
    "  --seed 1              image i is made from seed + i\n"
    "  --window 50           side of the median window, pixels\n"
    "  --latency 50          milliseconds that a task of `wait` waits for its answer; its numbers\n"
    "                        of workers go up to the number of tasks, however few the cores\n"
    "  --rounds N            measure every configuration N times (as the budget allows, at\n"
    "                        most 25; from 6 on there are confidence intervals)\n"
    "  --budget 60           seconds to measure for; begins no round that would not end in time\n"
    "  --timeout SECONDS     kill a run after so long (10 times the serial one, and 10 s)\n"
    "  --grain image|band    what one task is: a whole image, or a band of its rows (image; for\n"
    "                        dot and its like, band)\n"
    "  --bands N             how many bands an image is cut into (as the filter finds right; dot\n"
    "                        and its like: 10)\n"
    "  --io memory|files     a task works on an image in memory, or reads its FITS file, filters,\n"
    "                        and writes the result (memory)\n"
    "  --bind cores|none     bind each worker to a core, or let the system move it (cores)\n"
    "  --lock held|released|both  for global-lock: while a task computes, the lock is (held)\n"
    "  --blas-threads off|on|N,...  threads of the BLAS library under each worker, for filters\n"
    "                        that use one: off is 1, on as many as cores (off). For strategy\n"
    "                        blas these threads are the workers; serial, the baseline, has 1\n"
    "  --skip-missing        pass over strategies that can not run here, and say why\n"
    "  --section NAME        a section of the lesson: activity, files, blas, threads, wait,\n"
    "                        or all of them\n"
    "  --sshlogin LIST, --sshloginfile FILE   other machines, for gnu-parallel\n"
    "  --hostfile FILE       other machines, for mpi\n"
    "  --effort 1            hours of programming, for the report's \"Do you really need it?\"\n"
    "  --wide                print every configuration with all its figures, 123 columns wide;\n"
    "                        otherwise five columns, and of many only each strategy's best\n"
    "  --out DIR             where the results go (build/results)\n";

enum option_number {
    OPTION_FILTER = 256,
    OPTION_STRATEGIES,
    OPTION_WORKERS,
    OPTION_IMAGES,
    OPTION_SIZE,
    OPTION_WINDOW,
    OPTION_LATENCY,
    OPTION_SEED,
    OPTION_ROUNDS,
    OPTION_BUDGET,
    OPTION_TIMEOUT,
    OPTION_GRAIN,
    OPTION_BANDS,
    OPTION_BLAS_THREADS,
    OPTION_BIND,
    OPTION_LOCK,
    OPTION_IO,
    OPTION_SECTION,
    OPTION_SKIP_MISSING,
    OPTION_SSHLOGIN,
    OPTION_SSHLOGINFILE,
    OPTION_HOSTFILE,
    OPTION_EFFORT,
    OPTION_WIDE,
    OPTION_OUT
};

static const struct option table[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"filter", required_argument, NULL, OPTION_FILTER},
    {"strategies", required_argument, NULL, OPTION_STRATEGIES},
    {"workers", required_argument, NULL, OPTION_WORKERS},
    {"images", required_argument, NULL, OPTION_IMAGES},
    {"size", required_argument, NULL, OPTION_SIZE},
    {"window", required_argument, NULL, OPTION_WINDOW},
    {"latency", required_argument, NULL, OPTION_LATENCY},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"rounds", required_argument, NULL, OPTION_ROUNDS},
    {"budget", required_argument, NULL, OPTION_BUDGET},
    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
    {"grain", required_argument, NULL, OPTION_GRAIN},
    {"bands", required_argument, NULL, OPTION_BANDS},
    {"blas-threads", required_argument, NULL, OPTION_BLAS_THREADS},
    {"bind", required_argument, NULL, OPTION_BIND},
    {"lock", required_argument, NULL, OPTION_LOCK},
    {"io", required_argument, NULL, OPTION_IO},
    {"section", required_argument, NULL, OPTION_SECTION},
    {"skip-missing", no_argument, NULL, OPTION_SKIP_MISSING},
    {"sshlogin", required_argument, NULL, OPTION_SSHLOGIN},
    {"sshloginfile", required_argument, NULL, OPTION_SSHLOGINFILE},
    {"hostfile", required_argument, NULL, OPTION_HOSTFILE},
    {"effort", required_argument, NULL, OPTION_EFFORT},
    {"wide", no_argument, NULL, OPTION_WIDE},
    {"out", required_argument, NULL, OPTION_OUT},
    {0},
};

static const char *const lock_choices[] = {"held", "released", "both", NULL};

static int unknown_name(const char *option, const char *name, struct error *error)
{
    return error_set(error, option, "'%s' is not known; `speedup list` names what there is", name);
}

static int read_filter(struct config *config, const char *name, struct error *error)
{
    if (!filter_find(name))
        return unknown_name("--filter", name, error);
    snprintf(config->filter, sizeof config->filter, "%s", name);
    return 0;
}

static int read_strategies(struct bench_options *options, const char *text, struct error *error)
{
    char **names;
    size_t count;
    int failed = option_list("--strategies", text, &names, &count, error);
    if (failed)
        return -1;
    if (count > STRATEGIES_AT_MOST)
        failed = error_set(error, "--strategies", "more than %d names", STRATEGIES_AT_MOST);
    options->strategy_count = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        const struct strategy *strategy = strategy_find(names[i]);
        const char *reason = strategy && strategy->unavailable ? strategy->unavailable() : NULL;
        if (!strategy)
            failed = unknown_name("--strategies", names[i], error);
        else if (reason && options->skip_missing)
            fprintf(stderr, "speedup: passing over %s: %s\n", names[i], reason);
        else if (reason)
            failed = error_set(error, "--strategies", "%s: %s", names[i], reason);
        else
            options->strategies[options->strategy_count++] = strategy;
    }
    option_list_free(names, count);
    return failed;
}

static int read_workers(struct bench_options *options, const char *text, struct error *error)
{
    char **numbers;
    size_t count;
    int failed = option_list("--workers", text, &numbers, &count, error);
    if (failed)
        return -1;
    if (count > WORKER_COUNTS_AT_MOST)
        failed = error_set(error, "--workers", "more than %d numbers", WORKER_COUNTS_AT_MOST);
    options->worker_count = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        long workers;
        failed = option_integer("--workers", numbers[i], 1, WORKERS_AT_MOST, &workers, error);
        options->workers[options->worker_count++] = (int)workers;
    }
    option_list_free(numbers, count);
    return failed;
}

static int read_blas_threads(struct bench_options *options, const char *text, struct error *error)
{
    char **words;
    size_t count;
    int failed = option_list("--blas-threads", text, &words, &count, error);
    if (failed)
        return -1;
    if (count > BLAS_THREAD_COUNTS_AT_MOST)
        failed =
            error_set(error, "--blas-threads", "more than %d of them", BLAS_THREAD_COUNTS_AT_MOST);
    options->blas_thread_count = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        long threads = 1;
        if (strcmp(words[i], "on") == 0)
            threads = BLAS_THREADS_ON;
        else if (strcmp(words[i], "off") != 0 &&
                 option_integer("--blas-threads", words[i], 1, WORKERS_AT_MOST, &threads, error))
            failed =
                error_set(error, "--blas-threads", "'%s' is none of: off, on, a number", words[i]);
        options->blas_threads[options->blas_thread_count++] = (int)threads;
    }
    option_list_free(words, count);
    return failed;
}

static int read_section(struct bench_options *options, const char *text, struct error *error)
{
    options->section = text;
    for (const struct section *section = sections; section->name; section++)
        if (strcmp(text, section->name) == 0)
            return 0;
    if (strcmp(text, "all") == 0)
        return 0;
    return error_set(error, "--section", "'%s' is no section; `bench --help` names them", text);
}

static int read_one(struct bench_options *options, int found, const char *text, struct error *error)
{
    struct config *config = &options->config;
    long window, bands;
    int choice = 0, failed;
    switch (found) {
    case OPTION_FILTER:
        return read_filter(config, text, error);
    case OPTION_STRATEGIES:
        return read_strategies(options, text, error);
    case OPTION_WORKERS:
        return read_workers(options, text, error);
    case OPTION_IMAGES:
        return option_integer("--images", text, 1, 100000, &options->images, error);
    case OPTION_SIZE:
        return option_size("--size", text, &options->ny, &options->nx, error);
    case OPTION_WINDOW:
        failed = option_integer("--window", text, 1, 10000, &window, error);
        config->parameters.window = (size_t)window;
        return failed;
    case OPTION_LATENCY:
        failed = option_number("--latency", text, 0, &config->parameters.latency_s, error);
        config->parameters.latency_s *= 1e-3;
        return failed;
    case OPTION_SEED:
        return option_integer("--seed", text, 0, 4294967295, &options->seed, error);
    case OPTION_ROUNDS:
        return option_integer("--rounds", text, 1, 10000, &options->rounds, error);
    case OPTION_BUDGET:
        return option_number("--budget", text, 0, &options->budget_s, error);
    case OPTION_TIMEOUT:
        return option_number("--timeout", text, 0.001, &options->limit_s, error);
    case OPTION_GRAIN:
        failed = option_choice("--grain", text, grain_names, &choice, error);
        config->grain = (enum grain)choice;
        options->grain_given = true;
        return failed;
    case OPTION_BANDS:
        failed = option_integer("--bands", text, 1, 100000, &bands, error);
        config->bands = (int)bands;
        return failed;
    case OPTION_BLAS_THREADS:
        return read_blas_threads(options, text, error);
    case OPTION_BIND:
        failed = option_choice("--bind", text, bind_names, &choice, error);
        config->bind = (enum bind_mode)choice;
        return failed;
    case OPTION_LOCK:
        failed = option_choice("--lock", text, lock_choices, &choice, error);
        options->both_locks = choice == 2;
        config->lock = choice == 1 ? LOCK_RELEASED : LOCK_HELD;
        return failed;
    case OPTION_IO:
        failed = option_choice("--io", text, io_names, &choice, error);
        config->io = (enum io_mode)choice;
        return failed;
    case OPTION_SECTION:
        return read_section(options, text, error);
    case OPTION_WIDE:
        options->wide = true;
        return 0;
    case OPTION_SKIP_MISSING:
        options->skip_missing = true;
        return 0;
    case OPTION_SSHLOGIN:
        options->hosts.sshlogin = text;
        return 0;
    case OPTION_SSHLOGINFILE:
        options->hosts.sshloginfile = text;
        return 0;
    case OPTION_HOSTFILE:
        options->hosts.hostfile = text;
        return 0;
    case OPTION_EFFORT:
        return option_number("--effort", text, 0, &options->effort_h, error);
    default: /* OPTION_OUT */
        options->directory = text;
        return 0;
    }
}

int bench_options_read(struct bench_options *options, int argc, char **argv,
                       const struct topology *topology, struct error *error)
{
    *options = (struct bench_options){
        .config = {.filter = "highpass",
                   .lock = LOCK_HELD,
                   .parameters = {.window = 50, .latency_s = 0.05}},
        .images = 25,
        .seed = 1,
        .ny = 1000,
        .nx = 1000,
        .budget_s = -1,
        .effort_h = REPORT_EFFORT_H,
        .directory = "build/results",
    };
    int found;
    while ((found = options_next(argc, argv, table, error)) != OPTION_END)
        if (found == OPTION_BAD || read_one(options, found, optarg, error) != 0)
            return -1;
    options->files = argv + optind;
    options->file_count = argc - optind;

    return bench_options_settle(options, topology, error);
}
