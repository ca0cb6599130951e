/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine as far as a forecast needs it: places for workers, in the order in which they are taken,
 * and how fast each is. */
#ifndef HARNESS_MEASURE_FORECAST_MODEL_H
#define HARNESS_MEASURE_FORECAST_MODEL_H

#include <stddef.h>

#include "harness/base/error.h"
#include "harness/machine/cores/core_speeds.h"
#include "harness/machine/topology.h"

struct model_place {
    int core;     /* two places of one core share it */
    double speed; /* of a worker that has the core to itself; the first kind has 1 */
};

struct machine_model {
    /* First threads of fast cores, then of slow ones, then second threads. */
    struct model_place *places;
    int count;                 /* of places */
    int cores;                 /* that they are on */
    struct core_speeds speeds; /* what the places were made from */
    double quota;              /* CPUs that may be busy at a time; 0: no limit */
};

/* A machine of these cores. 0, or -1 with *error set. */
int model_of_speeds(struct machine_model *model, const struct core_speeds *speeds, double quota,
                    struct error *error);

/* This machine, with speeds that are assumed. 0, or -1 with *error set. */
int model_of_topology(struct machine_model *model, const struct topology *topology,
                      struct error *error);

/* A machine in words: "4" cores; "2x32x2" packages, cores of each, hardware threads of each core;
 * "8P+16E" fast and slow cores; an XML file of hwloc ("machine.xml"); or what hwloc calls synthetic
 * ("pack:2 core:8 pu:2"). 0, or -1 with *error set, which names `option`. */
int model_of_text(struct machine_model *model, const char *option, const char *text,
                  struct error *error);

/* The same as hwloc's synthetic description, which knows no kinds of cores. Other texts stay as they
 * are. */
void model_synthetic_text(const char *text, char *synthetic, size_t size);

/* Sets *error for a text that is no machine. Returns -1. */
int model_text_error(const char *option, const char *text, struct error *error);

/* The best speedup that this machine allows for `count` tasks of these weights on so many workers,
 * compared with one worker on a core of the first kind: the counting of statistics_ceiling(), on
 * cores as fast as they are, whose second threads add what they add, and no more of them at a time
 * than a quota allows. Each bound is one that no strategy can break. NaN with no tasks, or no
 * memory. */
double model_ceiling(const struct machine_model *model, const double *weights, size_t count,
                     int workers);

/* Legal on a struct of zeros. */
void model_destroy(struct machine_model *model);

#endif
