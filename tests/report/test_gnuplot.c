/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text is nothing but text to gnuplot, and a picture is whole or not there. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/report/graphs/chart/gnuplot.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

/* gnuplot itself says what it has understood. */
static void assert_understood(const char *text, const char *expected)
{
    FILE *script = fopen("script.gp", "w");
    assert_non_null(script);
    gnuplot_put_string(script, "text", text);
    fputs("set print '-'\nprint text\n", script);
    fclose(script);
    struct outcome outcome = run_program((const char *const[]){"gnuplot", "-d", "script.gp", NULL});
    assert_int_equal(outcome.code, 0);
    size_t length = strlen(outcome.out);
    assert_true(length > 0 && outcome.out[length - 1] == '\n');
    outcome.out[length - 1] = '\0';
    assert_string_equal(outcome.out, expected);
    outcome_free(&outcome);
    assert_int_equal(access("touched", F_OK), -1);
    assert_int_equal(scratch_count("."), 1);
}

static void text_is_nothing_but_text(void **unused)
{
    (void)unused;
    static const char *const plain[] = {
        "highpass, 25 images of 1000x1000",
        "it's \"quoted\" and \\n not a line",
        "`touch touched`",
        "\"`touch touched`\"",
        "';system('touch touched');a='",
        "\";system(\"touch touched\");a=\"",
        "2; system('touch touched')",
        "@foo $1 $data %s %n {/Symbol a}_b^c ~a{b}",
        "\\\";system(\"touch touched\");#",
        "# no comment \\",
        "\xc3\xa9 \xe2\x81\xbb\xe2\x81\xb5 \xf0\x9f\x98\x80",
    };
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        assert_understood(plain[i], plain[i]);
    assert_understood("a\nsystem(\"touch touched\")\n", "a system(\"touch touched\") ");
    assert_understood("a\r\t\x1b[31m\x7f.", "a   [31m .");
    assert_understood("\xff\xfe \xc3( \xe2\x81", "?? ?( ??");
}

/* gnuplot has nothing to complain of, whatever language is set. */
static void no_language_is_no_trouble(void **unused)
{
    (void)unused;
    static const char *const languages[] = {"C", "POSIX", "C.UTF-8", ""};
    struct outcome outcome =
        run_speedup("bench", "--size", "20x20", "--images", "2", "--rounds", "1", "--strategies",
                    "pool", "--workers", "2", "--out", "r");
    outcome_free(&outcome);
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        setenv("LC_ALL", languages[i], 1);
        setenv("LANG", "", 1);
        outcome = run_speedup("plot", "r");
        unsetenv("LC_ALL");
        assert_string_equal(outcome.err, "");
        assert_int_equal(outcome.code, 0);
        outcome_free(&outcome);
    }
    unsetenv("LANG");
}

static void write_file(const char *head, size_t head_length, const char *tail, size_t tail_length)
{
    char bytes[200] = {0};
    memcpy(bytes, head, head_length);
    memcpy(bytes + sizeof bytes - tail_length, tail, tail_length);
    scratch_write("picture", bytes, sizeof bytes);
}

static void a_picture_that_was_cut_is_none(void **unused)
{
    (void)unused;
    static const char head[] = "\x89PNG\r\n", tail[] = "\0\0\0\0IEND\xae\x42\x60\x82";
    static const char xml[] = "<?xml version=\"1.0\"?>", svg[] = "</svg>\n\n";
    write_file(head, 6, tail, 12);
    assert_true(gnuplot_is_whole("picture", "png"));
    assert_false(gnuplot_is_whole("picture", "svg"));
    write_file(head, 6, tail, 11);
    assert_false(gnuplot_is_whole("picture", "png"));
    write_file(xml, sizeof xml - 1, svg, 8);
    assert_true(gnuplot_is_whole("picture", "svg"));
    write_file(xml, sizeof xml - 1, svg, 7);
    assert_true(gnuplot_is_whole("picture", "svg"));
    write_file(xml, sizeof xml - 1, svg, 5);
    assert_false(gnuplot_is_whole("picture", "svg"));
    scratch_write("picture", "", 0);
    assert_false(gnuplot_is_whole("picture", "png"));
    assert_false(gnuplot_is_whole("picture", "svg"));
    assert_false(gnuplot_is_whole("nosuch", "png"));
}

static void assert_fails(const char *expected)
{
    struct error error;
    assert_int_equal(gnuplot_draw(".", "settings.gp", "speedup", &error), -1);
    assert_string_equal(error.text, expected);
}

/* Where memory is limited it is killed by its own libraries, which call abort() and the like. */
static void a_limit_on_memory_is_named(void **unused)
{
    (void)unused;
    static const char script[] = "#!/bin/sh\nkill -TRAP $$\n";
    struct rlimit before, limit;
    char here[PATH_MAX / 2], path[2 * PATH_MAX], *old = strdup(getenv("PATH"));
    scratch_write("gnuplot", script, strlen(script));
    assert_int_equal(chmod("gnuplot", 0755), 0);
    assert_non_null(getcwd(here, sizeof here));
    snprintf(path, sizeof path, "%s:%.4000s", here, old);
    setenv("PATH", path, 1);
    assert_fails("gnuplot: ended with signal 5");
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    limit = before;
    limit.rlim_cur = (rlim_t)1 << 50; /* sanitizers want nearly all that there is */
    assert_int_equal(setrlimit(RLIMIT_AS, &limit), 0);
    assert_fails(
        "gnuplot: ended with signal 5; it may have no more than 1073741824 MiB of memory "
        "(ulimit -v), perhaps too little: `speedup plot DIR` draws the graphs where it may "
        "have more");
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    setenv("PATH", old, 1);
    free(old);
    assert_int_equal(scratch_count("."), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_language_is_no_trouble, scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(text_is_nothing_but_text, scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(a_picture_that_was_cut_is_none, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(a_limit_on_memory_is_named, scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests_name("gnuplot", tests, NULL, NULL);
}
