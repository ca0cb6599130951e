/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup submit` and `speedup compare`, as a class uses them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static const char header[] =
    "schema,host,cpu,cores,threads,quota,filter,strategy,workers,grain,blas_threads,io,bind,ny,nx,"
    "window,tasks,rounds,t0_s,wall_median_s,wall_low_s,wall_high_s,speedup,speedup_low,"
    "speedup_high,activity_speedup,ceiling,efficiency,karp_flatt,cpu_utilisation,max_rss_kib,"
    "status,lock\n";

/* A directory with two configurations on `cores` cores; `status` of the second. */
static void write_result(const char *name, const char *cpu, int cores, double t0, double speedup,
                         const char *status)
{
    char path[128], text[2048];
    assert_int_equal(mkdir(name, 0777), 0);
    snprintf(path, sizeof path, "%s/summary.csv", name);
    int length = snprintf(
        text, sizeof text,
        "%s1,secret-host,%s,%d,%d,,highpass,serial,1,image,,memory,cores,100,100,25,25,10,%g,%g,%g,"
        "%g,1,1,1,1,1,1,,0.9,51200,ok,none\n"
        "1,secret-host,%s,%d,%d,,highpass,pool,%d,image,,memory,cores,100,100,25,25,10,%g,%g,%g,%g,"
        "%g,%g,%g,1,1,1,,0.9,51200,%s,none\n",
        header, cpu, cores, cores, t0, 25 * t0, 25 * t0, 25 * t0, cpu, cores, cores, cores, t0,
        25 * t0 / speedup, 25 * t0 / speedup, 25 * t0 / speedup, speedup, 0.99 * speedup,
        1.01 * speedup, status);
    scratch_write(path, text, (size_t)length);
    snprintf(path, sizeof path, "%s/machine.txt", name);
    length = snprintf(text, sizeof text, "%-16s %s\n%-16s %s\n%-16s %s\n%-16s %s\n", "host",
                      "secret-host", "system", "Linux 6.1", "command",
                      "speedup bench --out /home/secret/x", "date", "2026-11-24 12:00 UTC");
    scratch_write(path, text, (size_t)length);
}

static char *read_text(const char *path)
{
    size_t length;
    return scratch_read(path, &length);
}

static void assert_has(const char *path, const char *part)
{
    char *text = read_text(path);
    if (!strstr(text, part))
        fail_msg("%s has no \"%s\"", path, part);
    free(text);
}

static void assert_lacks(const char *path, const char *part)
{
    char *text = read_text(path);
    if (strstr(text, part))
        fail_msg("%s has \"%s\"", path, part);
    free(text);
}

static void a_submission_says_nothing_of_its_owner(void **state)
{
    (void)state;
    write_result("r", "Some CPU", 4, 0.3, 3.5, "ok");
    struct outcome outcome = run_speedup("submit", "r", "--name", "ada");
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out,
                           "\nIn it: the name ada; Some CPU, 4 cores, 4 hardware threads, "
                           "Linux 6.1; what was\ncomputed; t0, tp and the speedups"));
    assert_non_null(strstr(outcome.out, "Not in it: names of hosts, users, files or directories."));
    outcome_free(&outcome);
    assert_lacks("ada.speedup.json", "secret");
    assert_lacks("ada.speedup.json", "12:00");
    assert_has("ada.speedup.json", "\"system\": \"Linux 6.1\"");
    assert_has("ada.speedup.json", "\"speedup\": 3.5");
    assert_has("ada.speedup.json", "\"fit_to_post\": true");
    outcome = run_speedup("submit", "r", "--name", "ada", "--host");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_has("ada.speedup.json", "\"host\": \"secret-host\"");
    assert_has("ada.speedup.json", "/home/secret/x");
}

static void what_is_not_fit_is_refused(void **state)
{
    (void)state;
    write_result("r", "Some CPU", 4, 0.3, 3.5, "wrong");
    assert_speedup_says(1,
                        "r: is not fit to post: some results were wrong; close other programs and "
                        "measure again, or give --anyway",
                        "submit", "r", "--name", "ada");
    assert_int_equal(access("ada.speedup.json", F_OK), -1);
    struct outcome outcome = run_speedup("submit", "r", "--name", "ada", "--anyway");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_has("ada.speedup.json", "\"posted_anyway\": true");
    assert_has("ada.speedup.json", "\"why_not\": \"some results were wrong\"");
    assert_speedup_says(2,
                        "--name: a nickname is up to 40 letters, digits, dots and dashes, as in "
                        "ada-7",
                        "submit", "r", "--name", "../ada");
}

/* The verdict of the benchmark counts, and so it is the same in a directory and in speedup.json. */
static void the_verdict_of_a_benchmark_counts(void **state)
{
    (void)state;
    write_result("r", "Some CPU", 4, 0.3, 3.5, "ok");
    FILE *file = fopen("r/machine.txt", "a");
    assert_non_null(file);
    fprintf(file, "%-16s %s\n", "verdict", "disturbed: others kept 2 cores busy");
    assert_int_equal(fclose(file), 0);
    assert_speedup_says(1,
                        "r: is not fit to post: disturbed: others kept 2 cores busy; close other "
                        "programs and measure again, or give --anyway",
                        "submit", "r", "--name", "ada");
    struct outcome outcome = run_speedup("report", "--short", "r");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "| speedup | - (disturbed) |\n"));
    outcome_free(&outcome);
}

/* With all reasons, and no blank line before the only table. */
static void who_is_not_ranked_is_told_why(void **state)
{
    (void)state;
    write_result("r", "Some CPU", 4, 0.3, 3.5, "ok");
    FILE *file = fopen("r/machine.txt", "a");
    assert_non_null(file);
    fprintf(file, "%-16s %s\n", "verdict",
            "disturbed: others kept 2 cores busy; 0 good rounds of 7");
    assert_int_equal(fclose(file), 0);
    struct outcome outcome = run_speedup("compare", "r");
    assert_int_equal(outcome.code, 0);
    static const char expected[] =
        "Not in the ranking:\n"
        "  r                noisy      disturbed: others kept 2 cores busy; 0 good\n"
        "                              rounds of 7\n";
    assert_memory_equal(outcome.out, expected, strlen(expected));
    assert_has("class.html", "0 good rounds of 7");
    outcome_free(&outcome);
}

static void a_class_is_ranked(void **state)
{
    (void)state;
    write_result("slow", "AMD Ryzen", 4, 0.4, 3.6, "ok");
    write_result("fast", "Apple M1", 8, 0.2, 5, "ok");
    write_result("bad", "Intel", 4, 0.1, 3, "wrong");
    scratch_write("foreign.json", "{\"a\": [1]}", 10);
    struct outcome outcome = run_speedup("submit", "fast", "--name", "ada");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    outcome = run_speedup("compare", "slow", "ada.speedup.json", "bad", "foreign.json", "nosuch",
                          "--me", "ada", "--out", "out");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.err, "speedup: skipped: foreign.json: "));
    assert_non_null(strstr(outcome.err, "speedup: skipped: nosuch: cannot be read: No such file"));
    /* 25 * 0.2 / 5 and 25 * 0.4 / 3.6 seconds; 5 / 8 and 3.6 / 4 of linear. */
    assert_non_null(strstr(
        outcome.out, "    1     2 *ada              Apple M1                  8  0.200  1.000    "
                     "5.00\n    2     1  slow             AMD Ryzen                 4  0.400  "
                     "2.778    3.60\n"));
    assert_non_null(
        strstr(outcome.out, "\n  bad              wrong      some results were wrong\n"));
    for (const char *line = outcome.out; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") < 80);
    outcome_free(&outcome);
    struct table table = table_load("out/class.csv");
    assert_int_equal(table.rows, 3);
    assert_string_equal(table_field(&table, 0, "name"), "ada");
    assert_string_equal(table_field(&table, 0, "place_by_scaling"), "2");
    assert_string_equal(table_field(&table, 1, "system"), "Linux");
    assert_string_equal(table_field(&table, 2, "state"), "wrong");
    assert_string_equal(table_field(&table, 2, "place_by_speed"), "");
    assert_string_equal(table_field(&table, 1, "posted_anyway"), "0"); /* the last one */
    outcome = run_speedup("columns");
    for (size_t i = 0; i < table.columns; i++) { /* each is explained */
        char text[80];
        snprintf(text, sizeof text, "\n  %s ", table.fields[i]);
        assert_non_null(strstr(strstr(outcome.out, "\nclass.csv: "), text));
    }
    outcome_free(&outcome);
    table_free(&table);
    assert_has("out/class.html",
               "<tr class=\"me\">\n<td>1</td>\n<td>2</td>\n<td>ada <small>(you)</small></td>\n"
               "<td>Apple M1</td>\n<td>8</td>\n<td>0.200</td>\n<td>1.00</td>\n"
               "<td>5.00</td>\n<td>4.95-5.05</td>\n<td>62 %</td>\n</tr>\n");
    assert_has("out/class.html", "<tr>\n<td>all</td>\n<td>2</td>\n<td>0.300</td>\n");
    assert_has("out/class.html", "bad (wrong): some results were wrong");
    assert_has("out/class.html", "class=\"dot me\"");
    assert_lacks("out/class.html", "<script");
    assert_lacks("out/class.html", "href=");
    assert_lacks("out/class.html", "src=");
}

static void a_directory_of_submissions_is_a_class(void **state)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    (void)state;
    assert_int_equal(mkdir("class", 0777), 0);
    for (int i = 0; i < 9; i++) {
        char directory[16];
        snprintf(directory, sizeof directory, "r%d", i);
        write_result(directory, "CPU", 4, 0.1 + 0.1 * i, 3 + 0.1 * i, "ok");
        struct outcome outcome =
            run_speedup("submit", directory, "--name", names[i], "--out", "class");
        assert_int_equal(outcome.code, 0);
        outcome_free(&outcome);
    }
    struct outcome outcome = run_speedup("compare", "class", "--me", "c");
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_has("class.html", "class=\"band all\""); /* nine are too many for curves */
    assert_has("class.html", "4 workers: median 3.4 of 9 machines");
    assert_has("class.html", ">you are here</text>");
    outcome = run_speedup("compare", "r0", "r1", "r2");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_lacks("class.html", "class=\"band all\"");
    assert_has("class.html", "<title>r2: 3.2 on 4 workers</title>");
    assert_speedup_says(1, "--me: no machine has the name 'zoe'", "compare", "--me", "zoe",
                        "class");
}

/* A result is named after the part of its path that tells it from others. */
static void a_directory_gives_a_name(void **state)
{
    (void)state;
    assert_int_equal(mkdir("class", 0777), 0);
    assert_int_equal(mkdir("class/anna", 0777), 0);
    write_result("class/ben", "CPU", 4, 0.3, 3.5, "ok");
    write_result("class/anna/results", "CPU", 4, 0.4, 3.5, "ok");
    write_result("results", "CPU", 4, 0.5, 3.5, "ok");
    struct outcome outcome =
        run_speedup("compare", "class/ben/", "class/anna/results", "results/summary.csv");
    assert_int_equal(outcome.code, 0);
    assert_string_equal(outcome.err, "");
    outcome_free(&outcome);
    struct table table = table_load("class.csv");
    assert_string_equal(table_field(&table, 0, "name"), "ben");
    assert_string_equal(table_field(&table, 1, "name"), "anna");
    assert_string_equal(table_field(&table, 2, "name"), "results/summary.csv");
    table_free(&table);
}

/* Whatever they are called: a pipe is not waited for, and a directory is one. */
static void what_is_no_file_is_not_read_as_one(void **state)
{
    (void)state;
    assert_int_equal(mkdir("class", 0777), 0);
    assert_int_equal(mkdir("class/empty.json", 0777), 0);
    assert_int_equal(mkfifo("class/pipe.csv", 0666), 0);
    write_result("class/ada.csv", "A CPU", 4, 0.3, 3.5, "ok");
    struct outcome outcome = run_speedup("compare", "class");
    assert_string_equal(outcome.err, "speedup: skipped: class/pipe.csv: is no file\n");
    assert_int_equal(outcome.code, 0);
    assert_has("class.csv", "ada.csv,");
    outcome_free(&outcome);
}

static void a_name_cannot_break_the_page(void **state)
{
    (void)state;
    write_result("r", "CPU", 4, 0.3, 3.5, "ok");
    struct outcome outcome = run_speedup("submit", "r", "--name", "NICKNAME");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    char *whole = read_text("NICKNAME.speedup.json"), *at = strstr(whole, "NICKNAME");
    assert_non_null(at);
    FILE *file = fopen("evil.json", "w");
    assert_non_null(file);
    fprintf(file, "%.*s=<script>\\\"'&%s", (int)(at - whole), whole, at + strlen("NICKNAME"));
    fclose(file);
    free(whole);
    outcome = run_speedup("compare", "evil.json");
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_lacks("class.html", "<script");
    assert_has("class.html", "=&lt;script&gt;&quot;'&amp;");
    assert_has("class.csv", ",'=<script> '&,");
}

/* t0 is 0.3 s, so the axis goes from 0.25 to 0.36; none scales worse than 50 %, where the other begins. */
static void axes_have_ticks(void **state)
{
    (void)state;
    write_result("r", "CPU", 4, 0.3, 3.5, "ok");
    assert_speedup_runs("compare", "r");
    assert_has("class.html", ">0.28</text>");
    assert_has("class.html", ">0.34</text>");
    assert_has("class.html", ">50 %</text>");
    assert_lacks("class.html", ">40 %</text>");
    assert_lacks("class.html", ">Medians<"); /* of one there are none */
}

/* Where the names of curves stand that end at the same height: each on a line of its own, all of them above
 * the axis, and a thin line to each. */
static void names_of_curves_do_not_overlap(void **state)
{
    int names = 0;
    double before = 0;
    (void)state;
    for (int i = 0; i < 8; i++) {
        char name[8];
        snprintf(name, sizeof name, "r%d", i);
        write_result(name, "CPU", 4, 0.1 + 0.1 * i, 1.02, "ok");
    }
    assert_speedup_runs("compare", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
    char *text = read_text("class.html"), *at = strstr(text, "class=\"curves\"");
    assert_non_null(at);
    while ((at = strstr(at, "<text class=\"name c")) != NULL) {
        double y = 0;
        at = strstr(at, " y=\"");
        assert_non_null(at);
        y = strtod(at + strlen(" y=\""), NULL);
        if (names > 0)
            assert_true(fabs(y - before) > 12);
        assert_true(y < 340);
        before = y;
        names++;
    }
    assert_int_equal(names, 8);
    free(text);
    assert_has("class.html", "<line class=\"lead c7\"");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_submission_says_nothing_of_its_owner),
        TEST(what_is_not_fit_is_refused),
        TEST(the_verdict_of_a_benchmark_counts),
        TEST(who_is_not_ranked_is_told_why),
        TEST(a_class_is_ranked),
        TEST(a_directory_of_submissions_is_a_class),
        TEST(what_is_no_file_is_not_read_as_one),
        TEST(a_name_cannot_break_the_page),
        TEST(a_directory_gives_a_name),
        TEST(names_of_curves_do_not_overlap),
        TEST(axes_have_ticks),
    };
    return cmocka_run_group_tests_name("class", tests, NULL, NULL);
}
