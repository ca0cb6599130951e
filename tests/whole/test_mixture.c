/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A directory that has files of two benchmarks: no command that reads it takes it for a result. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static void measure(const char *directory)
{
    struct outcome outcome =
        run_speedup("bench", "--images", "2", "--size", "20x20", "--window", "3", "--strategies",
                    "pool", "--workers", "2", "--rounds", "1", "--out", directory);
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
}

static void copy(const char *from, const char *to)
{
    size_t count;
    char *bytes = scratch_read(from, &count);
    scratch_write(to, bytes, count);
    free(bytes);
}

static void assert_refused(const struct outcome *outcome, const char *file)
{
    char named[100];
    snprintf(named, sizeof named, "r/%s: its benchmark is ", file);
    if (outcome->code == 0 || !strstr(outcome->err, named) ||
        !strstr(outcome->err, ", but that of r/summary.csv is "))
        fail_msg("exit code %d: %s", outcome->code, outcome->err);
}

static void no_command_reads_it(void **state)
{
    static const char *const files[] = {"runs.csv"}; /* `results/test_identity` tries the others */
    (void)state;
    measure("r");
    measure("other");
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char own[40], foreign[40];
        snprintf(own, sizeof own, "r/%s", files[i]);
        snprintf(foreign, sizeof foreign, "other/%s", files[i]);
        copy(own, "kept");
        copy(foreign, own);
        const char *const commands[][5] = {
            {"plot", "r"},    {"report", "r"},       {"submit", "r", "--name", "me", "--anyway"},
            {"predict", "r"}, {"compare", "r", "r"},
        };
        for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++) {
            const char *words[7] = {speedup_path()};
            for (size_t word = 0; word < 5; word++)
                words[word + 1] = commands[k][word];
            struct outcome outcome = run_program(words);
            assert_refused(&outcome, files[i]);
            outcome_free(&outcome);
        }
        copy("kept", own);
    }
    struct outcome outcome = run_speedup("report", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_command_reads_it, scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
