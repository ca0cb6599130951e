/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup bench` as a whole: its files, its checks, and what it does about files that are broken. */
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static const char RUNS_HEADER[] =
    "schema,host,cpu,cores,threads,quota,filter,strategy,workers,grain,blas_threads,io,bind,ny,nx,"
    "window,tasks,round,start_s,wall_s,stop_s,user_s,sys_s,max_rss_kib,minor_faults,major_faults,"
    "voluntary_switches,involuntary_switches,status";
static const char SUMMARY_HEADER[] =
    "schema,host,cpu,cores,threads,quota,filter,strategy,workers,grain,blas_threads,io,bind,ny,nx,"
    "window,tasks,rounds,t0_s,wall_median_s,wall_low_s,wall_high_s,speedup,speedup_low,"
    "speedup_high,activity_speedup,ceiling,efficiency,karp_flatt,cpu_utilisation,max_rss_kib,"
    "status";

static void assert_begins_with(const char *path, const char *beginning)
{
    size_t count;
    char *text = scratch_read(path, &count);
    if (strncmp(text, beginning, strlen(beginning)) != 0)
        fail_msg("%s does not begin with %s", path, beginning);
    free(text);
}

static size_t find_row(const struct table *table, const char *strategy, const char *workers)
{
    for (size_t row = 0; row < table->rows; row++)
        if (strcmp(table_field(table, row, "strategy"), strategy) == 0 &&
            strcmp(table_field(table, row, "workers"), workers) == 0)
            return row;
    fail_msg("no row for %s on %s", strategy, workers);
    return 0;
}

static void check_bench_files(void)
{
    static const char *const files[] = {
        "runs.csv",       "summary.csv",    "trace.csv",    "machine.txt",
        "speedup.png",    "speedup.svg",    "walltime.png", "walltime.svg",
        "efficiency.png", "efficiency.svg", "timeline.png", "timeline.svg",
        "report.md",      "report.html",    "images.png",   "settings.gp"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[64];
        struct stat info;
        snprintf(path, sizeof path, "r/%s", files[i]);
        if (stat(path, &info) != 0 || info.st_size == 0)
            fail_msg("%s is missing or empty", path);
    }
    assert_int_equal(access("r/original.fits", F_OK), -1); /* without --keep */
    assert_int_equal(access("r/filtered.fits", F_OK), -1);
}

static void a_benchmark_writes_what_it_promises(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--images", "5", "--size", "40x30", "--window", "5", "--rounds", "6",
                    "--strategies", "pool,fork", "--workers", "1,2", "--out", "r");
    assert_int_equal(outcome.code, 0);
    /* Beside other programs there is a verdict, and no headline. */
    bool fit = strstr(outcome.out, "Verdict: fit to post.") != NULL;
    assert_true(fit || strstr(outcome.out, "Verdict: disturbed: "));
    assert_int_equal(strstr(outcome.out, "Best speedup: ") != NULL, fit);
    assert_int_equal(strstr(outcome.out, "speedup = 5 * t0 / tp = 5 * ") != NULL, fit);
    outcome_free(&outcome);
    check_bench_files();
    assert_begins_with("r/runs.csv", RUNS_HEADER);
    assert_begins_with("r/summary.csv", SUMMARY_HEADER);
    assert_begins_with("r/trace.csv", "strategy,workers,filter,task,worker,start_s,end_s");

    struct table runs = table_load("r/runs.csv");
    assert_int_equal(runs.rows, 6 * 5); /* rounds * (serial and 2 strategies * 2 workers) */
    for (size_t row = 0; row < runs.rows; row++) {
        assert_string_equal(table_field(&runs, row, "status"), "ok");
        assert_true(table_value(&runs, row, "wall_s") > 0);
    }
    struct table summary = table_load("r/summary.csv");
    assert_int_equal(summary.rows, 5);
    size_t two = find_row(&summary, "pool", "2");
    assert_true(table_value(&summary, two, "rounds") == 6);
    assert_true(table_value(&summary, two, "tasks") == 5);
    assert_true(fabs(table_value(&summary, two, "ceiling") - 5.0 / 3) < 1e-8);
    double speedup = table_value(&summary, two, "speedup");
    assert_true(table_value(&summary, two, "speedup_low") <= speedup);
    assert_true(table_value(&summary, two, "speedup_high") >= speedup);
    assert_true(fabs(table_value(&summary, two, "efficiency") - speedup / 2) < 1e-8);
    size_t one = find_row(&summary, "serial", "1");
    assert_true(table_value(&summary, one, "speedup") == 1);
    assert_string_equal(table_field(&summary, one, "karp_flatt"), ""); /* undefined: empty, not 0 */
    struct table trace = table_load("r/trace.csv");
    assert_int_equal(trace.rows, 5 * 5); /* configurations * tasks */
    table_free(&runs);
    table_free(&summary);
    table_free(&trace);
}

static void speedup_is_the_median_of_the_ratios_in_runs_csv(void **unused)
{
    (void)unused;
    double walls[2][3];
    int count[2] = {0, 0};
    struct outcome outcome =
        run_speedup("bench", "--images", "3", "--size", "30x30", "--window", "3", "--rounds", "3",
                    "--strategies", "pthreads", "--workers", "2", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    struct table runs = table_load("r/runs.csv");
    struct table summary = table_load("r/summary.csv");
    for (size_t row = 0; row < runs.rows; row++) {
        int which = strcmp(table_field(&runs, row, "strategy"), "serial") != 0;
        walls[which][count[which]++] = table_value(&runs, row, "wall_s");
    }
    double r[3]; /* round after round; the middle one of three */
    for (int i = 0; i < 3; i++)
        r[i] = walls[0][i] / walls[1][i];
    double low = fmin(r[0], fmin(r[1], r[2])), high = fmax(r[0], fmax(r[1], r[2]));
    double ratio = r[0] + r[1] + r[2] - low - high;
    size_t row = find_row(&summary, "pthreads", "2");
    assert_true(fabs(table_value(&summary, row, "speedup") / ratio - 1) < 1e-6);
    assert_string_equal(table_field(&summary, row, "speedup_low"), ""); /* three are too few */
    table_free(&runs);
    table_free(&summary);
}

static void an_earlier_result_is_kept(void **unused)
{
    (void)unused;
    size_t first, kept;
    struct outcome outcome = run_speedup("bench", "--images", "2", "--size", "20x20", "--rounds",
                                         "1", "--strategies", "serial", "--out", "r");
    assert_int_equal(outcome.code, 0);
    assert_null(strstr(outcome.err, "earlier results"));
    outcome_free(&outcome);
    char *before = scratch_read("r/runs.csv", &first);
    outcome = run_speedup("bench", "--images", "3", "--size", "20x20", "--rounds", "1",
                          "--strategies", "serial", "--out", "r/");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.err, "speedup: the earlier results are kept in r.1\n"));
    outcome_free(&outcome);
    char *after = scratch_read("r.1/runs.csv", &kept);
    assert_string_equal(after, before);
    assert_int_equal(access("r/report.html", F_OK), 0);
    free(before);
    free(after);
}

static void bands_are_tasks_of_their_own_and_change_nothing(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--images", "2", "--size", "300x20", "--window", "9", "--rounds", "1",
                    "--strategies", "pool", "--workers", "3", "--grain", "band", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    size_t row = find_row(&summary, "pool", "3");
    assert_true(table_value(&summary, row, "tasks") == 6); /* 300 rows are 3 bands of 100 */
    assert_string_equal(table_field(&summary, row, "status"), "ok");
    table_free(&summary);
}

/* `make bench BENCH_FLAGS='--grain band'` means the sections that have bands; it was an error. */
static void options_for_all_sections_do_not_stop_one(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--section", "files", "--images", "2", "--size", "30x20", "--window",
                    "5", "--rounds", "1", "--strategies", "pool", "--workers", "2", "--grain",
                    "band", "--bands", "3", "--out", "r");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    assert_non_null(strstr(outcome.err, "--grain: a task of this section is a file, not a band"));
    outcome_free(&outcome);
    struct table summary = table_load("r/files/summary.csv");
    assert_string_equal(table_field(&summary, 0, "grain"), "image");
    assert_true(table_value(&summary, 0, "tasks") == 2);
    table_free(&summary);
}

/* The launchers that there are here, and the in-process strategies, on the same files. */
static void files_go_in_and_come_out_and_leave_nothing(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup(
        "bench", "--images", "7", "--size", "20x30", "--window", "5", "--rounds", "1", "--io",
        "files", "--skip-missing", "--strategies",
        "fork,fork-pipe,spawn,pthreads,pool,process-pool,openmp,programs,gnu-parallel,mpi",
        "--workers", "3", "--out", "r");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    assert_true(summary.rows >= 8);
    for (size_t row = 0; row < summary.rows; row++) {
        assert_string_equal(table_field(&summary, row, "status"), "ok");
        assert_string_equal(table_field(&summary, row, "io"), "files");
    }
    table_free(&summary);
    outcome = run_program((const char *const[]){"ls", "-A", "r", NULL});
    assert_null(strstr(outcome.out, ".files-"));
    outcome_free(&outcome);
}

static void bad_input_is_one_line(void **unused)
{
    (void)unused;
    scratch_write("text.fits", "no FITS file", 12);
    assert_speedup_says(2,
                        "--size: '0x5' is not a size; give rows x columns, as in 1000x1000, each "
                        "from 1 to 1000000",
                        "bench", "--size", "0x5");
    assert_speedup_says(2, "--window: '-1' is not a whole number from 1 to 10000", "bench",
                        "--window", "-1");
    assert_speedup_says(2, "--strategies: 'nosuch' is not known; `speedup list` names all", "bench",
                        "--strategies", "pool,nosuch");
    assert_speedup_says(2, "--strategies: programs starts programs; it needs --io files", "bench",
                        "--strategies", "programs");
    assert_speedup_says(2, "--grain: band does not go with --io files: a file is one task", "bench",
                        "--io", "files", "--grain", "band");
    assert_speedup_says(1, "nosuch.fits: cannot be read: No such file or directory", "bench",
                        "--out", "r", "nosuch.fits");
    assert_speedup_says(1, "text.fits/r: cannot make this directory: Not a directory", "bench",
                        "--images", "1", "--size", "9x9", "--out", "text.fits/r");
}

/* Interrupted, it stops its run, keeps what it has measured, and leaves no process behind. */
static void an_interrupt_keeps_what_there_is(void **unused)
{
    (void)unused;
    struct stat info;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout) || !freopen("err", "w", stderr))
            _exit(126);
        execl(speedup_path(), "speedup", "bench", "--images", "4", "--size", "100x100", "--rounds",
              "10000", "--strategies", "pool", "--workers", "2", "--out", "r", (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    /* Until it has measured something: a few hundred bytes are several rows. */
    for (int i = 0; i < 3000 && (stat("r/runs.csv", &info) != 0 || info.st_size < 1500); i++)
        usleep(10000);
    assert_int_equal(kill(child, SIGINT), 0);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130);
    struct table runs = table_load("r/runs.csv");
    assert_true(runs.rows >= 4);
    table_free(&runs);
    assert_begins_with("r/summary.csv", SUMMARY_HEADER);
    size_t count;
    char *text = scratch_read("err", &count);
    assert_non_null(strstr(text, "speedup: interrupted: what was measured is in r"));
    free(text);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_benchmark_writes_what_it_promises),
        IN_SCRATCH(speedup_is_the_median_of_the_ratios_in_runs_csv),
        IN_SCRATCH(an_earlier_result_is_kept),
        IN_SCRATCH(bands_are_tasks_of_their_own_and_change_nothing),
        IN_SCRATCH(options_for_all_sections_do_not_stop_one),
        IN_SCRATCH(files_go_in_and_come_out_and_leave_nothing),
        IN_SCRATCH(bad_input_is_one_line),
        IN_SCRATCH(an_interrupt_keeps_what_there_is),
    };
    return cmocka_run_group_tests_name("bench", tests, NULL, NULL);
}
