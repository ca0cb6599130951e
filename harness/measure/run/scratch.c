/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/scratch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/process/leftovers.h"
#include "harness/measure/run/workload_check.h"

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
static int check_results_differ(const struct scratch *scratch, size_t count, char *const *files,
                                struct error *error)
{
    char path[PATH_MAX];
    struct result *results = calloc(count, sizeof *results);
    int failed = results ? 0 : error_set(error, "files", "no memory");
    for (size_t i = 0; i < count && !failed; i++) {
        results[i].file = files[i];
        failed = file_task_result(files[i], scratch->directory, path, error);
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

int scratch_create(struct scratch *scratch, const char *parent, int count, char *const *files,
                   struct error *error)
{
    *scratch = (struct scratch){.directory = ""};
    if (leftovers_make_directory(parent, scratch->directory, error) != 0 ||
        leftovers_make_directory(parent, scratch->reference, error) != 0)
        return -1;
    return check_results_differ(scratch, (size_t)count, files, error);
}

int scratch_clear(const struct scratch *scratch, const struct workload *workload,
                  struct error *error)
{
    char path[PATH_MAX];
    for (int i = 0; *scratch->directory && i < workload->header->frames; i++) {
        if (workload_result_path(workload, i, path, error) != 0)
            return -1;
        if (remove(path) != 0 && errno != ENOENT)
            return error_system(error, path, "cannot be removed", errno);
    }
    return 0;
}

/* The result of a frame in the last run, of the shape that it should have. */
static int read_result(const struct workload *workload, int frame, struct image *image,
                       struct error *error)
{
    char path[PATH_MAX];
    const struct frame *shape = &workload->frames[frame];
    if (workload_result_path(workload, frame, path, error) != 0 ||
        fits_read_image(path, image, error) != 0)
        return -1;
    if (image->ny == shape->output_ny && image->nx == shape->output_nx)
        return 0;
    image_destroy(image);
    return error_set(error, path, "is of another shape than it should be");
}

int scratch_keep_reference(const struct scratch *scratch, const struct workload *workload,
                           struct error *error)
{
    char from[PATH_MAX], to[PATH_MAX];
    struct image result;
    for (int i = 0; i < workload->header->frames; i++) {
        if (read_result(workload, i, &result, error) != 0)
            return -1;
        image_destroy(&result);
        if (workload_result_path(workload, i, from, error) != 0 ||
            file_task_result(workload_file(workload, i), scratch->reference, to, error) != 0)
            return -1;
        if (rename(from, to) != 0)
            return error_system(error, to, "cannot be written", errno);
    }
    return 0;
}

int scratch_read_reference(const struct scratch *scratch, const struct workload *workload,
                           int frame, struct image *image, struct error *error)
{
    char path[PATH_MAX];
    if (file_task_result(workload_file(workload, frame), scratch->reference, path, error) != 0)
        return -1;
    return fits_read_image(path, image, error);
}

/* Only what is not the same to the last bit asks for a tolerance, and only then is the input read. */
static int check_pair(const struct workload *workload, const struct filter *filter, int frame,
                      const struct image *output, const struct image *expected, struct error *error)
{
    struct image input;
    double tolerance = 0;
    if (memcmp(output->pixels, expected->pixels, image_bytes(output->ny, output->nx)) == 0)
        return 0;
    if (filter->tolerance) {
        if (fits_read_image_apart(workload_file(workload, frame), &input, error) != 0)
            return -1;
        tolerance = filter->tolerance(&input, expected);
        image_destroy(&input);
    }
    return workload_check_output(output, expected, tolerance, frame, error);
}

int scratch_check(const struct scratch *scratch, const struct workload *workload,
                  const struct filter *filter, struct error *error)
{
    for (int i = 0; i < workload->header->frames; i++) {
        struct image output = {0}, expected = {0};
        if (interrupt_signal())
            return error_set(error, "interrupted", "while results were checked");
        int failed = read_result(workload, i, &output, error) != 0 ||
                     scratch_read_reference(scratch, workload, i, &expected, error) != 0 ||
                     check_pair(workload, filter, i, &output, &expected, error) != 0;
        image_destroy(&output);
        image_destroy(&expected);
        if (failed)
            return -1;
    }
    return 0;
}

/* What a program that was killed has left half-written goes, too. */
void scratch_destroy(struct scratch *scratch)
{
    leftovers_remove_directory(scratch->directory);
    leftovers_remove_directory(scratch->reference);
    *scratch = (struct scratch){.directory = ""};
}
