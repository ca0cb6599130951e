/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of one configuration, kept until they are summarised. */
#ifndef HARNESS_MEASURE_SAMPLES_H
#define HARNESS_MEASURE_SAMPLES_H

#include "harness/base/error.h"
#include "harness/measure/config.h"
#include "harness/measure/run/workload.h"
#include "harness/results/results.h"

struct samples {
    struct row_key key;
    int images;
    double ceiling;
    int *frame_of;               /* key.tasks: the frame that each task is a part of */
    enum run_status status;      /* RUN_OK until a run was not; then that run's */
    int count, capacity;         /* good runs */
    struct run_figures *figures; /* of each good run */
    long peak_memory_kib;        /* of all processes of a watched run together; 0: not known */
    double *began_s;             /* when it began, clock_seconds() */
    struct stamp *stamps;        /* key.tasks of each good run, one run after the other */
};

/* Makes room for `capacity` runs of the configuration that the workload is prepared for. 0, or -1
 * with *error set. */
int samples_create(struct samples *samples, const struct workload *workload, int capacity,
                   struct error *error);
void samples_destroy(struct samples *samples);

/* Takes the figures and stamps of the run that the workload has just seen, or, if it was no good,
 * its status. */
void samples_add(struct samples *samples, const struct workload *workload,
                 const struct run_result *result);

/* Summarises the first `rounds` runs of each of `count` configurations against those of samples[0],
 * the serial one, and writes summaries and traces. *failures becomes the number of configurations
 * that are not all right. */
void samples_summarise(const struct samples *samples, int count, int rounds,
                       struct results *results, int *failures);

#endif
