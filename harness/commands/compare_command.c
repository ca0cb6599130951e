/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/directory.h"
#include "harness/base/options.h"
#include "harness/commands/command.h"
#include "harness/report/compare.h"

enum option_number { OPTION_OUT = 256, OPTION_ALL };

static enum exit_code compare(char *const *directories, int count, const char *out, bool all,
                              struct error *error)
{
    struct comparison comparison;
    if (compare_open(&comparison, count, directories, error) != 0)
        return EXIT_CODE_FAILED;
    comparison.all = all;
    compare_print(&comparison, stdout);
    fflush(stdout);
    int failed = directory_create(out, error) != 0 || compare_draw(&comparison, out, error) != 0;
    compare_close(&comparison);
    if (failed)
        return EXIT_CODE_FAILED;
    printf("\n%s/compare.png\n%s/compare.svg\n%s/compare.csv\n", out, out, out);
    return EXIT_CODE_DONE;
}

static enum exit_code run(int argc, char **argv, struct error *error)
{
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP},
                                            {"all", no_argument, NULL, OPTION_ALL},
                                            {"out", required_argument, NULL, OPTION_OUT},
                                            {0}};
    const char *out = ".";
    bool all = false;
    int found;
    while ((found = options_next(argc, argv, options, error)) != OPTION_END) {
        if (found == OPTION_BAD)
            return EXIT_CODE_USAGE;
        if (found == OPTION_OUT)
            out = optarg;
        else
            all = true;
    }
    if (argc - optind < 2) {
        error_set(error, "compare", "takes two result directories or more; see --help");
        return EXIT_CODE_USAGE;
    }
    return compare(argv + optind, argc - optind, out, all, error);
}

const struct command compare_command = {
    .name = "compare",
    .summary = "several results (other machines, other students) in one table and graph",
    .help = "Usage: speedup compare [OPTION]... DIR DIR...\n\n"
            "Prints the results of several directories in one table, and draws their speedups\n"
            "against workers in one graph: compare.png, compare.svg and compare.csv.\n\n"
            "  --all     all strategies (of each result its best one)\n"
            "  --out .   where the graph goes\n",
    .run = run,
};
