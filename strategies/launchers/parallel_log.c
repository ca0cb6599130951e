/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/launchers/parallel_log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/directory.h"
#include "strategies/process.h"

/* What is known so far of each task, from the two sides. */
struct parallel_entry {
    int slot;                /* from 1; 0: not known */
    double start_s, seconds; /* start_s 0: it has not been done */
};

/* A log without a name cannot be left behind, however this process ends: parallel inherits the
 * descriptor and opens the log by its number. Elsewhere than on Linux that would share our place in
 * the file, so there the log keeps its name. */
static void take_name(struct parallel_log *log, int fd)
{
#ifdef __linux__
    remove(log->path);
    snprintf(log->path, sizeof log->path, "/proc/self/fd/%d", fd);
#else
    (void)fd;
    log->named = true;
#endif
}

int parallel_log_open(struct parallel_log *log, struct job *job)
{
    *log = (struct parallel_log){.path = ""};
    int fd = directory_temporary_file("speedup-joblog", log->path, sizeof log->path);
    if (fd >= 0)
        take_name(log, fd);
    if (fd >= 0 && !(log->stream = fdopen(fd, "r")))
        close(fd);
    log->entries = calloc((size_t)job->tasks, sizeof *log->entries);
    return log->stream && log->entries ? 0 : job_fail(job, "job log", errno);
}

void parallel_log_close(struct parallel_log *log)
{
    if (log->stream)
        fclose(log->stream);
    if (log->named)
        remove(log->path);
    free(log->entries);
    *log = (struct parallel_log){0};
}

/* Takes in the lines of the log that are new and whole: "Seq Host Starttime JobRuntime Send Receive
 * Exitval Signal Command". A task that has failed is reported. */
static int read_log(struct parallel_log *log, struct job *job)
{
    char *line = NULL, what[32];
    size_t size = 0;
    double start_s, seconds;
    int failed = 0, task, exit_status, number;
    long at = ftell(log->stream);
    ssize_t length;
    /* A line end in the name of a file has become a null byte in the middle of a line. */
    while ((length = getline(&line, &size, log->stream)) > 0 && line[length - 1] == '\n') {
        at = ftell(log->stream);
        if (sscanf(line, "%d %*s %lf %lf %*s %*s %d %d", &task, &start_s, &seconds, &exit_status,
                   &number) != 5 ||
            task < 1 || task > job->tasks)
            continue; /* the header */
        snprintf(what, sizeof what, "task %d", task - 1);
        if (process_judge_end(job, exit_status, number, what, what) == 0) {
            log->entries[task - 1].start_s = start_s;
            log->entries[task - 1].seconds = seconds;
        } else
            failed = -1;
    }
    free(line);
    clearerr(log->stream);
    return at < 0 || fseek(log->stream, at, SEEK_SET) != 0 ? job_fail(job, "job log", errno)
                                                           : failed;
}

int parallel_log_follow(struct parallel_log *log, struct job *job, FILE *output)
{
    char *line = NULL;
    size_t size = 0;
    int failed = 0, task, slot;
    while (getline(&line, &size, output) > 0) {
        if (sscanf(line, "%d %d", &task, &slot) == 2 && task >= 1 && task <= job->tasks)
            log->entries[task - 1].slot = slot;
        if (read_log(log, job) != 0)
            failed = -1;
    }
    free(line);
    return failed;
}

/* Other machines have slots of their own, beyond our workers; they share their numbers. */
int parallel_log_note(struct parallel_log *log, struct job *job, int workers)
{
    struct timeval now;
    gettimeofday(&now, NULL); /* the clock of the log */
    double offset_s = clock_seconds() - clock_timeval_seconds(now);
    int failed = read_log(log, job);
    for (int task = 0; task < job->tasks; task++) {
        const struct parallel_entry *entry = &log->entries[task];
        double start_s = entry->start_s + offset_s;
        int worker = entry->slot > 0 ? (entry->slot - 1) % workers : 0;
        if (entry->start_s > 0 &&
            job_note(job, task, worker, start_s, start_s + entry->seconds) != 0)
            failed = -1;
    }
    return failed;
}
