/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/identity.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/results/csv.h"
#include "harness/results/json.h"
#include "harness/results/resume/plan_file.h"

static const char NAME[] = "benchmark"; /* of the column, the line and the member */

/* The time and the process, mixed as in splitmix64: a nanosecond later all digits are other
 * ones. */
void identity_make(char benchmark[BENCHMARK_LENGTH])
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t bits = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
    bits ^= (uint64_t)getpid() << 40;
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
    bits ^= bits >> 31;
    snprintf(benchmark, BENCHMARK_LENGTH, "%010" PRIx64, bits >> 24);
}

/* Copies it; what a terminal would obey becomes a question mark, for it goes into a message. */
static void take(const char *text, size_t length, char benchmark[BENCHMARK_LENGTH])
{
    snprintf(benchmark, BENCHMARK_LENGTH, "%.*s", (int)(length < 1000 ? length : 1000), text);
    for (char *at = benchmark; *at; at++)
        if (*at < ' ' || *at > '~')
            *at = '?';
}

/* From the first row; -1 where there is none. */
static int ask_csv(FILE *file, char benchmark[BENCHMARK_LENGTH])
{
    char *header = NULL, *row = NULL;
    size_t header_room = 0, row_room = 0;
    int told = -1;
    if (getline(&header, &header_room, file) > 0 && getline(&row, &row_room, file) > 0) {
        int number = csv_field_number(header, NAME);
        const char *value = number >= 0 ? csv_field(row, number) : NULL;
        take(value ? value : "", value ? csv_field_length(value) : 0, benchmark);
        told = 0;
    }
    free(header);
    free(row);
    return told;
}

static int ask_machine(FILE *file, char benchmark[BENCHMARK_LENGTH])
{
    char *line = NULL;
    size_t room = 0;
    benchmark[0] = '\0';
    while (getline(&line, &room, file) > 0)
        if (strncmp(line, NAME, strlen(NAME)) == 0 && line[strlen(NAME)] == ' ') {
            const char *value = line + strlen(NAME) + strspn(line + strlen(NAME), " ");
            take(value, csv_field_length(value), benchmark);
        }
    free(line);
    return 0;
}

static int ask_json(FILE *file, char benchmark[BENCHMARK_LENGTH])
{
    json_t *document = json_loadf(file, 0, NULL);
    if (!document)
        return -1;
    const char *value =
        json_string_value(json_object_get(json_object_get(document, "machine"), NAME));
    take(value ? value : "", value ? strlen(value) : 0, benchmark);
    json_decref(document);
    return 0;
}

/* The files that tell, and how each is asked; summary.csv is what the others are compared with. */
static const struct {
    const char *name;
    int (*ask)(FILE *file, char benchmark[BENCHMARK_LENGTH]);
} tellers[] = {
    {"summary.csv", ask_csv},     {"runs.csv", ask_csv},      {"trace.csv", ask_csv},
    {"losses.csv", ask_csv},      {"resources.csv", ask_csv}, {JSON_FILE, ask_json},
    {"machine.txt", ask_machine}, {"forecast.csv", ask_csv},  {PLAN_FILE, ask_json},
    {"again.csv", ask_csv},
};

static int ask(const char *path, size_t teller, char benchmark[BENCHMARK_LENGTH])
{
    FILE *file = fopen(path, "r");
    if (!file)
        return -1;
    int told = tellers[teller].ask(file, benchmark);
    fclose(file);
    return told;
}

static const char *or_none(const char *benchmark)
{
    return *benchmark ? benchmark : "none (an earlier version wrote it)";
}

int identity_check(const char *directory, struct error *error)
{
    char summary[PATH_MAX], path[PATH_MAX], expected[BENCHMARK_LENGTH], got[BENCHMARK_LENGTH];
    if (output_path(summary, directory, tellers[0].name, error) != 0)
        return -1;
    if (ask(summary, 0, expected) != 0)
        return 0;
    for (size_t i = 1; i < sizeof tellers / sizeof tellers[0]; i++) {
        if (output_path(path, directory, tellers[i].name, error) != 0)
            return -1;
        if (ask(path, i, got) == 0 && strcmp(got, expected) != 0)
            return error_set(error, path,
                             "its benchmark is %s, but that of %s is %s: files of two results do "
                             "not belong in one directory",
                             or_none(got), summary, or_none(expected));
    }
    return 0;
}
