/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program finds the scripts of its graphs wherever it stands: installed, moved, as a link, or
 * as a copy far from everything. */
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/base/self.h"
#include "tests/support/program.h"

static char prefix[64], program[128], scripts[128];

static void run(const char *const *arguments)
{
    struct outcome outcome = run_program(arguments);
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
}

/* As `make install` does it. */
static int install(void **state)
{
    (void)state;
    strcpy(prefix, "/tmp/speedup-test-XXXXXX");
    if (!mkdtemp(prefix))
        return -1;
    snprintf(program, sizeof program, "%s/bin/speedup", prefix);
    snprintf(scripts, sizeof scripts, "%s/share/speedup", prefix);
    char bin[128];
    snprintf(bin, sizeof bin, "%s/bin", prefix);
    run((const char *[]){"mkdir", "-p", bin, scripts, NULL});
    run((const char *[]){"cp", speedup_path(), program, NULL});
    run((const char *[]){"cp", "-r", "plots", scripts, NULL});
    return 0;
}

static int remove_all(void **state)
{
    (void)state;
    run((const char *[]){"rm", "-rf", prefix, NULL});
    return 0;
}

/* The script of this prefix is made to say `message`, so that it is known which one was used. */
static void assert_draws_with(const char *with, const char *message)
{
    char results[160], edited[160];
    snprintf(results, sizeof results, "%s/results", prefix);
    run((const char *[]){"cp", "-r", "tests/reference/results/laptop", results, NULL});
    snprintf(edited, sizeof edited, "%s/plots/speedup.gp", scripts);
    FILE *script = fopen(edited, "w");
    assert_non_null(script);
    fprintf(script, "print \"%s\"\nexit status 3\n", message);
    assert_int_equal(fclose(script), 0);
    struct outcome outcome = run_program((const char *[]){with, "plot", results, NULL});
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, message));
    outcome_free(&outcome);
    run((const char *[]){"rm", "-rf", results, NULL});
}

static void test_installed(void **state)
{
    (void)state;
    assert_draws_with(program, "from the prefix");
}

static void test_through_a_link(void **state)
{
    char link[160];
    (void)state;
    snprintf(link, sizeof link, "%s/link", prefix);
    assert_int_equal(symlink(program, link), 0);
    assert_draws_with(link, "through a link");
}

/* Where nothing lies above it, what it was built from is found. */
static void test_a_copy_far_from_everything(void **state)
{
    char alone[] = "/tmp/speedup-test-XXXXXX", copy[64], results[64];
    (void)state;
    assert_non_null(mkdtemp(alone));
    snprintf(copy, sizeof copy, "%s/copy", alone);
    snprintf(results, sizeof results, "%s/results", alone);
    run((const char *[]){"cp", speedup_path(), copy, NULL});
    run((const char *[]){"cp", "-r", "tests/reference/results/laptop", results, NULL});
    struct outcome outcome = run_program((const char *[]){copy, "plot", results, NULL});
    assert_string_equal(outcome.err, "");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    run((const char *[]){"rm", "-rf", alone, NULL});
}

static void test_nowhere(void **state)
{
    char path[256];
    struct error error;
    (void)state;
    assert_int_equal(self_beside("plots/no-such.gp", path, sizeof path, &error), -1);
    assert_non_null(strstr(error.text, "plots/no-such.gp: not found"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_installed),
        cmocka_unit_test(test_through_a_link),
        cmocka_unit_test(test_a_copy_far_from_everything),
        cmocka_unit_test(test_nowhere),
    };
    return cmocka_run_group_tests(tests, install, remove_all);
}
