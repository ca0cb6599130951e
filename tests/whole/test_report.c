/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup report` and `speedup compare` on results that are fixed: the numbers in
 * tests/reference/results/ were chosen by hand, so that what follows from them can be worked out by
 * hand, too. "laptop": serial 10 s; on 4 workers fork 3.2 s, fork-pipe 3.7 s, pool 3.125 s. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/directory.h"
#include "harness/report/findings.h"
#include "harness/report/graphs/timeline.h"
#include "harness/results/results.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

static char reference[PATH_MAX]; /* absolute: the tests run in directories of their own */

static void copy_result(const char *name)
{
    const char *files[] = {"summary.csv", "trace.csv", "machine.txt"};
    struct error error;
    assert_int_equal(directory_create(name, &error), 0);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[PATH_MAX];
        size_t count;
        snprintf(path, sizeof path, "%.3000s/%s/%s", reference, name, files[i]);
        if (access(path, F_OK) != 0)
            continue;
        char *bytes = scratch_read(path, &count);
        snprintf(path, sizeof path, "%s/%s", name, files[i]);
        scratch_write(path, bytes, count);
        free(bytes);
    }
}

static void assert_file_has(const char *path, const char *text)
{
    size_t count;
    char *whole = scratch_read(path, &count);
    if (!strstr(whole, text))
        fail_msg("%s has no \"%s\"; it is:\n%s", path, text, whole);
    free(whole);
}

static void assert_file_lacks(const char *path, const char *text)
{
    size_t count;
    char *whole = scratch_read(path, &count);
    if (strstr(whole, text))
        fail_msg("%s has \"%s\"", path, text);
    free(whole);
}

static void the_report_says_what_follows_from_the_numbers(void **state)
{
    (void)state;
    const char *facts[] = {
        "The best speedup is 3.20 (95 % CI 3.10-3.30), with pool on 4 workers.",
        /* 7 turns: 25 / 7 = 3.5714; of 4 - 3.2 = 0.8, 4 - 3.5714 = 0.4286 are due to counting. */
        "25 equal tasks on 4 workers take 7 turns, so counting alone allows 3.57: that is 0.43 of "
        "the 0.80 that are missing (54 %). The other 0.37 (46 %) were lost elsewhere",
        /* 25 * 1000 * 1000 * 8 bytes in 3.7 s - 3.2 s. */
        "200 MB a run; fork leaves it where both can see it. On 4 workers fork took 3.2 s and "
        "fork-pipe 3.7 s: the copying cost 0.5 s, which is 0.4 GB/s.",
        /* 3600 / (10 - 3.125) = 523.6; at the ends 3600 / (10 - 10 / 3.3) = 516.5 and 531.4. */
        "pool on 4 workers saves 6.875 s a run (3.125 s instead of 10 s): 1 hour of programming is "
        "paid back after 520 runs (520 to 530), which would have taken 1.4 h without it.",
        "mine on 4 workers: wrong; it is in no graph",
        "other programs keep 1.0 of 4 cores busy; close them",
        "10 rounds, each with every configuration once",
    };
    copy_result("laptop");
    struct outcome outcome = run_speedup("report", "laptop");
    assert_string_equal(outcome.err, "");
    assert_string_equal(outcome.out, "laptop/report.html\nlaptop/report.md\n");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        assert_file_has("laptop/report.md", facts[i]);
        assert_file_has("laptop/report.html", facts[i]);
    }
    /* Without counting 3.2 * 4 * 7 / 25 = 3.584: (1 / 3.584 - 1 / 4) / (1 - 1 / 4) = 0.0387. */
    assert_file_has("laptop/report.md", "| 3.9 % (2.7-5.1 %) |");
    assert_file_has("laptop/report.html", "<td>3.9 % <small>(2.7-5.1 %)</small></td>");
    assert_file_has("laptop/report.md",
                    "\n    Speedup 3.20 (95 % CI 3.10-3.30) on 4 workers, 4 cores, with pool "
                    "(highpass, 25 images of 1000x1000): 25 * t0 / tp = 25 * 0.4 s / 3.125 s = "
                    "3.20; Example CPU\n");
    assert_file_has("laptop/report.md", "| pool | 4 | 3.125 (3.100-3.150) | 3.20 (3.10-3.30) | "
                                        "3.57 | 90 % | 80 % | 90 % | 50 MiB | ok |\n");
    assert_file_has("laptop/report.html", "  .picture input:checked + img { width: 250%; }\n");
    /* On a phone: strategy, workers, both figures without their intervals, of it, status. */
    assert_file_has("laptop/report.html", "<table class=\" l1 x5 x7 x8 x9\">\n<thead>\n<tr>\n"
                                          "<th>strategy</th>\n");
    assert_file_has("laptop/report.html", "<td>3.125 <small>(3.100-3.150)</small></td>\n");
    assert_file_has("laptop/report.html", "  .x5 :is(th, td):nth-child(5) { display: none; }\n");
    assert_file_has("laptop/report.md", "| mine | 4 | - | - | 3.57 | - | - | - | - | wrong |\n");
    /* Nothing but the two reports has come into the directory. */
    assert_int_equal(scratch_count("laptop"), 5);
}

static void names_mean_nothing_in_html_or_markdown(void **state)
{
    (void)state;
    copy_result("laptop");
    struct outcome outcome = run_speedup("report", "laptop");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_file_has("laptop/report.html", "Measured on &lt;b&gt;&amp;&quot;: Example CPU");
    assert_file_has("laptop/report.html", "speedup bench --out &lt;results&gt;");
    assert_file_lacks("laptop/report.html", "<b>");
    assert_file_lacks("laptop/report.html", "<script");
    assert_file_has("laptop/report.md", "Measured on \\<b\\>\\&\": Example CPU");
    assert_file_lacks("laptop/report.md", "<b>");
}

static void a_picture_is_shown_where_it_is(void **state)
{
    (void)state;
    copy_result("laptop");
    scratch_write("laptop/timeline.png", "png", 3);
    scratch_write("laptop/timeline.svg", "<svg", 4);
    scratch_write("laptop/images.png", "\xff\xfe", 2);
    struct outcome outcome = run_speedup("report", "laptop");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_file_has("laptop/report.html",
                    "<img alt=\"Timeline\" src=\"data:image/svg+xml;base64,PHN2Zw==\">");
    assert_file_has("laptop/report.html", "src=\"data:image/png;base64,//4=\">");
    assert_file_lacks("laptop/report.html", "src=\"timeline");
    assert_file_has("laptop/report.md", "[![Timeline](timeline.png)](timeline.svg)");
    assert_file_lacks("laptop/report.html", "walltime.png");
}

static void four_figures_stand_on_top(void **state)
{
    (void)state;
    copy_result("laptop");
    struct outcome outcome = run_speedup("report", "laptop");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_file_has(
        "laptop/report.html",
        "<div class=\"boxes\">\n<div><span>t0</span>\n<strong>0.4 s</strong>\n"
        "<small>one image on one core</small>\n</div>\n<div><span>tp</span>\n"
        "<strong>3.125 s</strong>\n<small>25 images with pool on 4 workers</small>\n</div>\n"
        "<div><span>speedup</span>\n<strong>3.20</strong>\n<small>95 % CI 3.10-3.30</small>\n"
        "</div>\n<div><span>linear?</span>\n<strong>no</strong>\n"
        "<small>80 % of 4; counting alone allows 3.57</small>\n");
    assert_file_has("laptop/report.html", "<details>\n<summary>How it was measured</summary>\n");
}

static void a_short_report_is_twelve_lines(void **state)
{
    (void)state;
    copy_result("laptop");
    struct outcome outcome = run_speedup("report", "--short", "laptop");
    assert_int_equal(outcome.code, 0);
    assert_string_equal(outcome.err, "");
    assert_string_equal(
        outcome.out,
        "| Speedup |  |\n| --- | ---: |\n| what | highpass, 25 images of 1000x1000 |\n"
        "| machine | Example CPU (4 cores, 4 hardware threads) |\n"
        "| t0 | 0.4 s (one image on one core) |\n"
        "| tp | 3.125 s (25 images with pool on 4 workers) |\n"
        "| speedup | 3.20 (95 % CI 3.10-3.30) |\n"
        "| linear? | no (80 % of 4; counting alone allows 3.57) |\n| verdict | not judged |\n"
        "| failures | 1 of 8 configurations failed or were wrong |\n"
        "| measured | 2026-11-23 12:00 UTC |\n| program | 0123456 (gcc 12.2.0) |\n");
    outcome_free(&outcome);
    assert_int_equal(access("laptop/report.html", F_OK), -1);
}

static void effort_is_the_users(void **state)
{
    (void)state;
    copy_result("laptop");
    struct outcome outcome = run_speedup("report", "laptop", "--effort", "2.5");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    /* 9000 / 6.875 = 1309.1 */
    assert_file_has("laptop/report.md", "2.5 hours of programming are paid back after 1300 runs");
    assert_speedup_says(2, "--effort: '-1' is not a number of at least 0", "report", "--effort",
                        "-1", "laptop");
}

static void what_is_missing_is_one_line(void **state)
{
    (void)state;
    struct error error;
    copy_result("laptop");
    assert_int_equal(directory_create("half", &error), 0);
    scratch_write("half/runs.csv", "", 0);
    assert_speedup_says(2, "report: takes one result directory; see --help", "report");
    assert_speedup_says(1, "nosuch/summary.csv: cannot be read: No such file or directory",
                        "report", "nosuch");
    assert_speedup_says(1,
                        "half/summary.csv: is missing, but runs.csv is there: the benchmark was "
                        "interrupted before it was summarised; measure again with `speedup bench "
                        "--out half`",
                        "report", "half");
    assert_speedup_says(2, "compare: takes one result or more; see --help", "compare");
    assert_speedup_says(1, "nosuch/summary.csv: cannot be read: No such file or directory",
                        "compare", "--all", "laptop", "nosuch");
}

static void compare_puts_results_beside_each_other(void **state)
{
    (void)state;
    copy_result("laptop");
    copy_result("cluster");
    struct outcome outcome = run_speedup("compare", "laptop", "cluster", "--all", "--out", "both");
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    assert_ptr_equal(strstr(outcome.out, "laptop: highpass, 25 images of 1000x1000; Example CPU, 4 "
                                         "cores, host <b>&\"\n"),
                     outcome.out);
    assert_non_null(strstr(outcome.out, "\n* pool                                4     3.125  3.20 "
                                        "(3.10-3.30)        90 %\n"));
    assert_non_null(strstr(outcome.out,
                           "\n  mine                                4     wrong\n"
                           "\ncluster: highpass, 25 images of 1000x1000; Another CPU, 64 cores, "
                           "host node7\n"));
    assert_non_null(strstr(outcome.out, "\n* global-lock released               25       0.4  20.0 "
                                        "(19.5-20.5)        80 %\n"));
    assert_file_has("both/compare.csv", ",laptop,<b>& ,Example CPU,4,4,highpass,1000,1000,pool,"
                                        "none,2,5.25,5.2,5.3,1.9047619,1.88,1.92,,ok\n");
    assert_true(access("both/compare.png", R_OK) == 0);
    assert_true(access("both/compare.svg", R_OK) == 0);
    assert_non_null(strstr(outcome.out, "fork-pipe"));
    assert_non_null(strstr(outcome.out, "global-lock held"));
    for (const char *line = outcome.out; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") < 80);
    outcome_free(&outcome);
}

static void assert_linear_text(struct machine_facts machine, struct summary *summaries,
                               size_t count, const char *expected)
{
    const struct result_set set = {.machine = machine, .summaries = summaries, .count = count};
    char text[FINDING_LENGTH];
    findings_linear_text(&set, text);
    assert_string_equal(text, expected);
}

static void linear_or_not(void **state)
{
    struct machine_facts machine = {.cores = 4, .threads = 4};
    struct estimate one = {1, 1, 1}, serial_s = {24, 23, 25};
    struct summary two[] = {
        summary_given("serial", 1, serial_s, one),
        summary_given("pool", 4, only(6.1), (struct estimate){3.93, 3.81, 4.05}),
    };
    (void)state;
    assert_linear_text(machine, two, 2,
                       "Is it linear? Yes, within what was measured: 3.93 on 4 workers, an "
                       "efficiency of 98 %.");
    two[1].speedup.low = 3.7; /* 95 % of 4 are 3.8 */
    assert_linear_text(
        machine, two, 2,
        "Is it linear? That cannot be told from 3.93 (95 % CI 3.70-4.05) on 4 "
        "workers: it would be a yes with the whole interval above 3.80, and a no with all "
        "of it below.");
    two[1].setup.tasks = 25;
    two[1].ceiling = 3.5714;
    two[1].speedup = (struct estimate){4.1, 4.05, 4.2};
    assert_linear_text(machine, two, 2,
                       "Is it linear? It cannot be. 25 equal tasks on 4 workers take 7 turns, so "
                       "counting alone allows 3.57, and all of that was reached. The 4.10 measured "
                       "is even more, so the runs were not alike (clocks, caches, other programs): "
                       "measure again when the machine is quieter.");
    assert_linear_text(machine, two, 1,
                       "Is it linear? One worker was the best, so there is no speedup to judge.");
    /* Unequal tasks, a quota, and workers beyond it; no interval. */
    machine.quota = 2;
    two[1].setup.ny = two[1].setup.nx = 0;
    two[1].setup.tasks = 3;
    two[1].ceiling = 2.5;
    two[1].speedup = only(2);
    assert_linear_text(
        machine, two, 2,
        "Is it linear? No: linear would be 4 on 4 workers; 2.00 is an efficiency of "
        "50 %. 3 tasks of these sizes on 4 workers allow 2.50: that is 1.50 of the "
        "2.00 that are missing (75 %). The other 0.50 (25 %) were lost elsewhere: in "
        "starting workers, handing out tasks and waiting for the last one, in memory "
        "that all cores share, or to other programs. And there are more workers (4) "
        "than cores that this program may use (2).");
    two[0].status = RUN_FAILED;
    assert_linear_text(machine, two, 1, "");
}

static void what_cannot_be_worked_out_is_left_out(void **state)
{
    struct summary summaries[] = {
        summary_given("serial", 1, only(24), (struct estimate){1, 1, 1}),
        summary_given("fork", 4, only(30), (struct estimate){0.8, 0.7, 0.9}),
        summary_given("fork-pipe", 2, only(31), (struct estimate){0.8, 0.7, 0.9}),
    };
    const struct result_set set = {.machine = {.cores = 4}, .summaries = summaries, .count = 3};
    struct copying copying;
    struct payback payback;
    char text[FINDING_LENGTH];
    (void)state;
    /* Not on the same number of workers. */
    assert_false(findings_copying(&set, &copying));
    findings_copying_text(&set, text);
    assert_string_equal(text, "");
    assert_true(findings_payback(&set, 1, &payback));
    assert_true(payback.saved_s == -6);
    findings_payback_text(&set, 1, text);
    assert_string_equal(text, "No: nothing was faster than the serial strategy (24 s a run).");
    /* The serial strategy is not the best of all: it would be as fast as itself. */
    findings_best_text(&set, text);
    assert_non_null(strstr(text, "Nothing was faster than the serial strategy. The best speedup is "
                                 "0.80 (95 % CI 0.70-0.90), with fork on 4 workers."));
    /* However short an image is, its time is no 0. */
    summaries[1].setup.images = 4000;
    summaries[1].t0_s = 6.28e-7;
    summaries[1].wall_s = only(0.04609);
    summaries[1].activity_speedup = 4000 * 6.28e-7 / 0.04609;
    findings_best_text(&set, text);
    assert_non_null(strstr(text, "it is 4000 * t0 / tp = 4000 * 6.28e-07 s / 0.04609 s = 0.05."));
}

static void a_timeline_shows_the_runs_with_the_most_workers(void **state)
{
    (void)state;
    struct error error;
    int made;
    copy_result("laptop");
    struct trace_row *trace;
    size_t rows, count;
    assert_int_equal(results_read_trace("laptop", &trace, &rows, &error), 0);
    FILE *settings = fopen("settings.gp", "w");
    assert_non_null(settings);
    assert_int_equal(timeline_write(settings, trace, rows, &made, &error), 0);
    assert_int_equal(made, 1);
    fclose(settings);
    char *text = scratch_read("settings.gp", &count);
    const char *facts[] = {
        "timeline_lanes = 4\ntimeline_edge = 10\n",
        "timeline_name_2 = \"pool\"\ntimeline_note_2 = \" 3 s\"\n",
        "timeline_name_3 = \"global-lock held\"\n",
        "timeline_workers = \"1 4 2 2\"\n",
        "timeline_end = \"10 3 7 4\"\n",
        /* Lane 2 begins below the 1.4 rows of serial and a gap of 0.8; worker 3 is its last row. */
        "\n0 3 2.2 6.2\n",
        "\n0.1 3 5.26 6.14 0x009e73\n",
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (!strstr(text, facts[i]))
            fail_msg("no '%s' in: %s", facts[i], text);
    free(text);
    assert_int_equal(timeline_write(stdout, trace, 0, &made, &error), 0);
    assert_int_equal(made, 0);
    free(trace);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_report_says_what_follows_from_the_numbers),
        IN_SCRATCH(names_mean_nothing_in_html_or_markdown),
        IN_SCRATCH(a_picture_is_shown_where_it_is),
        IN_SCRATCH(four_figures_stand_on_top),
        IN_SCRATCH(a_short_report_is_twelve_lines),
        IN_SCRATCH(effort_is_the_users),
        IN_SCRATCH(what_is_missing_is_one_line),
        IN_SCRATCH(compare_puts_results_beside_each_other),
        IN_SCRATCH(linear_or_not),
        IN_SCRATCH(what_cannot_be_worked_out_is_left_out),
        IN_SCRATCH(a_timeline_shows_the_runs_with_the_most_workers),
    };
    if (!realpath("tests/reference/results", reference)) {
        fputs("test_report: start it as `make test` does, in the folder of the Makefile\n", stderr);
        return 1;
    }
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
