/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BLAS threads: what `speedup blas` says of each library, and what `speedup bench` makes of
 * --blas-threads. Tests of libraries that are not installed here are skipped. */
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

/* The variables that decide, as if nobody had set them. */
static void forget_variables(void)
{
    static const char *const names[] = {"OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS",
                                        "BLIS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
}

/* `make test-blas` runs these tests with one library after the other; that one comes back after
 * each test. */
static char library_path[PATH_MAX];

static int enter(void **state)
{
    const char *path = getenv("LD_LIBRARY_PATH");
    snprintf(library_path, sizeof library_path, "%s", path ? path : "");
    forget_variables();
    return scratch_enter(state);
}

static int leave(void **state)
{
    setenv("LD_LIBRARY_PATH", library_path, 1);
    forget_variables();
    return scratch_leave(state);
}

/* What `speedup blas` says in the line that begins with this word; to be freed. */
static char *said(const char *word)
{
    enum { COLUMN = 12 };
    struct outcome outcome = run_speedup("blas");
    assert_int_equal(outcome.code, 0);
    assert_string_equal(outcome.err, "");
    const char *line = outcome.out;
    while (line && strncmp(line, word, strlen(word)) != 0) {
        line = strchr(line, '\n');
        line += line != NULL;
    }
    if (!line)
        fail_msg("no line '%s' in: %s", word, outcome.out);
    char *text = strndup(line + COLUMN, strcspn(line + COLUMN, "\n"));
    assert_non_null(text);
    outcome_free(&outcome);
    return text;
}

static void assert_said(const char *word, const char *expected)
{
    char *text = said(word);
    assert_string_equal(text, expected);
    free(text);
}

static bool is_openblas_with(const char *threading)
{
    char *library = said("library"), *layer = said("threading");
    bool is = strncmp(library, "OpenBLAS", 8) == 0 && (!threading || strcmp(layer, threading) == 0);
    free(library);
    free(layer);
    return is;
}

static int cores(void)
{
    struct topology topology;
    struct error error;
    assert_int_equal(topology_load(&topology, NULL, &error), 0);
    int threads = topology.threads;
    topology_destroy(&topology);
    return threads;
}

static void the_variables_of_openblas_decide_in_its_order(void **state)
{
    (void)state;
    if (!is_openblas_with("pthreads") || cores() < 2)
        skip();
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    assert_said("threads", "1");
    assert_said("decided by", "OPENBLAS_NUM_THREADS=1");
    setenv("OPENBLAS_NUM_THREADS", "2", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
    assert_said("threads", "2");
    assert_said("decided by", "OPENBLAS_NUM_THREADS=2");
    unsetenv("OPENBLAS_NUM_THREADS");
    assert_said("threads", "1");
    assert_said("decided by", "OMP_NUM_THREADS=1");
    setenv("GOTO_NUM_THREADS", "2", 1);
    assert_said("threads", "2");
    assert_said("decided by", "GOTO_NUM_THREADS=2");
}

/* A library of Debian's alternatives, put in front by LD_LIBRARY_PATH; the calling test is skipped
 * where it is not there or the program does not take it. */
static void take_library(const char *directory)
{
    char path[PATH_MAX + 2];
    setenv("LD_LIBRARY_PATH", directory, 1);
    char *file = said("file");
    snprintf(path, sizeof path, "%s/", directory);
    bool taken = strncmp(file, path, strlen(path)) == 0;
    free(file);
    if (!taken)
        skip();
}

static void another_library_is_named_without_a_rebuild(void **state)
{
    (void)state;
    take_library("/usr/lib/x86_64-linux-gnu/blas");
    assert_said("library", "Netlib reference BLAS (recognised by RowMajorStrg)");
    assert_said("threading", "none");
    assert_said("threads", "1");
    assert_said("decided by", "it has no threads of its own");
}

static void one_that_cannot_be_asked_is_told_by_its_file(void **state)
{
    (void)state;
    take_library("/usr/lib/x86_64-linux-gnu/blis-openmp");
    setenv("OMP_NUM_THREADS", "3", 1);
    assert_said("library", "BLIS (recognised by the name of its file)");
    assert_said("version", "unknown");
    assert_said("threads", "it cannot be asked; its manual says 3");
    assert_said("decided by", "OMP_NUM_THREADS=3");
}

static void a_library_that_cannot_be_told_is_unknown(void **state)
{
    (void)state;
    char stub[PATH_MAX];
    snprintf(stub, sizeof stub, "%s", speedup_path());
    char *slash = strrchr(stub, '/');
    assert_non_null(slash);
    strcpy(slash, "/tests/stub");
    take_library(stub);
    assert_said("library", "unknown");
    assert_said("version", "unknown");
    assert_said("threads", "unknown");
    assert_said("decided by", "unknown");
    assert_said("variables", "none");
}

/* The row with this strategy, number of workers, and of BLAS threads asked for. */
static size_t find_row(const struct table *table, const char *strategy, int workers, int asked)
{
    for (size_t row = 0; row < table->rows; row++)
        if (strcmp(table_field(table, row, "strategy"), strategy) == 0 &&
            table_value(table, row, "workers") == workers &&
            table_value(table, row, "blas_asked") == asked)
            return row;
    fail_msg("no row for %s on %d with %d BLAS threads", strategy, workers, asked);
    return 0;
}

/* 50 x 60 is too small for OpenBLAS to take its threads to, so that this is quick; the number in
 * effect is what it says, all the same. */
static void threads_in_effect_are_those_asked_for(void **state)
{
    (void)state;
    struct outcome outcome =
        run_speedup("bench", "--filter", "dot", "--images", "3", "--size", "50x60", "--rounds", "1",
                    "--strategies", "fork,pool,openmp,blas", "--workers", "1,3", "--blas-threads",
                    "off,2", "--grain", "image", "--wide", "--out", "r");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    assert_non_null(strstr(outcome.out, "GFLOP/s"));
    struct table summary = table_load("r/summary.csv");
    assert_int_equal(summary.rows, 1 + 3 * 4 + 2);
    for (size_t row = 0; row < summary.rows; row++)
        assert_string_equal(table_field(&summary, row, "status"), "ok");
    bool on_top = is_openblas_with("pthreads");
    size_t rows[] = {find_row(&summary, "fork", 3, 2), find_row(&summary, "pool", 3, 2),
                     find_row(&summary, "openmp", 3, 2), find_row(&summary, "blas", 3, 3)};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && on_top; i++) {
        assert_string_equal(table_field(&summary, rows[i], "blas_threads"),
                            table_field(&summary, rows[i], "blas_asked"));
        assert_string_equal(table_field(&summary, rows[i], "bind"), "none");
    }
    assert_true(table_value(&summary, find_row(&summary, "pool", 3, 1), "blas_threads") == 1 ||
                !on_top);
    assert_true(table_value(&summary, 0, "tasks") == 3);
    assert_true(table_value(&summary, find_row(&summary, "blas", 3, 3), "ceiling") == 3);
    double gflops = 3 * 50.0 * 51 * 60 / table_value(&summary, 0, "wall_median_s") / 1e9;
    assert_true(fabs(table_value(&summary, 0, "gflops") / gflops - 1) < 1e-6);
    assert_true(access("r/blas.png", R_OK) == 0 && access("r/blas.svg", R_OK) == 0);
    table_free(&summary);
    outcome_free(&outcome);
}

/* The reference BLAS has no threads: that is said, and recorded, not hidden. */
static void fewer_threads_than_asked_for_are_reported(void **state)
{
    (void)state;
    take_library("/usr/lib/x86_64-linux-gnu/blas");
    struct outcome outcome =
        run_speedup("bench", "--filter", "dot", "--images", "1", "--size", "20x30", "--rounds", "1",
                    "--strategies", "blas", "--workers", "2", "--out", "r");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.err, "blas with 2 BLAS threads: Netlib reference BLAS used 1 "
                                        "instead; `speedup blas` tells what decides that"));
    struct table summary = table_load("r/summary.csv");
    size_t row = find_row(&summary, "blas", 2, 2);
    assert_string_equal(table_field(&summary, row, "blas_threads"), "1");
    table_free(&summary);
    outcome_free(&outcome);
}

/* Ten bands unless it is said otherwise; 7 of 1000 rows are unequal, and leave none out (each is
 * checked, and what nobody wrote is poison). */
static void products_are_cut_into_bands(void **state)
{
    (void)state;
    static const struct {
        const char *bands;
        double tasks;
    } cases[] = {{NULL, 20}, {"7", 14}, {"100000", 2000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const arguments[] = {speedup_path(),
                                         "bench",
                                         "--filter",
                                         "dot",
                                         "--images",
                                         "2",
                                         "--size",
                                         "1000x9",
                                         "--rounds",
                                         "1",
                                         "--strategies",
                                         "fork,fork-pipe",
                                         "--workers",
                                         "3",
                                         "--out",
                                         "r",
                                         cases[i].bands ? "--bands" : NULL,
                                         cases[i].bands,
                                         NULL};
        struct outcome outcome = run_program(arguments);
        if (outcome.code != 0)
            fail_msg("%s", outcome.err);
        outcome_free(&outcome);
        struct table summary = table_load("r/summary.csv");
        assert_true(table_value(&summary, 0, "tasks") == cases[i].tasks);
        assert_string_equal(table_field(&summary, 0, "grain"), "band");
        table_free(&summary);
    }
}

/* A child that is forked from a process with library threads has none of them: a library that does
 * not know waits for them forever. */
static void forked_workers_with_blas_threads_never_hang(void **state)
{
    (void)state;
    struct outcome outcome =
        run_speedup("bench", "--filter", "dot", "--images", "4", "--size", "300x200", "--rounds",
                    "15", "--strategies", "fork", "--workers", "2", "--blas-threads", "4",
                    "--timeout", "10", "--grain", "image", "--out", "r");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    outcome_free(&outcome);
    struct table runs = table_load("r/runs.csv");
    assert_int_equal(runs.rows, 30);
    for (size_t row = 0; row < runs.rows; row++)
        assert_string_equal(table_field(&runs, row, "status"), "ok");
    table_free(&runs);
}

static void what_does_not_go_together_is_refused(void **state)
{
    (void)state;
    assert_speedup_says(2,
                        "--strategies: blas needs a filter that uses a BLAS: dot, dot-gemm, "
                        "smooth-blas",
                        "bench", "--strategies", "blas");
    assert_speedup_says(2, "--blas-threads: 'none' is none of: off, on, a number", "bench",
                        "--filter", "dot", "--blas-threads", "none");
    assert_speedup_says(2, "--bands: needs --grain band", "bench", "--bands", "3");
    assert_speedup_says(2, "x: blas takes no arguments; see --help", "blas", "x");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)
    const struct CMUnitTest tests[] = {
        TEST(the_variables_of_openblas_decide_in_its_order),
        TEST(another_library_is_named_without_a_rebuild),
        TEST(one_that_cannot_be_asked_is_told_by_its_file),
        TEST(a_library_that_cannot_be_told_is_unknown),
        TEST(threads_in_effect_are_those_asked_for),
        TEST(fewer_threads_than_asked_for_are_reported),
        TEST(products_are_cut_into_bands),
        TEST(forked_workers_with_blas_threads_never_hang),
        TEST(what_does_not_go_together_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
