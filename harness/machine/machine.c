/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/machine.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/commandline/options.h"
#include "harness/base/output.h"
#include "harness/machine/build.h"

static bool is_known(const struct warnings *warnings, const char *text)
{
    for (int i = 0; i < warnings->count; i++)
        if (strcmp(warnings->text[i], text) == 0)
            return true;
    return false;
}

void warnings_keep(struct warnings *warnings, const char *text)
{
    if (warnings->count < WARNINGS_AT_MOST && !is_known(warnings, text))
        snprintf(warnings->text[warnings->count++], WARNING_LENGTH, "%.*s", WARNING_LENGTH - 1,
                 text);
}

/* A line for programs, a paragraph for people. Returns how many lines. */
static int print(const char *text)
{
    int column = fprintf(stderr, "speedup: warning: ");
    if (isatty(STDERR_FILENO) && column > 0)
        return options_print_text(text, (size_t)column, stderr);
    fprintf(stderr, "%s\n", text);
    return 1;
}

void warnings_add(struct warnings *warnings, const char *format, ...)
{
    char text[WARNING_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (is_known(warnings, text))
        return;
    if (!warnings->silent)
        warnings->lines += print(text);
    warnings_keep(warnings, text);
}

/* The texts, in the order of machine.txt. */
const char *const machine_text_names[MACHINE_TEXTS] = {
    "date",    "command", "order", "commit",   "compiler",    "flags",      "libraries",
    "verdict", "remedy",  "alike", "estimate", "noise-floor", "core-speeds"};
static const size_t text_offsets[MACHINE_TEXTS] = {
    offsetof(struct machine_facts, date),       offsetof(struct machine_facts, command),
    offsetof(struct machine_facts, order),      offsetof(struct machine_facts, commit),
    offsetof(struct machine_facts, compiler),   offsetof(struct machine_facts, flags),
    offsetof(struct machine_facts, libraries),  offsetof(struct machine_facts, verdict),
    offsetof(struct machine_facts, remedy),     offsetof(struct machine_facts, alike),
    offsetof(struct machine_facts, estimate),   offsetof(struct machine_facts, noise_floor),
    offsetof(struct machine_facts, core_speeds)};

const char *machine_text(const struct machine_facts *facts, int number)
{
    return (const char *)facts + text_offsets[number];
}

static void set_text(char *text, const char *value)
{
    snprintf(text, MACHINE_TEXT_LENGTH, "%s", value);
}

void machine_set_text(struct machine_facts *facts, int number, const char *text)
{
    set_text((char *)facts + text_offsets[number], text);
}

void machine_describe(struct machine_facts *facts, const struct topology *topology,
                      const char *command)
{
    time_t now = time(NULL);
    struct tm *utc = gmtime(&now);

    snprintf(facts->host, sizeof facts->host, "%s", topology->host);
    snprintf(facts->cpu, sizeof facts->cpu, "%s", topology->cpu);
    facts->cores = topology->cores;
    facts->threads = topology->threads;
    facts->quota = topology->quota;
    set_text(facts->date, "unknown");
    if (utc)
        strftime(facts->date, sizeof facts->date, "%Y-%m-%d %H:%M UTC", utc);
    set_text(facts->command, command);
    set_text(facts->commit, build_commit());
    set_text(facts->compiler, build_compiler());
    set_text(facts->flags, build_flags());
    build_libraries(facts->libraries, sizeof facts->libraries);
    set_text(facts->order, "nothing was measured");
}

bool machine_is_fit(const struct machine_facts *facts)
{
    return !facts->verdict[0] || strcmp(facts->verdict, "fit to post") == 0;
}

double machine_noise_floor(const struct machine_facts *facts)
{
    double floor = (double)NAN;
    for (const char *at = facts->noise_floor; at && *at;
         at = strchr(at, ','), at = at ? at + 1 : NULL) {
        char *end;
        double percent = strtod(at, &end);
        if (end != at && strncmp(end, " %", 2) == 0)
            floor = fmax(floor, percent / 100);
    }
    return floor;
}

static void put_findings(FILE *stream, const struct disturbance *disturbance)
{
    for (int i = 0; i < disturbance->count; i++) {
        const struct finding *finding = &disturbance->findings[i];
        fprintf(stream, "%-16s %s: %s%s%s\n", "looked-at", finding->topic,
                finding_levels[finding->level], finding->seen[0] ? ": " : "", finding->seen);
    }
}

int machine_write(const char *directory, const struct topology *topology,
                  const struct machine_facts *facts, const struct disturbance *disturbance,
                  struct error *error)
{
    struct output output;
    const struct warnings *warnings = &facts->warnings;
    if (output_open(&output, directory, "machine.txt", error) != 0)
        return -1;
    topology_print(topology, output.stream);
    fprintf(output.stream, "%-16s %s\n", "benchmark", facts->benchmark);
    for (int i = 0; i < MACHINE_TEXTS; i++)
        if (*machine_text(facts, i))
            fprintf(output.stream, "%-16s %s\n", machine_text_names[i], machine_text(facts, i));
    put_findings(output.stream, disturbance);
    if (warnings->count == 0)
        fprintf(output.stream, "%-16s none\n", "warnings");
    for (int i = 0; i < warnings->count; i++)
        fprintf(output.stream, "%-16s %s\n", "warning", warnings->text[i]);
    return output_commit(&output, error);
}

static void take_line(struct machine_facts *facts, const char *name, const char *value)
{
    struct warnings *warnings = &facts->warnings;
    for (int i = 0; i < MACHINE_TEXTS; i++)
        if (strcmp(name, machine_text_names[i]) == 0)
            machine_set_text(facts, i, value);
    if (strcmp(name, "warning") == 0 && warnings->count < WARNINGS_AT_MOST)
        snprintf(warnings->text[warnings->count++], WARNING_LENGTH, "%.*s", WARNING_LENGTH - 1,
                 value);
}

int machine_read(const char *directory, struct machine_facts *facts, struct error *error)
{
    char path[PATH_MAX], line[2 * MACHINE_TEXT_LENGTH];
    for (int i = 0; i < MACHINE_TEXTS; i++)
        machine_set_text(facts, i, "");
    facts->warnings.count = 0;
    if (output_path(path, directory, "machine.txt", error) != 0)
        return -1;
    FILE *file = fopen(path, "r");
    if (!file)
        return errno == ENOENT ? 0 : error_system(error, path, "cannot be read", errno);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        size_t length = strcspn(line, " ");
        const char *value = line + length + strspn(line + length, " ");
        line[length] = '\0';
        take_line(facts, line, value);
    }
    int failed = ferror(file) ? error_set(error, path, "cannot be read") : 0;
    fclose(file);
    return failed;
}
