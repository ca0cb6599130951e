/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name that was meant. Distances are counted by hand. */
#include <string.h>

#include "harness/base/commandline/nearest.h"
#include "tests/support/cmocka_all.h"

static void slips_are_counted(void **unused)
{
    (void)unused;
    const struct {
        const char *a, *b;
        size_t slips;
    } cases[] = {
        {"", "", 0},
        {"", "pool", 4},
        {"pool", "pool", 0},
        {"POOL", "pool", 0},
        {"pol", "pool", 1},
        {"pooll", "pool", 1},
        {"poul", "pool", 1},
        {"opol", "pool", 1},
        {"kitten", "sitting", 3},
        {"ca", "abc", 3} /* restricted: 2 without */,
        {"pthraeds", "pthreads", 1},
        {"fork", "serial", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(nearest_slips(cases[i].a, cases[i].b), cases[i].slips);
        assert_int_equal(nearest_slips(cases[i].b, cases[i].a), cases[i].slips);
    }
}

/* NULL: none of them may be meant. */
static void assert_meant(const char *typed, const char *expected)
{
    const char *const names[] = {"serial", "fork", "fork-pipe", "pthreads", "pool", "gnu-parallel"};
    struct nearest nearest = nearest_to(typed);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        nearest_offer(&nearest, names[i]);
    if (expected) {
        assert_non_null(nearest.name);
        assert_string_equal(nearest.name, expected);
    } else {
        assert_null(nearest.name);
    }
}

static void the_nearest_is_found(void **unused)
{
    (void)unused;
    assert_meant("ptheads", "pthreads");
    assert_meant("threads", "pthreads");
    assert_meant("Serial", "serial");
    assert_meant("gnu", "gnu-parallel"); /* cut short */
    assert_meant("fork", "fork");        /* and not fork-pipe, which begins with it */
    assert_meant("forkpipe", "fork-pipe");
    assert_meant("spool", "pool");
    assert_meant("quicksort", NULL);
    assert_meant("", NULL);
    assert_meant("x", NULL);
}

static void very_long_names_are_cut(void **unused)
{
    (void)unused;
    char longer[500];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(nearest_slips(longer, ""), 63);
    assert_meant(longer, NULL);
}

static void the_error_asks(void **unused)
{
    (void)unused;
    struct error error;
    struct nearest nearest = nearest_to("pol");
    assert_int_equal(nearest_error(&nearest, &error, "--x", "look there"), -1);
    assert_string_equal(error.text, "--x: 'pol' is not known; look there");
    nearest_offer(&nearest, "pool");
    assert_int_equal(nearest_error(&nearest, &error, "--x", "look there"), -1);
    assert_string_equal(error.text, "--x: 'pol' is not known; did you mean 'pool'? look there");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_counted),
        cmocka_unit_test(the_nearest_is_found),
        cmocka_unit_test(very_long_names_are_cut),
        cmocka_unit_test(the_error_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
