/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A class: what is kept of a result, who is in the ranking, the medians, and submissions that nobody
 * has to trust. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/class/class.h"
#include "harness/report/class/submission.h"
#include "harness/report/document/escape.h"
#include "harness/results/results.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

static struct entry fit_entry(const char *name, int cores, double t0_s, double speedup)
{
    struct entry entry = {.cores = cores,
                          .threads = 2 * cores,
                          .images = 25,
                          .ny = 10,
                          .nx = 10,
                          .window = 25,
                          .tasks = 25,
                          .t0_s = t0_s,
                          .count = 2};
    snprintf(entry.name, sizeof entry.name, "%s", name);
    snprintf(entry.cpu, sizeof entry.cpu, "AMD Ryzen");
    snprintf(entry.filter, sizeof entry.filter, "highpass");
    snprintf(entry.system, sizeof entry.system, "Linux 6.1");
    entry.points[0] = (struct entry_point){.workers = cores,
                                           .strategy = "pool",
                                           .wall_s = 25 * t0_s / speedup,
                                           .speedup = {speedup, 0.99 * speedup, 1.01 * speedup}};
    entry.points[1] = (struct entry_point){
        .workers = 1, .strategy = "serial", .wall_s = 25 * t0_s, .speedup = {1, 1, 1}};
    if (cores == 1)
        entry.count = 1;
    entry_settle(&entry);
    entry_judge(&entry);
    return entry;
}

static void the_fastest_of_each_number_of_workers_is_kept(void **state)
{
    struct estimate one = {1, 1, 1};
    struct summary rows[] = {
        summary_given("serial", 1, (struct estimate){8, 7.9, 8.1}, one),
        summary_given("fork", 4, only(2.5), (struct estimate){3.2, 3.1, 3.3}),
        summary_given("pool", 4, only(2.0), (struct estimate){4.0, 3.9, 4.1}),
        summary_given("pool", 2, only(4.2), (struct estimate){1.9, 1.8, 2.0}),
        summary_given("mine", 8, only((double)NAN), only((double)NAN)),
    };
    struct result_set set = {
        .machine = {.cores = 5, .threads = 10, .cpu = "Apple M1"}, .summaries = rows, .count = 5};
    struct entry entry;
    (void)state;
    rows[4].status = RUN_CRASHED;
    entry_make(&entry, "ada", &set, NULL, NULL);
    assert_int_equal(entry.count, 3);
    assert_int_equal(entry.points[2].workers, 4);
    assert_string_equal(entry.points[2].strategy, "pool");
    assert_int_equal(entry.best, 2);
    assert_true(entry_tp(&entry) == 2.0);
    /* Four workers of five cores are all that there is; 4 / 5. */
    assert_true(fabs(entry_efficiency(&entry) - 0.8) < 1e-12);
    assert_string_equal(entry_maker(&entry), "Apple");
    assert_int_equal(entry.state, ENTRY_FIT); /* one that crashed is its owner's business */
    rows[4].status = RUN_WRONG;
    entry_make(&entry, "ada", &set, NULL, NULL);
    assert_int_equal(entry.state, ENTRY_WRONG);
    set.machine.cores = 9; /* 4 of 9 are not half */
    entry_make(&entry, "ada", &set, NULL, NULL);
    assert_true(isnan(entry_efficiency(&entry)));
}

/* pool and pool+blas4 are rows of one strategy on as many workers. */
static void losses_are_those_of_the_best(void **state)
{
    const struct estimate one = {1, 1, 1};
    struct summary rows[] = {
        summary_given("serial", 1, (struct estimate){8, 7.9, 8.1}, one),
        summary_given("pool", 4, only(4.0), (struct estimate){2.0, 1.9, 2.1}),
        summary_given("pool", 4, only(2.5), (struct estimate){3.2, 3.1, 3.3}),
    };
    struct result_set set = {.machine = {.host = "h", .cpu = "c", .cores = 4, .threads = 4},
                             .summaries = rows,
                             .count = 3};
    struct results results;
    struct roster roster = {.count = 0};
    struct error error;
    (void)state;
    rows[1].setup.config.blas_threads = 1;
    rows[2].setup.config.blas_threads = 4;
    for (int i = 0; i < 3; i++) {
        rows[i].losses.speedup = rows[i].speedup.value;
        rows[i].losses.gap = rows[i].setup.config.workers - rows[i].speedup.value;
    }
    assert_int_equal(results_open(&results, ".", &set.machine, &error), 0);
    if (results_commit(&results, &set, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(roster_add(&roster, ".", &error), 0);
    assert_int_equal(roster.count, 1);
    assert_true(roster.entries[0].has_losses);
    assert_true(fabs(roster.entries[0].losses.gap - 0.8) < 1e-6);
    roster_free(&roster);
}

static void noisy_and_impossible_are_told(void **state)
{
    struct entry entry = fit_entry("a", 4, 0.3, 3.5);
    (void)state;
    assert_int_equal(entry.state, ENTRY_FIT);
    entry.points[1].speedup = (struct estimate){3.5, 3.0, 3.9}; /* 0.9 > 3.5 / 4 */
    entry_judge(&entry);
    assert_int_equal(entry.state, ENTRY_NOISY);
    assert_string_equal(entry.why, "the speedup is anything from 3 to 3.9");
    entry.points[1].speedup = only(3.5);
    entry_judge(&entry);
    assert_string_equal(entry.why, "too few rounds for an interval");
    entry = fit_entry("a", 4, 0.3, 8.7); /* 8 threads, and 1.1 * 8 = 8.8 */
    assert_int_equal(entry.state, ENTRY_FIT);
    entry = fit_entry("a", 4, 0.3, 8.9);
    assert_int_equal(entry.state, ENTRY_WRONG);
    snprintf(entry.filter, sizeof entry.filter, "wait"); /* they wait at the same time */
    entry_judge(&entry);
    assert_int_equal(entry.state, ENTRY_FIT);
    snprintf(entry.verdict, sizeof entry.verdict, "disturbed: others");
    entry_judge(&entry);
    assert_int_equal(entry.state, ENTRY_NOISY);
    assert_string_equal(entry.why, "disturbed: others");
    snprintf(entry.verdict, sizeof entry.verdict, "fit to post");
    entry_judge(&entry);
    assert_int_equal(entry.state, ENTRY_FIT);
}

static void places_and_medians(void **state)
{
    struct entry entries[] = {
        fit_entry("slow", 4, 0.8, 4.0),    /* tp 5, scales 1.0 */
        fit_entry("fast", 4, 0.2, 2.0),    /* tp 2.5, scales 0.5 */
        fit_entry("single", 1, 0.08, 1.0), /* tp 2, scales by itself */
        fit_entry("middle", 4, 0.3, 3.0),  /* tp 2.5 and later in the alphabet, 0.75 */
        fit_entry("noisy", 4, 0.1, 4.0),   fit_entry("other", 4, 0.1, 4.0)};
    struct roster roster = {.entries = entries, .count = 6};
    struct ranking ranking;
    struct error error;
    (void)state;
    entries[4].state = ENTRY_NOISY;
    entries[5].nx = 11;
    roster_settle(&roster);
    assert_int_equal(entries[5].state, ENTRY_OTHER_WORK);
    assert_string_equal(entries[5].why, "highpass, 25 images of 10x11, window 25, 25 tasks");
    assert_int_equal(ranking_make(&ranking, &roster, &error), 0);
    static const char *const order[] = {"single", "fast", "middle", "slow", "noisy", "other"};
    static const int scaling[] = {0, 3, 2, 1, 0, 0};
    for (int i = 0; i < 6; i++) {
        assert_string_equal(ranking.rows[i].entry->name, order[i]);
        assert_int_equal(ranking.rows[i].speed, i < 4 ? i + 1 : 0);
        assert_int_equal(ranking.rows[i].scaling, scaling[i]);
    }
    assert_int_equal(ranking.group_count, 5); /* all, 1 and 4 cores, one system, one maker */
    static const char *const names[] = {"all", "1 core", "4 cores", "system: Linux",
                                        "processor: AMD"};
    for (int i = 0; i < 5; i++) {
        char name[64];
        ranking_group_name(&ranking.groups[i], name);
        assert_string_equal(name, names[i]);
    }
    assert_int_equal(ranking.groups[0].machines, 4);
    assert_true(fabs(ranking.groups[0].t0_s - 0.25) < 1e-12); /* of 0.08, 0.2, 0.3, 0.8 */
    assert_int_equal(ranking.groups[2].machines, 3);
    assert_true(fabs(ranking.groups[2].t0_s - 0.3) < 1e-12);
    assert_true(fabs(ranking.groups[2].efficiency - 0.75) < 1e-12);
    assert_int_equal(ranking.step_count, 2);
    assert_int_equal(ranking.steps[1].machines, 3);
    assert_true(ranking.steps[1].median == 3 && ranking.steps[1].highest == 4 &&
                ranking.steps[1].low == 2.5);
    ranking_free(&ranking);
}

static void a_processor_has_a_short_name(void **state)
{
    static const char *const names[][2] = {
        {"12th Gen Intel(R) Core(TM) i5-1240P", "Core i5-1240P"},
        {"Intel(R) Core(TM)2 Duo CPU     P8600  @ 2.40GHz", "Core2 Duo P8600"},
        {"Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "Xeon Platinum 8370C"},
        {"Intel(R) Xeon(R) CPU @ 2.20GHz", "Intel Xeon"},
        {"Intel(R) Core(TM) Ultra 7 155H", "Core Ultra 7 155H"},
        {"AMD Ryzen 7 PRO 5850U with Radeon Graphics", "AMD Ryzen 7 PRO 5850U"},
        {"AMD EPYC 7763 64-Core Processor", "AMD EPYC 7763"},
        {"Apple M3 Pro", "Apple M3 Pro"},
        {"Cortex-A76", "Cortex-A76"},
        {"Processor", "Processor"},
        {"@ home", "@ home"},
        {"", ""}};
    struct entry entry = {.cores = 1};
    char text[ENTRY_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(entry.cpu, sizeof entry.cpu, "%s", names[i][0]);
        entry_processor(&entry, text);
        assert_string_equal(text, names[i][1]);
    }
}

/* The text of a table as it is printed; to be freed. */
static char *printed(struct roster *roster)
{
    struct ranking ranking;
    struct error error;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(ranking_make(&ranking, roster, &error), 0);
    class_print(&ranking, NULL, stream);
    fclose(stream);
    ranking_free(&ranking);
    return text;
}

/* The whole reason, in lines of less than 80 columns; a word that no line can hold is cut. */
static void reasons_are_not_cut(void **state)
{
    struct entry entries[] = {fit_entry("ada", 4, 0.3, 3), fit_entry("ben", 4, 0.3, 3),
                              fit_entry("cy", 4, 0.3, 3)};
    struct roster roster = {.entries = entries, .count = 3};
    (void)state;
    snprintf(entries[0].cpu, sizeof entries[0].cpu, "11th Gen Intel(R) Core(TM) i7-1165G7");
    entries[1].state = entries[2].state = ENTRY_NOISY;
    snprintf(entries[1].why, sizeof entries[1].why,
             "disturbed: other programs kept 2.1 of 4 cores busy, and more");
    memset(entries[2].why, 'x', 100);
    char *text = printed(&roster);
    assert_non_null(strstr(text, "  ada              Core i7-1165G7            4  0.300  2.500    "
                                 "3.00\n"));
    assert_non_null(strstr(text, "\n  ben              noisy      disturbed: other programs kept "
                                 "2.1 of 4 cores\n                              busy, and more\n"));
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") < 80);
    free(text);
}

static void a_submission_comes_back(void **state)
{
    struct entry entry = fit_entry("ada", 4, 0.3, 3.5), back;
    struct error error;
    size_t length;
    (void)state;
    entry.has_losses = true;
    entry.losses.gap = 0.5;
    assert_int_equal(submission_write(&entry, NULL, NULL, ".", &error), 0);
    assert_int_equal(submission_read("ada.speedup.json", &back, &error), 1);
    assert_string_equal(back.name, "ada");
    assert_int_equal(back.count, 2);
    assert_true(back.points[1].speedup.value == 3.5);
    assert_true(back.t0_s == 0.3);
    assert_int_equal(back.state, ENTRY_FIT);
    char *text = scratch_read("ada.speedup.json", &length);
    assert_true(length < SUBMISSION_BYTES);
    assert_non_null(strstr(text, "\"gap\": 0.5"));
    assert_null(strstr(text, "host"));
    free(text);
}

static void the_largest_submission_is_small_enough(void **state)
{
    struct entry entry = fit_entry("ada", 4, 0.3, 3.5);
    struct error error;
    (void)state;
    memset(entry.cpu, '"', sizeof entry.cpu - 1);
    memset(entry.system, '\\', sizeof entry.system - 1);
    memset(entry.kinds, 1, sizeof entry.kinds - 1);
    for (entry.count = 0; entry.count < ENTRY_POINTS; entry.count++) {
        struct entry_point *point = &entry.points[entry.count];
        *point = (struct entry_point){entry.count + 1, "", 1.23456e-5, {1.23456, 1.23456, 1.23456}};
        memset(point->strategy, 1, sizeof point->strategy - 1);
    }
    if (submission_write(&entry, NULL, NULL, ".", &error) != 0)
        fail_msg("%s", error.text);
}

/* The submission with one thing changed. */
static void assert_refused(const char *from, const char *to, const char *why)
{
    struct entry entry;
    struct error error;
    size_t length;
    char *text = scratch_read("ada.speedup.json", &length), *at = strstr(text, from);
    if (!at)
        fail_msg("no %s in %s", from, text);
    FILE *file = fopen("bad.json", "w");
    assert_non_null(file);
    fprintf(file, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    fclose(file);
    free(text);
    assert_int_equal(submission_read("bad.json", &entry, &error), -1);
    if (!strstr(error.text, why))
        fail_msg("'%s' and not '%s'", error.text, why);
}

static void what_is_not_right_is_refused(void **state)
{
    struct entry entry = fit_entry("ada", 4, 0.3, 3.5);
    struct error error;
    (void)state;
    assert_int_equal(submission_write(&entry, NULL, NULL, ".", &error), 0);
    assert_refused("\"cores\": 4", "\"cores\": 0", "cores: is no whole number from 1");
    assert_refused("\"cores\": 4", "\"cores\": 4e99", "cores: is no whole number");
    assert_refused("\"workers\": 1", "\"workers\": -1", "workers: is no whole number");
    assert_refused("\"workers\": 1", "\"workers\": 4", "has 4 workers twice");
    assert_refused("\"speedup\": 3.5", "\"speedup\": 9.5", "9.5 is outside of its interval");
    assert_refused("\"t0_s\": 0.3", "\"t0_s\": -1", "t0_s: is no number");
    assert_refused("\"name\": \"ada\"", "\"name\": 7", "name: is no text");
    assert_refused("\"name\": \"ada\"", "\"name\": \"\"", "name: is empty");
    assert_refused("\"submission\": 1", "\"submission\": 2", "another version");
    assert_refused("\"name\"", "\"name", "line 3 is not JSON");
    scratch_write("other.json", "{\"a\": 1}", 8);
    assert_int_equal(submission_read("other.json", &entry, &error), 0);
}

static void names_are_names(void **state)
{
    static const char *const good[] = {"ada", "ada-7", "Zo\xc3\xab", "a.b_c"},
                             *const bad[] = {
                                 "",    ".x",  "-x",   "a/b",
                                 "a b", "<b>", "\xff", "12345678901234567890123456789012345678901"};
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_int_equal(submission_check_name(good[i], &error), 0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(submission_check_name(bad[i], &error), -1);
}

static void assert_escaped(const char *text, const char *html, const char *columns)
{
    char buffer[128] = "";
    FILE *stream = fmemopen(buffer, sizeof buffer, "w");
    assert_non_null(stream);
    escape_put(stream, text);
    fclose(stream);
    assert_string_equal(buffer, html);
    stream = fmemopen(buffer, sizeof buffer, "w");
    assert_non_null(stream);
    escape_put_columns(stream, text, 6);
    fclose(stream);
    assert_string_equal(buffer, columns);
}

static void text_from_anywhere_is_text(void **state)
{
    (void)state;
    assert_escaped("<a&'\">", "&lt;a&amp;'&quot;&gt;", "<a&'\">");
    assert_escaped("\x1b[31m", "?[31m", "?[31m ");
    assert_escaped("a\xff\xc3", "a??", "a??   ");
    assert_escaped("\xe2\x80\xae"
                   "b",
                   "?b", "?b    "); /* from right to left */
    assert_escaped("\xc2\x9b"
                   "1",
                   "?1", "?1    ");                                    /* a terminal's command */
    assert_escaped("\xe7\xa9\xba\xe7\x99\xbd\xe7\x9a\x84\xe5\x90\x8d", /* two columns each */
                   "\xe7\xa9\xba\xe7\x99\xbd\xe7\x9a\x84\xe5\x90\x8d",
                   "\xe7\xa9\xba\xe7\x99\xbd\xe7\x9a\x84");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(the_fastest_of_each_number_of_workers_is_kept),
        TEST(losses_are_those_of_the_best),
        TEST(noisy_and_impossible_are_told),
        TEST(places_and_medians),
        TEST(a_processor_has_a_short_name),
        TEST(reasons_are_not_cut),
        TEST(a_submission_comes_back),
        TEST(the_largest_submission_is_small_enough),
        TEST(what_is_not_right_is_refused),
        TEST(names_are_names),
        TEST(text_from_anywhere_is_text),
    };
    return cmocka_run_group_tests_name("class", tests, NULL, NULL);
}
