/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup bench FILE... -- COMMAND`: programs of the user's own, right and wrong, and what is left in
 * the user's directory afterwards. The programs are small shell scripts. */
#include "tests/support/cmocka_all.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/results/results.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void script(const char *name, const char *text)
{
    put(name, text);
    assert_int_equal(chmod(name, 0755), 0);
}

static const char *get(const char *name)
{
    static char text[256];
    FILE *file = fopen(name, "r");
    memset(text, 0, sizeof text);
    if (file) {
        assert_true(fread(text, 1, sizeof text - 1, file) < sizeof text);
        fclose(file);
    }
    return text;
}

/* The status of the first configuration of this strategy on so many workers. */
static enum run_status status_of(const char *strategy, int workers)
{
    struct result_set set;
    struct error error = {""};
    enum run_status status = RUN_TIMEOUT;
    bool found = false;
    int failed = results_read("results", &set, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(failed, 0);
    for (size_t i = 0; i < set.count && !found; i++) {
        const struct config *config = &set.summaries[i].setup.config;
        assert_string_equal(config->filter, "command");
        found = strcmp(config->strategy, strategy) == 0 && config->workers == workers;
        if (found)
            status = set.summaries[i].status;
    }
    result_set_destroy(&set);
    assert_true(found);
    return status;
}

static const char *last_line(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        text[--length] = '\0';
    const char *line = strrchr(text, '\n');
    return line ? line + 1 : text;
}

#define BENCH "bench", "--out", "results", "--rounds", "1", "--strategies", "programs"

/* Names that a shell would take apart; each comes out as one argument and one file. */
static void test_names_are_only_names(void **state)
{
    static const char *const names[] = {"a b",
                                        "it's",
                                        "\"q\"",
                                        "$(touch pwned)",
                                        "`touch pwned`",
                                        "x;y",
                                        "{}",
                                        "a\nb",
                                        "*",
                                        "a&b",
                                        "\\n",
                                        "#c",
                                        "~",
                                        "{#}",
                                        "%s%n",
                                        "\xff",
                                        "[1-2]",
                                        "!h",
                                        "a|b",
                                        "./-d"};
    enum { COUNT = sizeof names / sizeof names[0] };
    const char *arguments[COUNT + 20] = {speedup_path(), BENCH,    "--workers", "4",
                                         "--result",     "out-{#}"};
    size_t count = 0;
    (void)state;
    while (arguments[count])
        count++;
    for (size_t i = 0; i < COUNT; i++) {
        put(names[i], names[i]);
        arguments[count++] = names[i];
    }
    arguments[count++] = "--";
    arguments[count++] = "cp";
    arguments[count++] = "{}";
    arguments[count++] = "out-{#}";
    struct outcome outcome = run_program(arguments);
    assert_int_equal(outcome.code, 0);
    assert_int_equal(strncmp(last_line(outcome.out), "Use ", 4), 0);
    outcome_free(&outcome);
    for (size_t i = 0; i < COUNT; i++) {
        char result[16];
        snprintf(result, sizeof result, "out-%zu", i + 1);
        assert_string_equal(get(result), names[i]);
    }
    assert_int_equal(access("pwned", F_OK), -1);
    assert_int_equal(status_of("programs", 4), RUN_OK);
}

static void test_a_wrong_result_is_found(void **state)
{
    (void)state;
    /* Right when it is started first, as by `serial`, and then not for b. */
    script("odd", "#!/bin/sh\nn=$(cat seen-$1 2>/dev/null); echo ${n}x >seen-$1\n"
                  "case $1$n in bxx*) echo odd;; *) echo even;; esac >$1.out\n");
    put("a", "");
    put("b", "");
    struct outcome outcome =
        run_speedup(BENCH, "--workers", "2", "--result", "{}.out", "a", "b", "--", "./odd", "{}");
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "task 1: b.out: differs from the serial run's in byte 0"));
    outcome_free(&outcome);
    assert_int_equal(status_of("programs", 2), RUN_WRONG);
    /* What one plain run leaves: the serial one's. */
    assert_string_equal(get("a.out"), "even\n");
    assert_string_equal(get("b.out"), "even\n");
}

static void test_a_task_that_fails_is_named(void **state)
{
    (void)state;
    script("picky", "#!/bin/sh\necho $1 >>done\n[ $1 != b ] || { echo reading >&2; echo no "
                    "b today >&2; exit 3; }\n");
    put("a", "");
    put("b", "");
    put("c", "");
    struct outcome outcome = run_speedup(BENCH, "--workers", "2", "c", "b", "a", "--", "./picky");
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "task 2 (b): ended with exit status 3: no b today"));
    outcome_free(&outcome);
    /* The others went on. */
    assert_non_null(strstr(get("done"), "a"));
}

static void test_nothing_is_overwritten_unasked(void **state)
{
    (void)state;
    put("a", "");
    put("a.out", "precious");
    struct outcome outcome =
        run_speedup(BENCH, "--workers", "2", "--result", "{}.out", "a", "--", "cp", "{}", "{}.out");
    assert_int_equal(outcome.code, 1);
    assert_string_equal(outcome.err,
                        "speedup: a.out: is there already; move it away, or allow --overwrite\n");
    outcome_free(&outcome);
    assert_string_equal(get("a.out"), "precious");
    outcome = run_speedup(BENCH, "--workers", "2", "--overwrite", "--result", "{}.out", "a", "--",
                          "sh", "-c", "echo new >\"$1\".out", "sh", "{}");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_string_equal(get("a.out"), "new\n");
}

static void test_a_number_of_tasks(void **state)
{
    (void)state;
    struct outcome outcome = run_speedup(BENCH, "--workers", "3", "--tasks", "5", "--result",
                                         "t{#}", "--", "sh", "-c", "echo $1 >t$1", "sh", "{#}");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_string_equal(get("t1"), "1\n");
    assert_string_equal(get("t5"), "5\n");
    assert_int_equal(access("t6", F_OK), -1);
}

/* A pipeline in the command relies on SIGPIPE, which the process of a run ignores for itself. */
static void test_the_command_ignores_no_signal(void **state)
{
    (void)state;
    if (access("/proc/self/status", R_OK) != 0)
        skip();
    script("signals", "#!/bin/sh\ngrep SigIgn /proc/self/status >$1\n");
    struct outcome outcome = run_speedup(BENCH, "--workers", "2", "--tasks", "2", "--result",
                                         "{#}.out", "--", "./signals", "{#}.out");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    outcome_free(&outcome);
    assert_int_equal(status_of("programs", 2), RUN_OK); /* so it is the same there */
    unsigned long long ignored = 0;
    assert_int_equal(sscanf(get("1.out"), "SigIgn: %llx", &ignored), 1);
    assert_int_equal(ignored >> (SIGPIPE - 1) & 1, 0);
}

/* The plan comes from one task that is tried; what it writes is not kept, nor is anything measured. */
static void test_a_dry_run_leaves_nothing(void **state)
{
    (void)state;
    put("a", "");
    put("b", "");
    put("b.out", "precious");
    struct outcome outcome =
        run_speedup("bench", "--dry-run", "--overwrite", "--rounds", "3", "--result", "{}.out",
                    "--out", "results", "a", "b", "--", "sh", "-c", "echo $1 >$1.out", "sh", "{}");
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    assert_int_equal(strncmp(outcome.out, "Plan: 2 tasks of about ", 23), 0);
    assert_non_null(strstr(outcome.out, ", 3 rounds, about "));
    outcome_free(&outcome);
    assert_string_equal(get("b.out"), "precious");
    assert_int_equal(access("a.out", F_OK), -1);
    assert_int_equal(access("results", F_OK), -1);
    /* Two layers, and no time for all numbers of workers: one and all cores, each with both. */
    outcome = run_speedup("bench", "--dry-run", "--budget", "1", "--tasks", "90", "--threads",
                          "off,3", "--", "sleep", "0.05");
    assert_true(strstr(outcome.out, ", 5 configurations, ") ||
                strstr(outcome.out, ", 3 configurations, ")); /* there is but one core */
    outcome_free(&outcome);
    assert_speedup_says(1, "./no-such: cannot be run: No such file or directory", "bench",
                        "--dry-run", "a", "--", "./no-such");
}

/* {workers} asks for one instance that is parallel inside. */
static void test_threads_of_its_own(void **state)
{
    (void)state;
    put("a", "");
    struct outcome outcome = run_speedup(
        "bench", "--out", "results", "--rounds", "1", "--workers", "1,3", "a", "--", "sh", "-c",
        "echo $1 $OMP_NUM_THREADS $RAYON_NUM_THREADS >>told", "sh", "{workers}");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_int_equal(status_of("inside", 3), RUN_OK);
    assert_non_null(strstr(get("told"), "\n3 3 3\n"));
    assert_int_equal(strncmp(get("told"), "1 1 1\n", 6), 0);
}

static void test_command_lines_that_make_no_sense(void **state)
{
    (void)state;
    put("a", "");
    put("b", "");
    assert_speedup_says(2, "--result: 'x' is the same for every task; name the task by {/.} or {#}",
                        BENCH, "--result", "x", "a", "b", "--", "true");
    assert_speedup_says(2, "--compare: needs --result, which names what to compare", BENCH,
                        "--compare", "cmp {a} {b}", "a", "--", "true");
    assert_speedup_says(2, "--tasks: give files before --, or a number of tasks", BENCH, "--",
                        "true");
    assert_speedup_says(2, "--overwrite: is for a command of your own: bench FILE... -- COMMAND",
                        BENCH, "--overwrite", "a");
    assert_speedup_says(1, "./no-such: cannot be run: No such file or directory", BENCH, "a", "--",
                        "./no-such");
}

/* Ctrl-C in the middle: the user's files are as they were, and no child is left. */
static void test_interrupted(void **state)
{
    const struct timespec moment = {.tv_nsec = 50000000};
    (void)state;
    put("a", "");
    put("a.out", "precious");
    script("slow", "#!/bin/sh\necho $$ >pid\necho half >$1.out\n[ ! -e go ] || exec sleep 30\n");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen("log", "w", stdout) || !freopen("log", "w", stderr))
            _exit(99);
        execl(speedup_path(), "speedup", BENCH, "--overwrite", "--result", "{}.out", "a", "--",
              "./slow", (char *)NULL);
        _exit(99);
    }
    /* The first start of it, which is tried alone, comes to its end; a later one does not. */
    for (int i = 0; i < 200 && !*get("pid"); i++)
        nanosleep(&moment, NULL);
    put("go", "");
    pid_t slow = 0;
    for (int i = 0; i < 400; i++) {
        char name[64];
        slow = (pid_t)atoi(get("pid"));
        snprintf(name, sizeof name, "/proc/%d/comm", (int)slow);
        if (strcmp(get(name), "sleep\n") == 0)
            break;
        nanosleep(&moment, NULL);
    }
    kill(child, SIGINT);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    assert_string_equal(get("a.out"), "precious");
    if (slow > 0) {
        for (int i = 0; i < 100 && kill(slow, 0) == 0; i++)
            nanosleep(&moment, NULL);
        assert_int_equal(kill(slow, 0), -1);
        assert_int_equal(errno, ESRCH);
    }
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_names_are_only_names),
        IN_SCRATCH(test_a_wrong_result_is_found),
        IN_SCRATCH(test_a_task_that_fails_is_named),
        IN_SCRATCH(test_nothing_is_overwritten_unasked),
        IN_SCRATCH(test_a_number_of_tasks),
        IN_SCRATCH(test_the_command_ignores_no_signal),
        IN_SCRATCH(test_a_dry_run_leaves_nothing),
        IN_SCRATCH(test_threads_of_its_own),
        IN_SCRATCH(test_command_lines_that_make_no_sense),
        IN_SCRATCH(test_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
