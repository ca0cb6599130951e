/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup.json: what is written is JSON and comes back; what others write is not trusted. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/results/field.h"
#include "harness/results/json.h"
#include "harness/results/resume/plan_file.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

/* A machine and two summaries, the second of which has failed. */
static void write_example(struct result_set *set, struct summary summaries[2])
{
    struct error error;
    summaries[0] = summary_given("serial", 1, (struct estimate){1.5, 1.25, 1.75}, only(1));
    summaries[1] = summary_given("global-lock", 4, only((double)NAN), only((double)NAN));
    summaries[1].status = RUN_CRASHED;
    summaries[1].setup.config.lock = LOCK_RELEASED;
    summaries[1].t0_s = summaries[1].activity_speedup = summaries[1].efficiency = (double)NAN;
    *set = (struct result_set){.machine = {.host = "a \"b\" \\ c",
                                           .cpu = "Caf\xc3\xa9",
                                           .cores = 4,
                                           .threads = 8,
                                           .quota = 2.5,
                                           .date = "2026-11-24 12:00 UTC",
                                           .command = "speedup bench \x01\xff",
                                           .commit = "0123456",
                                           .verdict = "fit to post",
                                           .warnings = {.count = 1, .text = {"close\ttabs"}}},
                               .summaries = summaries,
                               .count = 2};
    if (json_write(".", set, &error) != 0)
        fail_msg("%s", error.text);
}

static void every_field_comes_back(void **state)
{
    struct summary summaries[2];
    struct result_set set, back;
    struct error error;
    (void)state;
    write_example(&set, summaries);
    if (json_read("speedup.json", &back, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(back.count, 2);
    for (size_t row = 0; row < 2; row++)
        for (size_t i = 0; i < summary_file.count; i++) {
            const struct column *column = &summary_file.columns[i];
            char before[FIELD_LENGTH], after[FIELD_LENGTH];
            field_format(column, &set.machine, &summaries[row], before);
            field_format(column, &back.machine, &back.summaries[row], after);
            assert_string_equal(after, before);
        }
    assert_string_equal(back.machine.host, "a \"b\" \\ c");
    assert_true(isnan(back.summaries[1].speedup.value));
    assert_null(back.summaries[0].trace);
    assert_string_equal(back.machine.date, "2026-11-24 12:00 UTC");
    assert_string_equal(back.machine.command, "speedup bench ??"); /* no UTF-8; a control byte */
    assert_string_equal(back.machine.flags, "");
    assert_string_equal(back.machine.verdict, "fit to post");
    assert_int_equal(back.machine.warnings.count, 1);
    assert_string_equal(back.machine.warnings.text[0], "close?tabs");
    result_set_destroy(&back);
}

static void what_is_not_known_is_null(void **state)
{
    static const char *const parts[] = {
        "{\n  \"schema\": 1,\n  \"verdict\": \"fit to post\",\n  \"machine\": {\n    \"host\": \"a "
        "\\\"b\\\" \\\\ c\",\n",
        "    \"cores\": 4,\n    \"threads\": 8,\n    \"quota\": 2.5,\n",
        "\"command\": \"speedup bench \\u0001?\",\n",
        "\"warnings\": [\n      \"close\\ttabs\"\n    ]\n",
        "  \"summary\": [\n    {\n      \"filter\": \"highpass\",\n      \"strategy\": "
        "\"serial\",\n",
        "      \"wall_median_s\": 1.5,\n      \"wall_low_s\": 1.25,\n      \"wall_high_s\": 1.75,\n"
        "      \"speedup\": 1.0,\n      \"speedup_low\": null,\n",
        "      \"speedup\": null,\n",
        "      \"status\": \"crashed\",\n      \"lock\": \"released\",\n",
        "      \"images\": 24,\n      \"chunk\": null,\n      \"t0_low_s\": ",
        "  ],\n  \"losses\": [\n    {\n      \"strategy\": \"serial\",\n      \"workers\": 1,\n",
    };
    struct summary summaries[2];
    struct result_set set;
    size_t count;
    (void)state;
    write_example(&set, summaries);
    char *text = scratch_read("speedup.json", &count);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!strstr(text, parts[i]))
            fail_msg("no %s in %s", parts[i], text);
    assert_null(strstr(text, "nan"));
    free(text);
}

/* The example with one part of its text replaced by another. */
static void assert_refused(const char *part, const char *instead, const char *why)
{
    struct summary summaries[2];
    struct result_set set;
    struct error error = {""};
    char changed[8000], expected[ERROR_TEXT_MAX];
    size_t count;
    write_example(&set, summaries);
    char *text = scratch_read("speedup.json", &count), *at = strstr(text, part);
    assert_non_null(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, instead,
             at + strlen(part));
    free(text);
    scratch_write("changed.json", changed, strlen(changed));
    snprintf(expected, sizeof expected, "changed.json: %s", why);
    assert_int_equal(json_read("changed.json", &set, &error), -1);
    assert_string_equal(error.text, expected);
}

static void what_is_wrong_is_named(void **state)
{
    struct result_set set;
    struct error error;
    (void)state;
    assert_refused("\"schema\": 1", "\"schema\": 2",
                   "its schema is not 1: it is not a result of this version");
    assert_refused("\"machine\"", "\"engine\"", "has no machine or no summary");
    assert_refused("\"summary\"", "\"details\"", "has no machine or no summary");
    assert_refused("\"cores\": 4", "\"cores\": \"4\"", "machine: cores: is not a number");
    assert_refused("\"cores\": 4", "\"cores\": 0",
                   "machine: cores: '0' is not from 1 to 1000000000");
    assert_refused("Caf", "\\u001b[2J", "machine: cpu: '?[2J\xc3\xa9' is not printable text");
    assert_refused("\"strategy\": \"serial\"", "\"strategy\": 7",
                   "summary 1: strategy: is not a text");
    assert_refused("\"strategy\": \"serial\"", "\"strategy\": \"a b\"",
                   "summary 1: strategy: 'a b' is not a name");
    assert_refused("\"t0_s\": 1.0", "\"t0\": 1.0", "summary 1: t0_s: is missing");
    assert_refused("\"status\": \"crashed\"", "\"status\": \"great\"",
                   "summary 2: status: 'great' is none of: ok, wrong, failed, crashed, timeout");
    assert_refused("\"window\": 3", "\"window\": 3.5",
                   "summary 1: window: '3.5' is not a whole number");
    assert_int_equal(json_read("nosuch.json", &set, &error), -1);
    assert_string_equal(error.text, "nosuch.json: cannot be read: No such file or directory");
    scratch_write("half.json", "{\"schema\": 1,\n", 14);
    assert_int_equal(json_read("half.json", &set, &error), -1);
    assert_non_null(strstr(error.text, "half.json: line 2 is not JSON: "));
}

/* Members of a later version are ignored, and those that an earlier one lacks are not known. */
static void other_versions_can_be_read(void **state)
{
    struct summary summaries[2];
    struct result_set set, back;
    struct error error;
    size_t count;
    (void)state;
    write_example(&set, summaries);
    char *text = scratch_read("speedup.json", &count);
    memcpy(strstr(text, "\"images\": 24"), "\"aspect\": [] ", 12);
    scratch_write("speedup.json", text, count);
    free(text);
    if (json_read("speedup.json", &back, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(back.summaries[0].setup.images, 0);
    assert_int_equal(back.summaries[1].setup.images, 24);
    result_set_destroy(&back);
}

/* How many more times Jansson gets memory. */
static size_t memory_left;

static void *meagre_malloc(size_t bytes)
{
    return memory_left > 0 && memory_left-- ? malloc(bytes) : NULL;
}

static int write_plan(const struct result_set *set, struct error *error)
{
    static char name[] = "bench";
    char *const arguments[] = {name, NULL};
    return plan_file_write(".", &set->machine, "", 1, arguments, error);
}

static int write_result(const struct result_set *set, struct error *error)
{
    return json_write(".", set, error);
}

/* Until there is enough memory for all of it, there is no file; half of one was called written. */
static void assert_whole_or_missing(int (*write_it)(const struct result_set *, struct error *),
                                    const struct result_set *set, const char *name)
{
    struct error error;
    int failed = -1;
    for (size_t pieces = 0; failed; pieces++) {
        remove(name);
        memory_left = pieces;
        json_set_alloc_funcs(meagre_malloc, free);
        failed = write_it(set, &error);
        json_set_alloc_funcs(malloc, free);
        assert_int_equal(access(name, F_OK) != 0, failed != 0);
        if (failed && !strstr(error.text, "no memory"))
            fail_msg("%s", error.text);
    }
    json_t *document = json_load_file(name, 0, NULL);
    assert_non_null(document);
    json_decref(document);
}

static void without_memory_nothing_is_half_written(void **state)
{
    struct summary summaries[2];
    struct result_set set;
    (void)state;
    write_example(&set, summaries);
    assert_whole_or_missing(write_result, &set, JSON_FILE);
    assert_whole_or_missing(write_plan, &set, PLAN_FILE);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(every_field_comes_back),
        IN_SCRATCH(what_is_not_known_is_null),
        IN_SCRATCH(what_is_wrong_is_named),
        IN_SCRATCH(other_versions_can_be_read),
        IN_SCRATCH(without_memory_nothing_is_half_written),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
