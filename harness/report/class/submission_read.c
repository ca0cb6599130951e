/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/class/submission.h"

static const double LARGEST = 1e9; /* of all numbers: none that is right comes near */

/* The whole file; NULL with *error set. To be freed. */
static char *read_bytes(const char *path, size_t *length, struct error *error)
{
    FILE *file = fopen(path, "r");
    char *text = file ? malloc(SUBMISSION_READ_AT_MOST + 1) : NULL;
    if (!file) {
        error_system(error, path, "cannot be read", errno);
        return NULL;
    }
    if (!text) {
        error_set(error, path, "no memory to read it");
        goto failed;
    }
    *length = fread(text, 1, SUBMISSION_READ_AT_MOST + 1, file);
    if (ferror(file)) {
        error_system(error, path, "cannot be read", errno);
        goto failed;
    }
    fclose(file);
    return text;
failed:
    free(text);
    fclose(file);
    return NULL;
}

/* Control characters, which terminals obey, become question marks. A text that is too long is cut,
 * but not within a character. */
static int take_text(const json_t *object, const char *name, char *text, size_t size,
                     struct error *why)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return error_set(why, name, "is no text");
    const char *whole = json_string_value(value);
    size_t length = strlen(whole);
    if (length >= size)
        for (length = size - 1; length > 0 && ((unsigned char)whole[length] & 0xc0) == 0x80;)
            length--;
    memcpy(text, whole, length);
    text[length] = '\0';
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
    return 0;
}

static int take_integer(const json_t *object, const char *name, int least, int *number,
                        struct error *why)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > (json_int_t)LARGEST)
        return error_set(why, name, "is no whole number from %d to %.0f", least, LARGEST);
    *number = (int)json_integer_value(value);
    return 0;
}

/* null becomes NaN, where `or_null` allows it. */
static int take_number(const json_t *object, const char *name, bool or_null, double least,
                       double *number, struct error *why)
{
    const json_t *value = json_object_get(object, name);
    *number = json_is_number(value) ? json_number_value(value) : (double)NAN;
    if (json_is_null(value) && or_null)
        return 0;
    if (!(*number >= least && *number <= LARGEST))
        return error_set(why, name, "is no number from %g to %g", least, LARGEST);
    return 0;
}

static int take_machine(const json_t *machine, struct entry *entry, struct error *why)
{
    return take_text(machine, "cpu", entry->cpu, sizeof entry->cpu, why) != 0 ||
                   take_text(machine, "system", entry->system, sizeof entry->system, why) != 0 ||
                   take_text(machine, "core_kinds", entry->kinds, sizeof entry->kinds, why) != 0 ||
                   take_integer(machine, "cores", 1, &entry->cores, why) != 0 ||
                   take_integer(machine, "threads", 1, &entry->threads, why) != 0 ||
                   take_number(machine, "quota", true, 0, &entry->quota, why) != 0
               ? -1
               : 0;
}

static int take_work(const json_t *work, struct entry *entry, struct error *why)
{
    return take_text(work, "filter", entry->filter, sizeof entry->filter, why) != 0 ||
                   take_integer(work, "images", 0, &entry->images, why) != 0 ||
                   take_integer(work, "ny", 0, &entry->ny, why) != 0 ||
                   take_integer(work, "nx", 0, &entry->nx, why) != 0 ||
                   take_integer(work, "window", 0, &entry->window, why) != 0 ||
                   take_integer(work, "tasks", 0, &entry->tasks, why) != 0
               ? -1
               : 0;
}

static int take_point(const json_t *object, struct entry_point *point, struct error *why)
{
    struct estimate *s = &point->speedup;
    if (take_integer(object, "workers", 1, &point->workers, why) != 0 ||
        take_text(object, "strategy", point->strategy, sizeof point->strategy, why) != 0 ||
        take_number(object, "wall_s", false, 1e-9, &point->wall_s, why) != 0 ||
        take_number(object, "speedup", false, 1e-9, &s->value, why) != 0 ||
        take_number(object, "speedup_low", true, 0, &s->low, why) != 0 ||
        take_number(object, "speedup_high", true, 0, &s->high, why) != 0)
        return -1;
    if (s->low > s->value || s->high < s->value)
        return error_set(why, "speedup", "%g is outside of its interval", s->value);
    return 0;
}

static int take_points(const json_t *array, struct entry *entry, struct error *why)
{
    if (!json_is_array(array) || json_array_size(array) > ENTRY_POINTS)
        return error_set(why, "speedups", "is no list of up to %d", ENTRY_POINTS);
    for (; entry->count < (int)json_array_size(array); entry->count++)
        if (take_point(json_array_get(array, (size_t)entry->count), &entry->points[entry->count],
                       why) != 0)
            return -1;
    entry_settle(entry);
    for (int i = 1; i < entry->count; i++)
        if (entry->points[i].workers == entry->points[i - 1].workers)
            return error_set(why, "speedups", "has %d workers twice", entry->points[i].workers);
    return 0;
}

static int take_document(const json_t *document, struct entry *entry, struct error *why)
{
    if (take_text(document, "name", entry->name, sizeof entry->name, why) != 0 ||
        take_text(document, "date", entry->date, sizeof entry->date, why) != 0 ||
        take_text(document, "version", entry->version, sizeof entry->version, why) != 0 ||
        take_text(document, "verdict", entry->verdict, sizeof entry->verdict, why) != 0 ||
        take_machine(json_object_get(document, "machine"), entry, why) != 0 ||
        take_work(json_object_get(document, "work"), entry, why) != 0 ||
        take_number(document, "t0_s", true, 0, &entry->t0_s, why) != 0 ||
        take_points(json_object_get(document, "speedups"), entry, why) != 0)
        return -1;
    entry->wrong_results = json_is_true(json_object_get(document, "wrong_results"));
    entry->anyway = json_is_true(json_object_get(document, "posted_anyway"));
    return *entry->name ? 0 : error_set(why, "name", "is empty");
}

int submission_read(const char *path, struct entry *entry, struct error *error)
{
    json_error_t problem;
    struct error why;
    size_t length;
    char *text = read_bytes(path, &length, error);
    if (!text)
        return -1;
    json_t *document = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);
    free(text);
    *entry = (struct entry){.count = 0};
    if (!document && length > SUBMISSION_READ_AT_MOST)
        return 0; /* a whole result may be so large */
    if (!document)
        return error_set(error, path, "line %d is not JSON: %s", problem.line, problem.text);
    const json_t *schema = json_object_get(document, "submission");
    int found = schema ? 1 : 0;
    if (schema && !(json_is_integer(schema) && json_integer_value(schema) == SUBMISSION_SCHEMA))
        found = error_set(error, path, "is a submission of another version of this program");
    else if (schema && take_document(document, entry, &why) != 0)
        found = error_set(error, path, "%s", why.text);
    json_decref(document);
    if (found == 1)
        entry_judge(entry);
    return found;
}
