/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "harness/commands/bench/bench_options.h"
#include "harness/commands/command.h"
#include "harness/commands/program/filter_settings.h"
#include "harness/measure/forecast/model.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_AT_MOST = 40, SIZE_AT_MOST = 600 };

/* A machine that is the same everywhere. */
static const struct topology *machine(void)
{
    static struct topology topology;
    static int loaded;
    struct error error = {""};
    if (!loaded)
        fuzz_check(topology_load(&topology, "core:4 pu:2", &error) == 0, "no topology");
    loaded = 1;
    return &topology;
}

/* What the commands do with what was read, before they begin to do anything. */
static void look_further(const struct command *command, void *settings, struct command_line *line)
{
    struct error error = {""};
    int failed = 0;
    if (strcmp(command->name, "bench") == 0) {
        struct bench_options *options = settings;
        options->files = line->operands;
        options->file_count = line->operand_count;
        failed = bench_options_settle(options, machine(), &error);
        fuzz_check(failed || (options->strategy_count > 0 && options->worker_count > 0),
                   "nothing to measure");
        for (int i = 0; i < options->worker_count && !failed; i++)
            fuzz_check(options->workers[i] >= 1 && options->workers[i] <= WORKERS_AT_MOST,
                       "an impossible number of workers");
    } else if (strcmp(command->name, "filter") == 0 && line->operand_count > 0) {
        failed = filter_settings_take(settings, line, &error);
    }
    if (failed)
        fuzz_check_error(&error);
}

static void read_line(const struct command *command, int count, char **words)
{
    struct command_line line;
    struct error error = {""};
    void *settings = calloc(1, command->settings_bytes + 1);
    fuzz_check(settings != NULL, "no memory");
    if (options_read(command_options(command), settings, count, words, &line, &error) != 0) {
        fuzz_check_error(&error);
    } else {
        fuzz_check(line.operand_count < count && line.before_dashes <= line.operand_count,
                   "more operands than words");
        fuzz_check(!line.operands[line.operand_count], "operands without an end");
        if (!line.help)
            look_further(command, settings, &line);
        command_line_free(&line);
    }
    free(settings);
}

/* A machine in words, as --topology takes it. */
static void read_topology(const char *text)
{
    struct machine_model model;
    struct error error = {""};
    if (strchr(text, '/') || strstr(text, ".xml")) /* no file of this machine */
        return;
    if (model_of_text(&model, "--topology", text, &error) != 0) {
        fuzz_check_error(&error);
        return;
    }
    fuzz_check(model.cores >= 1 && model.count >= model.cores, "a machine without cores");
    model_destroy(&model);
}

void fuzz_options(const uint8_t *data, size_t size)
{
    char text[SIZE_AT_MOST + 1], *words[WORDS_AT_MOST + 1];
    int count = 0;
    if (size > SIZE_AT_MOST)
        return;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *at = text, *end; at && count < WORDS_AT_MOST; at = end) {
        end = strchr(at, '\n');
        if (end)
            *end++ = '\0';
        words[count++] = at;
    }
    words[count] = NULL;
    setenv("PATH", "/", 1); /* or bench would start GNU parallel, to ask whether it is one */
    if (strcmp(words[0], "--topology") == 0 && count > 1) {
        read_topology(words[1]);
        return;
    }
    for (size_t i = 0; command_catalogue[i]; i++)
        if (strcmp(words[0], command_catalogue[i]->name) == 0)
            read_line(command_catalogue[i], count, words);
}
