/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup manual`: every command and option is in all four texts, and they are what their readers
 * take. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/commands/command.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"

static const char *const kinds[] = {"man", "bash", "zsh", "fish"};
/* How an option is written in each, in front of its name. */
static const char *const dashes[] = {"\\-\\-", "--", "--", "-l "};

/* The name as troff has it. */
static void escape(const char *name, char text[128])
{
    size_t length = 0;
    for (; *name; name++) {
        if (*name == '-')
            text[length++] = '\\';
        text[length++] = *name;
    }
    text[length] = '\0';
}

static void all_that_there_is_is_in_it(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct outcome outcome = run_speedup("manual", kinds[kind]);
        assert_int_equal(outcome.code, 0);
        assert_string_equal(outcome.err, "");
        for (size_t i = 0; command_catalogue[i]; i++) {
            assert_non_null(strstr(outcome.out, command_catalogue[i]->name));
            const struct option_row *row = command_options(command_catalogue[i]);
            for (; row->name; row++) {
                char name[128], wanted[160];
                if (kind == 0)
                    escape(row->name, name);
                else
                    snprintf(name, sizeof name, "%s", row->name);
                snprintf(wanted, sizeof wanted, "%s%s", dashes[kind], name);
                if (!row->hidden && !strstr(outcome.out, wanted))
                    fail_msg("%s: no %s", kinds[kind], wanted);
            }
        }
        outcome_free(&outcome);
    }
    assert_speedup_says(
        2, "manual: 'bsh' is not known; did you mean 'bash'? it takes man, bash, zsh or fish",
        "manual", "bsh");
}

/* What bash offers for the last of these words. */
static void assert_offers(const char *words, const char *expected)
{
    char script[1024];
    snprintf(script, sizeof script,
             "source <('%s' manual bash); COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); "
             "_speedup; echo \"${COMPREPLY[*]}\"",
             speedup_path(), words);
    struct outcome outcome = run_program((const char *[]){"bash", "-c", script, NULL});
    if (outcome.code == 127)
        skip(); /* no bash */
    assert_string_equal(outcome.err, "");
    assert_string_equal(outcome.out, expected);
    outcome_free(&outcome);
}

static void bash_completes(void **state)
{
    (void)state;
    assert_offers("speedup subm", "submit\n");
    assert_offers("speedup bench --fi", "--filter\n");
    assert_offers("speedup compare --", "--me --all --out --help\n");
    assert_offers("speedup bench --io ''", "memory files\n");
    assert_offers("speedup bench --grain b", "band\n");
    assert_offers("speedup compare --out ''", "\n"); /* bash itself offers files */
    assert_offers("speedup compare res", "\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_there_is_is_in_it),
        cmocka_unit_test(bash_completes),
    };
    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
