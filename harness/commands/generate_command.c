/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup generate: fake images as FITS files. */
#include <limits.h>
#include <stdint.h>

#include "generator/fits.h"
#include "harness/base/directory.h"
#include "harness/base/process/interrupt.h"
#include "harness/commands/command.h"
#include "harness/commands/inputs/production.h"

struct settings {
    uint32_t count, seed, workers; /* workers: 0 for as many as there is room for */
    struct option_size size;
    const char *out;
};

static int file_path(const struct settings *settings, size_t i, char path[PATH_MAX],
                     struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/fake_%zux%zu_%zu.fits", settings->out,
                          settings->size.ny, settings->size.nx, i);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, settings->out, "the name of this directory is too long");
    return 0;
}

static int write_image(void *context, size_t i, const struct image *image, struct error *error)
{
    char path[PATH_MAX];
    if (file_path(context, i, path, error) != 0)
        return -1;
    return fits_write_image(path, image, error);
}

static const struct option_row options[] = {
    {"count", "N", "25", "number of images, i from 0 to N - 1", OPTION_INTEGER,
     OPTION_INTO(struct settings, count), .minimum = 1, .maximum = 1000000},
    {"size", "NYxNX", "1000x1000", "rows x columns of each image", OPTION_SIZE,
     OPTION_INTO(struct settings, size)},
    {"seed", "SEED", "1", "seed of image 0, a whole number from 0 to 4294967295", OPTION_INTEGER,
     OPTION_INTO(struct settings, seed), .maximum = UINT32_MAX},
    {"out", "DIR", ".", "directory to write into, made where it is missing", OPTION_TEXT,
     OPTION_INTO(struct settings, out)},
    {"workers", "N", NULL, "threads to work with", OPTION_INTEGER,
     OPTION_INTO(struct settings, workers), .minimum = 1, .maximum = 4096,
     .otherwise = "one for each processor that may be used"},
    {0},
};

static int check(const struct settings *settings, struct error *error)
{
    if (settings->count - 1 > UINT32_MAX - settings->seed)
        return error_set(error, "--seed", "%lu + %lu is more than the largest seed, %lu",
                         (unsigned long)settings->seed, (unsigned long)settings->count - 1,
                         (unsigned long)UINT32_MAX);
    return 0;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    struct settings *settings = given;
    char path[PATH_MAX];

    (void)line;
    if (check(settings, error) != 0)
        return EXIT_CODE_USAGE;
    if (interrupt_catch(error) != 0 || directory_create(settings->out, error) != 0)
        return EXIT_CODE_FAILED;

    struct production production = {.count = settings->count,
                                    .ny = settings->size.ny,
                                    .nx = settings->size.nx,
                                    .seed = settings->seed,
                                    .workers = settings->workers,
                                    .take = write_image,
                                    .context = settings};
    if (fits_ready(error) != 0 || production_run(&production, error) != 0)
        return EXIT_CODE_FAILED;
    for (size_t i = 0; i < settings->count; i++) {
        if (file_path(settings, i, path, error) != 0)
            return EXIT_CODE_FAILED;
        puts(path);
    }
    return EXIT_CODE_DONE;
}

const struct command generate_command = {
    .name = "generate",
    .summary = "write fake images as FITS files",
    .arguments = "[OPTION]...",
    .about = "Writes fake images as float64 FITS files, fake_{rows}x{columns}_{i}.fits, and "
             "prints their names. Image i is the one that NumPy makes from seed SEED + i.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .run = run,
};
