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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/process.h"
#include "strategies/program.h"
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
    static const char *const options[][2] = {{"sshlogin", "--sshlogin"},
                                             {"sshloginfile", "--sshloginfile"}};
    char *const *command = job_command(job);
    char count[16];
    const char *arguments[ARGUMENTS_AT_MOST] = {"parallel", "--will-cite", "--null",   "--quote",
                                                "--jobs",   count,         "--joblog", log};
    size_t used = 8;
    snprintf(count, sizeof count, "%d", workers);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (job_option(job, options[i][0])) {
            arguments[used++] = options[i][1];
            arguments[used++] = job_option(job, options[i][0]);
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

/* Notes what the log says; `epoch` is job_now() minus the time of day that the log is in. Which of
 * its workers did a task it does not say: the lowest that was free. */
static int read_log(struct job *job, FILE *log, int workers, double epoch)
{
    char line[4096];
    int failed = 0;
    double *busy_until = calloc((size_t)workers, sizeof *busy_until);
    if (!busy_until)
        return job_fail(job, "job log", ENOMEM);
    while (fgets(line, sizeof line, log)) {
        int task, exit_status, number, worker = 0;
        double start_s, seconds;
        /* Seq Host Starttime JobRuntime Send Receive Exitval Signal Command */
        if (sscanf(line, "%d %*s %lf %lf %*s %*s %d %d", &task, &start_s, &seconds, &exit_status,
                   &number) != 5)
            continue; /* the header */
        while (worker + 1 < workers && busy_until[worker] > start_s)
            worker++;
        busy_until[worker] = start_s + seconds - 0.002; /* it rounds to milliseconds */
        if (exit_status != 0 || number != 0) {
            char what[32];
            snprintf(what, sizeof what, "task %d", task - 1);
            failed = process_judge_end(job, exit_status, number, what, what);
        } else if (job_note(job, task - 1, worker, start_s + epoch, start_s + seconds + epoch) != 0)
            failed = -1;
    }
    free(busy_until);
    return failed;
}

static int send_files(struct job *job, int to)
{
    for (int task = 0; task < job->tasks; task++)
        if (process_write(to, job_file(job, task), strlen(job_file(job, task)) + 1) != 0)
            return job_fail(job, "the list of files", errno);
    return 0;
}

/* Runs it to its end. *status becomes what waitpid() said of it. */
static int run_parallel(struct job *job, int workers, const char *log, int *status)
{
    int ends[2];
    if (pipe(ends) != 0)
        return job_fail(job, "pipe", errno);
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        become_parallel(job, workers, log, ends[0]);
    }
    close(ends[0]);
    int failed = child < 0 ? job_fail(job, "fork", errno) : send_files(job, ends[1]);
    close(ends[1]);
    if (child > 0 && process_wait(job, child, status) != 0)
        failed = -1;
    return failed;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    struct timeval now;
    char path[] = "/tmp/speedup-joblog-XXXXXX";
    int fd = mkstemp(path);
    FILE *log = fd < 0 ? NULL : fdopen(fd, "r");
    if (!log) {
        if (fd >= 0) {
            close(fd);
            remove(path);
        }
        return job_fail(job, "job log", errno);
    }
    gettimeofday(&now, NULL);
    double epoch = job_now(job) - (double)now.tv_sec - 1e-6 * (double)now.tv_usec;
    int status = 0, failed = job->tasks > 0 ? run_parallel(job, workers, path, &status) : 0;
    /* The log knows more of what went wrong than the exit status. */
    if (read_log(job, log, workers, epoch) != 0 ||
        process_judge_launcher(job, status, "parallel", "parallel") != 0)
        failed = -1;
    fclose(log);
    remove(path);
    return failed;
}

const struct strategy strategy_gnu_parallel = {
    .name = "gnu-parallel",
    .summary = "program instances handed out by GNU parallel (--io files)",
    .files_only = true,
    .unavailable = unavailable,
    .run = run,
};
