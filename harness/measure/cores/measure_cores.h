/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast is each kind of core, and what does the second thread of a core add? Measured with the
 * filter itself, on pieces of one image, in about a second: each kind alone, both threads of a core
 * together, all cores at once, one core beside a stream (stream.h); in turns, and the medians count. */
#ifndef HARNESS_MEASURE_CORES_MEASURE_CORES_H
#define HARNESS_MEASURE_CORES_MEASURE_CORES_H

#include "filters/filter.h"
#include "harness/base/error.h"
#include "harness/machine/cores/core_speeds.h"

struct core_probe {
    const struct topology *topology;
    const struct filter *filter;
    const struct filter_parameters *parameters;
    const struct image *input;
};

/* Fills in the speeds that the places in *speeds (core_speeds_assume()) allow, and says that they are
 * measured. Leaves all as it is where workers cannot be bound, where the filter waits, has threads of
 * its own (a BLAS), or takes longer than a tenth of a second for a row. 0, or -1 with *error set: no
 * memory, no thread, the filter failed. */
int cores_measure(const struct core_probe *probe, struct core_speeds *speeds, struct error *error);

#endif
