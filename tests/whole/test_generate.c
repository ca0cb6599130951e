/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup generate` as its user sees it: files, output, exit codes. Its pixels are the business of
 * test_fake.c and numpy_generate.py. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/commands/command.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

enum { ARGUMENTS_AT_MOST = 12, FITS_BLOCK = 2880 };

/* Runs `speedup generate` with these words, which a space separates. */
static struct outcome generate(const char *words)
{
    char line[200];
    const char *arguments[ARGUMENTS_AT_MOST + 1] = {speedup_path(), "generate"};
    int count = 2;
    snprintf(line, sizeof line, "%s", words);
    for (char *word = strtok(line, " "); word && count < ARGUMENTS_AT_MOST;
         word = strtok(NULL, " "))
        arguments[count++] = word;
    return run_program(arguments);
}

static void generate_well(const char *words)
{
    struct outcome outcome = generate(words);
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    outcome_free(&outcome);
}

static void test_writes_and_names_the_files(void **state)
{
    (void)state;
    struct outcome outcome = generate("--count 3 --size 5x7 --out a/b --workers 2");
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    assert_string_equal(outcome.out, "a/b/fake_5x7_0.fits\na/b/fake_5x7_1.fits\n"
                                     "a/b/fake_5x7_2.fits\n");
    assert_string_equal(outcome.err, "");
    outcome_free(&outcome);
    assert_int_equal(remove("a/b/fake_5x7_0.fits"), 0);
    assert_int_equal(remove("a/b/fake_5x7_1.fits"), 0);
    assert_int_equal(remove("a/b/fake_5x7_2.fits"), 0);
    /* Nothing else is left. */
    assert_int_equal(rmdir("a/b"), 0);
    assert_int_equal(rmdir("a"), 0);
}

/* The pixels of a small image: the last block of its file. Removes the file. */
static void read_pixels(const char *path, char block[FITS_BLOCK])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fseek(file, -(long)FITS_BLOCK, SEEK_END), 0);
    assert_int_equal(fread(block, 1, FITS_BLOCK, file), FITS_BLOCK);
    fclose(file);
    assert_int_equal(remove(path), 0);
}

static void test_image_i_has_seed_plus_i(void **state)
{
    (void)state;
    char image_7[FITS_BLOCK], image_8[FITS_BLOCK], expected[FITS_BLOCK];
    generate_well("--count 2 --size 5x7 --seed 7");
    read_pixels("fake_5x7_0.fits", image_7);
    read_pixels("fake_5x7_1.fits", image_8);
    assert_memory_not_equal(image_7, image_8, FITS_BLOCK);
    generate_well("--count 1 --size 5x7 --seed 8");
    read_pixels("fake_5x7_0.fits", expected);
    assert_memory_equal(image_8, expected, FITS_BLOCK);
}

static void assert_refused(const char *words, enum exit_code code, const char *begin)
{
    struct outcome outcome = generate(words);
    assert_int_equal(outcome.code, code);
    assert_string_equal(outcome.out, "");
    if (strncmp(outcome.err, begin, strlen(begin)) != 0)
        fail_msg("'%s' says: %s", words, outcome.err);
    assert_ptr_equal(strchr(outcome.err, '\n'), outcome.err + strlen(outcome.err) - 1);
    outcome_free(&outcome);
}

static void test_wrong_command_lines(void **state)
{
    (void)state;
    assert_refused("--size 0x5", EXIT_CODE_USAGE, "speedup: --size: '0x5'");
    assert_refused("--size 5", EXIT_CODE_USAGE, "speedup: --size: '5'");
    assert_refused("--count 0", EXIT_CODE_USAGE, "speedup: --count: '0'");
    assert_refused("--workers 0", EXIT_CODE_USAGE, "speedup: --workers: '0'");
    assert_refused("--seed -1", EXIT_CODE_USAGE, "speedup: --seed: '-1'");
    assert_refused("--seed 4294967295 --count 2", EXIT_CODE_USAGE, "speedup: --seed: ");
    assert_refused("--nosuch", EXIT_CODE_USAGE, "speedup: --nosuch: ");
    assert_refused("file.fits", EXIT_CODE_USAGE, "speedup: file.fits: ");
}

static void test_what_cannot_be_done(void **state)
{
    (void)state;
    assert_refused("--out /dev/null", EXIT_CODE_FAILED, "speedup: /dev/null: ");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(test_writes_and_names_the_files),
        TEST(test_image_i_has_seed_plus_i),
        TEST(test_wrong_command_lines),
        TEST(test_what_cannot_be_done),
    };
    return cmocka_run_group_tests_name("generate", tests, NULL, NULL);
}
