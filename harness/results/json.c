/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/json.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/results/field.h"

/* ---- writing: every function returns a new value, NULL where there is no memory ---- */

/* A text may come from a command line, and so be no UTF-8, which JSON has to be. */
static json_t *make_text(const char *text)
{
    json_t *value = json_string(text);
    if (value)
        return value;
    char *ascii = strdup(text); /* what is cut in the middle of a character is none, either */
    for (char *at = ascii; at && *at; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    value = ascii ? json_string(ascii) : NULL;
    free(ascii);
    return value;
}

/* Numbers go by way of the text that CSV has, so that both files have the same digits. */
static json_t *make_field(const struct column *column, const struct machine_facts *machine,
                          const void *row)
{
    char text[FIELD_LENGTH];
    field_format(column, machine, row, text);
    switch (column->kind) {
    case COLUMN_NAME:
    case COLUMN_TEXT:
        return make_text(field_text(column, machine, row));
    case COLUMN_WORD:
        return json_string(text);
    case COLUMN_NUMBER:
        return *text ? json_real(strtod(text, NULL)) : json_null();
    default:
        return *text ? json_integer(strtoll(text, NULL, 10)) : json_null();
    }
}

/* An object of the file's columns that are, or are not, of the machine. */
static json_t *make_object(const struct column_file *file, bool of_machine,
                           const struct machine_facts *machine, const void *row)
{
    json_t *object = json_object();
    int failed = !object;
    for (size_t i = 0; i < file->count && !failed; i++) {
        const struct column *column = &file->columns[i];
        if (column->kind != COLUMN_SCHEMA && column->of_machine == of_machine)
            failed = json_object_set_new(object, column->name, make_field(column, machine, row));
    }
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *make_warnings(const struct warnings *warnings)
{
    json_t *array = json_array();
    int failed = !array;
    for (int i = 0; i < warnings->count && !failed; i++)
        failed = json_array_append_new(array, make_text(warnings->text[i]));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *make_machine(const struct machine_facts *machine)
{
    json_t *object = make_object(&summary_file, true, machine, NULL);
    int failed = !object;
    for (int i = 0; i < MACHINE_TEXTS && !failed; i++)
        failed =
            json_object_set_new(object, machine_text_names[i], make_text(machine_text(machine, i)));
    if (!failed)
        failed = json_object_set_new(object, "warnings", make_warnings(&machine->warnings));
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

/* What `file` has of each summary; where it is of the losses, only of those that are known. */
static json_t *make_rows(const struct column_file *file, const struct result_set *set)
{
    json_t *array = json_array();
    int failed = !array;
    for (size_t i = 0; i < set->count && !failed; i++)
        if (file != &losses_file || !isnan(set->summaries[i].losses.gap))
            failed =
                json_array_append_new(array, make_object(file, false, NULL, &set->summaries[i]));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *make_document(const struct result_set *set)
{
    json_t *document = json_object();
    if (json_object_set_new(document, "schema", json_integer(COLUMNS_SCHEMA)) == 0 &&
        json_object_set_new(document, "verdict", make_text(set->machine.verdict)) == 0 &&
        json_object_set_new(document, "machine", make_machine(&set->machine)) == 0 &&
        json_object_set_new(document, "summary", make_rows(&summary_file, set)) == 0 &&
        json_object_set_new(document, "losses", make_rows(&losses_file, set)) == 0)
        return document;
    json_decref(document);
    return NULL;
}

int json_write(const char *directory, const struct result_set *set, struct error *error)
{
    return json_write_file(make_document(set), directory, JSON_FILE, error);
}

/* Writing takes memory, too. What the disk has no room for the stream remembers, and
 * output_commit() says so. */
int json_write_file(json_t *document, const char *directory, const char *name, struct error *error)
{
    struct output output;
    if (!document)
        return error_set(error, name, "no memory to write it");
    int failed = output_open(&output, directory, name, error);
    if (!failed) {
        bool whole =
            json_dumpf(document, output.stream, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) == 0;
        fputc('\n', output.stream);
        if (whole || ferror(output.stream)) {
            failed = output_commit(&output, error);
        } else {
            output_discard(&output);
            failed = error_set(error, name, "no memory to write it");
        }
    }
    json_decref(document);
    return failed;
}

/* ---- reading ---- */

/* The member from the value: by way of its text, which is checked as one of a CSV file is. */
static int take_field(const struct column *column, const json_t *object,
                      struct machine_facts *machine, void *row, struct error *why)
{
    const json_t *value = json_object_get(object, column->name);
    bool is_text =
        column->kind == COLUMN_NAME || column->kind == COLUMN_TEXT || column->kind == COLUMN_WORD;
    char number[FIELD_LENGTH] = "";
    const char *text = number;
    if (!value && !column->later)
        return error_set(why, column->name, "is missing");
    if (value && !json_is_null(value) &&
        (is_text ? !json_is_string(value) : !json_is_number(value)))
        return error_set(why, column->name, "is not %s", is_text ? "a text" : "a number");
    if (json_is_string(value))
        text = json_string_value(value);
    else if (json_is_integer(value))
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        snprintf(number, sizeof number, "%.17g", json_real_value(value));
    return field_parse(column, text, machine, row, why);
}

static int take_object(bool of_machine, const json_t *object, struct machine_facts *machine,
                       void *row, struct error *why)
{
    for (size_t i = 0; i < summary_file.count; i++) {
        const struct column *column = &summary_file.columns[i];
        if (column->kind != COLUMN_SCHEMA && column->of_machine == of_machine &&
            take_field(column, object, machine, row, why) != 0)
            return -1;
    }
    return 0;
}

/* A text for people: "" where it is missing or none, and with no control characters, which JSON can
 * have and terminals obey. */
static void take_text(const json_t *value, char text[MACHINE_TEXT_LENGTH])
{
    snprintf(text, MACHINE_TEXT_LENGTH, "%s",
             json_is_string(value) ? json_string_value(value) : "");
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
}

static void take_texts(const json_t *object, struct machine_facts *machine)
{
    const json_t *warnings = json_object_get(object, "warnings");
    char text[MACHINE_TEXT_LENGTH];
    for (int i = 0; i < MACHINE_TEXTS; i++) {
        take_text(json_object_get(object, machine_text_names[i]), text);
        machine_set_text(machine, i, text);
    }
    for (size_t i = 0; i < json_array_size(warnings) && i < WARNINGS_AT_MOST; i++) {
        take_text(json_array_get(warnings, i), text);
        snprintf(machine->warnings.text[machine->warnings.count++], WARNING_LENGTH, "%.*s",
                 WARNING_LENGTH - 1, text);
    }
}

static int take_document(const json_t *document, const char *path, struct result_set *set,
                         struct error *error)
{
    const json_t *schema = json_object_get(document, "schema");
    const json_t *machine = json_object_get(document, "machine");
    const json_t *summaries = json_object_get(document, "summary");
    struct error why;
    if (!json_is_integer(schema) || json_integer_value(schema) != COLUMNS_SCHEMA)
        return error_set(error, path, "its schema is not %d: it is not a result of this version",
                         COLUMNS_SCHEMA);
    if (!json_is_object(machine) || json_array_size(summaries) == 0)
        return error_set(error, path, "has no machine or no summary");
    if (take_object(true, machine, &set->machine, NULL, &why) != 0)
        return error_set(error, path, "machine: %s", why.text);
    take_texts(machine, &set->machine);
    if (result_set_create(set, json_array_size(summaries), error) != 0)
        return -1;
    for (size_t i = 0; i < set->count; i++)
        if (take_object(false, json_array_get(summaries, i), NULL, &set->summaries[i], &why) != 0) {
            result_set_destroy(set);
            return error_set(error, path, "summary %zu: %s", i + 1, why.text);
        }
    return 0;
}

int json_read(const char *path, struct result_set *set, struct error *error)
{
    json_error_t problem;
    *set = (struct result_set){.count = 0};
    FILE *file = fopen(path, "r");
    if (!file)
        return error_system(error, path, "cannot be read", errno);
    json_t *document = json_loadf(file, JSON_REJECT_DUPLICATES, &problem);
    fclose(file);
    if (!document)
        return error_set(error, path, "line %d is not JSON: %s", problem.line, problem.text);
    int failed = take_document(document, path, set, error);
    json_decref(document);
    return failed;
}
