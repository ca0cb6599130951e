/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the command line: values, and errors that name the option at fault. */
#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/options.h"
#include "tests/support/cmocka_all.h"

enum { WINDOW = 256, OUT, WORDS_AT_MOST = 12 };

static const struct option table[] = {{"help", no_argument, NULL, OPTION_HELP},
                                      {"window", required_argument, NULL, WINDOW},
                                      {"out", required_argument, NULL, OUT},
                                      {0}};

/* A command line of words with single spaces between them, as main() gets it. */
struct line {
    char text[200], *words[WORDS_AT_MOST + 1];
    int count;
};

static void split(struct line *line, const char *text)
{
    *line = (struct line){0};
    snprintf(line->text, sizeof line->text, "%s", text);
    for (char *word = strtok(line->text, " "); word && line->count < WORDS_AT_MOST;
         word = strtok(NULL, " "))
        line->words[line->count++] = word;
        /* A new command line; getopt_long keeps more about the last one than optind. */
#ifdef __APPLE__
    optind = optreset = 1;
#else
    optind = 0;
#endif
}

static void assert_bad(const char *text, const char *expected)
{
    struct line line;
    struct error error = {""};
    int option;
    split(&line, text);
    do
        option = options_next(line.count, line.words, table, &error);
    while (option != OPTION_END && option != OPTION_BAD);
    assert_int_equal(option, OPTION_BAD);
    assert_string_equal(error.text, expected);
}

static void test_options_and_other_arguments_may_be_mixed(void **state)
{
    (void)state;
    struct line line;
    struct error error = {""};
    split(&line, "filter a.fits --window 3 b.fits --out=d -- --window");
    assert_int_equal(options_next(line.count, line.words, table, &error), WINDOW);
    assert_string_equal(optarg, "3");
    assert_int_equal(options_next(line.count, line.words, table, &error), OUT);
    assert_string_equal(optarg, "d");
    assert_int_equal(options_next(line.count, line.words, table, &error), OPTION_END);
    assert_int_equal(line.count - optind, 3);
    assert_string_equal(line.words[optind], "a.fits");
    assert_string_equal(line.words[optind + 1], "b.fits");
    assert_string_equal(line.words[optind + 2], "--window");
}

static void test_the_option_at_fault_is_named(void **state)
{
    (void)state;
    const char *unknown = ": no such option, or a value it does not take; see --help";
    const char *missing = ": needs a value; see --help";
    const struct {
        const char *line, *option, *why;
    } cases[] = {
        {"filter --nosuch", "--nosuch", unknown},
        {"filter a.fits --nosuch=3 b.fits", "--nosuch=3", unknown},
        {"filter --help=3", "--help=3", unknown},
        {"filter -x", "-x", unknown},
        {"filter a.fits -xy", "-x", unknown},
        {"filter --window 3 -w 5", "-w", unknown},
        {"filter -h", "-h", unknown},
        {"filter --window", "--window", missing},
        {"filter a.fits --out d --window", "--window", missing},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "%s%s", cases[i].option, cases[i].why);
        assert_bad(cases[i].line, expected);
    }
}

static void assert_integer(const char *text, long minimum, long maximum, long expected)
{
    long value = -77;
    struct error error = {""};
    assert_int_equal(option_integer("--n", text, minimum, maximum, &value, &error), 0);
    assert_int_equal(value, expected);
}

static void test_integer(void **state)
{
    (void)state;
    long value;
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
    /* Out of the range of a long is out of every range. */
    assert_int_equal(
        option_integer("--n", "99999999999999999999", LONG_MIN, LONG_MAX, &value, &error), -1);
}

static void test_size(void **state)
{
    (void)state;
    size_t ny = 0, nx = 0;
    struct error error;
    assert_int_equal(option_size("--size", "37x53", &ny, &nx, &error), 0);
    assert_int_equal(ny, 37);
    assert_int_equal(nx, 53);
    assert_int_equal(option_size("--size", "1x1000000", &ny, &nx, &error), 0);
    assert_int_equal(nx, 1000000);
    const char *bad[] = {"",     "5",     "5x",    "x5",        "0x5",
                         "5x0",  "-1x5",  "5x-1",  "5x5x5",     "5X5",
                         "5 x5", "5x 5",  " 5x5",  "5x5 ",      "1x1000001",
                         "5,5",  "5.0x5", "1e3x1", "1000001x1", "99999999999999999999x1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char expected[100];
        ny = nx = 77;
        snprintf(expected, sizeof expected, "--size: '%s' is not a size", bad[i]);
        assert_int_equal(option_size("--size", bad[i], &ny, &nx, &error), -1);
        error.text[strlen(expected)] = '\0';
        assert_string_equal(error.text, expected);
        assert_true(ny == 77 && nx == 77);
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
    assert_string_equal(error.text, "--grain: 'ban' is none of: image, band");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_and_other_arguments_may_be_mixed),
        cmocka_unit_test(test_the_option_at_fault_is_named),
        cmocka_unit_test(test_integer),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_number),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
