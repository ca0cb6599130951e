/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample of what `make faults` does: a system call or an allocation fails, and the program says so
 * and leaves nothing behind. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/faults/trial.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void prepare(const struct trial_command *command)
{
    const char *injector = getenv("SPEEDUP_INJECTOR");
    if (!injector || !*injector) {
        print_message("no faults can be injected into this build\n");
        skip();
    }
    assert_int_equal(trial_prepare(speedup_path(), injector), 0);
    assert_int_equal(trial_expect(command), 0);
    if (trial_state()->calls == 0) {
        print_message("this C library lets nobody put a malloc in the place of its own\n");
        skip();
    }
}

/* The n-th call of this kind fails. Returns whether there was one; *code: how it ended. */
static bool try(const struct trial_command *command, enum fault_kind kind, long number, int *code)
{
    const struct fault fault = {kind, number, false};
    struct trial trial;
    assert_int_equal(trial_run(command, &fault, &trial), 0);
    if (trial.problem[0])
        fail_msg("%s, %s %ld: %s", command->name, fault_names[kind], number, trial.problem);
    *code = trial.code;
    return trial.failed;
}

/* Of each kind, until it passes. */
static void try_all(const struct trial_command *command)
{
    int code, faults = 0;
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        /* What is read and written comes in too many pieces for here. */
        long most = kind == FAULT_READ || kind == FAULT_STREAM ? 3 : 100;
        for (long number = 1; number <= most && try(command, (enum fault_kind)kind, number, &code);
             number++)
            faults++;
    }
    assert_true(faults > 30);
}

static void generate(void **state)
{
    (void)state;
    const struct trial_command command = {
        "generate", WORDS("generate", "--count", "1", "--size", "9x8", "--out", "out"), "out", NULL,
        true};
    prepare(&command);
    try_all(&command);
}

static void filter(void **state)
{
    (void)state;
    const struct trial_command make = {
        "generate", WORDS("generate", "--count", "1", "--size", "9x8", "--out", "out"), "out", NULL,
        true};
    const struct trial_command command = {
        "filter", WORDS("filter", "--window", "3", "--out", "out", "images/fake_9x8_0.fits"), "out",
        NULL, true};
    prepare(&make);
    assert_int_equal(rename("out.expected", "images"), 0);
    assert_int_equal(trial_expect(&command), 0);
    try_all(&command);
}

/* What fails is the only one of its kind, or the first: no strategy does what it was to do. */
static void benchmark(void **state)
{
    enum { EITHER = -1 };
    (void)state;
    static const struct {
        enum fault_kind kind;
        long number;
        int code;
    } faults[] = {{FAULT_RESIZE, 1, 1},    {FAULT_MMAP, 1, 1},   {FAULT_FORK, 1, 1},
                  {FAULT_PIPE, 2, 1},      {FAULT_THREAD, 1, 1}, {FAULT_STREAM, 2, 1},
                  {FAULT_RENAME, 1, 1},    {FAULT_WAIT, 2, 0},   {FAULT_POLL, 1, 0},
                  {FAULT_READ, 12, EITHER}};
    const struct trial_command command = {"bench",
                                          WORDS("bench", "--images", "1", "--size", "9x8",
                                                "--window", "3", "--workers", "2", "--rounds", "1",
                                                "--strategies", "serial,pool", "--out", "out"),
                                          "out", NULL, false};
    prepare(&command);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        int code;
        assert_true(try(&command, faults[i].kind, faults[i].number, &code));
        if (faults[i].code != EITHER)
            assert_int_equal(code, faults[i].code);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {TEST(generate), TEST(filter), TEST(benchmark)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
