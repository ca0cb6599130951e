/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs programs as their users do, and keeps what they say: for tests of the whole program.
 *
 *     struct outcome outcome = run_speedup("filter", "--window", "0", "a.fits");
 *     assert_int_equal(outcome.code, 2);
 *     assert_string_equal(outcome.err, "speedup: --window: ...\n");
 *     outcome_free(&outcome);
 */
#ifndef TESTS_SUPPORT_PROGRAM_H
#define TESTS_SUPPORT_PROGRAM_H

struct outcome {
    int code;        /* exit status; 128 + n where signal n ended the program */
    char *out, *err; /* all of its standard output and standard error */
};

/* Runs arguments[0] (a path, or a name to be looked for along PATH) with these arguments, ended by
 * NULL, in the current directory, with an empty standard input. Returns when it has ended. What it
 * says goes to temporary files, so it can say any amount in any order. The calling test fails where
 * the program cannot be started (code 127) or does not end within PROGRAM_TIME_LIMIT_S; then it has
 * been killed with all processes that it started and that stayed in its process group. */
#ifndef PROGRAM_TIME_LIMIT /* under the thread sanitizer all takes ten times as long */
#define PROGRAM_TIME_LIMIT 60
#endif
enum { PROGRAM_TIME_LIMIT_S = PROGRAM_TIME_LIMIT };
struct outcome run_program(const char *const *arguments);

/* Frees the texts. */
void outcome_free(struct outcome *outcome);

/* The program under test: what `make test` has put into the environment as SPEEDUP. The calling
 * test fails where there is none. */
const char *speedup_path(void);

/* Runs the program under test; at least one argument. */
#define run_speedup(...) run_program((const char *const[]){speedup_path(), __VA_ARGS__, NULL})

/* The test fails unless `speedup` with these arguments ends with `exit_code`, says nothing on
 * standard output, and on standard error exactly the one line "speedup: MESSAGE". */
#define assert_speedup_says(exit_code, message, ...)                                               \
    assert_program_says((const char *const[]){speedup_path(), __VA_ARGS__, NULL}, exit_code,       \
                        message)
void assert_program_says(const char *const *arguments, int exit_code, const char *message);

/* The test fails unless `speedup` with these arguments ends with 0; what it says is left alone. */
#define assert_speedup_runs(...)                                                                   \
    assert_program_runs((const char *const[]){speedup_path(), __VA_ARGS__, NULL})
void assert_program_runs(const char *const *arguments);

#endif
