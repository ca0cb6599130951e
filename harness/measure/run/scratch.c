/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/scratch.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/output.h"
#include "harness/base/process/leftovers.h"

/* The path of the file of one image, which is written where there is none yet; free() it. */
static int give_file(const struct scratch *scratch, int number, const struct image *image,
                     const char *file, char **given, struct error *error)
{
    char name[40], path[PATH_MAX];
    if (file) {
        /* Absolute, because programs on other machines may start elsewhere. */
        if (!realpath(file, path))
            return error_system(error, file, "cannot be found", errno);
    } else {
        snprintf(name, sizeof name, "image_%d.fits", number);
        if (output_path(path, scratch->directory, name, error) != 0 ||
            fits_write_image(path, image, error) != 0)
            return -1;
    }
    *given = strdup(path);
    return *given ? 0 : error_set(error, path, "no memory");
}

/* What the result of a file is called, and whose it is. */
struct result {
    char *path;
    const char *file;
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct result *)a)->path, ((const struct result *)b)->path);
}

/* Two files of one name in different directories have one result, and that will not do. */
static int check_results_differ(const struct scratch *scratch, struct error *error)
{
    char path[PATH_MAX];
    size_t count = (size_t)scratch->count;
    struct result *results = calloc(count, sizeof *results);
    int failed = results ? 0 : error_set(error, "files", "no memory");
    for (size_t i = 0; i < count && !failed; i++) {
        results[i].file = scratch->files[i];
        failed = file_task_result(scratch->files[i], scratch->directory, path, error);
        if (!failed && !(results[i].path = strdup(path)))
            failed = error_set(error, "files", "no memory");
    }
    if (!failed)
        qsort(results, count, sizeof *results, by_path);
    for (size_t i = 1; i < count && !failed; i++)
        if (by_path(&results[i - 1], &results[i]) == 0)
            failed =
                error_set(error, results[i].file, "has the same name as %s; so would their results",
                          results[i - 1].file);
    for (size_t i = 0; results && i < count; i++)
        free(results[i].path);
    free(results);
    return failed;
}

int scratch_create(struct scratch *scratch, const char *parent, int count,
                   const struct image *images, char *const *files, struct error *error)
{
    char absolute[PATH_MAX], name[64];
    snprintf(name, sizeof name, ".files-%ld-XXXXXX", (long)getpid()); /* see leftovers.h */
    *scratch = (struct scratch){.directory = ""};
    if (!realpath(parent, absolute))
        return error_system(error, parent, "cannot be found", errno);
    if (output_path(scratch->directory, absolute, name, error) != 0 ||
        !mkdtemp(scratch->directory)) {
        scratch->directory[0] = '\0';
        return error_system(error, parent, "no directory can be made in it", errno);
    }
    scratch->files = calloc((size_t)count, sizeof *scratch->files);
    if (!scratch->files)
        return error_set(error, "files", "no memory");
    for (; scratch->count < count; scratch->count++) {
        int i = scratch->count;
        if (give_file(scratch, i, &images[i], files ? files[i] : NULL, &scratch->files[i], error) !=
            0)
            return -1;
    }
    return check_results_differ(scratch, error);
}

void scratch_clear(const struct scratch *scratch, const struct workload *workload)
{
    char path[PATH_MAX];
    struct error ignored;
    for (int i = 0; *scratch->directory && i < workload->header->frames; i++)
        if (workload_result_path(workload, i, path, &ignored) == 0)
            remove(path);
}

int scratch_collect(const struct scratch *scratch, struct workload *workload, struct error *error)
{
    char path[PATH_MAX];
    for (int i = 0; *scratch->directory && i < workload->header->frames; i++) {
        struct image output = workload_output(workload, i), result;
        if (workload_result_path(workload, i, path, error) != 0 ||
            fits_read_image(path, &result, error) != 0)
            return -1;
        bool fits = result.ny == output.ny && result.nx == output.nx;
        if (fits)
            memcpy(output.pixels, result.pixels, image_bytes(output.ny, output.nx));
        image_destroy(&result);
        if (!fits)
            return error_set(error, path, "is of another shape than it should be");
    }
    return 0;
}

void scratch_destroy(struct scratch *scratch)
{
    for (int i = 0; i < scratch->count; i++)
        free(scratch->files[i]);
    free(scratch->files);
    scratch->files = NULL;
    scratch->count = 0;
    if (!*scratch->directory)
        return;
    /* With what a program that was killed has left in it, half-written. */
    leftovers_remove_directory(scratch->directory);
    scratch->directory[0] = '\0';
}
