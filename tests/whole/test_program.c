/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole program as its user sees it: exit codes, the one line an error is, and the files of
 * `speedup filter`. What is in the files is the business of the tests of each part. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "generator/fits.h"
#include "harness/commands/command.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

enum { NY = 5, NX = 7, FITS_BLOCK = 2880 };

/* A good FITS file of NY x NX pixels: value 3 in the middle, 0 elsewhere. */
static void make_image(const char *path)
{
    double pixels[NY * NX] = {0.0};
    struct image image = {.ny = NY, .nx = NX, .pixels = pixels};
    struct error error;
    pixels[NY / 2 * NX + NX / 2] = 3.0;
    assert_int_equal(fits_write_image(path, &image, &error), 0);
}

/* A FITS file with the given NAXIS cards and as many bytes of data as asked for. */
static void make_raw(const char *path, const char *const *cards, size_t data_bytes)
{
    char bytes[3 * FITS_BLOCK];
    assert_true(FITS_BLOCK + data_bytes <= sizeof bytes);
    memset(bytes, ' ', FITS_BLOCK);
    memset(bytes + FITS_BLOCK, 0, data_bytes);
    for (size_t i = 0; cards[i]; i++)
        memcpy(bytes + 80 * i, cards[i], strlen(cards[i]));
    scratch_write(path, bytes, FITS_BLOCK + data_bytes);
}

static void test_the_right_command_is_asked_for(void **state)
{
    (void)state;
    struct outcome outcome = run_program((const char *const[]){speedup_path(), NULL});
    assert_int_equal(outcome.code, EXIT_CODE_USAGE);
    assert_string_equal(outcome.out, "");
    assert_ptr_equal(strstr(outcome.err, "Usage: speedup COMMAND"), outcome.err);
    outcome_free(&outcome);
    assert_speedup_says(EXIT_CODE_USAGE, "nosuch: no such command; `speedup --help` lists them",
                        "nosuch");
}

static void test_help_is_a_result(void **state)
{
    (void)state;
    struct outcome outcome = run_speedup("--help");
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    assert_string_equal(outcome.err, "");
    for (size_t i = 0; command_catalogue[i]; i++) {
        const char *name = command_catalogue[i]->name;
        char usage[60];
        assert_non_null(strstr(outcome.out, name));
        struct outcome help = run_speedup(name, "operand", "--help");
        snprintf(usage, sizeof usage, "Usage: speedup %s", name);
        assert_int_equal(help.code, EXIT_CODE_DONE);
        assert_ptr_equal(strstr(help.out, usage), help.out);
        assert_string_equal(help.err, "");
        outcome_free(&help);
    }
    outcome_free(&outcome);
}

static void test_version_says_what_this_is(void **state)
{
    (void)state;
    const char *lines[] = {"\ncommit ", "\ncompiler ", "\nflags ", "\nlibraries   cfitsio ",
                           ", hwloc ",  ", GSL ",      "\nBLAS "};
    struct outcome outcome = run_speedup("--version");
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    assert_string_equal(outcome.err, "");
    int major, minor, length = 0;
    assert_int_equal(sscanf(outcome.out, "speedup %d.%d\n%n", &major, &minor, &length), 2);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_non_null(strstr(outcome.out, lines[i]));
    outcome_free(&outcome);
}

static void test_a_closed_output_is_an_error(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    struct outcome outcome = run_program(
        (const char *const[]){"sh", "-c", "\"$0\" list >/dev/full", speedup_path(), NULL});
    assert_int_equal(outcome.code, EXIT_CODE_FAILED);
    assert_string_equal(outcome.err, "speedup: standard output: cannot be written\n");
    outcome_free(&outcome);
    outcome = run_program(
        (const char *const[]){"sh", "-c", "\"$0\" --version >/dev/full", speedup_path(), NULL});
    assert_int_equal(outcome.code, EXIT_CODE_FAILED);
    outcome_free(&outcome);
}

/* A terminal of 80 columns need not break what they print, within words. */
static void test_lines_are_narrow(void **state)
{
    static const char *const commands[] = {"list", "columns", "topology", "prints", "explain"};
    (void)state;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct outcome outcome = run_speedup(commands[i]);
        assert_int_equal(outcome.code, EXIT_CODE_DONE);
        for (const char *line = outcome.out; *line; line += strcspn(line, "\n") + 1)
            if (strcspn(line, "\n") > 80 && strncmp(line, "I am ", 5) != 0)
                fail_msg("%s: %.*s", commands[i], (int)strcspn(line, "\n"), line);
        outcome_free(&outcome);
    }
}

static void test_list(void **state)
{
    (void)state;
    const char *names[] = {"highpass", "highpass-select", "serial", "fork", "pthreads",
                           "pool",     "openmp",          "mine"};
    struct outcome outcome = run_speedup("list");
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    assert_string_equal(outcome.err, "");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_non_null(strstr(outcome.out, names[i]));
    outcome_free(&outcome);
    assert_speedup_says(EXIT_CODE_USAGE, "extra: list takes no arguments; see --help", "list",
                        "extra");
}

/* A missing pixel can be in no matrix product: the file is named, and nothing is written. */
static void test_a_product_of_missing_pixels(void **state)
{
    (void)state;
    struct image image;
    struct error error;
    assert_int_equal(image_create(&image, 3, 4, &error), 0);
    for (size_t i = 0; i < 12; i++)
        image.pixels[i] = i == 6 ? (double)NAN : (double)i;
    assert_int_equal(fits_write_image("nan.fits", &image, &error), 0);
    image_destroy(&image);
    assert_speedup_says(EXIT_CODE_FAILED,
                        "nan.fits: smooth-blas: pixel (1, 2) is missing or infinite, which a "
                        "matrix product would spread over the image; highpass can skip it",
                        "filter", "--filter", "smooth-blas", "--out", "o", "nan.fits");
    assert_int_equal(access("o/nan_filtered.fits", F_OK), -1);
}

static void test_wrong_options_of_filter(void **state)
{
    (void)state;
    make_image("a.fits");
    assert_speedup_says(EXIT_CODE_USAGE, "filter: name at least one FITS file; see --help",
                        "filter");
    assert_speedup_says(EXIT_CODE_USAGE, "--nosuch: no such option; see --help", "filter", "a.fits",
                        "--nosuch");
    assert_speedup_says(EXIT_CODE_USAGE, "--window: needs a value; see --help", "filter", "a.fits",
                        "--window");
    assert_speedup_says(EXIT_CODE_USAGE, "--window: '-1' is not a whole number from 1 to 10000",
                        "filter", "--window", "-1", "a.fits");
    assert_speedup_says(EXIT_CODE_USAGE, "--window: '0' is not a whole number from 1 to 10000",
                        "filter", "--window=0", "a.fits");
    assert_speedup_says(EXIT_CODE_USAGE, "--window: '10001' is not a whole number from 1 to 10000",
                        "filter", "a.fits", "--window", "10001");
    assert_int_equal(scratch_count("."), 1);
}

/* One slip away from a name that there is, or far from all. */
static void test_unknown_names_are_answered_with_the_nearest(void **state)
{
    (void)state;
    make_image("a.fits");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "--filter: 'higpass' is not known; did you mean 'highpass'? `speedup "
                        "list` names all",
                        "filter", "--filter", "higpass", "a.fits");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "--filter: 'nosuch' is not known; `speedup list` names all", "filter",
                        "--filter", "nosuch", "a.fits");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "--strategies: 'ptheads' is not known; did you mean 'pthreads'? `speedup "
                        "list` names all",
                        "bench", "--strategies", "serial,ptheads");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "--section: 'activty' is not known; did you mean 'activity'? `bench "
                        "--help` names all",
                        "bench", "--section", "activty");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "--strategy: no such option; did you mean --strategies? See --help",
                        "bench", "--strategy=serial");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "bnech: no such command; did you mean 'bench'? `speedup --help` lists them",
                        "bnech");
    assert_int_equal(scratch_count("."), 1);
}

static void test_a_directory_has_a_name(void **state)
{
    (void)state;
    const char *commands[] = {"generate", "filter", "bench", "compare", "watch"};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        assert_speedup_says(EXIT_CODE_USAGE, "--out: is empty; it takes a DIR", commands[i],
                            "--out", "", "x", "y");
    assert_int_equal(scratch_count("."), 0);
}

static void test_filter_writes_whole_files(void **state)
{
    (void)state;
    struct image result;
    struct error error;
    make_image("a.fits");
    make_image("b.v2.fit");
    struct outcome outcome =
        run_speedup("filter", "--window", "3", "--out", "x/y", "a.fits", "b.v2.fit");
    assert_string_equal(outcome.err, "");
    assert_string_equal(outcome.out, "x/y/a_filtered.fits\nx/y/b.v2_filtered.fits\n");
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    assert_int_equal(scratch_count("x/y"), 2);
    /* The median of 0 and one 3 is 0, so the filtered image is the image. */
    assert_int_equal(fits_read_image("x/y/b.v2_filtered.fits", &result, &error), 0);
    assert_true(result.ny == NY && result.nx == NX);
    for (size_t i = 0; i < NY * NX; i++)
        assert_true(result.pixels[i] == (i == NY / 2 * NX + NX / 2 ? 3.0 : 0.0));
    image_destroy(&result);
    outcome_free(&outcome);
}

static void test_names_are_taken_literally(void **state)
{
    (void)state;
    const char *names[] = {"a[1]", "(b)", "!c", "+d", "~e", " f", "g ", "-h", "i=1;*", "http:j"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char input[20], expected[60];
        snprintf(input, sizeof input, "%s.fits", names[i]);
        snprintf(expected, sizeof expected, "~o[1]/%s_filtered.fits\n", names[i]);
        make_image("plain.fits");
        assert_int_equal(rename("plain.fits", input), 0);
        struct outcome outcome =
            run_speedup("filter", "--window", "1", "--out", "~o[1]", "--", input);
        assert_string_equal(outcome.err, "");
        assert_string_equal(outcome.out, expected);
        outcome_free(&outcome);
    }
    assert_int_equal(scratch_count("~o[1]"), sizeof names / sizeof names[0]);
}

static void test_files_that_cannot_be_read(void **state)
{
    (void)state;
    const char *const cube[] = {"SIMPLE  =                    T",
                                "BITPIX  =                    8",
                                "NAXIS   =                    3",
                                "NAXIS1  =                    4",
                                "NAXIS2  =                    4",
                                "NAXIS3  =                    2",
                                "END",
                                NULL};
    const char *const none[] = {"SIMPLE  =                    T", "BITPIX  =                    8",
                                "NAXIS   =                    0", "END", NULL};
    make_raw("cube.fits", cube, FITS_BLOCK);
    make_raw("none.fits", none, 0);
    make_raw("cut.fits",
             (const char *const[]){cube[0], cube[1], "NAXIS   =                    2",
                                   "NAXIS1  =                  100",
                                   "NAXIS2  =                  100", "END", NULL},
             FITS_BLOCK);
    scratch_write("empty.fits", "", 0);
    scratch_write("text.fits", "SIMPLEX is a text editor\n", 25);
    assert_int_equal(mkfifo("fifo.fits", 0600), 0);

    assert_speedup_says(EXIT_CODE_FAILED, "no.fits: cannot be read: No such file or directory",
                        "filter", "no.fits");
    assert_speedup_says(EXIT_CODE_FAILED, ".: is a directory; name FITS files", "filter", ".");
    assert_speedup_says(EXIT_CODE_FAILED, "empty.fits: is empty", "filter", "empty.fits");
    assert_speedup_says(EXIT_CODE_FAILED, "fifo.fits: is no regular file; give FITS files on disk",
                        "filter", "fifo.fits");
    assert_speedup_says(EXIT_CODE_FAILED,
                        "text.fits: is not a FITS file, or damaged (cfitsio: error reading from "
                        "FITS file)",
                        "filter", "text.fits");
    assert_speedup_says(EXIT_CODE_FAILED, "none.fits: has no image in it", "filter", "none.fits");
    assert_speedup_says(EXIT_CODE_FAILED,
                        "cube.fits: its image has 3 axes; give images with two, a plane of the "
                        "cube each",
                        "filter", "cube.fits");
    assert_speedup_says(EXIT_CODE_FAILED,
                        "cut.fits: its pixels cannot be read: truncated or damaged (cfitsio: "
                        "tried to move past end of file)",
                        "filter", "cut.fits");
    assert_int_equal(scratch_count("."), 6);
}

static void test_one_bad_file_does_not_keep_the_others(void **state)
{
    (void)state;
    make_image("a.fits");
    make_image("c.fits");
    struct outcome outcome =
        run_speedup("filter", "--window", "2", "no.fits", "a.fits", "nil.fits", "c.fits");
    assert_int_equal(outcome.code, EXIT_CODE_FAILED);
    assert_string_equal(outcome.out, "./a_filtered.fits\n./c_filtered.fits\n");
    assert_string_equal(outcome.err, "speedup: no.fits: cannot be read: No such file or directory\n"
                                     "speedup: nil.fits: cannot be read: No such file or "
                                     "directory\n");
    outcome_free(&outcome);
}

static void test_no_result_replaces_another_or_an_input(void **state)
{
    (void)state;
    make_image("a.fits");
    make_image("a.fit");
    make_image("a_filtered.fits");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "a.fit: its result would replace that of a.fits: both are "
                        "out/a_filtered.fits",
                        "filter", "--out", "out", "a.fits", "a.fit");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "a.fits: its result would replace that of a.fits: both are "
                        "out/a_filtered.fits",
                        "filter", "--out", "out", "a.fits", "a.fits");
    assert_speedup_says(EXIT_CODE_USAGE,
                        "a_filtered.fits: would be replaced by the result of a.fits; choose "
                        "another --out",
                        "filter", "a.fits", "a_filtered.fits");
    assert_int_equal(scratch_count("."), 3); /* not even the directory */
}

static void test_output_that_cannot_be_written(void **state)
{
    (void)state;
    make_image("a.fits");
    assert_speedup_says(EXIT_CODE_FAILED, "a.fits/out: cannot make this directory: Not a directory",
                        "filter", "--out", "a.fits/out", "a.fits");
    /* A disk that is full after 1 block of 512 bytes. */
    struct outcome outcome = run_program((const char *const[]){
        "sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" filter --window 1 --out out a.fits",
        speedup_path(), NULL});
    assert_int_equal(outcome.code, EXIT_CODE_FAILED);
    assert_string_equal(outcome.out, "");
    assert_ptr_equal(strstr(outcome.err, "speedup: out/a_filtered.fits: cannot be written"),
                     outcome.err);
    assert_int_equal(scratch_count("out"), 0);
    outcome_free(&outcome);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_the_right_command_is_asked_for),
        IN_SCRATCH(test_help_is_a_result),
        IN_SCRATCH(test_version_says_what_this_is),
        IN_SCRATCH(test_a_closed_output_is_an_error),
        IN_SCRATCH(test_list),
        cmocka_unit_test(test_lines_are_narrow),
        IN_SCRATCH(test_a_product_of_missing_pixels),
        IN_SCRATCH(test_wrong_options_of_filter),
        IN_SCRATCH(test_unknown_names_are_answered_with_the_nearest),
        IN_SCRATCH(test_a_directory_has_a_name),
        IN_SCRATCH(test_filter_writes_whole_files),
        IN_SCRATCH(test_names_are_taken_literally),
        IN_SCRATCH(test_files_that_cannot_be_read),
        IN_SCRATCH(test_one_bad_file_does_not_keep_the_others),
        IN_SCRATCH(test_no_result_replaces_another_or_an_input),
        IN_SCRATCH(test_output_that_cannot_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
