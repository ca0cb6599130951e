/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strategies that start programs run every task exactly once, on 8 workers. For `programs` and
 * `gnu-parallel` a task is here to make a directory, which succeeds once only; the ranks of `mpi`
 * can do nothing but filter, so it is tested as a whole. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/spawn.h"
#include "strategies/launchers/parallel_log.h"
#include "strategies/process.h"
#include "strategies/strategy.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

enum { TASKS_AT_MOST = 1009, WORKERS = 8 };
static const int counts[] = {0, 1, 7, 25, TASKS_AT_MOST};

struct directory_job {
    struct job job;
    struct job_programs programs;
    char names[TASKS_AT_MOST][32]; /* of the directories */
    char *files[TASKS_AT_MOST];
    int times_noted[TASKS_AT_MOST], worker[TASKS_AT_MOST];
    double seconds[TASKS_AT_MOST];
    char failure[200];
};

static struct directory_job *self(struct job *job)
{
    return (struct directory_job *)(void *)job;
}

static int note(struct job *job, int task, int worker, double start_s, double end_s)
{
    if (task < 0 || task >= job->tasks || worker < 0 || worker >= WORKERS || start_s > end_s)
        return -1;
    self(job)->times_noted[task]++;
    self(job)->worker[task] = worker;
    self(job)->seconds[task] = end_s - start_s;
    return 0;
}

static char **words(struct job *job, int task, int worker)
{
    char **list = calloc(4, sizeof *list);
    (void)worker;
    for (int i = 0; list && i < 2; i++)
        list[i] = job->programs->command[i];
    if (list)
        list[2] = job->programs->files[task];
    return list;
}

static int errors(struct job *job, int worker)
{
    (void)job;
    (void)worker;
    return SPAWN_SAME;
}

static int ended(struct job *job, int task, int worker, int status, double start_s)
{
    if (process_judge(job, status, worker, task, 1) != 0)
        return -1;
    return note(job, task, worker, start_s, clock_seconds());
}

static int note_failure(struct job *job, const char *what, int error_number)
{
    snprintf(self(job)->failure, sizeof self(job)->failure, "%s: %d", what, error_number);
    return -1;
}

/* The calling test is skipped where the strategy cannot run here. */
static void skip_unless_available(const struct strategy *strategy)
{
    const char *reason = strategy->unavailable ? strategy->unavailable() : NULL;
    if (!reason)
        return;
    print_message("%s: %s\n", strategy->name, reason);
    skip();
}

static struct directory_job *new_job(int tasks)
{
    struct directory_job *made = calloc(1, sizeof *made);
    assert_non_null(made);
    static char mkdir[] = "/bin/mkdir", tell[] = "-v";
    static char *const command[] = {mkdir, tell, NULL};
    made->programs = (struct job_programs){.command = command,
                                           .files = made->files,
                                           .words = words,
                                           .errors = errors,
                                           .ended = ended,
                                           .note = note};
    made->job = (struct job){.tasks = tasks, .programs = &made->programs, .fail = note_failure};
    for (int task = 0; task < tasks; task++) {
        snprintf(made->names[task], sizeof made->names[task], "of %d, it's %d", tasks, task);
        made->files[task] = made->names[task];
    }
    return made;
}

static void make_directories(const char *name, int tasks)
{
    const struct strategy *strategy = strategy_find(name);
    struct directory_job *made = new_job(tasks);
    if (strategy->run(&made->job, WORKERS, NULL) != 0 || *made->failure)
        fail_msg("%s: %d tasks: %s", name, tasks, made->failure);
    for (int task = 0; task < tasks; task++) {
        assert_int_equal(made->times_noted[task], 1);
        assert_int_equal(rmdir(made->names[task]), 0);
    }
    free(made);
}

static void make_all_directories(const char *name)
{
    skip_unless_available(strategy_find(name));
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++)
        make_directories(name, counts[k]);
}

static void every_program_is_started_exactly_once(void **state)
{
    (void)state;
    make_all_directories("programs");
}

/* Where the ends of children are ignored, how they ended is lost; so it fails, and comes to its end. */
static void programs_that_cannot_be_waited_for(void **state)
{
    (void)state;
    struct directory_job *made = new_job(3);
    char expected[40];
    snprintf(expected, sizeof expected, "waitpid: %d", ECHILD);
    signal(SIGCHLD, SIG_IGN);
    int failed = strategy_find("programs")->run(&made->job, 2, NULL);
    signal(SIGCHLD, SIG_DFL);
    assert_int_equal(failed, -1);
    assert_string_equal(made->failure, expected);
    for (int task = 0; task < 3; task++)
        assert_int_equal(made->times_noted[task], 0);
    free(made);
}

static void gnu_parallel_starts_every_one_exactly_once(void **state)
{
    (void)state;
    make_all_directories("gnu-parallel");
}

/* The times come from the log, the worker from the tag of what the task printed; a task that was
 * killed is reported and not noted. */
static void the_log_and_the_tags_of_gnu_parallel(void **state)
{
    (void)state;
    struct parallel_log log;
    struct directory_job *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->programs = (struct job_programs){.note = note};
    made->job = (struct job){.tasks = 4, .programs = &made->programs, .fail = note_failure};
    assert_int_equal(setenv("TMPDIR", ".", 1), 0);
    assert_int_equal(parallel_log_open(&log, &made->job), 0);
    unsetenv("TMPDIR");
#ifdef __linux__
    assert_int_equal(scratch_count("."), 0); /* nothing to be left behind by who is killed */
#endif
    FILE *written = fopen(log.path, "w"), *output = tmpfile();
    assert_non_null(written);
    assert_non_null(output);
    fputs("Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n"
          "2\t:\t1700000001.250\t     0.500\t0\t3\t0\t0\tmkdir a\n"
          "1\t:\t1700000001.125\t     0.250\t0\t3\t0\t0\tmkdir b\n"
          "4\t:\t1700000001.500\t     0.125\t0\t3\t137\t0\tmkdir c\n"
          "3\t:\t1700000002.000\t     0.750\t0",
          written);
    fflush(written);
    fputs("1 7\tmkdir: created directory 'b'\n2 3\tmkdir: created directory 'a'\n", output);
    rewind(output);
    assert_int_equal(parallel_log_follow(&log, &made->job, output), -1);
    assert_string_equal(made->failure, "task 3 was killed by signal 9 (Killed): -1");
    fputs("\t3\t0\t0\tmkdir d\n", written);
    fclose(written);
    fclose(output);
    assert_int_equal(parallel_log_note(&log, &made->job, WORKERS), 0);
    for (int task = 0; task < 4; task++)
        assert_int_equal(made->times_noted[task], task < 3);
    assert_int_equal(made->worker[0], 6);
    assert_int_equal(made->worker[1], 2);
    assert_float_equal(made->seconds[0], 0.25, 1e-6);
    assert_float_equal(made->seconds[1], 0.5, 1e-6);
    assert_float_equal(made->seconds[2], 0.75, 1e-6);
    parallel_log_close(&log);
    free(made);
}

/* `ok` is: every task was noted once, and every file is there and right. */
static void ranks_do_every_file_exactly_once(void **state)
{
    const struct strategy *mpi = strategy_find("mpi");
    (void)state;
    skip_unless_available(mpi);
    struct job nothing = {.tasks = 0};
    assert_int_equal(mpi->run(&nothing, WORKERS, NULL), 0);
    for (size_t k = 1; k < sizeof counts / sizeof counts[0]; k++) {
        char images[16];
        snprintf(images, sizeof images, "%d", counts[k]);
        struct outcome outcome = run_speedup("bench", "--io", "files", "--strategies", "mpi",
                                             "--workers", "8", "--images", images, "--size", "2x2",
                                             "--window", "1", "--rounds", "1", "--out", "r");
        if (outcome.code != 0)
            fail_msg("%s files: %s", images, outcome.err);
        outcome_free(&outcome);
        struct table summary = table_load("r/summary.csv");
        assert_int_equal(summary.rows, 2);
        assert_string_equal(table_field(&summary, 1, "status"), "ok");
        assert_true(table_value(&summary, 1, "tasks") == counts[k]);
        table_free(&summary);
    }
}

/* Rank 1 cannot make its directory. It must say so, and rank 0 must not wait for it. */
static void a_rank_that_cannot_begin_ends_all(void **state)
{
    char ranks[4096];
    (void)state;
    skip_unless_available(strategy_find("mpi"));
    snprintf(ranks, sizeof ranks, "%s-mpi", speedup_path());
    assert_speedup_runs("generate", "--count", "1", "--size", "4x4");
    /* Open MPI wants to be told that root, and more ranks than cores, are meant. */
    setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
    setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 1);
    struct outcome outcome = run_program((const char *const[]){
        "mpirun", "-n", "1", ranks, "--out", "r", "fake_4x4_0.fits", ":", "-n", "1", ranks, "--out",
        "fake_4x4_0.fits/r", "fake_4x4_0.fits", NULL});
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "speedup: fake_4x4_0.fits/r: cannot make this directory: "
                                        "Not a directory\n"));
    outcome_free(&outcome);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(every_program_is_started_exactly_once),
        TEST(programs_that_cannot_be_waited_for),
        TEST(gnu_parallel_starts_every_one_exactly_once),
        TEST(the_log_and_the_tags_of_gnu_parallel),
        TEST(ranks_do_every_file_exactly_once),
        TEST(a_rank_that_cannot_begin_ends_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
