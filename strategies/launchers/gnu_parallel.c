/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gnu-parallel: the same program instances, handed out by GNU parallel, on this machine and others.
 *
 * Costs:    a Perl program that starts a shell and our program for every task: some milliseconds
 * more than `programs`. Shares:   the file system; with other machines only what --sshlogin copies
 * or both have mounted. Choose it when the work is a command and a list of files, and you would
 * rather not write a scheduler: it does retries, logs, and several machines (Tange, ";login: The
 * USENIX Magazine", 36(1), 2011). By hand:  parallel build/speedup filter --out DIR ::: *.fits
 *
 * The files go to its standard input, ended by null bytes, so that any name will do; what it did
 * comes back in its job log.
 *
 * A question to think about: where does the time go when the tasks are short?
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/launchers/program.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

enum { ARGUMENTS_AT_MOST = 48 };

static const char *unavailable(void)
{
    return program_is("parallel", "GNU parallel") ? NULL
                                                  : "GNU parallel is missing; install the package "
                                                    "parallel";
}

/* In the child: becomes GNU parallel. */
static void become_parallel(struct job *job, int workers, const char *log, int files)
{
    const char *const options[][2] = {{"--sshlogin", job->programs->sshlogin},
                                      {"--sshloginfile", job->programs->sshloginfile}};
    char *const *command = job->programs->command;
    char count[16];
    const char *arguments[ARGUMENTS_AT_MOST] = {"parallel", "--will-cite", "--null",   "--quote",
                                                "--jobs",   count,         "--joblog", log};
    size_t used = 8;
    snprintf(count, sizeof count, "%d", workers);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (options[i][1]) {
            arguments[used++] = options[i][0];
            arguments[used++] = options[i][1];
        }
    for (size_t i = 0; command[i] && used < ARGUMENTS_AT_MOST - 1; i++)
        arguments[used++] = command[i];
    int nothing = open("/dev/null", O_WRONLY); /* for the names of results; errors still show */
    if (dup2(files, STDIN_FILENO) < 0 || nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0)
        _exit(127);
    close(files);
    execvp(arguments[0], (char *const *)(void *)arguments); /* only reads them */
    _exit(127);
}

/* What we know of the log: it grows by a line whenever a task ends. */
struct log {
    FILE *stream;
    double epoch;       /* clock_seconds() minus the time of day that the log is in */
    double *busy_until; /* by worker */
    int workers;
};

/* A line: "Seq Host Starttime JobRuntime Send Receive Exitval Signal Command". Which of its workers
 * did the task it does not say: the lowest that was free. */
static int note_line(struct job *job, struct log *log, const char *line)
{
    int task, exit_status, number, worker = 0;
    double start_s, seconds;
    char what[32];
    if (sscanf(line, "%d %*s %lf %lf %*s %*s %d %d", &task, &start_s, &seconds, &exit_status,
               &number) != 5)
        return 0; /* the header */
    while (worker + 1 < log->workers && log->busy_until[worker] > start_s)
        worker++;
    log->busy_until[worker] = start_s + seconds - 0.002; /* it rounds to milliseconds */
    start_s += log->epoch;
    if (exit_status == 0 && number == 0)
        return job_note(job, task - 1, worker, start_s, start_s + seconds);
    snprintf(what, sizeof what, "task %d", task - 1);
    return process_judge_end(job, exit_status, number, what, what);
}

/* Notes all lines that are new and whole. */
static int read_log(struct job *job, struct log *log)
{
    char line[4 * PATH_MAX]; /* the command and its file */
    int failed = 0;
    long at = ftell(log->stream);
    while (fgets(line, sizeof line, log->stream) && strchr(line, '\n')) {
        if (note_line(job, log, line) != 0)
            failed = -1;
        at = ftell(log->stream);
    }
    clearerr(log->stream);
    if (at < 0 || fseek(log->stream, at, SEEK_SET) != 0)
        return job_fail(job, "job log", errno);
    return failed;
}

static int send_files(struct job *job, int to)
{
    for (int task = 0; task < job->tasks; task++)
        if (process_write(to, job->programs->files[task], strlen(job->programs->files[task]) + 1) !=
            0)
            return job_fail(job, "the list of files", errno);
    return 0;
}

/* Waits for GNU parallel to end, which closes the other end of `lifeline`; what it notes in the
 * meantime is noted here, so that a failure is known at once. */
static int follow(struct job *job, struct log *log, int lifeline)
{
    enum { LOOK_MS = 200 };
    struct pollfd end = {.fd = lifeline, .events = POLLIN};
    int failed = 0, ready;
    while ((ready = poll(&end, 1, LOOK_MS)) == 0 || (ready < 0 && errno == EINTR))
        if (read_log(job, log) != 0)
            failed = -1;
    return ready < 0 ? job_fail(job, "poll", errno) : failed;
}

/* Runs it to its end. */
static int run_parallel(struct job *job, struct log *log, const char *path)
{
    int files[2], lifeline[2], status = 0, failed = 0;
    if (pipe(files) != 0)
        return job_fail(job, "pipe", errno);
    if (pipe(lifeline) != 0) {
        failed = job_fail(job, "pipe", errno);
        close(files[0]);
        close(files[1]);
        return failed;
    }
    pid_t child = fork();
    if (child == 0) {
        close(files[1]);
        close(lifeline[0]);
        become_parallel(job, log->workers, path, files[0]);
    }
    close(files[0]);
    close(lifeline[1]);
    failed = child < 0 ? job_fail(job, "fork", errno) : send_files(job, files[1]);
    close(files[1]);
    if (child > 0 && follow(job, log, lifeline[0]) != 0)
        failed = -1;
    close(lifeline[0]);
    if (child > 0 && process_wait(job, child, &status) != 0)
        return -1;
    /* The log knows more of what went wrong than the exit status. */
    if (read_log(job, log) != 0 || failed != 0)
        return -1;
    return process_judge_launcher(job, status, "parallel", "parallel");
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    struct timeval now;
    char path[] = "/tmp/speedup-joblog-XXXXXX";
    struct log log = {.workers = workers, .busy_until = calloc((size_t)workers, sizeof(double))};
    int fd = mkstemp(path), failed;
    log.stream = fd < 0 ? NULL : fdopen(fd, "r");
    gettimeofday(&now, NULL);
    log.epoch = clock_seconds() - (double)now.tv_sec - 1e-6 * (double)now.tv_usec;
    if (!log.stream || !log.busy_until)
        failed = job_fail(job, "job log", errno);
    else
        failed = job->tasks > 0 ? run_parallel(job, &log, path) : 0;
    if (log.stream)
        fclose(log.stream);
    else if (fd >= 0)
        close(fd);
    if (fd >= 0)
        remove(path);
    free(log.busy_until);
    return failed;
}

const struct strategy strategy_gnu_parallel = {
    .name = "gnu-parallel",
    .summary = "program instances handed out by GNU parallel (--io files)",
    .files_only = true,
    .unavailable = unavailable,
    .run = run,
};
