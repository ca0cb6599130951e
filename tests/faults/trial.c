/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "tests/faults/tree.h"
#include "tests/faults/trial_judge.h"

const char *const fault_names[FAULT_KINDS] = {
    "malloc", "mmap", "fork", "thread", "write",      "stream",      "close",
    "resize", "open", "list", "pipe",   "dup",        "read",        "rename",
    "mkdir",  "exec", "poll", "wait",   "read-eintr", "write-eintr",
};

enum { HANGS_AFTER_S = 40, STAYS_AFTER_S = 3, CANNOT_START = 127 };

static struct fault_state *state;
static char environment[6][PATH_MAX + 64]; /* what a trial has in its own */

const struct fault_state *trial_state(void)
{
    return state;
}

static int complain(const char *what)
{
    fprintf(stderr, "trial: %s: %s\n", what, strerror(errno));
    return -1;
}

/* Draws nothing, and leaves what looks like a whole graph. */
static int write_gnuplot(void)
{
    FILE *script = fopen("bin/gnuplot", "w");
    if (!script)
        return -1;
    fputs(
        "#!/bin/sh\n"
        "for word; do case $word in *output=*) file=${word##*output=\\'}; file=${file%\\'*};; "
        "esac; done\n"
        "case $file in *.png*) printf '\\211PNG\\0\\0\\0\\0IEND\\256\\102\\140\\202' ;; *) printf "
        "'<?xml\\n</svg>\\n' ;; esac >\"$file\"\n",
        script);
    return fclose(script) != 0 ? -1 : chmod("bin/gnuplot", 0755);
}

static int map_state(void)
{
    int fd = open("trial.state", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, (off_t)sizeof *state) != 0)
        return -1;
    state = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return state == MAP_FAILED ? -1 : 0;
}

int trial_prepare(const char *program, const char *injector)
{
    char here[PATH_MAX - 32], real[PATH_MAX];
    if (!getcwd(here, sizeof here) || !realpath(program, real) || mkdir("bin", 0777) != 0 ||
        mkdir("tmp", 0777) != 0 || write_gnuplot() != 0 || map_state() != 0)
        return complain("cannot prepare");
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* what it leaves behind becomes our child */
#endif
    snprintf(environment[0], sizeof environment[0], "LD_PRELOAD=%s", injector);
    snprintf(environment[1], sizeof environment[1], "SPEEDUP_FAULT_PROGRAM=%s", real);
    snprintf(environment[2], sizeof environment[2], "SPEEDUP_FAULT_STATE=%s/trial.state", here);
    snprintf(environment[3], sizeof environment[3], "TMPDIR=%s/tmp", here);
    snprintf(environment[4], sizeof environment[4], "PATH=%s/bin:%s", here, getenv("PATH"));
    return 0;
}

static _Noreturn void become(const struct trial_command *command)
{
    enum { WORDS_AT_MOST = 64 };
    char *arguments[WORDS_AT_MOST + 2], *program = strchr(environment[1], '=') + 1;
    int count = 0;
    arguments[count++] = program;
    for (; command->arguments[count - 1] && count < WORDS_AT_MOST; count++)
        arguments[count] = (char *)(uintptr_t)command->arguments[count - 1];
    arguments[count] = NULL;
    setpgid(0, 0);
    int nothing = open("/dev/null", O_RDONLY),
        out = open("trial.out", O_WRONLY | O_CREAT | O_TRUNC, 0600),
        err = open("trial.err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (size_t i = 0; i < sizeof environment / sizeof environment[0]; i++)
        putenv(environment[i]);
    if (dup2(nothing, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2) {
        close(nothing), close(out), close(err);
        execv(program, arguments);
    }
    _exit(CANNOT_START);
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void nap(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    nanosleep(&pause, NULL);
}

/* Its wait status; -1 where it had to be killed. */
static int wait_for(pid_t child)
{
    int status;
    for (double began = now_s(); now_s() < began + HANGS_AFTER_S; nap())
        if (waitpid(child, &status, WNOHANG) == child)
            return status;
    kill(-child, SIGKILL);
    waitpid(child, &status, 0);
    return -1;
}

/* Of which we are the parent. */
static bool is_ours(const char *process)
{
    char path[PATH_MAX];
    long parent = 0;
    snprintf(path, sizeof path, "/proc/%s/stat", process);
    FILE *stat = *process >= '1' && *process <= '9' ? fopen(path, "r") : NULL;
    bool ours = stat && fscanf(stat, "%*d (%*[^)]) %*c %ld", &parent) == 1 && parent == getpid();
    if (stat)
        fclose(stat);
    return ours;
}

/* Waits for what has become ours when its parent ended, and kills what stays. Returns whether
 * something did. */
static bool has_left_processes(void)
{
    char **names;
    for (double began = now_s(); now_s() < began + STAYS_AFTER_S; nap())
        if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
            return false;
    int count = tree_names("/proc", &names);
    for (int i = 0; i < count; i++)
        if (is_ours(names[i]))
            kill((pid_t)atol(names[i]), SIGKILL);
    tree_names_free(names, count);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
    return true;
}

/* Leaves the directory as the command is to find it. */
static int clear(const struct trial_command *command)
{
    if (tree_remove(command->out) != 0 || tree_remove("tmp") != 0 || mkdir("tmp", 0777) != 0)
        return -1;
    return command->from ? tree_copy(command->from, command->out) : 0;
}

static int run(const struct trial_command *command, const struct fault *fault, struct trial *trial)
{
    if (clear(command) != 0)
        return complain("cannot clear the directory");
    memset(state, 0, sizeof *state);
    snprintf(environment[5], sizeof environment[5], "SPEEDUP_FAULT=%d %ld %s", (int)fault->kind,
             fault->number, fault->all ? "all" : "own");
    pid_t child = fork();
    if (child == 0)
        become(command);
    if (child < 0)
        return complain("fork");
    int status = wait_for(child);
    *trial = (struct trial){.code = status == -1        ? -1
                                    : WIFEXITED(status) ? WEXITSTATUS(status)
                                                        : 128 + WTERMSIG(status)};
    if (trial->code == CANNOT_START)
        return complain("cannot start the program");
    if (has_left_processes())
        snprintf(trial->problem, sizeof trial->problem, "processes have stayed");
    trial->failed = state->failed > 0;
    const char *name = strrchr(environment[1], '/') + 1;
    trial->theirs = trial->failed && strcmp(state->module, name) != 0;
    return 0;
}

int trial_expect(const struct trial_command *command)
{
    const struct fault none = {FAULT_MALLOC, 0, false};
    struct trial trial;
    char expected[PATH_MAX];
    snprintf(expected, sizeof expected, "%s.expected", command->out);
    if (run(command, &none, &trial) != 0)
        return -1;
    if (trial.code != 0 || trial.problem[0]) {
        fprintf(stderr, "trial: %s fails without a fault, too: exit code %d %s\n", command->name,
                trial.code, trial.problem);
        return -1;
    }
    if (tree_remove(expected) != 0 ||
        (rename(command->out, expected) != 0 && (errno != ENOENT || mkdir(expected, 0777) != 0)) ||
        rename("trial.out", "trial.out.expected") != 0)
        return complain(expected);
    return 0;
}

int trial_run(const struct trial_command *command, const struct fault *fault, struct trial *trial)
{
    if (run(command, fault, trial) != 0)
        return -1;
    if (!trial->problem[0])
        trial_judge(command, fault, trial);
    return 0;
}
