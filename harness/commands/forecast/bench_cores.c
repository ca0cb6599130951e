/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/forecast/bench_cores.h"

#include <stdio.h>

#include "harness/measure/cores/measure_cores.h"

/* Not for a command; and who asks for fewer rounds than an interval takes wants to be done soon. */
static bool is_worth_it(const struct bench *bench)
{
    const struct bench_options *options = &bench->options;
    bool few = options->rounds > 0 && options->rounds < SAMPLES_FOR_INTERVAL;
    return !few && !options->command && bench->topology.threads > 1;
}

/* Workers go to those cores first that the system calls the fast ones. */
static void warn(const struct core_speeds *speeds, struct warnings *warnings)
{
    for (int k = 1; k < speeds->kinds; k++)
        if (speeds->kind[k].measured && speeds->kind[k].speed > 1.1)
            warnings_add(warnings,
                         "the system puts the slower cores first: %d cores are %.2f times as fast "
                         "as those that the first workers get",
                         speeds->kind[k].cores, speeds->kind[k].speed);
}

int bench_cores(struct bench *bench, struct machine_model *model, struct error *error)
{
    struct machine_facts *facts = &bench->set.machine;
    struct core_speeds speeds;
    char text[CORE_SPEEDS_TEXT];
    core_speeds_assume(&bench->topology, &speeds);
    if (is_worth_it(bench)) {
        const struct core_probe probe = {
            &bench->topology, filter_find(bench->options.config.filter),
            &bench->options.config.parameters, &bench->inputs.images[0]};
        if (cores_measure(&probe, &speeds, error) != 0)
            return -1;
    }
    warn(&speeds, &facts->warnings);
    core_speeds_text(&speeds, text);
    snprintf(facts->core_speeds, sizeof facts->core_speeds, "%s", text);
    core_speeds_sentence(&speeds, text);
    if (*text && !bench->section)
        printf("This machine: %s.\n", text);
    return model_of_speeds(model, &speeds, bench->topology.quota, error);
}
