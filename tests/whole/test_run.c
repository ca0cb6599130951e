/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run is given (environment, cores) and what is measured of it (times, processor time,
 * memory). Strategies that tell what they see themselves (tests/strategies/telling_strategies.c) say
 * on standard error what has to be in the files. Nothing here depends on how fast the machine is. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/machine/topology.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static const char *telling_path(void)
{
    const char *path = getenv("SPEEDUP_BROKEN");
    if (!path || access(path, X_OK) != 0)
        fail_msg("SPEEDUP_BROKEN is not set to the program; run `make test`");
    return path;
}

/* One round of a small benchmark of the telling program, with more options; it must end well. */
#define bench(...)                                                                                 \
    bench_of((const char *const[]){telling_path(), "bench", "--rounds", "1", "--out", "r",         \
                                   __VA_ARGS__, NULL})
static struct outcome bench_of(const char *const *arguments)
{
    struct outcome outcome = run_program(arguments);
    if (outcome.code != 0)
        fail_msg("exit code %d: %s", outcome.code, outcome.err);
    return outcome;
}

#define SMALL "--images", "4", "--size", "20x30", "--window", "3"

static void assert_tells(const struct outcome *outcome, const char *line)
{
    char whole_line[300];
    snprintf(whole_line, sizeof whole_line, "%s\n", line);
    if (!strstr(outcome->err, whole_line))
        fail_msg("'%s' is not in: %s", line, outcome->err);
}

/* What the first run told as NAME=NUMBER. */
static double told(const struct outcome *outcome, const char *name)
{
    char beginning[32];
    snprintf(beginning, sizeof beginning, "%s=", name);
    const char *at = strstr(outcome->err, beginning);
    if (!at)
        fail_msg("nothing told about %s: %s", name, outcome->err);
    return strtod(at + strlen(beginning), NULL);
}

/* A user's environment that would spoil every measurement. */
static int enter_with_an_environment(void **state)
{
    static const char *const variables[][2] = {
        {"OMP_NUM_THREADS", "7"},      {"OPENBLAS_NUM_THREADS", "9"}, {"MKL_NUM_THREADS", "11"},
        {"BLIS_NUM_THREADS", "12"},    {"OMP_DYNAMIC", "true"},       {"OMP_PROC_BIND", "true"},
        {"OMP_PLACES", "cores"},       {"GOMP_CPU_AFFINITY", "0"},    {"OMP_THREAD_LIMIT", "1"},
        {"OMP_SCHEDULE", "static,99"}, {"SPEEDUP_TEST_OTHER", "kept"}};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        if (setenv(variables[i][0], variables[i][1], 1) != 0)
            return -1;
    return scratch_enter(state);
}

static int leave_the_environment(void **state)
{
    static const char *const names[] = {
        "OMP_NUM_THREADS",  "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",   "BLIS_NUM_THREADS",
        "OMP_DYNAMIC",      "OMP_PROC_BIND",        "OMP_PLACES",        "GOMP_CPU_AFFINITY",
        "OMP_THREAD_LIMIT", "OMP_SCHEDULE",         "SPEEDUP_TEST_OTHER"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
    return scratch_leave(state);
}

static void the_environment_is_what_the_row_says(void **unused)
{
    (void)unused;
    struct outcome outcome = bench(SMALL, "--strategies", "tells-environment", "--workers", "3");
    assert_tells(&outcome, "OMP_NUM_THREADS=3"); /* as many as workers */
    assert_tells(&outcome, "OPENBLAS_NUM_THREADS=1");
    assert_tells(&outcome, "MKL_NUM_THREADS=1");
    assert_tells(&outcome, "BLIS_NUM_THREADS=1");
    assert_tells(&outcome, "OMP_DYNAMIC=false");
    assert_tells(&outcome, "OMP_PROC_BIND=(none)");
    assert_tells(&outcome, "OMP_PLACES=(none)");
    assert_tells(&outcome, "GOMP_CPU_AFFINITY=(none)");
    assert_tells(&outcome, "OMP_THREAD_LIMIT=(none)");
    assert_tells(&outcome, "OMP_SCHEDULE=(none)");
    assert_tells(&outcome, "SPEEDUP_TEST_OTHER=kept");
    /* Nothing of a run comes into the table. */
    assert_tells(&outcome, "said on standard output");
    assert_null(strstr(outcome.out, "said on standard output"));
    outcome_free(&outcome);
}

static void blas_threads_are_what_the_row_says(void **unused)
{
    (void)unused;
    struct outcome outcome =
        bench("--images", "2", "--size", "20x30", "--filter", "dot", "--blas-threads", "5",
              "--strategies", "tells-environment", "--workers", "3");
    assert_tells(&outcome, "OPENBLAS_NUM_THREADS=5");
    assert_tells(&outcome, "MKL_NUM_THREADS=5");
    assert_tells(&outcome, "BLIS_NUM_THREADS=5");
    assert_tells(&outcome, "OMP_NUM_THREADS=5");
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    size_t row = table_find(&summary, "tells-environment", 3);
    assert_string_equal(table_field(&summary, row, "blas_asked"), "5");
    assert_string_equal(table_field(&summary, row, "ceiling"), ""); /* counting tells nothing */
    /* Threads below a worker that is bound would all share its core. */
    assert_string_equal(table_field(&summary, row, "bind"), "none");
    row = table_find(&summary, "serial", 1);
    assert_string_equal(table_field(&summary, row, "blas_asked"), "1");
    assert_string_equal(table_field(&summary, row, "bind"), "cores");
    table_free(&summary);

    outcome = bench("--images", "2", "--size", "20x30", "--filter", "dot", "--blas-threads", "off",
                    "--strategies", "tells-environment", "--workers", "3");
    assert_tells(&outcome, "OPENBLAS_NUM_THREADS=1");
    assert_tells(&outcome, "OMP_NUM_THREADS=1");
    outcome_free(&outcome);
}

/* The text that was told as NAME=TEXT. */
static void told_text(const struct outcome *outcome, const char *name, char text[300])
{
    char beginning[32];
    snprintf(beginning, sizeof beginning, "%s=", name);
    const char *at = strstr(outcome->err, beginning);
    if (!at)
        fail_msg("nothing told about %s: %s", name, outcome->err);
    at += strlen(beginning);
    snprintf(text, 300, "%.*s", (int)strcspn(at, "\n"), at);
}

static void every_worker_has_a_core_of_its_own(void **unused)
{
    (void)unused;
    char before[300], first[300], second[300];
    struct topology topology;
    struct error error;
    assert_int_equal(topology_load(&topology, NULL, &error), 0);
    bool can_bind = topology.can_bind;
    int threads = topology.threads;
    topology_destroy(&topology);
    if (!can_bind)
        skip(); /* this system binds nobody */

    struct outcome outcome = bench(SMALL, "--strategies", "tells-binding", "--workers", "2");
    told_text(&outcome, "before", before);
    told_text(&outcome, "worker0", first);
    told_text(&outcome, "worker1", second);
    outcome_free(&outcome);
    assert_int_equal(strcspn(first, ",-"), strlen(first)); /* one number */
    assert_int_equal(strcspn(second, ",-"), strlen(second));
    if (threads > 1) {
        assert_string_not_equal(first, second);
        assert_string_not_equal(before, first);
    }

    outcome = bench(SMALL, "--strategies", "tells-binding", "--workers", "2", "--bind", "none");
    told_text(&outcome, "before", before);
    told_text(&outcome, "worker0", first);
    outcome_free(&outcome);
    assert_string_equal(before, first);
}

/* The three times are of the three parts, and of nothing else: the run's is between what the
 * strategy saw itself inside and outside of it. */
static void start_run_and_stop_are_timed_apart(void **unused)
{
    (void)unused;
    struct outcome outcome = bench(SMALL, "--strategies", "tells-clock", "--workers", "1");
    double start_inside = told(&outcome, "start_ends") - told(&outcome, "start_begins");
    double run_inside = told(&outcome, "run_ends") - told(&outcome, "run_begins");
    double run_outside = told(&outcome, "stop_begins") - told(&outcome, "start_ends");
    double stop_inside = told(&outcome, "stop_ends") - told(&outcome, "stop_begins");
    outcome_free(&outcome);
    struct table runs = table_load("r/runs.csv");
    size_t row = table_find(&runs, "tells-clock", 1);
    const double ROUNDING_S = 1e-8; /* nine digits of seconds */
    assert_true(start_inside >= 0.05 && stop_inside >= 0.05);
    assert_true(table_value(&runs, row, "start_s") >= start_inside - ROUNDING_S);
    assert_true(table_value(&runs, row, "wall_s") >= run_inside - ROUNDING_S);
    assert_true(table_value(&runs, row, "wall_s") <= run_outside + ROUNDING_S);
    assert_true(table_value(&runs, row, "stop_s") >= stop_inside - ROUNDING_S);
    /* The tasks were run in between, and their stamps count from the beginning of the run. */
    struct table trace = table_load("r/trace.csv");
    double last_s = 0;
    for (size_t task = table_find(&trace, "tells-clock", 1); task < trace.rows; task++) {
        assert_true(table_value(&trace, task, "start_s") >= last_s);
        last_s = table_value(&trace, task, "end_s");
        assert_true(last_s > table_value(&trace, task, "start_s"));
    }
    assert_true(last_s <= table_value(&runs, row, "wall_s") + ROUNDING_S);
    table_free(&runs);
    table_free(&trace);
}

/* Its child took 0.2 s of processor time and wrote to 64 MiB; it told how much the system took of
 * the time. */
static void children_count_too(void **unused)
{
    (void)unused;
    struct outcome outcome = bench(SMALL, "--strategies", "has-a-busy-child", "--workers", "1");
    double user_s = told(&outcome, "child_user"), sys_s = told(&outcome, "child_sys");
    outcome_free(&outcome);
    struct table runs = table_load("r/runs.csv");
    size_t row = table_find(&runs, "has-a-busy-child", 1), serial = table_find(&runs, "serial", 1);
    double pages = 64.0 * 1024 * 1024 / (double)sysconf(_SC_PAGESIZE);
    const double CLOCK_TICK_S = 0.01; /* some systems count in these */
    assert_true(user_s + sys_s >= 0.18);
    assert_true(table_value(&runs, row, "user_s") >= user_s - CLOCK_TICK_S);
    assert_true(table_value(&runs, row, "sys_s") >= sys_s - CLOCK_TICK_S);
    assert_true(table_value(&runs, row, "max_rss_kib") >= 64 * 1024);
    assert_true(table_value(&runs, row, "max_rss_kib") >
                table_value(&runs, serial, "max_rss_kib") + 32 * 1024);
    /* Pages may be larger than they say they are, but not a thousand times. */
    assert_true(table_value(&runs, row, "minor_faults") >= pages / 1024);
    assert_true(table_value(&runs, row, "major_faults") < pages / 2);
    struct table summary = table_load("r/summary.csv");
    row = table_find(&summary, "has-a-busy-child", 1);
    assert_true(table_value(&summary, row, "max_rss_kib") >= 64 * 1024);
    table_free(&runs);
    table_free(&summary);
}

/* There is nowhere else to say it. */
static void one_that_cannot_attach_says_so(void **unused)
{
    (void)unused;
    assert_speedup_says(1, "shared memory: cannot be inherited: Bad file descriptor",
                        "--isolated-run", "99");
    assert_speedup_says(1, "shared memory: cannot be inherited: Bad file descriptor",
                        "--spawned-worker", "99");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
#define TEST_WITH_ENVIRONMENT(test)                                                                \
    cmocka_unit_test_setup_teardown(test, enter_with_an_environment, leave_the_environment)
    const struct CMUnitTest tests[] = {
        TEST_WITH_ENVIRONMENT(the_environment_is_what_the_row_says),
        TEST_WITH_ENVIRONMENT(blas_threads_are_what_the_row_says),
        TEST(every_worker_has_a_core_of_its_own),
        TEST(start_run_and_stop_are_timed_apart),
        TEST(children_count_too),
        cmocka_unit_test(one_that_cannot_attach_says_so),
    };
    return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
