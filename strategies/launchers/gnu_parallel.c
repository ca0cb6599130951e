/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gnu-parallel: the same program instances, handed out by GNU parallel, on this machine and others.
 *
 * Costs:    a Perl program that starts a shell and our program for every task: some milliseconds
 *           more than `programs`.
 * Shares:   the file system; with other machines only what --sshlogin copies or both have mounted.
 * Choose it when the work is a command and a list of files, and you would rather not write a
 *           scheduler: it does retries, logs, and several machines (Tange, ";login: The USENIX
 *           Magazine", 36(1), 2011). By hand: parallel build/speedup filter --out DIR ::: *.fits
 *
 * The names of the files go to its standard input, ended by null bytes, so that any name will do.
 * What became of each task is in its job log, and in the tag of the lines that the task prints
 * (parallel_log.c).
 *
 * A question to think about: where does the time go when the tasks are short?
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/spawn.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/launchers/parallel_log.h"
#include "strategies/launchers/program.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

static const char *unavailable(void)
{
    return program_is("parallel", "GNU parallel")
               ? NULL
               : "GNU parallel is missing; install the package parallel";
}

static void make_command(struct words *words, const struct job *job, int workers, const char *log)
{
    words_add(words, "parallel");
    words_add(words, "--will-cite");
    words_add(words, "--null");
    words_add(words, "--quote");
    words_add_option(words, "--tagstring", PARALLEL_LOG_TAG);
    words_add_option(words, "--joblog", log);
    words_add(words, "--jobs");
    words_add_number(words, workers);
    words_add_option(words, "--sshlogin", job->programs->sshlogin);
    words_add_option(words, "--sshloginfile", job->programs->sshloginfile);
    words_add_all(words, job->programs->command);
}

/* A file with the names of the files in it, for its standard input; NULL with errno set. */
static FILE *list_files(const struct job *job)
{
    FILE *list = tmpfile();
    for (int task = 0; list && task < job->tasks; task++)
        fwrite(job->programs->files[task], strlen(job->programs->files[task]) + 1, 1, list);
    if (!list || (!ferror(list) && fflush(list) == 0 && fseek(list, 0, SEEK_SET) == 0))
        return list;
    fclose(list);
    return NULL;
}

static int run_parallel(struct job *job, int workers, struct parallel_log *log, FILE *files)
{
    struct words words = {0};
    struct error error;
    FILE *output;
    int status;
    make_command(&words, job, workers, log->path);
    pid_t child = program_start(&words, fileno(files), SPAWN_SAME, &output, &error);
    words_free(&words);
    if (child < 0)
        return job_fail(job, error.text, 0);
    int failed = parallel_log_follow(log, job, output);
    fclose(output);
    if (process_wait(job, child, &status) != 0 || parallel_log_note(log, job, workers) != 0 ||
        process_judge_launcher(job, status, "parallel", "parallel") != 0)
        failed = -1;
    return failed;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    struct parallel_log log;
    FILE *files = NULL;
    int failed = -1;
    if (job->tasks == 0)
        return 0;
    if (parallel_log_open(&log, job) == 0) {
        files = list_files(job);
        failed = files ? run_parallel(job, workers, &log, files)
                       : job_fail(job, "the list of files", errno);
    }
    if (files)
        fclose(files);
    parallel_log_close(&log);
    return failed;
}

const struct strategy strategy_gnu_parallel = {
    .name = "gnu-parallel",
    .summary = "program instances handed out by GNU parallel (--io files)",
    .files_only = true,
    .unavailable = unavailable,
    .run = run,
};
