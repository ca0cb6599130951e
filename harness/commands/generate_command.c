/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup generate: fake images as FITS files. */
#include <limits.h>
#include <stdint.h>

#include "generator/fits.h"
#include "harness/base/directory.h"
#include "harness/base/options.h"
#include "harness/commands/command.h"
#include "harness/commands/production.h"

struct settings {
    size_t count, ny, nx;
    uint32_t seed;
    const char *out;
    size_t workers; /* 0: as many as there is room for */
};

static int file_path(const struct settings *settings, size_t i, char path[PATH_MAX],
                     struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/fake_%zux%zu_%zu.fits", settings->out, settings->ny,
                          settings->nx, i);
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

static const char help[] =
    "Usage: speedup generate [OPTION]...\n\n"
    "Writes fake images as float64 FITS files, fake_{rows}x{columns}_{i}.fits, and prints their\n"
    "names. Image i is the one that NumPy makes of seed SEED + i.\n\n"
    "  --count N       number of images, i from 0 to N - 1 (25)\n"
    "  --size NYxNX    rows x columns of each image (1000x1000)\n"
    "  --seed SEED     seed of image 0, a whole number from 0 to 4294967295 (1)\n"
    "  --out DIR       directory to write into, made where it is missing (.)\n"
    "  --workers N     threads to work with (one for each processor that may be used)\n"
    "  --help          this text\n";

static int read_settings(int argc, char **argv, struct settings *settings, struct error *error)
{
    enum { COUNT = 256, SIZE, SEED, OUT, WORKERS };
    static const struct option options[] = {
        {"count", required_argument, NULL, COUNT},     {"size", required_argument, NULL, SIZE},
        {"seed", required_argument, NULL, SEED},       {"out", required_argument, NULL, OUT},
        {"workers", required_argument, NULL, WORKERS}, {NULL, 0, NULL, 0},
    };
    const long count_at_most = 1000000, workers_at_most = 4096;
    const long seed_at_most = sizeof(long) > 4 ? (long)UINT32_MAX : LONG_MAX;
    int option, failed = 0;
    long value;

    while (!failed && (option = options_next(argc, argv, options, error)) != OPTION_END)
        switch (option) {
        case COUNT:
            failed = option_integer("--count", optarg, 1, count_at_most, &value, error);
            settings->count = (size_t)value;
            break;
        case SIZE:
            failed = option_size("--size", optarg, &settings->ny, &settings->nx, error);
            break;
        case SEED:
            failed = option_integer("--seed", optarg, 0, seed_at_most, &value, error);
            settings->seed = (uint32_t)value;
            break;
        case OUT:
            settings->out = optarg;
            break;
        case WORKERS:
            failed = option_integer("--workers", optarg, 1, workers_at_most, &value, error);
            settings->workers = (size_t)value;
            break;
        default:
            failed = -1;
        }
    if (failed)
        return -1;
    if (optind < argc)
        return error_set(error, argv[optind], "generate takes options only; see --help");
    if (!*settings->out)
        return error_set(error, "--out", "needs the name of a directory");
    if (settings->count - 1 > UINT32_MAX - settings->seed)
        return error_set(error, "--seed", "%lu + %zu is more than the largest seed, %lu",
                         (unsigned long)settings->seed, settings->count - 1,
                         (unsigned long)UINT32_MAX);
    return 0;
}

static enum exit_code run(int argc, char **argv, struct error *error)
{
    struct settings settings = {.count = 25, .ny = 1000, .nx = 1000, .seed = 1, .out = "."};
    char path[PATH_MAX];

    if (read_settings(argc, argv, &settings, error) != 0)
        return EXIT_CODE_USAGE;
    if (directory_create(settings.out, error) != 0)
        return EXIT_CODE_FAILED;

    struct production production = {.count = settings.count,
                                    .ny = settings.ny,
                                    .nx = settings.nx,
                                    .seed = settings.seed,
                                    .workers = settings.workers,
                                    .take = write_image,
                                    .context = &settings};
    if (fits_ready(error) != 0 || production_run(&production, error) != 0)
        return EXIT_CODE_FAILED;
    for (size_t i = 0; i < settings.count; i++) {
        if (file_path(&settings, i, path, error) != 0)
            return EXIT_CODE_FAILED;
        puts(path);
    }
    return EXIT_CODE_DONE;
}

const struct command generate_command = {
    .name = "generate",
    .summary = "write fake images as FITS files",
    .help = help,
    .run = run,
};
