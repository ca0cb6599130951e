/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/resume/plan_file.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/base/self.h"
#include "harness/base/sum.h"
#include "harness/machine/build.h"
#include "harness/results/columns.h"
#include "harness/results/json.h"

/* A checksum of the program's file: rounds of two programs are not one measurement. */
static int sum_of_program(char sum[PLAN_SUM_LENGTH], struct error *error)
{
    char path[PATH_MAX], block[65536];
    uint64_t value = SUM_BEGIN;
    size_t got;
    if (self_program(path, sizeof path, error) != 0)
        return -1;
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_system(error, path, "cannot be read", errno);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        value = sum_of_bytes(value, block, got);
    int failed = ferror(file) ? error_set(error, path, "cannot be read") : 0;
    fclose(file);
    snprintf(sum, PLAN_SUM_LENGTH, "%016" PRIx64, value);
    return failed;
}

/* ---- writing ---- */

/* Each byte as the character of that number, in UTF-8: two bytes from 0x80 on. */
static json_t *make_bytes(const char *text)
{
    char *wide = malloc(2 * strlen(text) + 1), *to = wide;
    for (const char *at = text; wide && *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte < 0x80) {
            *to++ = *at;
        } else {
            *to++ = (char)(0xc0 | byte >> 6);
            *to++ = (char)(0x80 | (byte & 0x3f));
        }
    }
    if (wide)
        *to = '\0';
    json_t *value = wide ? json_string(wide) : NULL;
    free(wide);
    return value;
}

static json_t *make_arguments(int argc, char *const *argv)
{
    json_t *array = json_array();
    for (int i = 0; array && i < argc; i++)
        if (json_array_append_new(array, make_bytes(argv[i])) != 0) {
            json_decref(array);
            return NULL;
        }
    return array;
}

static json_t *make_machine(const struct machine_facts *machine)
{
    json_t *object = json_object();
    if (json_object_set_new(object, "benchmark", make_bytes(machine->benchmark)) == 0 &&
        json_object_set_new(object, "host", make_bytes(machine->host)) == 0 &&
        json_object_set_new(object, "cpu", make_bytes(machine->cpu)) == 0 &&
        json_object_set_new(object, "cores", json_integer(machine->cores)) == 0 &&
        json_object_set_new(object, "threads", json_integer(machine->threads)) == 0 &&
        json_object_set_new(object, "quota", json_real(machine->quota)) == 0)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *make_program(const char *sum)
{
    json_t *object = json_object();
    if (json_object_set_new(object, "version", make_bytes(build_version())) == 0 &&
        json_object_set_new(object, "commit", make_bytes(build_commit())) == 0 &&
        json_object_set_new(object, "sum", json_string(sum)) == 0)
        return object;
    json_decref(object);
    return NULL;
}

int plan_file_write(const char *directory, const struct machine_facts *machine, const char *section,
                    int argc, char *const *argv, struct error *error)
{
    char here[PATH_MAX], sum[PLAN_SUM_LENGTH];
    if (!getcwd(here, sizeof here))
        return error_system(error, ".", "cannot be found", errno);
    if (sum_of_program(sum, error) != 0)
        return -1;
    json_t *document = json_object();
    if (json_object_set_new(document, "schema", json_integer(COLUMNS_SCHEMA)) != 0 ||
        json_object_set_new(document, "machine", make_machine(machine)) != 0 ||
        json_object_set_new(document, "program", make_program(sum)) != 0 ||
        json_object_set_new(document, "section", make_bytes(section)) != 0 ||
        json_object_set_new(document, "directory", make_bytes(here)) != 0 ||
        json_object_set_new(document, "arguments", make_arguments(argc, argv)) != 0) {
        json_decref(document);
        document = NULL;
    }
    return json_write_file(document, directory, PLAN_FILE, error);
}

/* ---- reading ---- */

/* The bytes of such a text, to be freed; NULL where it is none, or there is no memory. */
static char *take_bytes(const json_t *value)
{
    const char *text = json_string_value(value);
    char *bytes = text ? malloc(strlen(text) + 1) : NULL, *to = bytes;
    for (; bytes && *text; text++) {
        unsigned char first = (unsigned char)*text;
        if (first >= 0x80 && (first & 0xfc) == 0xc0) {
            text++;
            *to++ = (char)(first << 6 | ((unsigned char)*text & 0x3f));
        } else if (first < 0x80) {
            *to++ = *text;
        } else {
            free(bytes);
            return NULL;
        }
    }
    if (bytes)
        *to = '\0';
    return bytes;
}

static bool take_text(const json_t *value, char *text, size_t size)
{
    char *bytes = take_bytes(value);
    bool fits = bytes && strlen(bytes) < size;
    if (fits)
        strcpy(text, bytes);
    free(bytes);
    return fits;
}

static bool take_integer(const json_t *value, int *number)
{
    json_int_t integer = json_integer_value(value);
    *number = integer > 0 && integer < INT_MAX ? (int)integer : 0;
    return *number > 0;
}

static bool take_machine(const json_t *object, struct machine_facts *machine)
{
    const json_t *quota = json_object_get(object, "quota");
    machine->quota = json_number_value(quota);
    return json_is_number(quota) &&
           take_text(json_object_get(object, "benchmark"), machine->benchmark,
                     sizeof machine->benchmark) &&
           take_text(json_object_get(object, "host"), machine->host, sizeof machine->host) &&
           take_text(json_object_get(object, "cpu"), machine->cpu, sizeof machine->cpu) &&
           take_integer(json_object_get(object, "cores"), &machine->cores) &&
           take_integer(json_object_get(object, "threads"), &machine->threads);
}

static bool take_arguments(const json_t *array, struct plan_file *plan)
{
    size_t count = json_array_size(array);
    if (count == 0 || count > INT_MAX / 2)
        return false;
    plan->arguments = calloc(count + 1, sizeof *plan->arguments);
    for (size_t i = 0; plan->arguments && i < count; i++, plan->count++)
        if (!(plan->arguments[i] = take_bytes(json_array_get(array, i))))
            return false;
    return plan->arguments != NULL;
}

int plan_file_read(const char *directory, struct plan_file *plan, struct error *error)
{
    char path[PATH_MAX];
    json_error_t problem;
    *plan = (struct plan_file){.count = 0};
    if (output_path(path, directory, PLAN_FILE, error) != 0)
        return -1;
    FILE *file = fopen(path, "r");
    if (!file)
        return error_system(error, path,
                            "tells how the benchmark was begun, and cannot be read; begin anew "
                            "without --resume",
                            errno);
    json_t *document = json_loadf(file, JSON_REJECT_DUPLICATES, &problem);
    fclose(file);
    plan->directory = take_bytes(json_object_get(document, "directory"));
    bool whole =
        plan->directory &&
        json_integer_value(json_object_get(document, "schema")) == COLUMNS_SCHEMA &&
        take_machine(json_object_get(document, "machine"), &plan->machine) &&
        take_text(json_object_get(json_object_get(document, "program"), "sum"), plan->sum,
                  sizeof plan->sum) &&
        take_text(json_object_get(document, "section"), plan->section, sizeof plan->section) &&
        take_arguments(json_object_get(document, "arguments"), plan);
    json_decref(document);
    if (whole)
        return 0;
    plan_file_free(plan);
    return error_set(error, path, "is not a plan of this version; begin anew without --resume");
}

void plan_file_free(struct plan_file *plan)
{
    for (int i = 0; i < plan->count; i++)
        free(plan->arguments[i]);
    free(plan->arguments);
    free(plan->directory);
    *plan = (struct plan_file){.count = 0};
}

int plan_file_check(const struct plan_file *plan, const struct machine_facts *now,
                    struct error *error)
{
    const struct machine_facts *then = &plan->machine;
    char sum[PLAN_SUM_LENGTH];
    if (strcmp(then->host, now->host) != 0 || strcmp(then->cpu, now->cpu) != 0)
        return error_set(error, "--resume",
                         "the benchmark was begun on another machine: %.60s (%.60s), and this is "
                         "%.60s (%.60s)",
                         then->host, then->cpu, now->host, now->cpu);
    if (then->cores != now->cores || then->threads != now->threads ||
        fabs(then->quota - now->quota) > 1e-6)
        return error_set(
            error, "--resume",
            "the benchmark was begun with %d cores, %d hardware threads and a quota of "
            "%g CPUs (0: none), and there are %d, %d and %g now",
            then->cores, then->threads, then->quota, now->cores, now->threads, now->quota);
    if (sum_of_program(sum, error) != 0)
        return -1;
    if (strcmp(sum, plan->sum) != 0)
        return error_set(error, "--resume",
                         "the benchmark was begun by another build of speedup; rounds of both are "
                         "no one measurement: begin anew");
    return 0;
}
