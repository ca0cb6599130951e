/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/output.h"

static int give_file(struct scratch *scratch, struct frame *frame, int number,
                     const struct image *image, const char *file, struct error *error)
{
    char name[40];
    if (file) {
        /* Absolute, because programs on other machines may start elsewhere. */
        if (!realpath(file, frame->file))
            return error_system(error, file, "cannot be found", errno);
        return 0;
    }
    snprintf(name, sizeof name, "image_%d.fits", number);
    if (output_path(frame->file, scratch->directory, name, error) != 0)
        return -1;
    return fits_write_image(frame->file, image, error);
}

int scratch_create(struct scratch *scratch, const char *parent, struct workload *workload,
                   const struct image *images, char *const *files, struct error *error)
{
    char absolute[PATH_MAX];
    *scratch = (struct scratch){.directory = ""};
    if (!realpath(parent, absolute))
        return error_system(error, parent, "cannot be found", errno);
    if (output_path(scratch->directory, absolute, ".files-XXXXXX", error) != 0 ||
        !mkdtemp(scratch->directory)) {
        scratch->directory[0] = '\0';
        return error_system(error, parent, "no directory can be made in it", errno);
    }
    strcpy(workload->header->result_directory, scratch->directory);
    for (int i = 0; i < workload->header->frames; i++) {
        struct frame *frame = &workload->frames[i];
        if (give_file(scratch, frame, i, images ? &images[i] : NULL, files ? files[i] : NULL,
                      error) != 0 ||
            file_task_result(frame->file, scratch->directory, frame->result, error) != 0)
            return -1;
        for (int k = 0; k < i; k++)
            if (strcmp(frame->result, workload->frames[k].result) == 0)
                return error_set(error, frame->file,
                                 "has the same name as %s; so would their "
                                 "results",
                                 workload->frames[k].file);
    }
    return 0;
}

void scratch_clear(const struct scratch *scratch, const struct workload *workload)
{
    for (int i = 0; *scratch->directory && i < workload->header->frames; i++)
        if (*workload->frames[i].result)
            remove(workload->frames[i].result);
}

int scratch_collect(const struct scratch *scratch, struct workload *workload, struct error *error)
{
    for (int i = 0; *scratch->directory && i < workload->header->frames; i++) {
        struct image output = workload_output(workload, i), result;
        const char *path = workload->frames[i].result;
        if (fits_read_image(path, &result, error) != 0)
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

/* A program that was killed leaves a half-written file under a name of its own. */
static void remove_all(const char *directory)
{
    char path[PATH_MAX];
    struct error ignored;
    DIR *names = opendir(directory);
    for (struct dirent *entry; names && (entry = readdir(names));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            output_path(path, directory, entry->d_name, &ignored) == 0)
            remove(path);
    if (names)
        closedir(names);
}

void scratch_destroy(struct scratch *scratch)
{
    if (!*scratch->directory)
        return;
    remove_all(scratch->directory);
    rmdir(scratch->directory);
    scratch->directory[0] = '\0';
}
