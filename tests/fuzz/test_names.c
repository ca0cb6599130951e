/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names are names, whatever is in them, in every command that takes one: nothing of them reaches a shell,
 * gnuplot, cfitsio's syntax of names or a page. Each hostile one would make a file `pwned`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static char longest[256]; /* filled in main() */

static const char *const names[] = {
    "with blanks  ",
    " first",
    "it's \"quoted\"",
    "$(touch pwned)",
    "`touch pwned`;touch pwned",
    "'; system('touch pwned'); a='",
    "x\nsystem(\"touch pwned\")\n",
    "-rf",
    "--help",
    "image[1:4,1:4]",
    "!overwritten",
    "~root",
    "<script>alert(1)<script>",
    "{}",
    "%s%n",
    "not \xff UTF-8 \xc3",
    longest,
};
enum { NAMES = sizeof names / sizeof names[0] };

/* Runs `speedup COMMAND --out OUT -- OPERAND`; OUT may begin with a dash. */
static struct outcome run_on(const char *command, const char *out, const char *operand)
{
    char option[400];
    snprintf(option, sizeof option, "--out=%s", out);
    return run_program((const char *const[]){speedup_path(), command, option, "--", operand, NULL});
}

static void assert_done(struct outcome outcome, const char *name)
{
    if (outcome.code != 0)
        fail_msg("'%s': exit code %d: %s", name, outcome.code, outcome.err);
    outcome_free(&outcome);
    assert_int_not_equal(access("pwned", F_OK), 0);
}

static void assert_there(const char *directory, const char *file)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    if (access(path, F_OK) != 0)
        fail_msg("'%s' is not there", path);
}

static void as_directories_of_generate(void **state)
{
    (void)state;
    for (int i = 0; i < NAMES; i++) {
        char option[400];
        snprintf(option, sizeof option, "--out=%s", names[i]);
        assert_done(run_speedup("generate", "--count", "1", "--size", "8x8", option), names[i]);
        assert_there(names[i], "fake_8x8_0.fits");
    }
    assert_int_equal(scratch_count("."), NAMES);
}

static void as_files_and_directories_of_filter(void **state)
{
    (void)state;
    assert_done(run_speedup("generate", "--count", "1", "--size", "8x8", "--out", "."), "8x8");
    for (int i = 0; i < NAMES; i++) {
        char file[300], result[300];
        const char *name = names[i] == longest ? longest + 15 : names[i]; /* "_filtered.fits" */
        snprintf(file, sizeof file, "%s", name);
        snprintf(result, sizeof result, "%s_filtered.fits", name);
        assert_int_equal(link("fake_8x8_0.fits", file), 0);
        assert_done(run_on("filter", "o", file), name);
        assert_there("o", result);
        assert_int_equal(unlink(file), 0);
        assert_done(run_on("filter", names[i], "fake_8x8_0.fits"), names[i]);
        assert_there(names[i], "fake_8x8_0_filtered.fits");
    }
    assert_int_equal(scratch_count("o"), NAMES);
    assert_int_equal(scratch_count("."), NAMES + 2);
}

/* No page has the name of a directory as it is. */
static void assert_escaped(const char *path)
{
    size_t size;
    char *page = scratch_read(path, &size);
    assert_null(strstr(page, "<script>alert"));
    free(page);
}

static void as_results_of_bench_plot_report_and_compare(void **state)
{
    const char *hostile = "'; system('touch pwned'); a='\n<script>alert(1)<script>";
    char before[300] = "$(touch pwned)`touch pwned`";
    (void)state;
    assert_done(run_speedup("generate", "--count", "1", "--size", "16x16", "--out", "."), "16x16");
    assert_int_equal(rename("fake_16x16_0.fits", hostile), 0);
    assert_done(run_speedup("bench", "--out", before, "--rounds", "1", "--strategies",
                            "serial,pool", "--workers", "1", "--window", "3", hostile),
                before);
    for (int i = 0; i < NAMES; i++) {
        char path[600];
        const char *name = names[i];
        assert_int_equal(rename(before, name), 0);
        snprintf(before, sizeof before, "%s", name);
        assert_done(run_program((const char *const[]){speedup_path(), "report", "--", name, NULL}),
                    name);
        assert_done(run_on("compare", "class", name), name);
        snprintf(path, sizeof path, "%s/report.html", name);
        assert_escaped(path);
        assert_escaped("class/class.html");
    }
    assert_int_equal(rename(before, names[6]), 0);
    assert_done(run_program((const char *const[]){speedup_path(), "plot", names[6], NULL}),
                names[6]);
    assert_there(names[6], "speedup.svg");
    assert_done(run_speedup("compare", "--all", "--out", "class", names[6]), names[6]);
    assert_there("class", "compare.svg");
}

int main(void)
{
    memset(longest, 'n', sizeof longest - 1);
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(as_directories_of_generate),
        TEST(as_files_and_directories_of_filter),
        TEST(as_results_of_bench_plot_report_and_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
