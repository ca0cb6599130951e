/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signal comes at a moment of its choosing: the program ends at once, says so in one line, has
 * the exit code that shells give to it, and leaves nothing behind. And it is started in a poor
 * state: without standard streams, with a limit on the size of files. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/background.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

#define START(...) background_start((const char *const[]){speedup_path(), __VA_ARGS__, NULL})

/* Hidden files are those half-written. */
static void assert_nothing_hidden(const char *directory)
{
    DIR *names = opendir(directory);
    assert_non_null(names);
    for (struct dirent *entry; (entry = readdir(names));)
        if (entry->d_name[0] == '.' && strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0)
            fail_msg("%s/%s has stayed", directory, entry->d_name);
    closedir(names);
}

/* Tried alone and then run as the reference, it is quick; the first run of a round hangs. */
static pid_t start_first_round(void)
{
    background_write_slow("echo x >>times\n[ $(wc -l <times) -gt 3 ] || exit 0");
    return START("bench", "--tasks", "1", "--strategies", "pool", "--workers", "2", "--rounds", "1",
                 "--out", "r", "--", "./slow");
}

static void in_the_first_round(int number)
{
    pid_t child = start_first_round();
    pid_t slow = background_slow();
    kill(child, number);
    assert_int_equal(background_end(child), 128 + number);
    background_assert_said("speedup: interrupted: ");
    assert_true(background_is_there("r/runs.csv"));
    assert_false(background_is_there("r/summary.csv"));
    assert_nothing_hidden("r");
    background_assert_ends(slow);
}

/* gnuplot goes on for a moment when the program that started it is killed; the next one tidies up. */
static void what_was_drawn_for_nobody(void **state)
{
    (void)state;
    char name[64];
    struct outcome outcome =
        run_speedup("bench", "--images", "2", "--size", "40x40", "--window", "5", "--strategies",
                    "pool", "--workers", "2", "--rounds", "1", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    pid_t dead = fork();
    if (dead == 0)
        _exit(0);
    assert_int_equal(waitpid(dead, NULL, 0), dead);
    snprintf(name, sizeof name, "r/.half-%ld-speedup.png", (long)dead);
    scratch_write(name, "half", 4);
    outcome = run_speedup("plot", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    assert_nothing_hidden("r");
}

static void ctrl_c_in_the_first_round(void **state)
{
    (void)state;
    in_the_first_round(SIGINT);
}

static void sigterm_in_the_first_round(void **state)
{
    (void)state;
    in_the_first_round(SIGTERM);
}

static void sighup_in_the_first_round(void **state)
{
    (void)state;
    in_the_first_round(SIGHUP);
}

/* Nobody but the guard can end the workers then: they are far from their end. */
static void a_killed_harness_leaves_no_worker(void **state)
{
    (void)state;
    pid_t child = start_first_round();
    pid_t slow = background_slow();
    kill(child, SIGKILL);
    assert_int_equal(background_end(child), 128 + SIGKILL);
    background_assert_ends(slow);
}

static void touch(const char *format, long process)
{
    char path[256];
    snprintf(path, sizeof path, format, process);
    scratch_write(path, "", 0);
}

static void make(const char *format, long process)
{
    char path[256];
    // cppcheck-suppress wrongPrintfScanfArgNum
    snprintf(path, sizeof path, format, process);
    assert_int_equal(mkdir(path, 0777), 0);
}

/* What belongs to one that lives, or is called otherwise, is not ours to remove. */
static void leftovers_of_a_killed_one_are_removed(void **state)
{
    (void)state;
    pid_t gone = fork();
    if (gone == 0)
        _exit(0);
    assert_int_equal(waitpid(gone, NULL, 0), gone);
    make("r", 0);
    touch("r/.half-%ld-summary.csv", gone);
    make("r/.files-%ld-abcdef", gone);
    touch("r/.files-%ld-abcdef/image_0.fits", gone);
    touch("r/.half-%ld-summary.csv", getpid());
    make("r/.files-%ld-abcdef", getpid());
    touch("r/.hidden", 0);
    touch("r/.notes.%ld", gone); /* of a year, say, in which nobody has this number now */
    assert_int_equal(scratch_count("r"), 6);
    assert_speedup_says(1, "nosuch.fits: cannot be read: No such file or directory", "bench",
                        "--out", "r", "nosuch.fits");
    assert_int_equal(scratch_count("r"), 4);
    assert_true(background_is_there("r/.hidden"));
}

/* There are images to be made for minutes. */
static void while_images_are_made(void **state)
{
    (void)state;
    pid_t child = START("generate", "--count", "100000", "--size", "100x100", "--out", "images");
    for (int i = 0; i < 2000 && !background_is_there("images/fake_100x100_3.fits"); i++)
        background_nap();
    kill(child, SIGTERM);
    assert_int_equal(background_end(child), 143);
    background_assert_said("speedup: interrupted: while images were made\n");
    assert_nothing_hidden("images");

    child = START("bench", "--images", "10000", "--size", "100x100", "--out", "r");
    for (int i = 0; i < 2000 && !background_is_there("r"); i++)
        background_nap();
    for (int i = 0; i < 20; i++)
        background_nap();
    kill(child, SIGINT);
    assert_int_equal(background_end(child), 130);
    assert_false(background_is_there("r/runs.csv"));
    assert_nothing_hidden("r");
}

/* A gnuplot that takes a minute. */
static void while_graphs_are_drawn(void **state)
{
    (void)state;
    struct outcome outcome =
        run_speedup("bench", "--images", "2", "--size", "40x40", "--window", "5", "--strategies",
                    "pool", "--workers", "2", "--rounds", "1", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    background_write_slow("cd ..");
    assert_int_equal(rename("slow", "gnuplot"), 0);
    char here[4096], path[16384];
    assert_non_null(getcwd(here, sizeof here));
    char *before = strdup(getenv("PATH"));
    snprintf(path, sizeof path, "%s:%s", here, before);
    setenv("PATH", path, 1);
    pid_t child = START("plot", "r");
    setenv("PATH", before, 1);
    free(before);
    pid_t slow = background_slow();
    kill(child, SIGINT);
    assert_int_equal(background_end(child), 130);
    background_assert_said("speedup: interrupted: ");
    assert_nothing_hidden("r");
    background_assert_ends(slow);
}

/* There are failures to be told of. The first file that is opened would take the number of the stream that is closed. */
static void without_standard_streams(void **state)
{
    (void)state;
    background_write_slow("echo x >>times\n[ $(wc -l <times) -gt 3 ] || exit 0\nexit 1");
    const char *shell = "\"$0\" bench --tasks 1 --strategies pool,fork --workers 2 --rounds 1 "
                        "--out r -- ./slow 2>&-";
    struct outcome outcome =
        run_program((const char *const[]){"sh", "-c", shell, speedup_path(), NULL});
    outcome_free(&outcome);
    size_t count;
    char *text = scratch_read("r/runs.csv", &count);
    int lines = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), lines++)
        if (strncmp(line, lines ? "1," : "schema,", lines ? 2 : 7) != 0)
            fail_msg("in runs.csv: %s", line);
    assert_true(lines > 1);
    free(text);
}

/* As `ulimit -f 100`, of which shells do not agree on the unit. */
static void with_a_limit_on_files(void **state)
{
    (void)state;
    struct rlimit limit, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 51200;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    pid_t child = START("generate", "--count", "1", "--size", "200x200", "--out", "images");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(background_end(child), 1);
    background_assert_said(
        "speedup: images/fake_200x200_0.fits: cannot be written: File too large");
    assert_nothing_hidden("images");
}

/* As `trap '' CHLD` has it: the system then forgets how a child has ended. */
static void with_the_ends_of_children_ignored(void **state)
{
    (void)state;
    signal(SIGCHLD, SIG_IGN);
    pid_t child =
        START("bench", "--images", "2", "--size", "16x12", "--window", "5", "--io", "files",
              "--strategies", "fork,programs", "--workers", "2", "--rounds", "1", "--out", "r");
    signal(SIGCHLD, SIG_DFL);
    int code = background_end(child);
    size_t count;
    char *said = scratch_read("err", &count);
    if (code != 0)
        fail_msg("exit code %d: %s", code, said);
    free(said);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(ctrl_c_in_the_first_round),
        TEST(sigterm_in_the_first_round),
        TEST(sighup_in_the_first_round),
        TEST(a_killed_harness_leaves_no_worker),
        TEST(leftovers_of_a_killed_one_are_removed),
        TEST(while_images_are_made),
        TEST(while_graphs_are_drawn),
        TEST(what_was_drawn_for_nobody),
        TEST(without_standard_streams),
        TEST(with_a_limit_on_files),
        TEST(with_the_ends_of_children_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
