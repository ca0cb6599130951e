/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of one configuration, kept until they are summarised (summarise.h). */
#ifndef HARNESS_MEASURE_SAMPLES_H
#define HARNESS_MEASURE_SAMPLES_H

#include "harness/base/error.h"
#include "harness/measure/config.h"
#include "harness/measure/forecast/model.h"
#include "harness/measure/run/workload.h"
#include "harness/measure/summary.h"

struct samples {
    struct setup setup;
    double ceiling, operations; /* NaN where they are not known; of all tasks */
    double machine_ceiling;     /* what the machine allows, too; the same */
    enum run_status status;     /* RUN_OK until a run was not; then that run's */
    int count, capacity;        /* good runs */
    struct run_figures *figures;
    double *task_s;       /* of each good run: what its tasks took, added up */
    double *task_cpu_s;   /* and the CPU time of their threads; NaN: not known */
    double *task_queue_s; /* and the time that these were ready and had no core; NaN: not known */
    struct task_time **traces; /* of each good run; NULL where it was let go of */
    int traces_kept, traces_at_most;
    long peak_memory_kib; /* of all processes of a watched run together; 0: not known */
};

/* Makes room for `capacity` runs of the configuration that the workload is prepared for, on this machine
 * (NULL: it is not known). 0, or -1 with *error set. */
int samples_create(struct samples *samples, const struct workload *workload,
                   const struct machine_model *machine, int capacity, struct error *error);

/* Legal on a struct of zeros. */
void samples_destroy(struct samples *samples);

/* Takes the figures and the times of the tasks of the run that the workload has just seen, or, if
 * it was no good, its status. With many tasks (a million) it keeps the times only of those runs
 * that are nearest to the median so far, two at least. 0, or -1 with *error set: no memory. */
int samples_add(struct samples *samples, const struct workload *workload,
                const struct run_result *result, struct error *error);

/* Of all tasks of a run: what is in task_s, task_cpu_s and task_queue_s. */
struct task_sums {
    double wall_s, cpu_s, queue_s;
};

/* Takes what is known of a good run: of an earlier process, say. `trace` is setup.tasks times from
 * malloc(), taken over; NULL: not known. 0, or -1 with *error set. */
int samples_put(struct samples *samples, const struct run_figures *figures,
                const struct task_sums *sums, struct task_time *trace, struct error *error);

/* Forgets all good runs after the first `count`. */
void samples_forget(struct samples *samples, int count);

/* The first `rounds` good runs, the one of those whose times were kept that took nearest to
 * `median_s`; -1 where there is none. */
int samples_median_run(const struct samples *samples, int rounds, double median_s);

/* What is known of one run, of this configuration, good or not. `round` counts from 1. */
struct run_record samples_record(const struct samples *samples, int round,
                                 const struct run_result *result);

#endif
