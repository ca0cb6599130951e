/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/base/directory.h"
#include "harness/commands/command.h"
#include "harness/report/class/submission.h"
#include "harness/results/results.h"

struct settings {
    const char *name, *out;
    bool anyway, host;
};

static const struct option_row options[] = {
    {"name", "NICKNAME", NULL, "what the class is to call this machine", OPTION_TEXT,
     OPTION_INTO(struct settings, name), .otherwise = "anon- and a number made from the figures"},
    {"anyway", NULL, NULL, "even if it is not fit to post; the file will say so", OPTION_FLAG,
     OPTION_INTO(struct settings, anyway)},
    {"host", NULL, NULL, "add the host's name and the command line, which may have paths in it",
     OPTION_FLAG, OPTION_INTO(struct settings, host)},
    {"out", "DIR", ".", "where the file goes, made where it is missing", OPTION_TEXT,
     OPTION_INTO(struct settings, out)},
    {0},
};

/* From the figures, by FNV-1a: the same result gets the same name, another one most likely not. */
static void make_name(struct entry *entry)
{
    const unsigned prime = 16777619, offset = 2166136261;
    char figures[512];
    unsigned hash = offset;
    snprintf(figures, sizeof figures, "%s %d %.9g %.9g %s", entry->cpu, entry->threads, entry->t0_s,
             entry_tp(entry), entry->date);
    for (const char *at = figures; *at; at++)
        hash = (hash ^ (unsigned char)*at) * prime;
    snprintf(entry->name, sizeof entry->name, "anon-%06x", hash & 0xffffff);
}

static void say_what_is_in_it(const struct entry *entry, const struct settings *settings)
{
    char text[8 * ENTRY_TEXT];
    printf("%s/%s%s\n\n", settings->out, entry->name, SUBMISSION_ENDING);
    snprintf(
        text, sizeof text,
        "In it: the name %s; %s, %d core%s, %d hardware thread%s, %s; what was computed; t0, tp "
        "and the speedups with their intervals%s; the verdict: %s.",
        entry->name, entry->cpu, entry->cores, entry->cores == 1 ? "" : "s", entry->threads,
        entry->threads == 1 ? "" : "s", *entry->system ? entry->system : "system not known",
        entry->has_losses ? ", what was lost" : "",
        entry->state == ENTRY_FIT ? "fit to post" : entry->why);
    options_print_text(text, 0, stdout);
    printf("%s\n", settings->host ? "As you asked: the name of the host and the command line."
                                  : "Not in it: names of hosts, users, files or directories.");
}

static enum exit_code submit(struct entry *entry, const struct settings *settings,
                             const struct machine_facts *machine, const char *directory,
                             struct error *error)
{
    if (settings->name)
        snprintf(entry->name, sizeof entry->name, "%s", settings->name);
    else
        make_name(entry);
    if (entry->state != ENTRY_FIT && !settings->anyway) {
        error_set(
            error, directory,
            "is not fit to post: %s; close other programs and measure again, or give --anyway",
            entry->why);
        return EXIT_CODE_FAILED;
    }
    entry->anyway = entry->state != ENTRY_FIT;
    if (directory_create(settings->out, error) != 0 ||
        submission_write(entry, settings->host ? machine->host : NULL,
                         settings->host ? machine->command : NULL, settings->out, error) != 0)
        return EXIT_CODE_FAILED;
    say_what_is_in_it(entry, settings);
    return EXIT_CODE_DONE;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    const char *directory = line->operand_count > 0 ? line->operands[0] : "build/results";
    struct result_set set;
    struct entry entry;
    if (settings->name && submission_check_name(settings->name, error) != 0)
        return EXIT_CODE_USAGE;
    if (results_read(directory, &set, error) != 0)
        return EXIT_CODE_FAILED;
    enum exit_code code = EXIT_CODE_FAILED;
    if (entry_make(&entry, "", &set, directory, error) == 0)
        code = submit(&entry, settings, &set.machine, directory, error);
    result_set_destroy(&set);
    return code;
}

const struct command submit_command = {
    .name = "submit",
    .summary = "one small file of a result, to hand in",
    .arguments = "[OPTION]... [DIR]",
    .about = "Writes NICKNAME.speedup.json, at most 30 kB: the figures of the result in DIR "
             "(build/results), and nothing about whose machine it is. What is not fit to post is "
             "refused.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_least = 0,
    .operands_at_most = 1,
    .wants = "takes one result directory",
    .run = run,
};
