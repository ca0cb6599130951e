/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_options.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/commandline/nearest.h"
#include "harness/commands/program/names.h"
#include "harness/report/sections.h"

static int read_filter(const char *option, const char *text, void *settings, struct error *error)
{
    struct bench_options *options = settings;
    if (!names_filter(option, text, error))
        return -1;
    snprintf(options->config.filter, sizeof options->config.filter, "%s", text);
    return 0;
}

/* Whether each of them can run here is checked in bench_settle.c, when all options are known. */
static int read_strategies(const char *option, const char *text, void *settings,
                           struct error *error)
{
    struct bench_options *options = settings;
    char **names;
    size_t count;
    int failed = option_list(option, text, &names, &count, error);
    if (failed)
        return -1;
    if (count > STRATEGIES_AT_MOST)
        failed = error_set(error, option, "more than %d names", STRATEGIES_AT_MOST);
    options->strategy_count = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        const struct strategy *strategy = names_strategy(option, names[i], error);
        failed = strategy ? 0 : -1;
        options->strategies[options->strategy_count++] = strategy;
    }
    option_list_free(names, count);
    return failed;
}

static int read_workers(const char *option, const char *text, void *settings, struct error *error)
{
    struct bench_options *options = settings;
    return option_integers(option, text, WORKERS_AT_MOST, options->workers, WORKER_COUNTS_AT_MOST,
                           &options->worker_count, error);
}

static int read_blas_threads(const char *option, const char *text, void *settings,
                             struct error *error)
{
    struct bench_options *options = settings;
    char **words;
    size_t count;
    int failed = option_list(option, text, &words, &count, error);
    if (failed)
        return -1;
    if (count > BLAS_THREAD_COUNTS_AT_MOST)
        failed = error_set(error, option, "more than %d of them", BLAS_THREAD_COUNTS_AT_MOST);
    options->blas_thread_count = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        long long threads = 1;
        if (strcmp(words[i], "on") == 0)
            threads = BLAS_THREADS_ON;
        else if (strcmp(words[i], "off") != 0 &&
                 option_integer(option, words[i], 1, WORKERS_AT_MOST, &threads, error) != 0)
            failed = error_set(error, option, "'%s' is none of: off, on, a number", words[i]);
        options->blas_threads[options->blas_thread_count++] = (int)threads;
    }
    option_list_free(words, count);
    return failed;
}

static int read_latency(const char *option, const char *text, void *settings, struct error *error)
{
    struct bench_options *options = settings;
    double milliseconds;
    if (option_number(option, text, 0, &milliseconds, error) != 0)
        return -1;
    options->config.parameters.latency_s = milliseconds * 1e-3;
    return 0;
}

static int read_budget(const char *option, const char *text, void *settings, struct error *error)
{
    struct bench_options *options = settings;
    options->budget_given = true;
    return option_number(option, text, 0, &options->budget_s, error);
}

static int read_grain(const char *option, const char *text, void *settings, struct error *error)
{
    struct bench_options *options = settings;
    int choice;
    if (option_choice(option, text, grain_names, &choice, error) != 0)
        return -1;
    options->config.grain = (enum grain)choice;
    options->grain_given = true;
    return 0;
}

static int read_lock(const char *option, const char *text, void *settings, struct error *error)
{
    static const char *const choices[] = {"held", "released", "both", NULL};
    struct bench_options *options = settings;
    int choice;
    if (option_choice(option, text, choices, &choice, error) != 0)
        return -1;
    options->both_locks = choice == 2;
    options->config.lock = choice == 1 ? LOCK_RELEASED : LOCK_HELD;
    return 0;
}

static int read_section(const char *option, const char *text, void *settings, struct error *error)
{
    struct bench_options *options = settings;
    struct nearest nearest = nearest_to(text);
    bool known = strcmp(text, "all") == 0;
    options->section = text;
    nearest_offer(&nearest, "all");
    for (const struct section *section = sections; section->name; section++) {
        known = known || strcmp(text, section->name) == 0;
        nearest_offer(&nearest, section->name);
    }
    return known ? 0 : nearest_error(&nearest, error, option, "`bench --help` names all");
}

#define INTO(member) OPTION_INTO(struct bench_options, member)

const struct option_row bench_option_rows[] = {
    {"filter", "NAME", "highpass", "what to compute; `speedup list` names all", OPTION_OWN,
     .read = read_filter, .heading = "What is computed, and from what"},
    {"images", "N", "25", "how many fake images", OPTION_INTEGER, INTO(images), .minimum = 1,
     .maximum = 100000},
    {"size", "NYxNX", "1000x1000", "their rows x columns", OPTION_SIZE, INTO(size)},
    {"seed", "SEED", "1", "image i is made from SEED + i", OPTION_INTEGER, INTO(seed),
     .maximum = UINT32_MAX},
    {"window", "N", "50", "side of the median window, pixels", OPTION_INTEGER,
     INTO(config.parameters.window), .minimum = 1, .maximum = 10000},
    {"latency", "MS", "50",
     "milliseconds that a task of `wait` waits for its answer; with it, numbers of workers go up "
     "to the number of tasks, however few the cores",
     OPTION_OWN, .read = read_latency},

    {"strategies", "A,B,...", NULL, "how tasks are spread over workers; `speedup list` names all",
     OPTION_OWN, .read = read_strategies, .otherwise = "all that can run here, but not `mine`",
     .heading = "How it is spread over workers"},
    {"workers", "1,2,4", NULL, "numbers of workers", OPTION_OWN, .read = read_workers,
     .otherwise = "1, 2, 4, ... cores, hardware threads for pool (or the first); all cores for the "
                  "others"},
    {"grain", "image|band", NULL, "what one task is: a whole image, or a band of its rows",
     OPTION_OWN, .read = read_grain, .otherwise = "image; for dot and the like, band"},
    {"bands", "N", NULL, "how many bands an image is cut into", OPTION_INTEGER, INTO(config.bands),
     .minimum = 1, .maximum = 1000000,
     .otherwise = "as many as suit the filter; dot and the like: 10"},
    {"chunk", "N", "1", "tasks handed out at a time by pool, process-pool and openmp",
     OPTION_INTEGER, INTO(config.chunk), .minimum = 1, .maximum = 100000},
    {"io", "memory|files", "memory",
     "a task works on an image in memory, or reads its FITS file, filters, and writes the result. "
     "Memory: 32 bytes a pixel of all images; or 16 a pixel in each worker, and 24 on the disk",
     OPTION_CHOICE, INTO(config.io), .choices = io_names},
    {"bind", "cores|none", "cores", "bind each worker to a core, or let the system move it",
     OPTION_CHOICE, INTO(config.bind), .choices = bind_names},
    {"lock", "held|released|both", "held", "for global-lock: while a task computes, the lock is",
     OPTION_OWN, .read = read_lock},
    {"blas-threads", "off|on|N,...", NULL,
     "threads of the BLAS library under each worker, for filters that use one: off is 1, on as "
     "many as cores. For strategy blas these threads are the workers; serial, the baseline, has 1",
     OPTION_OWN, .read = read_blas_threads, .otherwise = "off"},
    {"skip-missing", NULL, NULL, "skip strategies that cannot run here, and say why", OPTION_FLAG,
     INTO(skip_missing)},
    {"sshlogin", "LIST", NULL, "other machines, for gnu-parallel", OPTION_TEXT,
     INTO(hosts.sshlogin)},
    {"sshloginfile", "FILE", NULL, "the same, from a file", OPTION_TEXT, INTO(hosts.sshloginfile)},
    {"hostfile", "FILE", NULL, "other machines, for mpi", OPTION_TEXT, INTO(hosts.hostfile)},

    {"result", "PATTERN", NULL,
     "the file that a task of your command writes, such as out/{/.}.fits: it is compared with that "
     "of the serial run, FITS by pixels, all others byte for byte",
     OPTION_TEXT, INTO(result), .otherwise = "results are not compared",
     .heading = "A program of your own: bench [OPTION]... FILE... -- COMMAND [ARG]..."},
    {"compare", "COMMAND", NULL,
     "compare results with this: 'COMMAND {a} {b}' ends with 0 where they are equal", OPTION_TEXT,
     INTO(compare)},
    {"threads", "off|on|N,...", NULL,
     "threads inside each program, through the variables that libraries read (OMP_NUM_THREADS, "
     "OPENBLAS_NUM_THREADS, MKL_NUM_THREADS, ...)",
     OPTION_OWN, .read = read_blas_threads, .otherwise = "off, which is 1"},
    {"tasks", "N", NULL, "instead of files: start the command N times, {#} counts", OPTION_INTEGER,
     INTO(own_tasks), .minimum = 1, .maximum = 1000000},
    {"overwrite", NULL, NULL, "replace results that are there already", OPTION_FLAG,
     INTO(overwrite)},

    {"section", "NAME", NULL,
     "a section of the lesson: activity, files, blas, threads, wait, or all of them", OPTION_OWN,
     .read = read_section, .heading = "How it is measured"},
    {"rounds", "N", NULL,
     "measure every configuration N times; from 6 on there are confidence intervals",
     OPTION_INTEGER, INTO(rounds), .minimum = 1, .maximum = 10000,
     .otherwise = "as the budget allows, at most 25"},
    {"budget", "SECONDS", NULL,
     "how long to measure; no round begins that would not end in time (half as much again while "
     "fewer than 6 were undisturbed)",
     OPTION_OWN, .read = read_budget, .otherwise = "60, or with --rounds none"},
    {"dry-run", NULL, NULL,
     "print what would be measured, how often and how long; measure nothing, but run one task of "
     "your command",
     OPTION_FLAG, INTO(dry_run)},
    {"topology", "TEXT", NULL,
     "with --dry-run: plan for this machine, as in `speedup predict`: \"2x32x2\", \"8P+16E\"",
     OPTION_TEXT, INTO(topology), .otherwise = "this machine"},
    {"timeout", "SECONDS", NULL, "kill a run that takes longer", OPTION_NUMBER, INTO(limit_s),
     .minimum = 0.001, .otherwise = "10, 10 times the serial run, and 0.25 for each worker"},
    {"wide", NULL, NULL,
     "print every configuration with all its figures, 123 columns wide; otherwise five columns, "
     "and of many only each strategy's best",
     OPTION_FLAG, INTO(wide)},
    {"keep", NULL, NULL, "keep the first image and its result, original.fits and filtered.fits",
     OPTION_FLAG, INTO(keep)},
    {"effort", "HOURS", "1",
     "time spent on programming, for the report's \"Do you really need it?\"", OPTION_NUMBER,
     INTO(effort_h)},
    {"out", "DIR", "build/results", "where the results go", OPTION_TEXT, INTO(directory)},
    {"resume", "DIR", NULL,
     "go on with the benchmark in DIR, which was interrupted or killed; it knows its own options",
     OPTION_TEXT, INTO(resume)},
    {0},
};
