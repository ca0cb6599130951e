/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/command.h"
#include "harness/machine/topology.h"

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    (void)settings, (void)line;
    struct topology topology;
    if (topology_load(&topology, NULL, error) != 0)
        return EXIT_CODE_FAILED;
    topology_print(&topology, stdout);
    topology_destroy(&topology);
    return EXIT_CODE_DONE;
}

const struct command topology_command = {
    .name = "topology",
    .summary = "what the machine has and what this process may use",
    .about = "Prints packages, cores, hardware threads, core kinds, caches, NUMA nodes and "
             "memory as hwloc sees them, which of them this process may use, and the CPU quota "
             "of the container, if any.",
    .run = run,
};
