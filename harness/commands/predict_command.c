/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdlib.h>

#include "harness/commands/command.h"
#include "harness/machine/machine.h"
#include "harness/machine/topology.h"
#include "harness/report/forecast/prediction.h"
#include "harness/results/columns.h"

enum { NUMBERS_AT_MOST = 64 };

struct settings {
    const char *topology; /* in words; NULL: this machine */
    int workers[NUMBERS_AT_MOST];
    int worker_count;
    double slow_core, second_thread; /* in percent; 0: not given */
};

static int read_workers(const char *option, const char *text, void *given, struct error *error)
{
    struct settings *settings = given;
    return option_integers(option, text, COLUMN_WORKERS_MOST, settings->workers, NUMBERS_AT_MOST,
                           &settings->worker_count, error);
}

static const struct option_row options[] = {
    {"topology", "TEXT", NULL,
     "the machine to forecast for: \"4\" cores, \"2x32x2\" packages, cores of each and threads of "
     "each core, \"8P+16E\" fast and slow cores, a file.xml of lstopo, or hwloc's own notation",
     OPTION_TEXT, OPTION_INTO(struct settings, topology), .otherwise = "this machine"},
    {"workers", "LIST", NULL, "numbers of workers", OPTION_OWN, .read = read_workers,
     .otherwise = "1, 2, 4, ... and all cores of that machine"},
    {"slow-core", "PERCENT", NULL,
     "speed of the slower cores, in percent of the fast ones; needs --topology", OPTION_NUMBER,
     OPTION_INTO(struct settings, slow_core), .minimum = 0.1, .otherwise = "60 is assumed"},
    {"second-thread", "PERCENT", NULL,
     "what the second hardware thread of a core adds to the first; needs --topology", OPTION_NUMBER,
     OPTION_INTO(struct settings, second_thread), .minimum = 0.1, .otherwise = "25 is assumed"},
    {0},
};

/* 1, 2, 4, ..., the cores, and the hardware threads. */
static void default_workers(struct settings *settings, const struct machine_model *machine)
{
    for (int w = 1; w < machine->cores && settings->worker_count < NUMBERS_AT_MOST - 2; w *= 2)
        settings->workers[settings->worker_count++] = w;
    settings->workers[settings->worker_count++] = machine->cores;
    if (machine->count > machine->cores)
        settings->workers[settings->worker_count++] = machine->count;
}

/* This machine, its cores as the benchmark has measured them; where it has not, as one assumes. */
static int this_machine(const char *directory, struct machine_model *machine, struct error *error)
{
    struct topology topology;
    struct machine_facts facts;
    struct core_speeds speeds;
    if (topology_load(&topology, NULL, error) != 0)
        return -1;
    bool told =
        machine_read(directory, &facts, error) == 0 && core_speeds_read(facts.core_speeds, &speeds);
    int failed = told ? model_of_speeds(machine, &speeds, topology.quota, error)
                      : model_of_topology(machine, &topology, error);
    if (told && !failed &&
        (machine->cores != topology.cores || machine->count != topology.threads)) {
        model_destroy(machine); /* it was measured on another machine */
        failed = model_of_topology(machine, &topology, error);
    }
    topology_destroy(&topology);
    return failed;
}

/* A machine in words, with the speeds that are given. */
static int machine_in_words(const struct settings *settings, struct machine_model *machine,
                            struct error *error)
{
    if (model_of_text(machine, "--topology", settings->topology, error) != 0)
        return -1;
    struct core_speeds speeds = machine->speeds;
    for (int k = 1; k < speeds.kinds && settings->slow_core > 0; k++) {
        speeds.kind[k].speed = settings->slow_core / 100;
        speeds.kind[k].given = true;
    }
    if (settings->second_thread > 0) {
        speeds.second_thread = settings->second_thread / 100;
        speeds.second_given = true;
    }
    double quota = machine->quota;
    model_destroy(machine);
    return model_of_speeds(machine, &speeds, quota, error);
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    struct settings *settings = given;
    struct machine_model machine;
    if (!settings->topology && (settings->slow_core > 0 || settings->second_thread > 0)) {
        error_set(error, settings->slow_core > 0 ? "--slow-core" : "--second-thread",
                  "needs --topology; what this machine has, bench measures");
        return EXIT_CODE_USAGE;
    }
    if (settings->topology ? machine_in_words(settings, &machine, error) != 0
                           : this_machine(line->operands[0], &machine, error) != 0)
        return settings->topology ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
    if (settings->worker_count == 0)
        default_workers(settings, &machine);
    int failed = prediction_print(line->operands[0], &machine, settings->workers,
                                  settings->worker_count, stdout, error);
    model_destroy(&machine);
    return failed ? EXIT_CODE_FAILED : EXIT_CODE_DONE;
}

const struct command predict_command = {
    .name = "predict",
    .summary = "forecast more workers, or another machine, from a result",
    .arguments = "[OPTION]... DIR",
    .about = "Simulates each strategy of the result in DIR: with the tasks of its serial run, and "
             "with what starting workers and handing out tasks cost on the fewest workers. Bet "
             "first, then measure.",
    .more = "It does not know what workers take from each other: memory bandwidth, shared caches, "
            "the clock when all cores are busy.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_least = 1,
    .operands_at_most = 1,
    .wants = "takes one result directory",
    .run = run,
};
