/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup generate` as its user sees it: files, output, exit codes. The program is the one two
 * directories above this test's. Its pixels are the business of test_fake.c and numpy_generate.py. */
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/commands/command.h"

enum { ARGUMENTS_AT_MOST = 12, OUTPUT_AT_MOST = 2000, FITS_BLOCK = 2880 };

static char program[PATH_MAX];
static char scratch[] = "/tmp/speedup-test-XXXXXX";

struct outcome {
    int code; /* exit code */
    char out[OUTPUT_AT_MOST], err[OUTPUT_AT_MOST];
};

static void redirect(const char *path, int to)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || dup2(file, to) < 0)
        _exit(99);
    close(file);
}

static void read_text(const char *path, char text[OUTPUT_AT_MOST])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, OUTPUT_AT_MOST - 1, file)] = '\0';
    fclose(file);
    remove(path);
}

/* Runs `speedup generate` with these words, which a space separates, in the scratch directory. */
static struct outcome generate(const char *words)
{
    char line[200], *arguments[ARGUMENTS_AT_MOST + 1] = {program, "generate"};
    struct outcome outcome;
    int count = 2, status;
    snprintf(line, sizeof line, "%s", words);
    for (char *word = strtok(line, " "); word && count < ARGUMENTS_AT_MOST;
         word = strtok(NULL, " "))
        arguments[count++] = word;

    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        redirect("out", STDOUT_FILENO);
        redirect("err", STDERR_FILENO);
        execv(program, arguments);
        _exit(98);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    outcome.code = WEXITSTATUS(status);
    read_text("out", outcome.out);
    read_text("err", outcome.err);
    return outcome;
}

static void test_writes_and_names_the_files(void **state)
{
    (void)state;
    struct outcome outcome = generate("--count 3 --size 5x7 --out a/b --workers 2");
    assert_int_equal(outcome.code, EXIT_CODE_DONE);
    assert_string_equal(outcome.out, "a/b/fake_5x7_0.fits\na/b/fake_5x7_1.fits\n"
                                     "a/b/fake_5x7_2.fits\n");
    assert_string_equal(outcome.err, "");
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
    assert_int_equal(generate("--count 2 --size 5x7 --seed 7").code, EXIT_CODE_DONE);
    read_pixels("fake_5x7_0.fits", image_7);
    read_pixels("fake_5x7_1.fits", image_8);
    assert_memory_not_equal(image_7, image_8, FITS_BLOCK);
    assert_int_equal(generate("--count 1 --size 5x7 --seed 8").code, EXIT_CODE_DONE);
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

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(scratch) ? chdir(scratch) : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(scratch);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes_and_names_the_files),
        cmocka_unit_test(test_image_i_has_seed_plus_i),
        cmocka_unit_test(test_wrong_command_lines),
        cmocka_unit_test(test_what_cannot_be_done),
    };
    /* From build/tests/whole/test_generate to build/speedup, as an absolute path. */
    char path[PATH_MAX];
    char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    if (!slash ||
        snprintf(path, sizeof path, "%.*s/../../speedup", (int)(slash - argv[0]), argv[0]) < 0 ||
        !realpath(path, program)) {
        fprintf(stderr, "test_generate: cannot find the program; start it as `make test` does\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
