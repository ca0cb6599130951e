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
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <mpi.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "harness/base/directory.h"
#include "harness/commands/command.h"
#include "harness/commands/program/filter_settings.h"

enum { NOTHING = -1, TAG_DONE = 1, TAG_NEXT = 2 };

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

/* One line a task at the end, in seconds before now, for the strategy that started us. */
struct entry {
    int worker;
    double start_s, end_s;
};

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
    const struct timespec nap = {.tv_nsec = 100000};
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

static int run_rank(const struct filter_settings *settings, int rank, int ranks,
                    struct error *error)
{
    int failures = 0;
    struct entry *log = calloc((size_t)settings->count, sizeof *log);
    void *workspace = settings->filter->create(&settings->parameters, error);
    if (!log || !workspace) {
        free(log);
        return workspace ? error_set(error, "speedup-mpi", "no memory") : -1;
    }
    if (rank > 0)
        serve_rank_0(settings, workspace);
    else
        failures = ranks > 1 ? hand_out(settings, log, ranks) : do_all(settings, workspace, log);
    double now = MPI_Wtime();
    for (int task = 0; rank == 0 && settings->log && task < settings->count; task++)
        printf("log %d %d %.6f %.6f\n", task, log[task].worker, log[task].start_s - now,
               log[task].end_s - now);
    settings->filter->destroy(workspace);
    free(log);
    if (failures)
        return error_set(error, "speedup-mpi", "%d of %d files failed", failures, settings->count);
    return 0;
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
    enum exit_code code = EXIT_CODE_DONE;

    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        fprintf(stderr, "speedup: MPI: cannot start; run me with mpirun\n");
        return EXIT_CODE_FAILED;
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    /* All ranks read the same command line and come to the same verdict; one says so. */
    if (options_read(filter_options, &settings, argc, argv, &line, &error) != 0 ||
        (!line.help && filter_settings_take(&settings, &line, &error) != 0))
        code = EXIT_CODE_USAGE;
    else if (line.help)
        print_help(rank);
    else if (directory_create(settings.out, &error) != 0 || fits_ready(&error) != 0 ||
             run_rank(&settings, rank, ranks, &error) != 0)
        code = EXIT_CODE_FAILED;
    if (code != EXIT_CODE_DONE && rank == 0)
        fprintf(stderr, "speedup: %s\n", error.text);
    command_line_free(&line);
    MPI_Finalize();
    return (int)code;
}
