/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/command/result_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/measure/command/move_file.h"

/* What lay there before, and what the serial run wrote. */
static const char ORIGINAL[] = "original", REFERENCE[] = "reference";
/* Once this is there, what lies in the user's places is the command's and no longer the user's. */
static const char TAKEN[] = "/taken", OURS[] = ".results-";

static int put_aside_path(const struct result_files *files, const char *what, int task,
                          char path[PATH_MAX], struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s-%d", files->directory, what, task);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, files->directory, "the path is too long");
    return 0;
}

static int mark_path(const struct result_files *files, char path[PATH_MAX], struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s%s", files->directory, TAKEN);
    return length < PATH_MAX ? 0 : error_set(error, files->directory, "the path is too long");
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static int check_distinct(char *const *paths, int count, struct error *error)
{
    size_t number = (size_t)count;
    char **sorted = calloc(number ? number : 1, sizeof *sorted);
    int failed = 0;
    if (!sorted)
        return error_set(error, "--result", "no memory for %d names", count);
    memcpy(sorted, paths, number * sizeof *sorted);
    qsort(sorted, number, sizeof *sorted, compare_paths);
    for (size_t i = 1; i < number && !failed; i++)
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            failed = error_set(error, sorted[i],
                               "several tasks would write this file; name the task in --result, "
                               "by {/.} or {#}");
    free(sorted);
    return failed;
}

static bool folder_exists(const char *path)
{
    char folder[PATH_MAX];
    struct stat info;
    int length = snprintf(folder, sizeof folder, "%s", path);
    char *slash = length < PATH_MAX ? strrchr(folder, '/') : NULL;
    if (!slash || slash == folder)
        return true;
    *slash = '\0';
    return stat(folder, &info) == 0;
}

/* Looks before anything is moved, so that an error leaves everything as it was. */
static int look(struct result_files *files, bool overwrite, struct error *error)
{
    for (int i = 0; i < files->count; i++) {
        struct stat info;
        files->had_folder[i] = folder_exists(files->paths[i]);
        if (lstat(files->paths[i], &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode))
            return error_set(error, files->paths[i], "is a directory; --result is to name a file");
        if (!overwrite)
            return error_set(error, files->paths[i],
                             "is there already; move it away, or allow --overwrite");
        files->had_original[i] = true;
    }
    return 0;
}

static int put_originals_aside(struct result_files *files, struct error *error)
{
    char aside[PATH_MAX];
    for (; files->taken_over < files->count; files->taken_over++) {
        int i = files->taken_over;
        if (files->had_original[i] && (put_aside_path(files, ORIGINAL, i, aside, error) != 0 ||
                                       move_file(files->paths[i], aside, error) != 0))
            return -1;
    }
    if (mark_path(files, aside, error) != 0)
        return -1;
    int mark = open(aside, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (mark < 0 || close(mark) != 0)
        return error_system(error, aside, "cannot be written", errno);
    return 0;
}

int result_files_create(struct result_files *files, char **paths, int count, bool overwrite,
                        const char *parent, struct error *error)
{
    size_t number = count > 0 ? (size_t)count : 1;
    *files = (struct result_files){.count = count,
                                   .paths = paths,
                                   .had_original = calloc(number, sizeof(bool)),
                                   .had_folder = calloc(number, sizeof(bool))};
    if (!files->had_original || !files->had_folder)
        return error_set(error, "--result", "no memory for %d names", count);
    if (check_distinct(paths, count, error) != 0 || look(files, overwrite, error) != 0)
        return -1;
    char directory[PATH_MAX];
    int length = snprintf(directory, sizeof directory, "%s/%sXXXXXX", parent, OURS);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, parent, "the path is too long");
    if (!mkdtemp(directory))
        return error_system(error, parent, "cannot make a directory in it", errno);
    strcpy(files->directory, directory);
    return put_originals_aside(files, error);
}

int result_files_clear(const struct result_files *files, struct error *error)
{
    for (int i = 0; i < files->count; i++)
        if (unlink(files->paths[i]) != 0 && errno != ENOENT && errno != ENOTDIR)
            return error_system(error, files->paths[i], "cannot be removed", errno);
    return 0;
}

static int not_written(const struct result_files *files, int task, struct error *error)
{
    char what[32];
    snprintf(what, sizeof what, "task %d", task);
    return error_set(error, what, "%s was not written", files->paths[task]);
}

int result_files_keep_reference(struct result_files *files, struct error *error)
{
    char aside[PATH_MAX];
    for (int i = 0; i < files->count; i++)
        if (access(files->paths[i], F_OK) != 0)
            return not_written(files, i, error);
    for (int i = 0; i < files->count; i++)
        if (put_aside_path(files, REFERENCE, i, aside, error) != 0 ||
            move_file(files->paths[i], aside, error) != 0)
            return -1;
    files->has_reference = true;
    return 0;
}

int result_files_check(const struct result_files *files, result_compare *compare, void *context,
                       struct error *error)
{
    char reference[PATH_MAX], what[32];
    struct error why = {""};
    for (int i = 0; i < files->count; i++) {
        if (access(files->paths[i], F_OK) != 0)
            return not_written(files, i, error);
        if (put_aside_path(files, REFERENCE, i, reference, error) != 0)
            return -1;
        if (compare(context, reference, files->paths[i], &why) != 0) {
            snprintf(what, sizeof what, "task %d", i);
            return error_set(error, what, "%s", why.text);
        }
    }
    return 0;
}

/* Moves the file of one task to its place, from where `what` was put aside. */
static int put_back(const struct result_files *files, const char *what, int task,
                    struct error *error)
{
    char aside[PATH_MAX];
    if (put_aside_path(files, what, task, aside, error) != 0)
        return -1;
    return access(aside, F_OK) == 0 ? move_file(aside, files->paths[task], error) : 0;
}

/* A folder that only a command of ours has made goes with what was in it; rmdir() spares others. */
static void remove_folder(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash && slash != folder) {
        *slash = '\0';
        rmdir(folder);
    }
}

static int finish_one(const struct result_files *files, int task, struct error *error)
{
    char original[PATH_MAX], reference[PATH_MAX];
    if (put_aside_path(files, ORIGINAL, task, original, error) != 0 ||
        put_aside_path(files, REFERENCE, task, reference, error) != 0)
        return -1;
    if (files->has_reference) {
        if (put_back(files, REFERENCE, task, error) != 0)
            return -1;
        unlink(original); /* it was allowed to be overwritten, and now it is */
        return 0;
    }
    unlink(reference); /* of a run that was not finished */
    unlink(files->paths[task]);
    if (files->had_original[task])
        return put_back(files, ORIGINAL, task, error);
    if (!files->had_folder[task])
        remove_folder(files->paths[task]);
    return 0;
}

static void remove_mark(const struct result_files *files)
{
    char mark[PATH_MAX];
    struct error ignored;
    if (mark_path(files, mark, &ignored) == 0)
        unlink(mark);
}

int result_files_finish(struct result_files *files, struct error *error)
{
    int failed = 0;
    struct error why = {""};
    for (int i = 0; i < files->taken_over; i++)
        if (finish_one(files, i, &why) != 0)
            failed = -1;
    if (*files->directory && !failed)
        remove_mark(files);
    if (*files->directory && rmdir(files->directory) != 0 && !failed) {
        failed = -1;
        error_system(&why, files->directory, "cannot be removed", errno);
    }
    if (failed)
        error_set(error, files->directory,
                  "holds results that could not be moved to their places; %s", why.text);
    for (int i = 0; files->paths && i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
    free(files->had_original);
    free(files->had_folder);
    *files = (struct result_files){.count = 0};
    return failed;
}

static int recover_from(struct result_files *files, struct error *error)
{
    char aside[PATH_MAX];
    bool taken = mark_path(files, aside, error) == 0 && access(aside, F_OK) == 0;
    for (int i = 0; i < files->count; i++) {
        if (put_aside_path(files, REFERENCE, i, aside, error) != 0)
            return -1;
        unlink(aside);
        if (taken)
            unlink(files->paths[i]);
        if (put_back(files, ORIGINAL, i, error) != 0)
            return -1;
    }
    remove_mark(files);
    if (rmdir(files->directory) != 0)
        return error_system(error, files->directory, "cannot be removed", errno);
    return 0;
}

int result_files_recover(char **paths, int count, const char *parent, struct error *error)
{
    struct result_files files = {.count = count, .paths = paths};
    struct dirent *entry;
    int failed = 0;
    DIR *directory = opendir(parent);
    if (!directory)
        return error_system(error, parent, "cannot be read", errno);
    while (!failed && (entry = readdir(directory))) {
        if (strncmp(entry->d_name, OURS, sizeof OURS - 1) != 0)
            continue;
        int length =
            snprintf(files.directory, sizeof files.directory, "%s/%s", parent, entry->d_name);
        failed = length < (int)sizeof files.directory
                     ? recover_from(&files, error)
                     : error_set(error, parent, "the path is too long");
    }
    closedir(directory);
    return failed;
}

int result_files_same_bytes(void *context, const char *reference, const char *result,
                            struct error *error)
{
    char expected[8192], got[8192];
    (void)context;
    FILE *left = fopen(reference, "rb"), *right = left ? fopen(result, "rb") : NULL;
    int failed = right ? 0 : error_system(error, result, "cannot be compared", errno);
    for (size_t at = 0, more = 1; !failed && more > 0; at += more) {
        more = fread(expected, 1, sizeof expected, left);
        size_t read = fread(got, 1, sizeof got, right), i = 0;
        while (i < more && i < read && expected[i] == got[i])
            i++;
        if (ferror(left) || ferror(right))
            failed = error_system(error, result, "cannot be compared", errno);
        else if (i < more || i < read)
            failed = error_set(error, result, "differs from the serial run's in byte %zu", at + i);
    }
    if (left)
        fclose(left);
    if (right)
        fclose(right);
    return failed;
}
