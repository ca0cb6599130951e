/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/arrows.sh, which keeps the rooms apart, on small trees that break one rule each. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static char script[PATH_MAX];

static void write_text(const char *path, const char *text)
{
    scratch_write(path, text, strlen(text));
}

static void make_tree(void)
{
    static const char *const folders[] = {
        "generator",    "filters",          "strategies",     "harness",
        "harness/base", "harness/commands", "harness/report", "harness/report/graphs",
        "tests"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        assert_int_equal(mkdir(folders[i], 0777), 0);
}

static void assert_complains(const char *complaint)
{
    struct outcome outcome = run_program((const char *const[]){"sh", script, ".", NULL});
    if (!strstr(outcome.out, complaint))
        fail_msg("'%s' is not in: %s%s", complaint, outcome.out, outcome.err);
    assert_int_equal(outcome.code, 1);
    outcome_free(&outcome);
}

static void an_arrow_against_the_grain_is_named(void **unused)
{
    (void)unused;
    make_tree();
    write_text("filters/new.c", "#include <stdio.h>\n\n#  include \"harness/report/table.h\"\n");
    assert_complains("filters/new.c:3: filters must not include \"harness/report/table.h\", "
                     "which is in harness/report\n");
}

static void one_with_the_grain_is_not(void **unused)
{
    (void)unused;
    make_tree();
    write_text("harness/report/graphs/a.c", "#include \"generator/image.h\"\n"
                                            "#include \"harness/report/table.h\"\n");
    write_text("tests/b.c", "#include \"harness/commands/command.h\"\n");
    struct outcome outcome = run_program((const char *const[]){"sh", script, ".", NULL});
    assert_null(strstr(outcome.out, "a.c"));
    assert_null(strstr(outcome.out, "b.c"));
    assert_non_null(strstr(outcome.out, "arrows: 2 files, 3 includes"));
    outcome_free(&outcome);
}

static void a_relative_header_is_named(void **unused)
{
    (void)unused;
    make_tree();
    write_text("generator/fits.c", "#include \"fits.h\"\n");
    assert_complains("generator/fits.c:1: \"fits.h\" is in no room");
}

static void a_file_outside_the_rooms_is_named(void **unused)
{
    (void)unused;
    make_tree();
    write_text("harness/utils.c", "\n");
    assert_complains("harness/utils.c: is in no room");
}

static void a_crowded_folder_is_named(void **unused)
{
    (void)unused;
    char path[32];
    make_tree();
    for (int i = 0; i < 21; i++) {
        snprintf(path, sizeof path, "strategies/%d.c", i);
        write_text(path, "\n");
    }
    assert_complains("strategies: has 21 source files; divide it\n");
}

static void a_long_file_is_named(void **unused)
{
    (void)unused;
    char text[401 + 1] = "";
    make_tree();
    memset(text, '\n', 401);
    write_text("generator/a.c", text);
    assert_complains("generator/a.c: has 401 lines; ");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(an_arrow_against_the_grain_is_named), TEST(one_with_the_grain_is_not),
        TEST(a_relative_header_is_named),          TEST(a_file_outside_the_rooms_is_named),
        TEST(a_crowded_folder_is_named),           TEST(a_long_file_is_named),
    };
    if (!realpath("tests/arrows.sh", script)) {
        fprintf(stderr, "test_arrows: start it from the top of the sources, as `make test` does\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
