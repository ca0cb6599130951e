/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the values of options, and errors that name the option at fault. */
#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/commandline/option_values.h"
#include "tests/support/cmocka_all.h"

static void assert_integer(const char *text, long long minimum, long long maximum,
                           long long expected)
{
    long long value = -77;
    struct error error = {""};
    assert_int_equal(option_integer("--n", text, minimum, maximum, &value, &error), 0);
    assert_int_equal(value, expected);
}

static void test_integer(void **state)
{
    (void)state;
    long long value = 77;
    struct error error;
    assert_integer("1", 1, 10, 1);
    assert_integer("10", 1, 10, 10);
    assert_integer("-5", -5, 10, -5);
    assert_integer("007", 1, 10, 7);
    const char *bad[] = {"",   "0",   "11", "-1",  "2.5", "3x", "0x3",
                         " 3", "\t3", "3 ", "1e1", "abc", "--", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "--n: '%s' is not a whole number from 1 to 10", bad[i]);
        for (char *c = expected; *c; c++)
            *c = *c == '\t' ? '?' : *c; /* as every error */
        assert_int_equal(option_integer("--n", bad[i], 1, 10, &value, &error), -1);
        assert_string_equal(error.text, expected);
    }
    /* Out of the range of a long long is out of every range. */
    assert_int_equal(
        option_integer("--n", "99999999999999999999", LLONG_MIN, LLONG_MAX, &value, &error), -1);
    assert_int_equal(value, 77);
}

static void test_size(void **state)
{
    (void)state;
    struct option_size size = {0, 0};
    struct error error;
    assert_int_equal(option_size("--size", "37x53", &size, &error), 0);
    assert_int_equal(size.ny, 37);
    assert_int_equal(size.nx, 53);
    assert_int_equal(option_size("--size", "1x1000000", &size, &error), 0);
    assert_int_equal(size.nx, 1000000);
    const char *bad[] = {"",     "5",     "5x",    "x5",        "0x5",
                         "5x0",  "-1x5",  "5x-1",  "5x5x5",     "5X5",
                         "5 x5", "5x 5",  " 5x5",  "5x5 ",      "1x1000001",
                         "5,5",  "5.0x5", "1e3x1", "1000001x1", "99999999999999999999x1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char expected[100];
        size = (struct option_size){77, 77};
        snprintf(expected, sizeof expected, "--size: '%s' is not a size", bad[i]);
        assert_int_equal(option_size("--size", bad[i], &size, &error), -1);
        error.text[strlen(expected)] = '\0';
        assert_string_equal(error.text, expected);
        assert_true(size.ny == 77 && size.nx == 77);
    }
}

static void test_number(void **state)
{
    (void)state;
    double value = 0.0;
    struct error error;
    assert_int_equal(option_number("--budget", "2.5", 0.0, &value, &error), 0);
    assert_float_equal(value, 2.5, 0.0);
    assert_int_equal(option_number("--budget", "0", 0.0, &value, &error), 0);
    assert_int_equal(option_number("--budget", "1e3", 0.0, &value, &error), 0);
    assert_float_equal(value, 1000.0, 0.0);
    const char *bad[] = {"", "-1", "nan", "inf", "1e999", "3s", " 3", "3 ", "abc"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(option_number("--budget", bad[i], 0.0, &value, &error), -1);
        assert_non_null(strstr(error.text, "--budget: '"));
    }
    assert_string_equal(error.text, "--budget: 'abc' is not a number of at least 0");
}

static void test_choice(void **state)
{
    (void)state;
    const char *const choices[] = {"image", "band", NULL};
    int chosen = -1;
    struct error error;
    assert_int_equal(option_choice("--grain", "band", choices, &chosen, &error), 0);
    assert_int_equal(chosen, 1);
    assert_int_equal(option_choice("--grain", "ban", choices, &chosen, &error), -1);
    assert_string_equal(error.text, "--grain: 'ban' is none of: image, band; did you mean 'band'?");
    assert_int_equal(option_choice("--grain", "row", choices, &chosen, &error), -1);
    assert_string_equal(error.text, "--grain: 'row' is none of: image, band");
    assert_int_equal(chosen, 1);
    assert_int_equal(option_choice("--grain", "", choices, &chosen, &error), -1);
}

static void test_list(void **state)
{
    (void)state;
    char **list;
    size_t count;
    struct error error;
    assert_int_equal(option_list("--strategies", "serial,fork,a b", &list, &count, &error), 0);
    assert_int_equal(count, 3);
    assert_string_equal(list[0], "serial");
    assert_string_equal(list[1], "fork");
    assert_string_equal(list[2], "a b");
    option_list_free(list, count);
    option_list_free(NULL, 0);

    const char *bad[] = {"", ",", "a,", ",a", "a,,b"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char expected[100];
        snprintf(expected, sizeof expected, "--strategies: '%s' has an empty entry; give A,B,C",
                 bad[i]);
        assert_int_equal(option_list("--strategies", bad[i], &list, &count, &error), -1);
        assert_string_equal(error.text, expected);
        assert_null(list);
    }
    assert_int_equal(option_list("--strategies", "a,b,a", &list, &count, &error), -1);
    assert_string_equal(error.text, "--strategies: 'a' is given twice");
    assert_null(list);
}

static void test_integers(void **state)
{
    (void)state;
    enum { ROOM = 3 };
    int numbers[ROOM], count;
    struct error error;
    assert_int_equal(option_integers("--workers", "1,16,4", 16, numbers, ROOM, &count, &error), 0);
    assert_int_equal(count, 3);
    assert_int_equal(numbers[0], 1);
    assert_int_equal(numbers[1], 16);
    assert_int_equal(numbers[2], 4);
    static const char *const bad[][2] = {
        {"1,2,3,4", "--workers: more than 3 numbers"},
        {"1,17", "--workers: '17' is not a whole number from 1 to 16"},
        {"0", "--workers: '0' is not a whole number from 1 to 16"},
        {"2,2", "--workers: '2' is given twice"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(option_integers("--workers", bad[i][0], 16, numbers, ROOM, &count, &error),
                         -1);
        assert_string_equal(error.text, bad[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integer), cmocka_unit_test(test_size),
        cmocka_unit_test(test_number),  cmocka_unit_test(test_choice),
        cmocka_unit_test(test_list),    cmocka_unit_test(test_integers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
