/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/program/names.h"

#include "harness/base/commandline/nearest.h"

static const char REMEDY[] = "`speedup list` names all";

const struct filter *names_filter(const char *option, const char *name, struct error *error)
{
    const struct filter *filter = filter_find(name);
    if (!filter) {
        struct nearest nearest = nearest_to(name);
        nearest_offer(&nearest, "highpass"); /* a second name, so not in the catalogue */
        for (size_t i = 0; filter_catalogue[i]; i++)
            nearest_offer(&nearest, filter_catalogue[i]->name);
        nearest_error(&nearest, error, option, REMEDY);
    }
    return filter;
}

const struct strategy *names_strategy(const char *option, const char *name, struct error *error)
{
    const struct strategy *strategy = strategy_find(name);
    if (!strategy) {
        struct nearest nearest = nearest_to(name);
        for (size_t i = 0; strategy_catalogue[i]; i++)
            nearest_offer(&nearest, strategy_catalogue[i]->name);
        nearest_error(&nearest, error, option, REMEDY);
    }
    return strategy;
}
