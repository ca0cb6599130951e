/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup-mpi: `speedup filter` by the ranks of an MPI job.
 *
 *     mpirun -n 5 build/speedup-mpi [--filter NAME] [--window 50] [--out DIR] FILE...
 *
 * Rank 0 hands out files, one at a time, to whoever asks; the other ranks read, filter and write.
 * (A single rank does all by itself.) Files and results must be where all ranks see them.
 *
 * The protocol: a rank sends what it has done (or that it has done nothing yet), which is also its
 * question for more; the answer is the number of a file, or -1 when there are none left.
 */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <mpi.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/directory.h"
#include "harness/commands/command.h"
#include "harness/commands/program/filter_settings.h"

enum { NOTHING = -1, TAG_DONE = 1, TAG_NEXT = 2 }; /* NOTHING: no task */

/* What a rank has done; sent as bytes, since all ranks run the same program. */
struct done {
    int task; /* NOTHING at first */
    int failed;
    double seconds; /* that it took */
    struct error error;
};

static void work(const struct filter_settings *settings, void *workspace, int task,
                 struct done *done)
{
    char path[PATH_MAX];
    double began = MPI_Wtime();
    *done = (struct done){.task = task};
    if (filter_settings_result(settings, task, path, &done->error) != 0 ||
        filter_settings_check_old(settings, task, path, &done->error) != 0 ||
        file_task_run(settings->filter, &settings->parameters, workspace, settings->files[task],
                      path, &done->error) != 0)
        done->failed = 1;
    done->seconds = MPI_Wtime() - began;
}

/* Does what rank 0 hands out, until there is no more. */
static void serve_rank_0(const struct filter_settings *settings, void *workspace)
{
    struct done done = {.task = NOTHING};
    int task;
    for (;;) {
        MPI_Sendrecv(&done, (int)sizeof done, MPI_BYTE, 0, TAG_DONE, &task, 1, MPI_INT, 0, TAG_NEXT,
                     MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (task == NOTHING)
            return;
        work(settings, workspace, task, &done);
    }
}

/* Who did a task, and when (MPI_Wtime()): a line for the strategy that started us, mpi.c. */
struct entry {
    int worker;
    double start_s, end_s;
};

/* Notes what became of a task. Returns 1 where it failed, having said so, else 0. */
static int note(const struct filter_settings *settings, struct entry *log, const struct done *done,
                int worker)
{
    char path[PATH_MAX];
    struct error error;
    double now = MPI_Wtime();
    log[done->task] = (struct entry){worker, now - done->seconds, now};
    if (done->failed) {
        fprintf(stderr, "speedup: %s\n", done->error.text);
        return 1;
    }
    if (!settings->log && filter_settings_result(settings, done->task, path, &error) == 0)
        puts(path);
    return 0;
}

/* Waits for a question without burning a core that a worker could use: most MPI libraries spin. */
static void wait_for_question(MPI_Status *status)
{
    const struct timespec nap = {.tv_nsec = 100000}; /* little beside a task with its files */
    int there = 0;
    while (MPI_Iprobe(MPI_ANY_SOURCE, TAG_DONE, MPI_COMM_WORLD, &there, status) == MPI_SUCCESS &&
           !there)
        nanosleep(&nap, NULL);
}

/* Rank 0: hands out all tasks and hears of all results. Returns how many failed. */
static int hand_out(const struct filter_settings *settings, struct entry *log, int ranks)
{
    int next = 0, failures = 0;
    for (int asking = ranks - 1; asking > 0;) {
        struct done done;
        MPI_Status status;
        wait_for_question(&status);
        MPI_Recv(&done, (int)sizeof done, MPI_BYTE, status.MPI_SOURCE, TAG_DONE, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        if (done.task != NOTHING)
            failures += note(settings, log, &done, status.MPI_SOURCE - 1);
        int task = next < settings->count ? next++ : NOTHING;
        MPI_Send(&task, 1, MPI_INT, status.MPI_SOURCE, TAG_NEXT, MPI_COMM_WORLD);
        asking -= task == NOTHING;
    }
    return failures;
}

/* A single rank: all tasks. Returns how many failed. */
static int do_all(const struct filter_settings *settings, void *workspace, struct entry *log)
{
    int failures = 0;
    for (int task = 0; task < settings->count; task++) {
        struct done done;
        work(settings, workspace, task, &done);
        failures += note(settings, log, &done, 0);
    }
    return failures;
}

/* What a rank needs before its first file; the caller frees it. 0, or -1 with *error set. */
static int make_ready(const struct filter_settings *settings, struct entry **log, void **workspace,
                      struct error *error)
{
    if (directory_create(settings->out, error) != 0 || fits_ready(error) != 0)
        return -1;
    *workspace = settings->filter->create(&settings->parameters, error);
    if (!*workspace)
        return -1;
    *log = calloc((size_t)settings->count, sizeof **log);
    return *log ? 0 : error_set(error, "speedup-mpi", "no memory");
}

/* Asks all ranks. A rank that went away alone would leave rank 0 waiting for its question for ever;
 * so where one is not ready all end, and the first such one says why. */
static bool all_are_ready(bool ready, int rank, int ranks, const struct error *error)
{
    int unready = ready ? ranks : rank, first;
    MPI_Allreduce(&unready, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == rank)
        fprintf(stderr, "speedup: %s\n", error->text);
    return first == ranks;
}

/* Does this rank's share. Returns how many tasks failed, which rank 0 alone is told. */
static int run_rank(const struct filter_settings *settings, int rank, int ranks, struct entry *log,
                    void *workspace)
{
    int failures = 0;
    if (rank > 0)
        serve_rank_0(settings, workspace);
    else
        failures = ranks > 1 ? hand_out(settings, log, ranks) : do_all(settings, workspace, log);
    double now = MPI_Wtime();
    for (int task = 0; rank == 0 && settings->log && task < settings->count; task++)
        printf("log %d %d %.6f %.6f\n", task, log[task].worker, log[task].start_s - now,
               log[task].end_s - now);
    if (failures)
        fprintf(stderr, "speedup: speedup-mpi: %d of %d files failed\n", failures, settings->count);
    return failures;
}

static void print_help(int rank)
{
    if (rank != 0)
        return;
    puts("Usage: mpirun -n RANKS speedup-mpi [OPTION]... FILE...\n");
    options_print(filter_options, stdout);
}

int main(int argc, char **argv)
{
    int rank, ranks;
    struct error error = {""};
    struct filter_settings settings = {0};
    struct command_line line = {0};
    struct entry *log = NULL;
    void *workspace = NULL;
    enum exit_code code = EXIT_CODE_DONE;

    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        fprintf(stderr, "speedup: MPI: cannot start; run me with mpirun\n");
        return EXIT_CODE_FAILED;
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (options_read(filter_options, &settings, argc, argv, &line, &error) != 0 ||
        (!line.help && filter_settings_take(&settings, &line, &error) != 0))
        code = EXIT_CODE_USAGE;
    else if (!line.help && make_ready(&settings, &log, &workspace, &error) != 0)
        code = EXIT_CODE_FAILED;
    if (!all_are_ready(code == EXIT_CODE_DONE, rank, ranks, &error))
        code = code == EXIT_CODE_DONE ? EXIT_CODE_FAILED : code;
    else if (line.help)
        print_help(rank);
    else if (run_rank(&settings, rank, ranks, log, workspace) != 0)
        code = EXIT_CODE_FAILED;
    if (workspace)
        settings.filter->destroy(workspace);
    free(log);
    command_line_free(&line);
    MPI_Finalize();
    return (int)code;
}
