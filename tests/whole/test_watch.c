/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup watch` as its user sees it, and what a benchmark says of memory and CPU use. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/machine/processes.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static const char HEADER[] =
    "filter,strategy,workers,time_s,cpu_percent,memory_kib,processes,threads,lock,blas_asked";

/* The number after `label` at the beginning of a line of the table. */
static double figure(const struct outcome *outcome, const char *label)
{
    char start[40];
    snprintf(start, sizeof start, "\n%s ", label);
    const char *line = strstr(outcome->out, start);
    if (!line)
        fail_msg("no line '%s' in: %s", label, outcome->out);
    return strtod(line + strlen(start), NULL);
}

static void assert_header(const char *path)
{
    size_t count;
    char *text = scratch_read(path, &count);
    if (strncmp(text, HEADER, strlen(HEADER)) != 0)
        fail_msg("%s begins otherwise: %s", path, text);
    free(text);
}

static void a_command_that_fails(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("watch", "--", "sh", "-c", "echo hello; exit 3");
    assert_int_equal(outcome.code, 1);
    assert_string_equal(outcome.err, "speedup: sh: ended with exit status 3\n");
    assert_ptr_equal(strstr(outcome.out, "hello\n"), outcome.out);
    assert_non_null(strstr(outcome.out, "\ncommand      sh -c echo hello; exit 3\n"));
    assert_true(figure(&outcome, "exit status") == 3);
    for (const char *line = outcome.out; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 80);
    outcome_free(&outcome);
}

static void a_command_that_a_signal_ends(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("watch", "--", "sh", "-c", "kill -9 $$");
    assert_int_equal(outcome.code, 1);
    assert_string_equal(outcome.err, "speedup: sh: ended by signal 9 (Killed)\n");
    assert_non_null(strstr(outcome.out, "\nended by     signal 9 (Killed)\n"));
    outcome_free(&outcome);
}

static void what_can_not_be_run(void **unused)
{
    (void)unused;
    assert_speedup_says(1, "nosuch: cannot be run: No such file or directory", "watch", "--",
                        "nosuch");
    assert_speedup_says(2, "watch: name a command after `--`; see --help", "watch");
    assert_speedup_says(1, "/dev/null: cannot make this directory: Not a directory", "watch",
                        "--out", "/dev/null", "--", "true");
}

/* The shell, and what it starts, whether it waits for it or not. */
static void it_counts_what_comes_from_the_command(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("watch", "--", "sh", "-c", "(sleep 1 &); sleep 1 & sleep 0.8; wait");
    assert_int_equal(outcome.code, 0);
    assert_string_equal(outcome.err, "");
    assert_true(figure(&outcome, "wall") >= 0.8);
    assert_true(figure(&outcome, "CPU") < 0.8); /* sleeping takes none */
    if (processes_available())
        assert_true(figure(&outcome, "processes") >= 4);
    outcome_free(&outcome);
}

static void it_sees_the_memory_of_a_short_command(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("watch", "--", "dd", "if=/dev/zero", "of=/dev/null", "bs=60000k", "count=1");
    assert_int_equal(outcome.code, 0);
    double mib = figure(&outcome, "memory");
    assert_true(mib >= 60000 / 1024.0 && mib < 60000 / 1024.0 + 15);
    assert_true(figure(&outcome, "page faults") > 0);
    outcome_free(&outcome);
}

static void it_writes_and_draws_its_readings(void **unused)
{
    (void)unused;
    double last_s = 0;
    struct outcome outcome = run_speedup("watch", "--out", "a/b", "--", "sleep", "0.5");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_header("a/b/resources.csv");
    if (!processes_available())
        skip();
    struct table table = table_load("a/b/resources.csv");
    assert_true(table.rows >= 2);
    for (size_t row = 0; row < table.rows; row++) {
        assert_string_equal(table_field(&table, row, "strategy"), "command");
        assert_true(table_value(&table, row, "time_s") > last_s);
        last_s = table_value(&table, row, "time_s");
        assert_true(table_value(&table, row, "processes") <= 1);
    }
    assert_string_equal(table_field(&table, 0, "processes"), "1");
    assert_true(table_value(&table, 0, "memory_kib") > 0);
    table_free(&table);
    assert_int_equal(access("a/b/resources.png", R_OK), 0);
    assert_int_equal(access("a/b/resources.svg", R_OK), 0);
}

/* While all wait: the process of the run, its workers, and the server that they ask. */
static void a_benchmark_watches_every_configuration(void **unused)
{
    (void)unused;
    int most = 0, serial_rows = 0;
    struct outcome outcome =
        run_speedup("bench", "--filter", "wait", "--images", "4", "--latency", "250", "--rounds",
                    "1", "--workers", "4", "--strategies", "fork", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_header("r/resources.csv");
    if (!processes_available())
        skip();
    struct table table = table_load("r/resources.csv");
    for (size_t row = 0; row < table.rows; row++) {
        int processes = (int)table_value(&table, row, "processes");
        assert_true(table_value(&table, row, "cpu_percent") < 4 * 100);
        if (strcmp(table_field(&table, row, "strategy"), "fork") == 0)
            most = processes > most ? processes : most;
        else
            serial_rows += processes == 2;
    }
    assert_int_equal(most, 1 + 4 + 1);
    assert_true(serial_rows >= 3);
    table_free(&table);
    assert_int_equal(access("r/resources.png", R_OK), 0);
    struct table runs = table_load("r/runs.csv");
    assert_int_equal(runs.rows, 2); /* the watched runs are not timed */
    table_free(&runs);
    struct table summary = table_load("r/summary.csv");
    for (size_t row = 0; row < summary.rows; row++)
        assert_true(table_value(&summary, row, "max_rss_kib") > 0);
    table_free(&summary);
}

/* 200 images of 100x100 and their results are 31 MiB, which all processes share: as many processes
 * as there may be, they count once. */
static void shared_images_count_once(void **unused)
{
    (void)unused;
    double serial = 0, fork = 0, images = 2 * 200 * 100 * 100 * 8 / 1024.0;
    struct outcome outcome = run_speedup("bench", "--filter", "highpass-select", "--window", "7",
                                         "--images", "200", "--size", "100x100", "--rounds", "1",
                                         "--workers", "8", "--strategies", "fork", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    for (size_t row = 0; row < summary.rows; row++)
        *(strcmp(table_field(&summary, row, "strategy"), "fork") == 0 ? &fork : &serial) =
            table_value(&summary, row, "max_rss_kib");
    table_free(&summary);
    assert_true(serial >= images);
    if (!processes_available())
        skip();
    assert_true(fork >= 0.9 * images);
    assert_true(fork <= serial + 8 * 3000); /* not 8 times the images */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_that_fails),
        cmocka_unit_test(a_command_that_a_signal_ends),
        cmocka_unit_test(what_can_not_be_run),
        cmocka_unit_test(it_counts_what_comes_from_the_command),
        cmocka_unit_test(it_sees_the_memory_of_a_short_command),
        cmocka_unit_test_setup_teardown(it_writes_and_draws_its_readings, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(a_benchmark_watches_every_configuration, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(shared_images_count_once, scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
