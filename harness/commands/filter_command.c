/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup filter: FITS files, one after the other. What GNU parallel and MPI run many of. */
#include <errno.h>
#include <limits.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/directory.h"
#include "harness/commands/command.h"
#include "harness/commands/program/filter_settings.h"

static int filter_one(const struct filter_settings *settings, void *workspace, int i, char *path,
                      struct error *error)
{
    if (filter_settings_result(settings, i, path, error) != 0 ||
        filter_settings_check_old(settings, i, path, error) != 0)
        return -1;
    return file_task_run_apart(settings->filter, &settings->parameters, workspace,
                               settings->files[i], path, error);
}

/* One file that fails does not keep the others from being done. */
static int filter_all(const struct filter_settings *settings, struct error *error)
{
    char path[PATH_MAX];
    int failures = 0;
    struct error last;
    void *workspace = settings->filter->create(&settings->parameters, error);
    if (!workspace)
        return -1;
    for (int i = 0; i < settings->count; i++) {
        if (filter_one(settings, workspace, i, path, &last) == 0) {
            puts(path);
            continue;
        }
        if (failures++ > 0)
            fprintf(stderr, "speedup: %s\n", error->text); /* main() prints the last one */
        *error = last;
    }
    settings->filter->destroy(workspace);
    return failures ? -1 : 0;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    struct filter_settings *settings = given;
    errno = 0;
    if (filter_settings_take(settings, line, error) != 0)
        return command_refused();
    if (directory_create(settings->out, error) != 0 || fits_ready(error) != 0 ||
        filter_all(settings, error) != 0)
        return EXIT_CODE_FAILED;
    return EXIT_CODE_DONE;
}

const struct command filter_command = {
    .name = "filter",
    .summary = "filter FITS files, one after the other",
    .arguments = "[OPTION]... FILE...",
    .about = "Filters the first image of each FITS file and writes DIR/<name>_filtered.fits as "
             "float64, with the header cards of the original. Prints the names of the results.",
    .options = filter_options,
    .settings_bytes = sizeof(struct filter_settings),
    .operands_at_least = 1,
    .operands_at_most = OPERANDS_ANY,
    .wants = "name at least one FITS file",
    .run = run,
};
