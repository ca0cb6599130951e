/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workload: the frames, the tasks they are cut into, and what the workers note about each, all
 * in one piece of shared memory.
 *
 *     header | frames | tasks | stamps | seats | texts | input pixels ... | output pixels ...
 *
 * Under `--io files` there are no pixels in it: they are in the files, and a worker has those of the
 * one that it is at.
 *
 * The benchmark creates it once, and for every run sets the configuration, cuts the tasks and
 * poisons the outputs; the process that does the run attaches to it, computes, and fills in
 * figures, stamps and outputs. What a run was to write but did not, still holds the poison.
 */
#ifndef HARNESS_MEASURE_RUN_WORKLOAD_H
#define HARNESS_MEASURE_RUN_WORKLOAD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "generator/image.h"
#include "harness/base/error.h"
#include "harness/base/shared.h"
#include "harness/measure/config.h"

struct frame {
    size_t ny, nx;               /* of the input, pixels */
    size_t output_ny, output_nx; /* of the output */
    size_t input, output;        /* where their pixels are: bytes from the start; 0: in files */
    size_t file;                 /* of `--io files`, where its path is; 0: none */
};

struct task {
    int frame;
    size_t row_begin, row_end; /* of the output */
};

/* What is known of one task of the run; written by the worker that ran it. */
struct stamp {
    atomic_int times_run; /* 1, if all is well */
    int worker;
    double start_s, end_s; /* clock_seconds() */
    double cpu_s;          /* that the worker's thread has had a core in between; NaN: not known */
    double queue_s;        /* that it was ready and had none; NaN: not known */
    double queue_before_s; /* the same since the task before */
};

/* The place of one worker, in cache lines of its own. */
struct seat {
    atomic_int task; /* what it does now, plus 1; 0: nothing */
    char padding[124];
};

/* When tasks may begin: in PHASE_RUN. */
enum phase { PHASE_START, PHASE_RUN, PHASE_AFTER };

/* Bytes from the start of the memory; of a text, 0: there is none. */
struct workload_places {
    size_t frames, tasks, stamps, seats, texts;
    size_t outputs, end; /* whole pages, one at least, in which there is nothing but outputs */
    size_t result_directory;
    size_t sshlogin, sshloginfile, hostfile;
    size_t command; /* its words, one text after the other */
};

struct workload_header {
    int frames, tasks;
    int command_words; /* 0: the tasks are not the user's own command */
    struct workload_places at;

    struct config config;       /* of the next run */
    atomic_int phase;           /* enum phase */
    bool watched;               /* it is watched, not timed */
    struct run_figures figures; /* of the last run, valid if `finished` */
    double run_began_s;         /* clock_seconds() when its run() was called */
    atomic_bool finished;       /* the run came to its end */
    atomic_int blas_threads;    /* as a worker of it was told by the library */
    atomic_bool crashed;        /* a worker was killed by a signal */
    atomic_bool failed;         /* somebody set `error`; the first one wins */
    struct error error;
};

/* Pointers into the memory, as this process sees it. */
struct workload {
    struct shared memory;
    struct workload_header *header;
    struct frame *frames;
    struct task *tasks;
    struct stamp *stamps;
    struct seat *seats;
};

/* What a workload is to hold. */
struct workload_contents {
    enum io_mode io;       /* IO_FILES: its images are not in the memory */
    int workers;           /* the most that a run will have */
    int frames;            /* how many, at least 1 */
    const size_t *ny, *nx; /* shape of each input */
    int bands;             /* of GRAIN_BAND, for each image; 0: as many as the filter finds right */

    /* Of `--io files`; NULL: none. The file of each frame, and the directory of the results. */
    char *const *files;
    const char *result_directory;
    struct hosts hosts;

    char *const *command; /* the user's own, ended by NULL; NULL: none */
};

/* Creates the memory, for `filter` under either grain. The inputs are zero. Texts are copied. 0, or
 * -1 with *error set. */
int workload_create(struct workload *workload, const struct filter *filter,
                    const struct workload_contents *contents, struct error *error);

/* The same memory, in another process. 0, or -1 with *error set. */
int workload_attach(struct workload *workload, int fd, struct error *error);

/* Lets go of the memory, which goes with the last process that has it. Legal on a struct of zeros. */
void workload_destroy(struct workload *workload);

/* For a run that is watched: takes the memory out of this process's page tables, where the system
 * can (it comes back with the next use), so that the pages count as those of the run and not as
 * half ours; and asks the run to map them all at once with workload_touch(). Comes after
 * workload_prepare(). */
void workload_hand_over(struct workload *workload);

/* Reads a byte of every page, if workload_hand_over() asked for it. So the images count once, from
 * the beginning to the end, whichever processes come to use which of them. */
void workload_touch(const struct workload *workload);

/* Views of the pixels; where these are in files, of none: NULL. */
struct image workload_input(const struct workload *workload, int frame);
struct image workload_output(const struct workload *workload, int frame);

/* Where task `task` leaves its rows, and how many bytes they are; 0 where it writes a file. */
double *workload_result(const struct workload *workload, int task, size_t *bytes);

/* With `--io files`, the path of a frame's file; else NULL. */
char *workload_file(const struct workload *workload, int frame);

/* The path of its result, in `path` of PATH_MAX bytes. 0, or -1 with *error set when it is too long. */
int workload_result_path(const struct workload *workload, int frame, char *path,
                         struct error *error);

/* The words of the user's own command, ended by NULL, in one piece for free(); they point into the
 * memory. NULL: there is no memory for them. */
char **workload_command(const struct workload *workload);

/* The text that is this far from the start; NULL where `at` is 0. */
char *workload_text(const struct workload *workload, size_t at);

/* Makes everything ready for a run of this configuration: cuts the tasks, forgets stamps, figures
 * and errors, poisons the outputs. */
void workload_prepare(struct workload *workload, const struct filter *filter,
                      const struct config *config);

/* Whether this pixel still is what workload_prepare() left there. */
bool workload_is_poison(double pixel);

/* Notes why something failed; the first of all workers wins. Returns -1. */
int workload_fail(struct workload *workload, const struct error *error);

#endif
