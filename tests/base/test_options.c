/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a command line by a table of options. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/commandline/options.h"
#include "tests/support/cmocka_all.h"

enum { WORDS_AT_MOST = 12 };

static const char *const grains[] = {"image", "band", NULL};

struct settings {
    uint32_t window;
    long count;
    const char *out, *list;
    bool all;
    double budget_s;
    struct option_size size;
    enum { IMAGE, BAND } grain;
    int own_calls;
};

static int read_own(const char *option, const char *text, void *settings, struct error *error)
{
    ((struct settings *)settings)->own_calls++;
    return strcmp(text, "bad") == 0 ? error_set(error, option, "no") : 0;
}

#define INTO(member) OPTION_INTO(struct settings, member)

static const struct option_row table[] = {
    {"window", "N", "50", "side of the window", OPTION_INTEGER, INTO(window), .minimum = 1,
     .maximum = UINT32_MAX},
    {"count", "N", NULL, "how many", OPTION_INTEGER, INTO(count), .minimum = -5, .maximum = 10,
     .otherwise = "as many as there are"},
    {"out", "DIR", ".", "where to", OPTION_TEXT, INTO(out)},
    {"all", NULL, NULL, "all of them", OPTION_FLAG, INTO(all), .heading = "More"},
    {"budget", "SECONDS", "2.5", "to measure for", OPTION_NUMBER, INTO(budget_s)},
    {"size", "NYxNX", "3x4", "rows x columns", OPTION_SIZE, INTO(size)},
    {"grain", "image|band", "band",
     "a task, and this is a text that is so long that it has to be "
     "continued on one more line",
     OPTION_CHOICE, INTO(grain), .choices = grains},
    {"a-name-as-long-as-this", "VALUE", NULL, "own", OPTION_OWN, .read = read_own},
    {"secret", "X", NULL, "not shown", OPTION_TEXT, INTO(list), .hidden = true},
    {0},
};

/* A command line of words with single spaces between them, as main() gets it. */
struct words {
    char text[200], *words[WORDS_AT_MOST + 1];
    int count;
};

static void split(struct words *words, const char *text)
{
    *words = (struct words){0};
    snprintf(words->text, sizeof words->text, "%s", text);
    for (char *word = strtok(words->text, " "); word && words->count < WORDS_AT_MOST;
         word = strtok(NULL, " "))
        words->words[words->count++] = word;
}

static void assert_bad(const char *text, const char *expected)
{
    struct words words;
    struct command_line line;
    struct settings settings = {0};
    struct error error = {""};
    split(&words, text);
    assert_int_equal(options_read(table, &settings, words.count, words.words, &line, &error), -1);
    assert_string_equal(error.text, expected);
    assert_null(line.operands);
}

static void what_is_not_given_is_as_the_table_has_it(void **unused)
{
    (void)unused;
    struct command_line line;
    struct settings settings = {.count = 77};
    struct error error;
    char *words[] = {"filter", NULL};
    assert_int_equal(options_read(table, &settings, 1, words, &line, &error), 0);
    assert_int_equal(settings.window, 50);
    assert_int_equal(settings.count, 77);
    assert_string_equal(settings.out, ".");
    assert_false(settings.all);
    assert_float_equal(settings.budget_s, 2.5, 0);
    assert_true(settings.size.ny == 3 && settings.size.nx == 4);
    assert_int_equal(settings.grain, BAND);
    assert_int_equal(settings.own_calls, 0);
    assert_int_equal(line.operand_count, 0);
    assert_null(line.operands[0]);
    for (int i = 0; i < OPTIONS_AT_MOST; i++)
        assert_false(line.given[i]);
    command_line_free(&line);
}

static void options_and_operands_may_be_mixed(void **unused)
{
    (void)unused;
    struct words words;
    struct command_line line;
    struct settings settings = {0};
    struct error error;
    split(&words, "filter a.fits --window 4294967295 b.fits --out=d --al --count -5 - -- --window");
    assert_int_equal(options_read(table, &settings, words.count, words.words, &line, &error), 0);
    assert_int_equal(settings.window, UINT32_MAX);
    assert_int_equal(settings.count, -5);
    assert_string_equal(settings.out, "d");
    assert_true(settings.all);
    assert_true(line.given[0] && line.given[1] && line.given[2] && line.given[3]);
    assert_false(line.given[4]);
    assert_int_equal(line.operand_count, 4);
    assert_int_equal(line.before_dashes, 3);
    assert_string_equal(line.operands[0], "a.fits");
    assert_string_equal(line.operands[1], "b.fits");
    assert_string_equal(line.operands[2], "-");
    assert_string_equal(line.operands[3], "--window");
    assert_null(line.operands[4]);
    assert_int_equal(line.argc, words.count); /* and the line is as it was typed */
    assert_string_equal(line.argv[1], "a.fits");
    command_line_free(&line);
}

static void the_last_one_counts_and_help_ends_the_reading(void **unused)
{
    (void)unused;
    struct words words;
    struct command_line line;
    struct settings settings = {0};
    struct error error;
    split(&words, "filter --window 3 --out -- --window 4 --help --nosuch");
    assert_int_equal(options_read(table, &settings, words.count, words.words, &line, &error), 0);
    assert_int_equal(settings.window, 4);
    assert_string_equal(settings.out, "--"); /* a value like any other */
    assert_true(line.help);
    command_line_free(&line);
}

static void the_option_at_fault_is_named(void **unused)
{
    (void)unused;
    assert_bad("filter --nosuch", "--nosuch: no such option; see --help");
    assert_bad("filter a.fits --nosuch=3 b.fits", "--nosuch: no such option; see --help");
    assert_bad("filter --windw=3", "--windw: no such option; did you mean --window? See --help");
    assert_bad("filter --secrte=3", "--secrte: no such option; see --help");
    assert_bad("filter --help=3", "--help: takes no value; see --help");
    assert_bad("filter --all=3", "--all: takes no value; see --help");
    assert_bad("filter --a", "--a: may be --all or another option; write more of it");
    assert_bad("filter -x", "-x: no such option; see --help");
    assert_bad("filter a.fits -xy", "-x: no such option; see --help");
    assert_bad("filter --window 3 -w 5", "-w: no such option; see --help");
    assert_bad("filter -h", "-h: no such option; see --help");
    assert_bad("filter --window", "--window: needs a value; see --help");
    assert_bad("filter a.fits --out d --window", "--window: needs a value; see --help");
    assert_bad("filter --out=", "--out: is empty; it takes a DIR");
    assert_bad("filter --window 0", "--window: '0' is not a whole number from 1 to 4294967295");
    assert_bad("filter --count 11", "--count: '11' is not a whole number from -5 to 10");
    assert_bad("filter --budget x", "--budget: 'x' is not a number of at least 0");
    assert_bad("filter --grain x", "--grain: 'x' is none of: image, band");
    assert_bad("filter --a-name-as-long-as-this bad", "--a-name-as-long-as-this: no");
}

static void what_is_suggested_gives_way_to_what_is_given(void **unused)
{
    (void)unused;
    const char *const presets[] = {"--window", "7", "--out", "there", "--all", NULL};
    struct words words;
    struct command_line line;
    struct settings settings = {0};
    struct error error;
    split(&words, "filter --out here");
    assert_int_equal(options_read(table, &settings, words.count, words.words, &line, &error), 0);
    assert_int_equal(options_suggest(table, &settings, presets, &line, &error), 0);
    assert_int_equal(settings.window, 7);
    assert_string_equal(settings.out, "here");
    assert_true(settings.all);
    const char *const unknown[] = {"--wndow", "7", NULL}, *const cut[] = {"--window", NULL};
    assert_int_equal(options_suggest(table, &settings, unknown, &line, &error), -1);
    assert_int_equal(options_suggest(table, &settings, cut, &line, &error), -1);
    command_line_free(&line);
}

static void the_help_is_the_table(void **unused)
{
    (void)unused;
    static const char expected[] =
        "  --window N          side of the window (50)\n"
        "  --count N           how many (as many as there are)\n"
        "  --out DIR           where to (.)\n"
        "\nMore:\n"
        "  --all               all of them\n"
        "  --budget SECONDS    to measure for (2.5)\n"
        "  --size NYxNX        rows x columns (3x4)\n"
        "  --grain image|band  a task, and this is a text that is so long that it has to\n"
        "                      be continued on one more line (band)\n"
        "  --a-name-as-long-as-this VALUE\n"
        "                      own\n"
        "  --help              this text\n";
    char text[2000];
    FILE *file = tmpfile();
    assert_non_null(file);
    options_print(table, file);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_given_is_as_the_table_has_it),
        cmocka_unit_test(options_and_operands_may_be_mixed),
        cmocka_unit_test(the_last_one_counts_and_help_ends_the_reading),
        cmocka_unit_test(the_option_at_fault_is_named),
        cmocka_unit_test(what_is_suggested_gives_way_to_what_is_given),
        cmocka_unit_test(the_help_is_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
