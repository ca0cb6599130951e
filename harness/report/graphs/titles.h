/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the data in every graph: titles, captions, and the marks of the machine. */
#ifndef HARNESS_REPORT_GRAPHS_TITLES_H
#define HARNESS_REPORT_GRAPHS_TITLES_H

#include <stdio.h>

#include "harness/machine/topology.h"
#include "harness/measure/summary.h"

/* Adds to settings.gp the variables that plots/style.gp lists. */
void titles_write(FILE *settings, const struct result_set *set);

/* The same for a command that was watched; `watched` is set, too. */
void titles_write_watched(FILE *settings, const char *command, const struct topology *topology);

#endif
