/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and circumstances that nobody would choose: files of one name, names that break lines, far too
 * many rows, next to no stack. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static void assert_fine(struct outcome outcome)
{
    if (outcome.code != 0)
        fail_msg("exit code %d: %s", outcome.code, outcome.err);
    outcome_free(&outcome);
}

static void make_images(const char *directory)
{
    assert_fine(run_speedup("generate", "--count", "2", "--size", "9x8", "--out", directory));
}

static void results_of_other_files_stay(void **state)
{
    (void)state;
    make_images("a");
    make_images("b");
#define FILTER(...) "filter", "--window", "3", "--out", "out", __VA_ARGS__
    assert_fine(run_speedup(FILTER("a/fake_9x8_0.fits")));
    assert_fine(run_speedup(FILTER("a/../a/fake_9x8_0.fits"))); /* its own is replaced */
    struct outcome outcome = run_speedup(FILTER("b/fake_9x8_0.fits", "b/fake_9x8_1.fits"));
    assert_int_equal(outcome.code, 1);
    assert_string_equal(outcome.out, "out/fake_9x8_1_filtered.fits\n");
    assert_string_equal(
        outcome.err,
        "speedup: out/fake_9x8_0_filtered.fits: is not from b/fake_9x8_0.fits, but lies where "
        "its result would go; choose another --out, or replace it with --overwrite\n");
    outcome_free(&outcome);
    assert_fine(run_speedup(FILTER("--overwrite", "b/fake_9x8_0.fits")));
    assert_fine(run_speedup(FILTER("b/fake_9x8_0.fits")));
}

static void little_stack(void **state)
{
    (void)state;
    struct outcome outcome = run_program((const char *const[]){
        "sh", "-c",
        "ulimit -S -s 64 && exec \"$0\" bench --images 1 --size 9x9 --window 3 --strategies "
        "serial,pool --workers 1 --rounds 1 --out r",
        speedup_path(), NULL});
    assert_fine(outcome);
    outcome = run_program((const char *const[]){"sh", "-c", "ulimit -s 64 && exec \"$0\" list",
                                                speedup_path(), NULL});
    assert_int_equal(outcome.code, 1);
    assert_string_equal(outcome.err, "speedup: stack: 64 KiB are too few; `ulimit -s 8192` allows "
                                     "the usual\n");
    outcome_free(&outcome);
}

/* What is printed last is sent off before the graphs are drawn, and fails there. */
static void no_room_for_what_is_printed(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    struct outcome outcome = run_program((const char *const[]){
        "sh", "-c",
        "\"$0\" bench --section activity --images 2 --size 16x12 --window 5 --strategies "
        "serial,pool --workers 1 --rounds 1 --out r >/dev/full",
        speedup_path(), NULL});
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "speedup: standard output: cannot be written\n"));
    outcome_free(&outcome);
}

static void a_name_of_two_lines(void **state)
{
    (void)state;
    make_images("a");
    assert_int_equal(rename("a/fake_9x8_0.fits", "a/x\ny.fits"), 0);
    struct outcome outcome = run_speedup("bench", "--io", "files", "--strategies", "gnu-parallel",
                                         "--workers", "2", "--rounds", "1", "--window", "3",
                                         "--out", "r", "a/x\ny.fits", "a/fake_9x8_1.fits");
    if (strstr(outcome.err, "is missing")) {
        print_message("GNU parallel is missing\n");
        outcome_free(&outcome);
        skip();
    }
    assert_fine(outcome);
}

/* More than can be handed to the ranks; what MPI says of it is that it has quit. */
static void names_too_long_for_mpi(void **state)
{
    enum { FILES = 560, DIGITS = 240 };
    char names[FILES][DIGITS + 16];
    const char *arguments[FILES + 24] = {
        speedup_path(), "bench", "--io",     "files", "--strategies", "mpi", "--workers", "2",
        "--rounds",     "1",     "--window", "3",     "--out",        "r"};
    (void)state;
    make_images("a");
    for (int i = 0; i < FILES; i++) {
        snprintf(names[i], sizeof names[i], "a/%0*d.fits", DIGITS, i);
        assert_int_equal(link("a/fake_9x8_0.fits", names[i]), 0);
        arguments[14 + i] = names[i];
    }
    struct outcome outcome = run_program(arguments);
    if (strstr(outcome.err, "MPI; install") || strstr(outcome.err, "mpirun is missing")) {
        print_message("MPI is missing\n");
        outcome_free(&outcome);
        skip();
    }
    assert_int_equal(outcome.code, 1);
    assert_non_null(
        strstr(outcome.err, "mpi with 2 workers: failed: the names of 560 files take "));
    outcome_free(&outcome);
}

/* Said before it begins, and not by being killed. */
static void more_than_the_memory(void **state)
{
    (void)state;
    struct outcome outcome = run_speedup("bench", "--images", "100000", "--size", "20000x20000",
                                         "--strategies", "pool", "--out", "r");
    assert_int_equal(outcome.code, 1);
    if (!strstr(outcome.err, "no memory")) /* where the system does not tell how much is free */
        assert_non_null(strstr(outcome.err, "speedup: images: 1192092.9 GiB of memory are needed "
                                            "(32 bytes a pixel), and "));
    outcome_free(&outcome);
}

/* A comparison of each row with each other took minutes; the time limit of a test would show it. */
static void twenty_thousand_rows(void **state)
{
    (void)state;
    size_t count;
    assert_fine(run_speedup("bench", "--images", "2", "--size", "9x8", "--window", "3",
                            "--strategies", "serial,pool", "--workers", "2", "--rounds", "1",
                            "--out", "r"));
    char *text = scratch_read("r/summary.csv", &count), *lines[3], *at = text;
    for (int i = 0; i < 3; i++)
        lines[i] = strsep(&at, "\n");
    char *workers = strstr(lines[2], "pool,2,");
    assert_non_null(workers);
    *workers = '\0';
    FILE *file = fopen("r/summary.csv", "w");
    assert_non_null(file);
    fprintf(file, "%s\n%s\n", lines[0], lines[1]);
    for (int i = 0; i < 20000; i++)
        fprintf(file, "%spool,%d,%s\n", lines[2], i + 1, workers + strlen("pool,2,"));
    assert_int_equal(fclose(file), 0);
    free(text);
    assert_fine(run_speedup("report", "r"));
    assert_fine(run_speedup("compare", "--out", "r", "r"));
    setenv("PATH", "/nonexistent", 1); /* the drawing itself takes gnuplot's time */
    struct outcome outcome = run_speedup("plot", "r");
    assert_string_equal(outcome.err, "speedup: gnuplot: not found; install it with `make deps`\n");
    outcome_free(&outcome);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(results_of_other_files_stay), TEST(little_stack),
        TEST(no_room_for_what_is_printed), TEST(a_name_of_two_lines),
        TEST(names_too_long_for_mpi),      TEST(more_than_the_memory),
        TEST(twenty_thousand_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
