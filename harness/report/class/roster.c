/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/roster.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/report/class/submission.h"
#include "harness/results/json.h"
#include "harness/results/results.h"

static int no_memory(struct error *error)
{
    return error_set(error, "compare", "no memory for so many machines");
}

/* `why` is an error's text, which names the file. */
static int skip(struct roster *roster, const char *path, const char *why, struct error *error)
{
    if (roster->skipped_count == roster->skipped_room) {
        size_t room = 2 * roster->skipped_room + 16;
        struct skipped *more = realloc(roster->skipped, room * sizeof *more);
        if (!more)
            return no_memory(error);
        roster->skipped = more;
        roster->skipped_room = room;
    }
    struct skipped *one = &roster->skipped[roster->skipped_count];
    *one = (struct skipped){.file = strdup(path), .why = strdup(why)};
    roster->skipped_count++;
    return one->file && one->why ? 0 : no_memory(error);
}

static int add_entry(struct roster *roster, const struct entry *entry, struct error *error)
{
    if (roster->count == roster->room) {
        size_t room = roster->room + roster->room / 2 + 64;
        struct entry *more = realloc(roster->entries, room * sizeof *more);
        if (!more)
            return no_memory(error);
        roster->entries = more;
        roster->room = room;
    }
    roster->entries[roster->count++] = *entry;
    return 0;
}

/* Whether a part of a path is the same for everybody. */
static bool is_usual(const char *part, size_t length)
{
    static const char *const usual[] = {"results", "build", "summary.csv", "speedup.json"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (strlen(usual[i]) == length && strncmp(part, usual[i], length) == 0)
            return true;
    return false;
}

/* "anna" for anna, class/anna/, anna/build/results and anna/summary.csv: the last part of the path
 * that is not the usual one. Where there is none, the whole path. */
static void name_of(const char *path, char *name, size_t size)
{
    size_t start;
    for (size_t end = strlen(path); end > 1; end = start) {
        while (end > 1 && path[end - 1] == '/')
            end--;
        for (start = end; start > 0 && path[start - 1] != '/';)
            start--;
        if (!is_usual(path + start, end - start)) {
            snprintf(name, size, "%.*s", (int)(end - start), path + start);
            return;
        }
    }
    snprintf(name, size, "%s", path);
}

static int add_result(struct roster *roster, const char *path, struct result_set *set,
                      const char *directory, struct error *error)
{
    struct entry entry;
    char name[ENTRY_TEXT];
    name_of(path, name, sizeof name);
    int failed = entry_make(&entry, name, set, directory, error);
    result_set_destroy(set);
    return failed ? -1 : add_entry(roster, &entry, error);
}

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), its = strlen(ending);
    return length > its && strcmp(path + length - its, ending) == 0;
}

static int add_json(struct roster *roster, const char *path, struct error *error)
{
    struct result_set set;
    struct entry entry;
    struct error why;
    int found = submission_read(path, &entry, &why);
    if (found == 1)
        return add_entry(roster, &entry, error);
    if (found == 0 && json_read(path, &set, &why) == 0)
        return add_result(roster, path, &set, NULL, error);
    return skip(roster, path, why.text, error);
}

static int add_csv(struct roster *roster, const char *path, struct error *error)
{
    struct result_set set;
    struct error why;
    if (results_read_summary(path, &set, &why) != 0)
        return skip(roster, path, why.text, error);
    return add_result(roster, path, &set, NULL, error);
}

static bool has(const char *directory, const char *name)
{
    char path[PATH_MAX];
    struct error none;
    return output_path(path, directory, name, &none) == 0 && access(path, F_OK) == 0;
}

static int add_directory(struct roster *roster, const char *path, struct error *error)
{
    struct result_set set;
    struct error why;
    if (results_read(path, &set, &why) != 0)
        return skip(roster, path, why.text, error);
    return add_result(roster, path, &set, path, error);
}

/* What a directory of many has under this name. */
static int add_member(struct roster *roster, const char *directory, const char *name,
                      struct error *error)
{
    char path[PATH_MAX];
    struct stat status;
    struct error why;
    if (name[0] == '.')
        return 0;
    if (output_path(path, directory, name, &why) != 0)
        return skip(roster, name, why.text, error);
    bool is_json = ends_in(name, ".json"), is_there = stat(path, &status) == 0;
    if (is_there && S_ISDIR(status.st_mode))
        return has(path, summary_file.name) ? add_directory(roster, path, error) : 0;
    if (!is_json && !ends_in(name, ".csv"))
        return 0;
    if (is_there && !S_ISREG(status.st_mode)) { /* a pipe, which perhaps nobody writes into */
        error_set(&why, path, "is no file");
        return skip(roster, path, why.text, error);
    }
    return is_json ? add_json(roster, path, error) : add_csv(roster, path, error);
}

static int add_all_of(struct roster *roster, const char *path, struct error *error)
{
    struct dirent **names;
    struct error why;
    int count = scandir(path, &names, NULL, alphasort), failed = 0;
    if (count < 0) {
        error_system(&why, path, "cannot be read", errno);
        return skip(roster, path, why.text, error);
    }
    size_t before = roster->count + roster->skipped_count;
    for (int i = 0; i < count; i++) {
        if (!failed)
            failed = add_member(roster, path, names[i]->d_name, error);
        free(names[i]);
    }
    free(names);
    if (!failed && roster->count + roster->skipped_count == before) {
        error_set(&why, path, "has no summary.csv, and no results in it");
        return skip(roster, path, why.text, error);
    }
    return failed;
}

int roster_add(struct roster *roster, const char *path, struct error *error)
{
    struct stat status;
    struct error why;
    if (stat(path, &status) != 0) {
        error_system(&why, path, "cannot be read", errno);
        return skip(roster, path, why.text, error);
    }
    if (S_ISDIR(status.st_mode))
        return has(path, summary_file.name) || has(path, runs_file.name)
                   ? add_directory(roster, path, error)
                   : add_all_of(roster, path, error);
    return ends_in(path, ".json") ? add_json(roster, path, error) : add_csv(roster, path, error);
}

static bool same_work(const struct entry *a, const struct entry *b)
{
    return strcmp(a->filter, b->filter) == 0 && a->images == b->images && a->ny == b->ny &&
           a->nx == b->nx && a->window == b->window && a->tasks == b->tasks;
}

static int compare_work(const void *one, const void *other)
{
    const struct entry *a = *(const struct entry *const *)one,
                       *b = *(const struct entry *const *)other;
    const int left[] = {a->images, a->ny, a->nx, a->window, a->tasks},
              right[] = {b->images, b->ny, b->nx, b->window, b->tasks};
    int order = strcmp(a->filter, b->filter);
    for (size_t i = 0; i < sizeof left / sizeof left[0] && order == 0; i++)
        order = (left[i] > right[i]) - (left[i] < right[i]);
    return order ? order : (a > b) - (a < b);
}

void roster_settle(struct roster *roster)
{
    const struct entry **sorted = calloc(roster->count + 1, sizeof *sorted), *usual = NULL;
    size_t most = 0;
    if (!sorted)
        return; /* then nothing is known about the others' work, as with one machine */
    for (size_t i = 0; i < roster->count; i++)
        sorted[i] = &roster->entries[i];
    qsort(sorted, roster->count, sizeof *sorted, compare_work);
    for (size_t first = 0, end; first < roster->count; first = end) {
        for (end = first; end < roster->count && same_work(sorted[first], sorted[end]);)
            end++;
        if (end - first > most) {
            most = end - first;
            usual = sorted[first];
        }
    }
    for (size_t i = 0; i < roster->count; i++) {
        struct entry *entry = &roster->entries[i];
        if (entry->state != ENTRY_FIT || same_work(entry, usual))
            continue;
        entry->state = ENTRY_OTHER_WORK;
        char work[ENTRY_TEXT];
        entry_work(entry, work);
        snprintf(entry->why, sizeof entry->why, "%s, window %d, %d tasks", work, entry->window,
                 entry->tasks);
    }
    free(sorted);
}

const struct entry *roster_find(const struct roster *roster, const char *name)
{
    for (size_t i = 0; i < roster->count; i++)
        if (strcmp(roster->entries[i].name, name) == 0)
            return &roster->entries[i];
    return NULL;
}

void roster_free(struct roster *roster)
{
    for (size_t i = 0; i < roster->skipped_count; i++) {
        free(roster->skipped[i].file);
        free(roster->skipped[i].why);
    }
    free(roster->skipped);
    free(roster->entries);
    *roster = (struct roster){.count = 0};
}
