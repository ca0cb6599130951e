/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a grader is given: files of any name and content, and Ctrl-C in the middle. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/background.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static const char begin[] = "#include <stdio.h>\n#include <unistd.h>\n"
                            "#include \"strategies/strategy.h\"\n"
                            "static int run(struct job *job, int workers, void *state)\n{\n"
                            "    (void)workers, (void)state;\n",
                  end[] = "    for (int task = 0; task < job->tasks; task++)\n"
                          "        job_run(job, task, 0);\n"
                          "    return 0;\n}\n"
                          "const struct strategy strategy_mine = {.name = \"mine\", .run = run};\n";

/* A file with these lines in run(), before it does all tasks. */
static void write_strategy(const char *path, const char *lines)
{
    char text[2048];
    int length = snprintf(text, sizeof text, "%s%s%s", begin, lines, end);
    scratch_write(path, text, (size_t)length);
}

/* The last line that is said about a file, to be freed. */
static char *verdict_on(const char *path, int code)
{
    struct outcome outcome = run_speedup("grade", "--quick", "--workers", "1", "--source", path);
    size_t length = strlen(outcome.out);
    if (outcome.code != code)
        fail_msg("%s: exit code %d: %s%s", path, outcome.code, outcome.out, outcome.err);
    assert_string_equal(outcome.err, "");
    assert_true(length > 1);
    outcome.out[length - 1] = '\0';
    const char *newline = strrchr(outcome.out, '\n');
    assert_non_null(newline);
    char *line = strdup(newline + 1);
    assert_non_null(line);
    outcome_free(&outcome);
    return line;
}

static void assert_verdict(const char *path, int code, const char *beginning)
{
    char *line = verdict_on(path, code);
    if (strncmp(line, beginning, strlen(beginning)) != 0)
        fail_msg("%s: '%s' does not begin with '%s'", path, line, beginning);
    free(line);
}

static void any_name_will_do(void **state)
{
    static const char *const names[] = {"it's \"my\" file", "main.c", "mine.cpp"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        write_strategy(names[i], "");
        assert_verdict(names[i], 0, "verdict: correct, 10 of 10 points: ");
    }
}

/* Of a file that is no C the compiler says what it can. */
static void what_is_no_strategy_is_a_compile_error(void **state)
{
    (void)state;
    scratch_write("empty.c", "", 0);
    assert_verdict("empty.c", 1, "verdict: compile-error at empty.c:1: ");
    scratch_write("bytes.c", "\x7f\xff\0\x01\xc3(\n\"", 8);
    assert_verdict("bytes.c", 1, "verdict: compile-error at bytes.c:1: ");
    scratch_write("loop.c", "#include \"loop.c\"\n", 18);
    assert_verdict("loop.c", 1, "verdict: compile-error at loop.c:1: ");
    mkdir("folder.c", 0777);
    assert_speedup_says(1, "folder.c: cannot be read, or is too long for a strategy", "grade",
                        "--source", "folder.c");
}

/* Where a program is ended from within, the line says so. */
static void the_end_of_the_program_has_a_line(void **state)
{
    (void)state;
    write_strategy("exits.c", "    if (job->tasks > 1)\n        _exit(0);\n");
    assert_verdict("exits.c", 1, "verdict: ended-early at exits.c:8: ");
    write_strategy("divides.c", "    printf(\"%d\", 25 / (workers - 1));\n");
    assert_verdict("divides.c", 1, "verdict: undefined-behaviour at divides.c:7: ");
}

/* It forks a child that stays, and both wait for ever. */
static void nothing_is_left_after_an_interrupt(void **state)
{
    char text[32] = "";
    (void)state;
    write_strategy("waits.c", "    if (fork() == 0) {\n"
                              "        FILE *file = fopen(\"child.new\", \"w\");\n"
                              "        fprintf(file, \"%d\\n\", (int)getpid());\n"
                              "        fclose(file);\n"
                              "        rename(\"child.new\", \"child\");\n"
                              "    }\n"
                              "    pause();\n");
    mkdir("temporary", 0777);
    setenv("TMPDIR", "temporary", 1);
    pid_t grade = background_start((const char *const[]){speedup_path(), "grade", "--json", "json",
                                                         "--source", "waits.c", NULL});
    while (!background_is_there("child"))
        background_nap();
    FILE *file = fopen("child", "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_true(scratch_count("temporary") > 0);
    kill(grade, SIGINT);
    assert_int_equal(background_end(grade), 128 + SIGINT);
    background_assert_said("speedup: interrupted: no verdict");
    background_assert_ends((pid_t)atoi(text));
    assert_int_equal(scratch_count("temporary"), 0);
    assert_false(background_is_there("json"));
    unsetenv("TMPDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_name_will_do, scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(what_is_no_strategy_is_a_compile_error, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(the_end_of_the_program_has_a_line, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(nothing_is_left_after_an_interrupt, scratch_enter,
                                        scratch_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
