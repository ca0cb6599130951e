/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that a launcher has started is killed in the middle of a run: that is reported with the
 * signal, the rest of the benchmark goes on, and nothing stays behind, no process and no file. */
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "strategies/strategy.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static void nap(void)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    nanosleep(&pause, NULL);
}

/* The arguments of a process, each ended by a null byte; how many bytes. */
static size_t arguments_of(const char *process, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/cmdline", process);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    size_t count = fread(text, 1, size - 1, file);
    fclose(file);
    text[count] = '\0';
    return count;
}

/* A process that filters one of our files: `speedup filter`, or a rank of speedup-mpi. They are
 * told from launchers, whose arguments name them too, by their first argument, and from others' by
 * the directory. */
static bool is_ours(const char *process, const char *directory)
{
    static char text[65536];
    size_t count = arguments_of(process, text, sizeof text);
    const char *name = strrchr(text, '/');
    if (!name || strncmp(name, "/speedup", 8) != 0 || strcmp(text + strlen(text) + 1, "bench") == 0)
        return false;
    for (size_t at = 0; at < count; at += strlen(text + at) + 1)
        if (strncmp(text + at, directory, strlen(directory)) == 0)
            return true;
    return false;
}

/* Number of one of them; 0 where there is none. */
static pid_t find_one(const char *directory)
{
    pid_t found = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && !found && (entry = readdir(processes));)
        if (isdigit((unsigned char)entry->d_name[0]) && is_ours(entry->d_name, directory))
            found = (pid_t)atol(entry->d_name);
    if (processes)
        closedir(processes);
    return found;
}

/* A child that kills the first one that it sees; its exit status is 0 when it did. */
static pid_t start_killer(const char *directory)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    for (int tries = 0; tries < 10000; tries++) {
        pid_t victim = find_one(directory);
        if (victim > 0 && kill(victim, SIGKILL) == 0)
            _exit(0);
        nap();
    }
    _exit(1);
}

/* Names in a directory that begin so. */
static int count_names(const char *directory, const char *beginning)
{
    int count = 0;
    DIR *names = opendir(directory);
    assert_non_null(names);
    for (struct dirent *entry; (entry = readdir(names));)
        count += strncmp(entry->d_name, beginning, strlen(beginning)) == 0 &&
                 strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(names);
    return count;
}

static void kill_one_of(const char *name)
{
    const struct strategy *strategy = strategy_find(name);
    const char *reason = strategy->unavailable ? strategy->unavailable() : NULL;
    char strategies[64], directory[PATH_MAX];
    int status, tries = 0, crashed = 0;
    if (reason || access("/proc/self/cmdline", R_OK) != 0) {
        print_message("%s: %s\n", name, reason ? reason : "no /proc");
        skip();
    }
    assert_non_null(getcwd(directory, sizeof directory));
    assert_int_equal(mkdir("temporary", 0777), 0);
    setenv("TMPDIR", "temporary", 1);
    pid_t killer = start_killer(directory);
    assert_true(killer > 0);
    snprintf(strategies, sizeof strategies, "%s,pool", name);
    struct outcome outcome =
        run_speedup("bench", "--io", "files", "--strategies", strategies, "--workers", "2",
                    "--images", "5", "--size", "100x100", "--filter", "highpass-select", "--window",
                    "51", "--rounds", "1", "--out", "r");
    assert_int_equal(waitpid(killer, &status, 0), killer);
    if (status != 0)
        fail_msg("%s: found nothing to kill; it said: %s", name, outcome.err);
    assert_int_equal(outcome.code, 0); /* it was given a second chance */
    if (!strstr(outcome.err, "crashed: ") || !strstr(outcome.err, "signal 9 (Killed)"))
        fail_msg("%s: the signal is not named: %s", name, outcome.err);
    if (!strstr(outcome.err, " on 2 failed once, and was right when repeated"))
        fail_msg("%s: it is not said that it was repeated: %s", name, outcome.err);
    outcome_free(&outcome);

    struct table summary = table_load("r/summary.csv");
    assert_int_equal(summary.rows, 3);
    for (size_t row = 0; row < summary.rows; row++)
        assert_string_equal(table_field(&summary, row, "status"), "ok");
    table_free(&summary);
    struct table runs = table_load("r/runs.csv");
    assert_int_equal(runs.rows, 4); /* both are recorded */
    for (size_t row = 0; row < runs.rows; row++)
        if (strcmp(table_field(&runs, row, "status"), "ok") != 0) {
            assert_string_equal(table_field(&runs, row, "status"), "crashed");
            assert_string_equal(table_field(&runs, row, "strategy"), name);
            crashed++;
        }
    assert_int_equal(crashed, 1);
    table_free(&runs);
    assert_int_equal(count_names("r", "."), 0); /* the files of `--io files`, half-written ones */
    assert_int_equal(count_names("temporary", "speedup-"), 0); /* job logs */
    while (find_one(directory) && tries++ < 1000)
        nap();
    assert_int_equal(find_one(directory), 0);
}

static void a_killed_program(void **state)
{
    (void)state;
    kill_one_of("programs");
}

static void a_killed_program_of_gnu_parallel(void **state)
{
    (void)state;
    kill_one_of("gnu-parallel");
}

static void a_killed_rank(void **state)
{
    (void)state;
    kill_one_of("mpi");
}

static char *temporary; /* TMPDIR as it was */

static int leave(void **state)
{
    int failed = temporary ? setenv("TMPDIR", temporary, 1) : unsetenv("TMPDIR");
    return scratch_leave(state) != 0 ? -1 : failed;
}

int main(void)
{
    temporary = getenv("TMPDIR") ? strdup(getenv("TMPDIR")) : NULL;
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, leave)
    const struct CMUnitTest tests[] = {
        TEST(a_killed_program),
        TEST(a_killed_program_of_gnu_parallel),
        TEST(a_killed_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
