/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is measured: one configuration is one row of summary.csv, one run of it one row of runs.csv.
 *
 * struct config and struct run_figures are of fixed size and without pointers, because they travel
 * through shared memory between the benchmark and the process that does the run. */
#ifndef HARNESS_MEASURE_CONFIG_H
#define HARNESS_MEASURE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "filters/filter.h"
#include "harness/base/error.h"

enum { NAME_MAX_LENGTH = 32 };

enum grain { GRAIN_IMAGE, GRAIN_BAND };
enum io_mode { IO_MEMORY, IO_FILES };
enum bind_mode { BIND_CORES, BIND_NONE };
enum lock_mode { LOCK_NONE, LOCK_HELD, LOCK_RELEASED };
enum run_status { RUN_OK, RUN_WRONG, RUN_FAILED, RUN_CRASHED, RUN_TIMEOUT };

/* Name of the strategy and, where it has modes, of its mode ("global-lock held"), and the number of
 * BLAS threads that were asked for where that adds a second layer ("pool+blas4"): for people. */
void config_label(const char *strategy, enum lock_mode lock, int blas_asked, char *label,
                  size_t size);

/* The words for these in options and CSV files, by number, each list ended by NULL. */
extern const char *const grain_names[];
extern const char *const io_names[];
extern const char *const bind_names[];
extern const char *const lock_names[];
extern const char *const status_names[];

struct config {
    char filter[NAME_MAX_LENGTH];
    char strategy[NAME_MAX_LENGTH];
    int workers; /* at least 1 */
    enum grain grain;
    int bands; /* of GRAIN_BAND, for each image; 0: as many as the filter finds right */
    enum io_mode io;
    enum bind_mode bind;
    enum lock_mode lock; /* LOCK_NONE for strategies that have none */
    int chunk;           /* tasks handed out at a time; 0: the strategy has no such choice */
    int blas_threads;    /* asked for, in each process; 0: the filter uses no BLAS */
    struct filter_parameters parameters;
};

/* Whether both are the same but for the number of workers: strategy, its mode and BLAS threads. */
bool config_is_same_strategy(const struct config *a, const struct config *b);

/* Whether both are the same row of one benchmark: these, and the workers. */
bool config_is_same(const struct config *a, const struct config *b);

/* The largest number of workers among `count` configurations; 1 for none. */
int config_most_workers(const struct config *configs, int count);

/* Which configuration beside the serial one (the first) is measured twice in every round: pool's,
 * or that of the first other strategy, on the most workers. It is one that may be the fastest, but
 * it is chosen beforehand: one that is chosen for having come out fastest owes that partly to luck,
 * which its second run would not have. -1: there is none. */
int config_measured_twice(const struct config *configs, int count);

/* Other machines: passed on to GNU parallel and mpirun as the user gave them; NULL: not given. */
struct hosts {
    const char *sshlogin, *sshloginfile, *hostfile;
};

/* The figures of one run. Times in seconds, memory in KiB. */
struct run_figures {
    double start_s, wall_s, stop_s;  /* creating the workers, running all tasks, ending them */
    double user_s, sys_s;            /* CPU time of all workers, start to stop */
    long max_rss_kib;                /* peak memory of the largest process of the run */
    long minor_faults, major_faults; /* page faults, start to stop, all workers */
    long voluntary_switches, involuntary_switches;
    int blas_threads; /* in effect; 0: the filter uses no BLAS, or it cannot be asked */
};

struct run_result {
    enum run_status status;
    struct run_figures figures; /* all 0 where the run did not end by itself */
    struct error error;         /* why, where status is not RUN_OK */
};

#endif
