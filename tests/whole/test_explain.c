/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup explain`: every kind of fault that a verdict can name has its page. */
#include <stdio.h>
#include <string.h>

#include "harness/grade/faults.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"

/* In lines that a terminal of 80 columns need not break. */
static void assert_narrow(const char *text)
{
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        if (strcspn(line, "\n") > 80)
            fail_msg("too long: %.*s", (int)strcspn(line, "\n"), line);
}

static void every_kind_has_its_page(void **unused)
{
    static const char *const parts[] = {"\nWhat happened: ", "\nHow it was noticed: ",
                                        "\nThe usual cause: ", "\nWhat to do: ", "\nTo read: "};
    (void)unused;
    for (size_t i = 0; fault_kinds[i].name; i++) {
        struct outcome outcome = run_speedup("explain", fault_kinds[i].name);
        assert_int_equal(outcome.code, 0);
        size_t length = strlen(fault_kinds[i].name);
        assert_memory_equal(outcome.out, fault_kinds[i].name, length);
        assert_int_equal(outcome.out[length], '\n');
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++)
            if (!strstr(outcome.out, parts[k]))
                fail_msg("%s has no '%s'", fault_kinds[i].name, parts[k] + 1);
        assert_non_null(strstr(outcome.out, "\n    ")); /* a picture */
        assert_null(strstr(outcome.out, "\n## "));      /* and not the next page too */
        assert_narrow(outcome.out);
        outcome_free(&outcome);
    }
}

static void words_are_explained_too(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("explain", "ceiling");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "25/13 = 1.92"));
    assert_narrow(outcome.out);
    outcome_free(&outcome);
}

static void without_a_name_all_are_listed(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("explain");
    assert_int_equal(outcome.code, 0);
    for (size_t i = 0; fault_kinds[i].name; i++)
        assert_non_null(strstr(outcome.out, fault_kinds[i].name));
    assert_non_null(strstr(outcome.out, "\n  ceiling "));
    /* The whole of its first sentence. */
    assert_non_null(strstr(outcome.out,
                           "\n  task                 One unit of work, the thing that is "
                           "handed out: one\n"
                           "                       image, or one band of an image.\n"));
    assert_narrow(outcome.out);
    outcome_free(&outcome);
}

/* Names without blanks, so that each can be typed as it stands there. */
static void what_is_listed_can_be_asked_for(void **unused)
{
    (void)unused;
    struct outcome list = run_speedup("explain");
    int names = 0;
    for (const char *line = list.out; line; line = strchr(line, '\n')) {
        char name[40];
        line += *line == '\n';
        if (strncmp(line, "  ", 2) != 0 || line[2] == ' ' || sscanf(line, "%39s", name) != 1)
            continue; /* a title, or a text that goes on */
        struct outcome outcome = run_speedup("explain", name);
        assert_int_equal(outcome.code, 0);
        outcome_free(&outcome);
        names++;
    }
    assert_in_range(names, 40, 100);
    outcome_free(&list);
}

static void the_nearest_name_is_offered(void **unused)
{
    (void)unused;
    assert_speedup_says(2,
                        "explain: 'datarace' is not known; did you mean 'data-race'? `speedup "
                        "explain` lists all",
                        "explain", "datarace");
    assert_speedup_says(2, "explain: takes one name at a time; see --help", "explain", "worker",
                        "task");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_its_page),
        cmocka_unit_test(words_are_explained_too),
        cmocka_unit_test(without_a_name_all_are_listed),
        cmocka_unit_test(what_is_listed_can_be_asked_for),
        cmocka_unit_test(the_nearest_name_is_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
