/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup prints`: what its processes write is all there, and nothing is left running. In which
 * order is theirs, and no business of a test. */
#include <stdio.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"

enum { PROCESSES = 10 };

static int occurrences(const char *text, const char *word)
{
    int count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        count++;
    return count;
}

/* Each process has one whole line in the text. */
static void assert_whole_lines(const char *text)
{
    for (int i = 0; i < PROCESSES; i++) {
        char line[40];
        snprintf(line, sizeof line, "\nI am process %d\n", i);
        if (!strstr(text, line))
            fail_msg("no line of process %d in:\n%s", i, text);
    }
}

static void pieces_and_lines(void **state)
{
    (void)state;
    struct outcome outcome = run_speedup("prints");
    assert_int_equal(outcome.code, 0);
    assert_string_equal(outcome.err, "");
    char *second = strstr(outcome.out, "\nThe same, each line in one write.");
    assert_non_null(second);
    assert_whole_lines(second);
    assert_int_equal(occurrences(second, "I am "), PROCESSES);
    assert_int_equal(occurrences(second, "Parent: all done\n"), 1);
    /* After the join: behind the last of the children. */
    assert_null(strstr(strstr(second, "Parent: all done\n"), "I am "));
    *second = '\0';
    char *pieces = strstr(outcome.out, "\n\n"); /* behind the explanation */
    assert_non_null(pieces);
    assert_int_equal(occurrences(pieces, "I am "), PROCESSES);
    assert_int_equal(occurrences(pieces, "process "), PROCESSES);
    assert_int_equal(occurrences(pieces, "Parent: all done\n"), 1);
    for (char digit = '0'; digit <= '9'; digit++)
        assert_int_equal(occurrences(pieces, (const char[]){digit, '\0'}), 1);
    int ends = 0;
    for (const char *c = pieces; *c; c++)
        ends += *c == '\n';
    /* Two before the first piece, one for each process, and the parent's. */
    assert_int_equal(ends, 2 + PROCESSES + 1);
    outcome_free(&outcome);
}

static void a_forgotten_join(void **state)
{
    (void)state;
    struct outcome outcome = run_speedup("prints", "--forget-join");
    assert_int_equal(outcome.code, 0);
    assert_string_equal(outcome.err, "");
    assert_whole_lines(outcome.out);
    assert_int_equal(occurrences(outcome.out, "I am process "), PROCESSES);
    assert_int_equal(occurrences(outcome.out, "Parent: all done\n"), 1);
    outcome_free(&outcome);
}

static void wrong_command_lines(void **state)
{
    (void)state;
    assert_speedup_says(2, "extra: prints takes options only; see --help", "prints", "extra");
    assert_speedup_says(2, "--nosuch: no such option; see --help", "prints", "--nosuch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_and_lines),
        cmocka_unit_test(a_forgotten_join),
        cmocka_unit_test(wrong_command_lines),
    };
    return cmocka_run_group_tests_name("prints", tests, NULL, NULL);
}
