/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of filters and strategies on a command line; a wrong one is answered with the nearest
 * that there is. */
#ifndef HARNESS_COMMANDS_PROGRAM_NAMES_H
#define HARNESS_COMMANDS_PROGRAM_NAMES_H

#include "filters/filter.h"
#include "harness/base/error.h"
#include "strategies/strategy.h"

/* The filter, or the strategy, of this name. NULL with *error set, about `option` ("--filter"),
 * where there is none. */
const struct filter *names_filter(const char *option, const char *name, struct error *error);
const struct strategy *names_strategy(const char *option, const char *name, struct error *error);

#endif
