/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `speedup report`, `plot` and `compare` say about results that are odd in one way each: a quota,
 * images of several sizes, a figure within its noise, a filter through a BLAS. The rows are made
 * here, column by column as the files' contract has them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static const char HEADER[] =
    "schema,host,cpu,cores,threads,quota,filter,strategy,workers,grain,blas_threads,io,bind,ny,nx,"
    "window,tasks,rounds,t0_s,wall_median_s,wall_low_s,wall_high_s,speedup,speedup_low,"
    "speedup_high,activity_speedup,ceiling,efficiency,karp_flatt,cpu_utilisation,max_rss_kib,"
    "status,lock,latency_s,blas_asked,gflops\n";

/* What all rows of a result share; "" is an empty field. */
struct work {
    const char *cpu, *quota, *filter, *blas_threads, *size /* "NY,NX" */, *latency_s;
    int tasks;
};

static const struct work ACTIVITY = {"Example CPU", "", "highpass", "", "1000,1000", "", 24};

/* A row: the serial one took 24 s, and each interval is `spread` to either side. */
struct row {
    const char *strategy;
    int workers;
    double wall_s, spread, ceiling;
};

static void put_row(FILE *file, const struct work *work, const struct row *row)
{
    double speedup = 24 / row->wall_s, low = 1 - row->spread, high = 1 + row->spread;
    fprintf(file, "1,host,%s,4,8,%s,%s,%s,%d,image,%s,memory,cores,%s,50,%d,10,1,", work->cpu,
            work->quota, work->filter, row->strategy, row->workers, work->blas_threads, work->size,
            work->tasks);
    fprintf(file, "%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,0.9,%d,ok,none,%s,%s,\n",
            row->wall_s, row->wall_s * low, row->wall_s * high, speedup, speedup * low,
            speedup * high, 24 / row->wall_s, row->ceiling, speedup / row->workers,
            row->workers > 1 ? 0.1 : 0.0, 100 * 1024 * row->workers, work->latency_s,
            work->blas_threads);
}

static void write_result(const char *directory, const struct work *work, const struct row *rows,
                         size_t count)
{
    char path[64];
    const struct row serial = {"serial", 1, 24, 0.01, 1};
    mkdir(directory, 0777);
    snprintf(path, sizeof path, "%.40s/summary.csv", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(HEADER, file);
    put_row(file, work, &serial);
    for (size_t i = 0; i < count; i++)
        put_row(file, work, &rows[i]);
    assert_int_equal(fclose(file), 0);
}

static void assert_has(const char *path, const char *text, int wanted)
{
    size_t count;
    char *whole = scratch_read(path, &count);
    if (wanted != (strstr(whole, text) != NULL))
        fail_msg("%s %s \"%s\"; it is:\n%s", path, wanted ? "lacks" : "has", text, whole);
    free(whole);
}

/* Writes the report of a result of these rows, and looks for a text in it. */
static void assert_reported(const struct work *work, const struct row *rows, size_t count,
                            const char *text, int wanted)
{
    write_result("r", work, rows, count);
    struct outcome outcome = run_speedup("report", "r");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    outcome_free(&outcome);
    assert_has("r/report.md", text, wanted);
}

static void a_quota_is_a_limit(void **unused)
{
    (void)unused;
    struct work work = ACTIVITY;
    const struct row rows[] = {{"pool", 4, 12, 0.01, 4}};
    work.quota = "2";
    assert_reported(&work, rows, 1, "limited to 2.00 CPUs by a quota", 1);
    assert_has("r/report.md", "there are more workers (4) than cores that this program may use (2)",
               1);
    assert_reported(&ACTIVITY, rows, 1, "quota", 0);
    assert_has("r/report.md", "there are more workers", 0);
}

static void the_interval_decides_what_is_linear(void **unused)
{
    (void)unused;
    /* 24 / 6.1 = 3.93, and 95 % of 4 are 3.8. */
    const struct row wide[] = {{"pool", 4, 6.1, 0.05, 4}}, narrow[] = {{"pool", 4, 6.1, 0.01, 4}};
    const struct row low[] = {{"pool", 4, 7, 0.01, 4}};
    assert_reported(&ACTIVITY, wide, 1, "Is it linear? That cannot be told", 1);
    assert_reported(&ACTIVITY, narrow, 1, "Is it linear? Yes", 1);
    assert_reported(&ACTIVITY, low, 1, "Is it linear? No", 1);
}

static void copying_within_the_noise_is_said_to_be(void **unused)
{
    (void)unused;
    const struct row near[] = {{"fork", 2, 12, 0.1, 2}, {"fork-pipe", 2, 13, 0.1, 2}};
    const struct row far[] = {{"fork", 2, 12, 0.01, 2}, {"fork-pipe", 2, 15, 0.01, 2}};
    assert_reported(&ACTIVITY, near, 2, "within each other's noise", 1);
    assert_reported(&ACTIVITY, far, 2, "within each other's noise", 0);
    assert_has("r/report.md", "the copying cost 3 s", 1);
}

/* The most workers that both have. */
static void copying_is_told_on_the_most_workers(void **unused)
{
    (void)unused;
    const struct row rows[] = {{"fork", 2, 12, 0.01, 2},
                               {"fork", 4, 6, 0.01, 4},
                               {"fork-pipe", 2, 13, 0.01, 2},
                               {"fork-pipe", 4, 8, 0.01, 4}};
    assert_reported(&ACTIVITY, rows, 4, "On 4 workers fork took 6 s and fork-pipe 8 s", 1);
}

static void a_speedup_of_perhaps_1_saves_perhaps_nothing(void **unused)
{
    (void)unused;
    const struct row perhaps[] = {{"pool", 2, 23, 0.1, 2}}, surely[] = {{"pool", 2, 13, 0.1, 2}};
    assert_reported(&ACTIVITY, perhaps, 1, "perhaps nothing is saved", 1);
    assert_reported(&ACTIVITY, surely, 1, "perhaps nothing is saved", 0);
}

static void what_was_computed_is_named(void **unused)
{
    (void)unused;
    struct work waits = ACTIVITY, several = ACTIVITY;
    const struct row rows[] = {{"pool", 4, 8, 0.01, 4}};
    waits.filter = "wait";
    waits.latency_s = "0.02";
    several.size = ",";
    assert_reported(&waits, rows, 1, "wait, 24 tasks of 20 ms", 1);
    assert_reported(&several, rows, 1, "highpass, 24 images of several sizes", 1);
    assert_reported(&ACTIVITY, rows, 1, "highpass, 24 images of 1000x1000", 1);
}

static void how_results_were_compared_is_told(void **unused)
{
    (void)unused;
    struct work blas = ACTIVITY;
    const struct row rows[] = {{"pool", 4, 8, 0.01, 4}};
    blas.filter = "dot";
    blas.blas_threads = "1";
    assert_reported(&blas, rows, 1, "to 1e-12 of the largest value", 1);
    assert_reported(&ACTIVITY, rows, 1, "bit for bit", 1);
    assert_has("r/report.md", "to 1e-12", 0);
}

/* 24 / 8 = 3 of a ceiling of 3.5: 86 % of it, 75 % of the linear. 4 * 100 MiB. */
static void the_table_has_what_its_headings_say(void **unused)
{
    (void)unused;
    const struct row rows[] = {{"pool", 4, 8, 0.05, 3.5}};
    assert_reported(
        &ACTIVITY, rows, 1,
        "| pool | 4 | 8.00 (7.60-8.40) | 3.00 (2.85-3.15) | 3.50 | 86 % | 75 % | 90 % | "
        "400 MiB | ok |\n",
        1);
}

static void names_cannot_break_a_table_or_a_graph(void **unused)
{
    (void)unused;
    struct work work = ACTIVITY;
    const struct row rows[] = {{"pool", 4, 8, 0.05, 4}};
    work.cpu = "Bob's <i>|CPU";
    assert_reported(&work, rows, 1, "Bob's \\<i\\>\\|CPU", 1);
    assert_has("r/report.html", "Bob's &lt;i&gt;|CPU", 1);
    struct outcome outcome = run_speedup("plot", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_has("r/settings.gp", "Bob\\047s <i>\\174CPU", 1);
    assert_int_equal(access("r/speedup.png", R_OK), 0);
    assert_int_equal(access("r/speedup.svg", R_OK), 0);
}

/* The ceiling is drawn where it was worked out, also that of images of several sizes. */
static void a_ceiling_is_a_tick(void **unused)
{
    (void)unused;
    struct work several = ACTIVITY;
    const struct row rows[] = {{"pool", 4, 8, 0.05, 3.5}};
    several.size = ",";
    write_result("r", &several, rows, 1);
    struct outcome outcome = run_speedup("plot", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_has("r/settings.gp", " 3.5\nEND\n", 1);        /* of the speedup */
    assert_has("r/settings.gp", " 6.85714286\nEND\n", 1); /* of the wall time: 24 s / 3.5 */
    assert_has("r/settings.gp", " 0.875\nEND\n", 1);      /* of the efficiency: 3.5 / 4 */
}

static void different_work_is_compared_with_a_word(void **unused)
{
    (void)unused;
    struct work other = ACTIVITY;
    const struct row rows[] = {{"pool", 4, 8, 0.05, 4}, {"pool", 2, 16, 0.05, 2}};
    other.size = "500,1000";
    write_result("a", &ACTIVITY, rows, 2);
    write_result("b", &ACTIVITY, rows, 2);
    write_result("c", &other, rows, 2);
    struct outcome outcome = run_speedup("compare", "a", "b", "--all", "--out", "same");
    assert_int_equal(outcome.code, 0);
    assert_null(strstr(outcome.out, "not results of the same work"));
    outcome_free(&outcome);
    outcome = run_speedup("compare", "a", "c", "--all", "--out", "different");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "not results of the same work"));
    outcome_free(&outcome);
    /* A line for each, and its points in rising order of workers. */
    assert_has("different/compare.gp", "\n2 1.5\n4 3\n", 1);
    assert_has("different/compare.csv", "\n1,1,a,", 1);
    assert_has("different/compare.csv", "\n1,3,c,", 1);
}

/* 41 results of two lines each: of each its best, and of these no more than can be told apart; the slowest
 * is left out. */
static void many_results_are_thinned_out(void **unused)
{
    enum { RESULTS = 41 };
    char names[RESULTS][8];
    const char *arguments[RESULTS + 6] = {speedup_path(), "compare", "--all", "--out", "many"};
    (void)unused;
    for (int i = 0; i < RESULTS; i++) {
        const struct row rows[] = {{"pool", 4, 24 / (1.5 + 0.05 * i), 0.01, 4},
                                   {"fork", 4, 24 / 1.1, 0.01, 4}};
        snprintf(names[i], sizeof names[i], "r%d", i);
        write_result(names[i], &ACTIVITY, rows, 2);
        arguments[5 + i] = names[i];
    }
    struct outcome outcome = run_program(arguments);
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_has("many/compare.gp", "\ncompare_lines = 40\n", 1);
    assert_has("many/compare.gp", "\ntitle_1 = \"1  r40: pool (Example CPU)\"\n", 1);
    assert_has("many/compare.gp", "\ntitle_40 = \"40  r1: pool (Example CPU)\"\n", 1);
    assert_has(
        "many/compare.gp",
        "\nnote = \"40 of 41 results, each with its fastest strategy; compare.csv has all\"\n", 1);
    assert_has("many/compare.csv", "\n1,0,r0,", 1);
    assert_has("many/compare.csv", "\n1,1,r0,", 0);
    assert_has("many/compare.csv", "\n1,40,r1,", 1);
    assert_has("many/compare.csv", "\n1,1,r40,", 1);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_quota_is_a_limit),
        TEST(the_interval_decides_what_is_linear),
        TEST(copying_within_the_noise_is_said_to_be),
        TEST(copying_is_told_on_the_most_workers),
        TEST(a_speedup_of_perhaps_1_saves_perhaps_nothing),
        TEST(what_was_computed_is_named),
        TEST(how_results_were_compared_is_told),
        TEST(the_table_has_what_its_headings_say),
        TEST(names_cannot_break_a_table_or_a_graph),
        TEST(a_ceiling_is_a_tick),
        TEST(different_work_is_compared_with_a_word),
        TEST(many_results_are_thinned_out),
    };
    return cmocka_run_group_tests_name("report texts", tests, NULL, NULL);
}
