/* speedup filter: FITS files, one after the other. What GNU parallel and MPI run many of. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "filters/filter.h"
#include "generator/fits.h"
#include "harness/command.h"
#include "harness/directory.h"
#include "harness/options.h"

struct settings {
    const struct filter *filter;
    struct filter_parameters parameters;
    const char *out;
    char **files;
    int count;
};

/* The name without directory, .gz or .fz, and .fits, .fit or .fts. */
static void base_name(const char *path, char *name, size_t size)
{
    static const char *const endings[] = {".gz", ".fz", ".fits", ".fit", ".fts"};
    const char *slash = strrchr(path, '/');
    snprintf(name, size, "%s", slash ? slash + 1 : path);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = strlen(name), ending = strlen(endings[i]);
        if (length > ending && strcmp(name + length - ending, endings[i]) == 0) {
            name[length - ending] = '\0';
            if (i >= 2)
                return;
        }
    }
}

static int result_path(const struct settings *settings, int i, char *path, struct error *error)
{
    char name[NAME_MAX + 1];
    base_name(settings->files[i], name, sizeof name);
    int length = snprintf(path, PATH_MAX, "%s/%s_filtered.fits", settings->out, name);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, settings->files[i], "the path of its result is too long");
    return 0;
}

/* No two files may have one result, and no file may be replaced by a result, its own or another's.
 * The second is asked of the file system: a file can have many names. */
static int check_results(const struct settings *settings, struct error *error)
{
    char path[PATH_MAX], other[PATH_MAX];
    struct stat input, output;
    for (int i = 0; i < settings->count; i++) {
        if (result_path(settings, i, path, error) != 0)
            return -1;
        int exists = stat(path, &output) == 0;
        for (int k = 0; k < settings->count; k++) {
            if (exists && stat(settings->files[k], &input) == 0 && input.st_dev == output.st_dev &&
                input.st_ino == output.st_ino)
                return error_set(error, settings->files[k],
                                 "would be replaced by the result of %s; choose another --out",
                                 settings->files[i]);
            if (k < i && result_path(settings, k, other, error) != 0)
                return -1;
            if (k < i && strcmp(path, other) == 0)
                return error_set(error, settings->files[i],
                                 "its result would replace that of %s: both are %s",
                                 settings->files[k], path);
        }
    }
    return 0;
}

static int filter_one(const struct settings *settings, void *workspace, int i, char *path,
                      struct error *error)
{
    struct image input, output = {0};
    char history[160];
    if (result_path(settings, i, path, error) != 0 ||
        fits_read_image(settings->files[i], &input, error) != 0)
        return -1;
    size_t ny = input.ny, nx = input.nx;
    if (settings->filter->output_shape)
        settings->filter->output_shape(input.ny, input.nx, &ny, &nx);
    snprintf(history, sizeof history, "speedup filter --filter %s --window %zu: %s",
             settings->filter->name, settings->parameters.window, settings->filter->summary);
    int failed = image_create(&output, ny, nx, error);
    if (!failed)
        failed = settings->filter->apply(workspace, &input, 0, ny, &output, error);
    if (!failed)
        failed = fits_write_filtered(path, &output, settings->files[i], history, error);
    image_destroy(&output);
    image_destroy(&input);
    return failed;
}

/* One file that fails does not keep the others from being done. */
static int filter_all(const struct settings *settings, struct error *error)
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

static int unknown_filter(const char *name, struct error *error)
{
    char names[ERROR_TEXT_MAX] = "highpass"; /* a second name, so not in the catalogue */
    for (size_t i = 0, used; filter_catalogue[i]; i++) {
        used = strlen(names);
        snprintf(names + used, sizeof names - used, ", %s", filter_catalogue[i]->name);
    }
    return error_set(error, "--filter", "'%s' is none of: %s", name, names);
}

static int read_settings(int argc, char **argv, struct settings *settings, struct error *error)
{
    enum { FILTER = 256, WINDOW, OUT };
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP},
                                            {"filter", required_argument, NULL, FILTER},
                                            {"window", required_argument, NULL, WINDOW},
                                            {"out", required_argument, NULL, OUT},
                                            {0}};
    long window = 50;
    const char *name = "highpass";
    int option, failed = 0;
    while (!failed && (option = options_next(argc, argv, options, error)) != OPTION_END)
        switch (option) {
        case FILTER:
            name = optarg;
            break;
        case WINDOW:
            failed = option_integer("--window", optarg, 1, 10000, &window, error);
            break;
        case OUT:
            settings->out = optarg;
            break;
        default:
            failed = -1;
        }
    if (failed)
        return -1;
    settings->filter = filter_find(name);
    if (!settings->filter)
        return unknown_filter(name, error);
    settings->parameters.window = (size_t)window;
    settings->files = argv + optind;
    settings->count = argc - optind;
    if (settings->count == 0)
        return error_set(error, "filter", "name at least one FITS file; see --help");
    return check_results(settings, error);
}

static enum exit_code run(int argc, char **argv, struct error *error)
{
    struct settings settings = {.out = "."};
    if (read_settings(argc, argv, &settings, error) != 0)
        return EXIT_CODE_USAGE;
    if (directory_create(settings.out, error) != 0 || fits_ready(error) != 0 ||
        filter_all(&settings, error) != 0)
        return EXIT_CODE_FAILED;
    return EXIT_CODE_DONE;
}

const struct command filter_command = {
    .name = "filter",
    .summary = "filter FITS files, one after the other",
    .help = "Usage: speedup filter [OPTION]... FILE...\n\n"
            "Filters the first image of each FITS file and writes DIR/<name>_filtered.fits as\n"
            "float64, with the header cards of the original. Prints the names of the results.\n\n"
            "  --filter NAME   what to compute (highpass; `speedup list` names all)\n"
            "  --window N      side of the median window, pixels (50)\n"
            "  --out DIR       directory to write into, made where it is missing (.)\n",
    .run = run,
};
