/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "harness/commands/command.h"
#include "harness/machine/topology.h"
#include "harness/report/forecast/prediction.h"

enum { NUMBERS_AT_MOST = 64, WORKERS_AT_MOST = 65536 };

struct settings {
    const char *topology; /* in words; NULL: this machine */
    int workers[NUMBERS_AT_MOST];
    int worker_count;
};

static int read_workers(const char *option, const char *text, void *given, struct error *error)
{
    struct settings *settings = given;
    char **numbers;
    size_t count;
    int failed = option_list(option, text, &numbers, &count, error);
    if (failed)
        return -1;
    if (count > NUMBERS_AT_MOST)
        failed = error_set(error, option, "more than %d numbers", NUMBERS_AT_MOST);
    settings->worker_count = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        long long workers = 1;
        failed = option_integer(option, numbers[i], 1, WORKERS_AT_MOST, &workers, error);
        settings->workers[settings->worker_count++] = (int)workers;
    }
    option_list_free(numbers, count);
    return failed;
}

static const struct option_row options[] = {
    {"topology", "TEXT", NULL,
     "the machine to forecast for: \"4\" cores, \"2x32x2\" packages, cores of each and threads of "
     "each core, \"8P+16E\" fast and slow cores, a file.xml of lstopo, or as hwloc has it",
     OPTION_TEXT, OPTION_INTO(struct settings, topology), .otherwise = "this machine"},
    {"workers", "LIST", NULL, "numbers of workers", OPTION_OWN, .read = read_workers,
     .otherwise = "1, 2, 4, ... and all cores of that machine"},
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

static int this_machine(struct machine_model *machine, struct error *error)
{
    struct topology topology;
    if (topology_load(&topology, NULL, error) != 0)
        return -1;
    int failed = model_of_topology(machine, &topology, error);
    topology_destroy(&topology);
    return failed;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    struct settings *settings = given;
    struct machine_model machine;
    if (settings->topology ? model_of_text(&machine, "--topology", settings->topology, error) != 0
                           : this_machine(&machine, error) != 0)
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
