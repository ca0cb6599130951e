/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup grade`: a small sample of the gallery (`make test-mutants` grades it all), exit codes,
 * the last line, and the file for scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/grade/build/compile.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

/* The last line of what was said, without its newline. */
static const char *last_line(char *text)
{
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == '\n')
        text[length - 1] = '\0';
    char *newline = strrchr(text, '\n');
    return newline ? newline + 1 : text;
}

static void assert_begins(const char *text, const char *beginning)
{
    if (strncmp(text, beginning, strlen(beginning)) != 0)
        fail_msg("'%s' does not begin with '%s'", text, beginning);
}

static void assert_verdict(const char *source, int code, const char *beginning)
{
    struct outcome outcome = run_speedup("grade", "--quick", "--source", source);
    assert_begins(last_line(outcome.out), beginning);
    assert_int_equal(outcome.code, code);
    assert_string_equal(outcome.err, "");
    outcome_free(&outcome);
}

static void faults_are_named_with_their_line(void **unused)
{
    (void)unused;
    assert_verdict("tests/mutants/shares/dropped_remainder.c", 1,
                   "verdict: dropped-remainder at tests/mutants/shares/dropped_remainder.c:24: ");
    assert_verdict("tests/variants/numbers/last_task_twice.c", 1, /* -1 where there is no task */
                   "verdict: task-twice at tests/variants/numbers/last_task_twice.c:30: ");
    assert_verdict("tests/mutants/workers/same_worker.c", 1,
                   "verdict: same-worker at tests/mutants/workers/same_worker.c:17: ");
    assert_verdict("tests/mutants/memory/leaked_memory.c", 1,
                   "verdict: leaked-memory at tests/mutants/memory/leaked_memory.c:24: ");
    assert_verdict("tests/mutants/processes/fork_private_counter.c", 1,
                   "verdict: private-copy at tests/mutants/processes/fork_private_counter.c:14: ");
}

static void an_error_of_the_compiler_stops_there(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("grade", "--source", "tests/mutants/shares/misspelled.c");
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.out, ", 0 cases in "));
    assert_string_equal(last_line(outcome.out),
                        "verdict: compile-error at tests/mutants/shares/misspelled.c:8: the "
                        "compiler does not understand this");
    outcome_free(&outcome);
}

static void right_ones_are_right(void **unused)
{
    (void)unused;
    assert_verdict("tests/mutants/right/dynamic_mutex.c", 0, "verdict: correct, ");
    assert_verdict("tests/mutants/right/openmp_tasks.c", 0, "verdict: correct, ");
    assert_verdict("tests/mutants/right/fork_static.c", 0, "verdict: correct, ");
    assert_verdict("tests/mutants/right/names_of_its_own.c", 0, "verdict: correct, ");
    assert_verdict("tests/mutants/right/thread_a_task.c", 0, "verdict: correct, ");
}

/* Its workers are no children of ours that ran a task, but fresh processes. */
static void fresh_processes_are_not_too_many(void **unused)
{
    (void)unused;
    assert_speedup_runs("grade", "--quick", "--strategy", "spawn");
}

/* As delivered, strategies/mine.c does everything on worker 0. */
static void the_delivered_one_is_not_parallel(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("grade", "--quick");
    assert_int_equal(outcome.code, 0);
    assert_begins(last_line(outcome.out),
                  "verdict: correct, not parallel, 4 of 10 points: not-parallel at "
                  "strategies/mine.c:");
    outcome_free(&outcome);
}

static void several_files_go_into_one_json(void **unused)
{
    (void)unused;
    char path[] = "/tmp/speedup-test-grade-XXXXXX", text[8192] = "";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    struct outcome outcome =
        run_speedup("grade", "--quick", "--json", path, "--source",
                    "tests/mutants/shares/misspelled.c", "tests/mutants/shares/does_nothing.c");
    assert_int_equal(outcome.code, 1);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_begins(text, "{\"schema\": 1, ");
    assert_non_null(strstr(text, "\"source\": \"tests/mutants/shares/misspelled.c\", \"correct\": "
                                 "false, \"parallel\": false, \"kind\": \"compile-error\""));
    assert_non_null(strstr(text, "\"kind\": \"work-skipped\""));
    outcome_free(&outcome);
    close(fd);
    unlink(path);
}

static void what_cannot_be_graded_is_said(void **unused)
{
    (void)unused;
    assert_speedup_says(1, "no-such.c: cannot be read: No such file or directory", "grade",
                        "--source", "no-such.c");
    assert_speedup_says(2, "--strategy: blas is not graded: its workers are not ours", "grade",
                        "--strategy", "blas");
    assert_speedup_says(2, "mine.c: write --source before the files", "grade", "mine.c");
    /* Before the first is graded: no verdict is lost. */
    struct outcome outcome =
        run_speedup("grade", "--quick", "--source", "tests/mutants/right/serial.c", "no-such.c");
    assert_int_equal(outcome.code, 1);
    assert_string_equal(outcome.out, "");
    assert_string_equal(outcome.err,
                        "speedup: no-such.c: cannot be read: No such file or directory\n");
    outcome_free(&outcome);
}

/* Saved in the editor meanwhile: one build would be of this text, and the next of that. */
static void a_file_that_changes_is_not_graded(void **unused)
{
    (void)unused;
    static const char first[] = "int one;\n", second[] = "int two;\n";
    struct subject subject;
    struct compiled compiled;
    struct error error;
    scratch_write("mine.c", first, strlen(first));
    assert_int_equal(subject_of_file(&subject, "mine.c", &error), 0);
    assert_int_equal(compile_build(&subject, BUILD_CHECK, ".", &compiled, &error), 0);
    assert_true(compiled.ok);
    scratch_write("mine.c", second, strlen(second));
    assert_int_equal(compile_build(&subject, BUILD_CHECK, ".", &compiled, &error), -1);
    assert_string_equal(error.text, "mine.c: was changed while it was graded; grade it once more");
    assert_int_equal(unlink("mine.c"), 0);
    assert_false(subject_is_unchanged(&subject));
    subject_destroy(&subject);
}

/* What EXERCISES.md hands out: neither comments nor the summary say what is wrong. */
static void a_puzzle_does_not_give_itself_away(void **unused)
{
    static const char puzzle[] = "tests/exercises/puzzle.sh", begin[] = "\n\n#include ";
    (void)unused;
    for (int i = 0; i < 34; i++) {
        char number[8];
        snprintf(number, sizeof number, "%d", i);
        struct outcome outcome = run_program((const char *const[]){"sh", puzzle, number, NULL});
        assert_int_equal(outcome.code, 0);
        assert_begins(outcome.out, begin);
        assert_null(strstr(outcome.out, "/*"));
        assert_non_null(strstr(outcome.out, ".summary = \"one of the gallery\","));
        outcome_free(&outcome);
    }
    struct outcome outcome = run_program((const char *const[]){"sh", puzzle, "--name", "3", NULL});
    assert_string_equal(outcome.out, "tests/mutants/locks/deadlock_two_locks.c\n");
    outcome_free(&outcome);
    outcome = run_program((const char *const[]){"sh", puzzle, "three", NULL});
    assert_int_equal(outcome.code, 2);
    assert_begins(outcome.err, "puzzle.sh: which one? ");
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_named_with_their_line),
        cmocka_unit_test(an_error_of_the_compiler_stops_there),
        cmocka_unit_test(right_ones_are_right),
        cmocka_unit_test(fresh_processes_are_not_too_many),
        cmocka_unit_test(the_delivered_one_is_not_parallel),
        cmocka_unit_test(several_files_go_into_one_json),
        cmocka_unit_test(what_cannot_be_graded_is_said),
        cmocka_unit_test(a_puzzle_does_not_give_itself_away),
        cmocka_unit_test_setup_teardown(a_file_that_changes_is_not_graded, scratch_enter,
                                        scratch_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
