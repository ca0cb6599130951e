/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup watch: runs any command and says what it used. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "harness/base/clock.h"
#include "harness/base/directory.h"
#include "harness/base/output.h"
#include "harness/base/spawn.h"
#include "harness/commands/command.h"
#include "harness/machine/sampler.h"
#include "harness/machine/topology.h"
#include "harness/report/graphs/plot.h"
#include "harness/results/resources.h"

enum { COMMAND_TEXT_MAX = 67, TEXT_COLUMN = 13 };
static const char CUT[] = "...";

struct settings {
    const char *out;
};

static const struct option_row options[] = {
    {"out", "DIR", NULL,
     "write the readings to DIR/resources.csv and draw them as DIR/resources.png and .svg",
     OPTION_TEXT, OPTION_INTO(struct settings, out), .otherwise = "they are not kept"},
    {0},
};

struct watched {
    struct sampler sampler;
    struct rusage used;
    double wall_s;
    int status; /* as waitpid() has it */
};

static void ignore_signal(int number)
{
    (void)number;
}

/* From now on the end of a child interrupts pselect() with `during`, and nothing else; and Ctrl-C
 * is the command's business, not ours: we are to say what it used. */
static int prepare_signals(sigset_t *during, struct error *error)
{
    struct sigaction notice = {.sa_handler = ignore_signal}, ignore = {.sa_handler = SIG_IGN};
    sigset_t child;
    sigemptyset(&notice.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    if (sigaction(SIGCHLD, &notice, NULL) != 0 || sigaction(SIGINT, &ignore, NULL) != 0 ||
        sigaction(SIGQUIT, &ignore, NULL) != 0 || sigprocmask(SIG_BLOCK, &child, during) != 0)
        return error_system(error, "watch", "signals", errno);
    sigdelset(during, SIGCHLD);
    return 0;
}

/* Whether the child has ended; it is not waited for yet, so that a last look still sees it. */
static bool has_ended(pid_t child)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child;
}

/* Where the system can, a process whose parent has ended becomes a child of ours, and so is not
 * lost from sight. */
static void adopt_orphans(void)
{
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
#endif
}

static int watch(char *const *command, struct watched *watched, struct error *error)
{
    const struct timespec interval = {.tv_nsec = SAMPLER_INTERVAL_MS * 1000000L};
    const struct spawn spawn = {.arguments = command, .default_signals = true};
    sigset_t during;
    if (prepare_signals(&during, error) != 0)
        return -1;
    adopt_orphans();
    double began = clock_seconds();
    pid_t child = spawn_start(&spawn, error);
    if (child < 0)
        return -1;
    sampler_start(&watched->sampler, child, SAMPLER_CHILDREN);
    while (!has_ended(child)) {
        pselect(0, NULL, NULL, NULL, &interval, &during);
        if (!has_ended(child))
            sampler_look(&watched->sampler);
    }
    watched->wall_s = clock_seconds() - began;
    sampler_look(&watched->sampler);
    if (spawn_wait(child, &watched->status, error) != 0)
        return -1;
    /* Orphans that have ended, too: getrusage() only knows those that were waited for. */
    while (waitpid(-1, NULL, WNOHANG) > 0)
        continue;
    if (getrusage(RUSAGE_CHILDREN, &watched->used) != 0)
        return error_system(error, command[0], "getrusage", errno);
    return 0;
}

/* Between two looks memory may rise and fall, so we believe getrusage() where it knows of more. */
static void print_memory(const struct watched *watched, const struct reading *peak)
{
    double seen_mib = (double)peak->memory_kib / 1024;
    double largest_mib = (double)watched->used.ru_maxrss / 1024;
    const char *whose = "all processes together; shared pages are counted once";
    char text[160];
#ifdef __APPLE__
    largest_mib /= 1024; /* bytes there, KiB elsewhere */
#endif
    if (peak->memory_kib == 0)
        whose = "the largest process";
    else if (watched->sampler.shared_twice)
        whose = "all processes together; shared pages are counted for each that has them";
    snprintf(text, sizeof text, "%.1f MiB at most, of %s",
             seen_mib > largest_mib ? seen_mib : largest_mib, whose);
    printf("%-*s", TEXT_COLUMN, "memory");
    options_print_text(text, TEXT_COLUMN, stdout);
}

static void print_table(const char *command, const struct watched *watched)
{
    struct reading peak = sampler_peak(&watched->sampler);
    double user_s = clock_timeval_seconds(watched->used.ru_utime);
    double sys_s = clock_timeval_seconds(watched->used.ru_stime);

    printf("command      %s\n", command);
    if (WIFSIGNALED(watched->status))
        printf("ended by     signal %d (%s)\n", WTERMSIG(watched->status),
               strsignal(WTERMSIG(watched->status)));
    else
        printf("exit status  %d\n", WEXITSTATUS(watched->status));
    printf("wall         %.3f s\n", watched->wall_s);
    printf("CPU          %.3f s: %.3f user, %.3f system\n", user_s + sys_s, user_s, sys_s);
    printf("CPU use      %.0f %% mean", 100 * (user_s + sys_s) / watched->wall_s);
    if (watched->sampler.count > 0)
        printf(", %.0f %% peak", peak.cpu_percent);
    puts("; 100 % is one core");
    print_memory(watched, &peak);
    if (peak.processes > 0)
        printf("processes    %d at most, with %d thread%s at most\n", peak.processes, peak.threads,
               peak.threads == 1 ? "" : "s");
    printf("page faults  %ld minor, %ld major\n", watched->used.ru_minflt, watched->used.ru_majflt);
    printf("switches     %ld voluntary, %ld involuntary\n", watched->used.ru_nvcsw,
           watched->used.ru_nivcsw);
}

static int write_readings(const char *directory, const char *command, const struct watched *watched,
                          struct error *error)
{
    struct config config = {.filter = "watch", .strategy = WATCHED_NAME, .workers = 1};
    struct output output;
    struct topology topology;
    int drawn;
    if (output_open(&output, directory, "resources.csv", error) != 0)
        return -1;
    resources_put_header(output.stream);
    resources_put(output.stream, NULL, &config, &watched->sampler);
    if (output_commit(&output, error) != 0 || topology_load(&topology, NULL, error) != 0)
        return -1;
    int failed = plot_watched(directory, command, &topology, &drawn, error);
    topology_destroy(&topology);
    if (!failed && !drawn)
        fprintf(stderr, "speedup: warning: too few readings to draw: the command was over at once, "
                        "or there is no /proc here as Linux has it\n");
    return failed;
}

/* The command as one line, cut where it is long. */
static void join_words(char *const *words, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; words[i] && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? " " : "", words[i]);
    for (char *at = text; *at; at++)
        if (iscntrl((unsigned char)*at))
            *at = ' ';
    if (used >= size)
        memcpy(text + size - sizeof CUT, CUT, sizeof CUT);
}

static enum exit_code run_watched(char *const *command, const char *directory, struct error *error)
{
    struct watched watched = {0};
    char text[COMMAND_TEXT_MAX];
    enum exit_code code = EXIT_CODE_FAILED;
    join_words(command, text, sizeof text);
    if (directory && directory_create(directory, error) != 0)
        return EXIT_CODE_FAILED;
    if (watch(command, &watched, error) == 0) {
        print_table(text, &watched);
        if (watched.sampler.no_memory)
            fprintf(stderr, "speedup: warning: some readings are missing: no memory for them\n");
        if (directory && write_readings(directory, text, &watched, error) != 0)
            code = EXIT_CODE_FAILED;
        else if (WIFSIGNALED(watched.status))
            error_set(error, command[0], "ended by signal %d (%s)", WTERMSIG(watched.status),
                      strsignal(WTERMSIG(watched.status)));
        else if (WEXITSTATUS(watched.status) != 0)
            error_set(error, command[0], "ended with exit status %d", WEXITSTATUS(watched.status));
        else
            code = EXIT_CODE_DONE;
    }
    sampler_destroy(&watched.sampler);
    return code;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    return run_watched(line->operands, settings->out, error);
}

const struct command watch_command = {
    .name = "watch",
    .summary = "run any command and say what CPU time and memory it used",
    .arguments = "[OPTION]... -- COMMAND [ARGUMENT]...",
    .about = "Runs the command, looks twenty times a second at it and at all processes that it "
             "starts, and prints what they used: time, CPU, memory, processes and "
             "threads. Pages that processes share are counted once. Ends with 1 if the command "
             "failed.",
    .more = "Without /proc as Linux has it, there are totals only, and the memory is that of "
            "the largest process.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_least = 1,
    .operands_at_most = OPERANDS_ANY,
    .wants = "name a command after `--`",
    .run = run,
};
