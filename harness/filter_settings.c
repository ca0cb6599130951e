#include "harness/filter_settings.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/file_task.h"
#include "harness/options.h"

int filter_settings_result(const struct filter_settings *settings, int i, char *path,
                           struct error *error)
{
    return file_task_result(settings->files[i], settings->out, path, error);
}

/* No two files may have one result, and no file may be its own. */
static int check_results(const struct filter_settings *settings, struct error *error)
{
    char path[PATH_MAX], other[PATH_MAX];
    struct stat input, output;
    for (int i = 0; i < settings->count; i++) {
        if (filter_settings_result(settings, i, path, error) != 0)
            return -1;
        for (int k = 0; k < i; k++) {
            if (filter_settings_result(settings, k, other, error) != 0)
                return -1;
            if (strcmp(path, other) == 0)
                return error_set(error, settings->files[i],
                                 "its result would replace that of %s: both are %s",
                                 settings->files[k], path);
        }
        if (stat(settings->files[i], &input) == 0 && stat(path, &output) == 0 &&
            input.st_dev == output.st_dev && input.st_ino == output.st_ino)
            return error_set(error, settings->files[i],
                             "would be replaced by its own result; "
                             "choose another --out");
    }
    return 0;
}

int filter_settings_read(struct filter_settings *settings, int argc, char **argv,
                         struct error *error)
{
    enum { FILTER = 256, WINDOW, OUT, LOG };
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP},
                                            {"filter", required_argument, NULL, FILTER},
                                            {"window", required_argument, NULL, WINDOW},
                                            {"out", required_argument, NULL, OUT},
                                            {"log", no_argument, NULL, LOG},
                                            {0}};
    long window = 50;
    *settings = (struct filter_settings){.out = "."};
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
        case LOG:
            settings->log = 1;
            break;
        default:
            failed = -1;
        }
    if (failed)
        return -1;
    settings->filter = filter_find(name);
    if (!settings->filter)
        return error_set(error, "--filter", "'%s' is not known; `speedup list` names what there is",
                         name);
    settings->parameters.window = (size_t)window;
    settings->files = argv + optind;
    settings->count = argc - optind;
    if (settings->count == 0)
        return error_set(error, "filter", "name at least one FITS file; see --help");
    return check_results(settings, error);
}
