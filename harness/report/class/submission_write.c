/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/class/submission.h"

int submission_check_name(const char *name, struct error *error)
{
    const size_t longest = 40;
    json_t *utf8 = json_string(name);
    bool good = utf8 && *name && strlen(name) <= longest && !strchr("._-", *name);
    json_decref(utf8);
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < 0x80 && !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                                                 "XYZ0123456789._-",
                                                 *at))
            good = false;
    if (good)
        return 0;
    return error_set(error, "--name",
                     "a nickname is up to %zu letters, digits, dots and dashes, as in ada-7",
                     longest);
}

/* Each of these adds a member, and returns 0, or -1 when there is no memory; a sum of them is 0
 * when all went well. */
static int add_text(json_t *object, const char *name, const char *text)
{
    char ascii[512];
    json_t *value = json_string(text); /* NULL, too, for what is no UTF-8, which JSON has to be */
    snprintf(ascii, sizeof ascii, "%s", text);
    for (char *at = ascii; *at; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    return json_object_set_new(object, name, value ? value : json_string(ascii));
}

static int add_number(json_t *object, const char *name, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.6g", value);
    return json_object_set_new(object, name,
                               isfinite(value) ? json_real(strtod(text, NULL)) : json_null());
}

static int add_integer(json_t *object, const char *name, int value)
{
    return json_object_set_new(object, name, json_integer(value));
}

static json_t *make_machine(const struct entry *entry)
{
    json_t *machine = json_object();
    int failed = add_text(machine, "cpu", entry->cpu) + add_text(machine, "system", entry->system) +
                 add_text(machine, "core_kinds", entry->kinds) +
                 add_integer(machine, "cores", entry->cores) +
                 add_integer(machine, "threads", entry->threads) +
                 add_number(machine, "quota", entry->quota);
    if (!failed)
        return machine;
    json_decref(machine);
    return NULL;
}

static json_t *make_work(const struct entry *entry)
{
    json_t *work = json_object();
    int failed = add_text(work, "filter", entry->filter) +
                 add_integer(work, "images", entry->images) + add_integer(work, "ny", entry->ny) +
                 add_integer(work, "nx", entry->nx) + add_integer(work, "window", entry->window) +
                 add_integer(work, "tasks", entry->tasks);
    if (!failed)
        return work;
    json_decref(work);
    return NULL;
}

static json_t *make_point(const struct entry_point *point)
{
    json_t *object = json_object();
    int failed = add_integer(object, "workers", point->workers) +
                 add_text(object, "strategy", point->strategy) +
                 add_number(object, "wall_s", point->wall_s) +
                 add_number(object, "speedup", point->speedup.value) +
                 add_number(object, "speedup_low", point->speedup.low) +
                 add_number(object, "speedup_high", point->speedup.high);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *make_points(const struct entry *entry)
{
    json_t *array = json_array();
    int failed = !array;
    for (int i = 0; i < entry->count && !failed; i++)
        failed = json_array_append_new(array, make_point(&entry->points[i]));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *make_losses(const struct entry *entry)
{
    const struct losses *losses = &entry->losses;
    if (!entry->has_losses)
        return json_null();
    json_t *object = json_object();
    int failed = add_number(object, "speedup", losses->speedup) +
                 add_number(object, "gap", losses->gap) +
                 add_number(object, "counting", losses->counting) +
                 add_number(object, "uneven", losses->uneven) +
                 add_number(object, "handout", losses->handout) +
                 add_number(object, "start_stop", losses->start_stop) +
                 add_number(object, "waiting", losses->waiting) +
                 add_number(object, "taken_away", losses->taken_away) +
                 add_number(object, "slower_tasks", losses->slower_tasks) +
                 add_number(object, "rest", losses->rest);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *make_document(const struct entry *entry, const char *host, const char *command)
{
    json_t *document = json_object();
    int failed =
        add_integer(document, "submission", SUBMISSION_SCHEMA) +
        add_text(document, "name", entry->name) + add_text(document, "date", entry->date) +
        add_text(document, "version", entry->version) +
        json_object_set_new(document, "machine", make_machine(entry)) +
        json_object_set_new(document, "work", make_work(entry)) +
        add_number(document, "t0_s", entry->t0_s) + add_number(document, "tp_s", entry_tp(entry)) +
        json_object_set_new(document, "speedups", make_points(entry)) +
        json_object_set_new(document, "losses", make_losses(entry)) +
        json_object_set_new(document, "wrong_results", json_boolean(entry->wrong_results)) +
        add_text(document, "verdict", *entry->verdict ? entry->verdict : "") +
        json_object_set_new(document, "fit_to_post", json_boolean(entry->state == ENTRY_FIT)) +
        add_text(document, "why_not", entry->why) +
        json_object_set_new(document, "posted_anyway", json_boolean(entry->anyway));
    if (host && command)
        failed += add_text(document, "host", host) + add_text(document, "command", command);
    if (!failed)
        return document;
    json_decref(document);
    return NULL;
}

int submission_write(const struct entry *entry, const char *host, const char *command,
                     const char *directory, struct error *error)
{
    char name[ENTRY_TEXT + sizeof SUBMISSION_ENDING];
    struct output output;
    json_t *document = make_document(entry, host, command);
    char *text = document ? json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(6)) : NULL;
    int failed = -1;
    snprintf(name, sizeof name, "%s%s", entry->name, SUBMISSION_ENDING);
    if (!text) {
        error_set(error, name, "no memory to write it");
    } else if (strlen(text) + 1 > SUBMISSION_BYTES) {
        error_set(error, name, "would have %zu bytes, and a submission has at most %d",
                  strlen(text) + 1, SUBMISSION_BYTES);
    } else if ((failed = output_open(&output, directory, name, error)) == 0) {
        fprintf(output.stream, "%s\n", text);
        failed = output_commit(&output, error);
    }
    free(text);
    json_decref(document);
    return failed;
}
