/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/options.h"
#include "harness/commands/command.h"
#include "harness/machine/topology.h"

static enum exit_code run(int argc, char **argv, struct error *error)
{
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP}, {0}};
    struct topology topology;
    if (options_next(argc, argv, options, error) == OPTION_BAD)
        return EXIT_CODE_USAGE;
    if (optind < argc) {
        error_set(error, argv[optind], "topology takes no arguments; see --help");
        return EXIT_CODE_USAGE;
    }
    if (topology_load(&topology, NULL, error) != 0)
        return EXIT_CODE_FAILED;
    topology_print(&topology, stdout);
    topology_destroy(&topology);
    return EXIT_CODE_DONE;
}

const struct command topology_command = {
    .name = "topology",
    .summary = "what the machine has and what this process may use",
    .help = "Usage: speedup topology\n\n"
            "Prints packages, cores, hardware threads, core kinds, caches, NUMA nodes and memory\n"
            "as hwloc sees them, which of them this process may use, and the CPU quota of the\n"
            "container, if any.\n",
    .run = run,
};
