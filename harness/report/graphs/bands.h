/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies behind the points of the speedup graph: the band of the forecast that was made before
 * measuring, and the line of what the machine allows. */
#ifndef HARNESS_REPORT_GRAPHS_BANDS_H
#define HARNESS_REPORT_GRAPHS_BANDS_H

#include <stddef.h>
#include <stdio.h>

#include "harness/results/columns.h"

/* Adds to settings.gp:
 *
 *     speedup_band       1 where there is a band
 *     speedup_band_name  what the key calls it
 *     $speedup_band      workers, low, high; in rising order of workers
 *
 * The rows may be in any order; a band takes two numbers of workers at least. 0, or -1 with *error
 * set: no memory. */
int bands_write(FILE *settings, const struct forecast_row *rows, size_t count, struct error *error);

/* Adds, where the machine allows less than counting does (cores_limit()):
 *
 *     speedup_machine   1
 *     $speedup_machine  workers, what the machine allows; in rising order of workers
 *
 * 0, or -1 with *error set: no memory. */
int bands_write_machine(FILE *settings, const struct result_set *set, struct error *error);

#endif
