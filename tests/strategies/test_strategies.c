/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every strategy runs every task exactly once, whatever the numbers, and leaves nothing behind. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "strategies/job_more.h"
#include "strategies/strategy.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/counting_job.h"

static void check_job(const struct strategy *strategy, const struct counting_job *counting,
                      int runs)
{
    if (counting->failures != 0)
        fail_msg("%s failed: %s", strategy->name, counting->last_failure);
    assert_int_equal(counting->bad_workers, 0);
    assert_int_equal(counting->overlaps, 0);
    for (int task = 0; task < counting->job.tasks; task++)
        assert_int_equal(counting->results[task], task + 1000);
    for (int task = 0; task < counting->job.tasks; task++)
        if (counting->times_run[task] != runs)
            fail_msg("%s: task %d of %d ran %d times, not %d", strategy->name, task,
                     counting->job.tasks, counting->times_run[task], runs);
}

/* Runs a job of `tasks` empty tasks `runs` times between one start and one stop. */
static void run_job(const struct strategy *strategy, int tasks, int workers, int runs)
{
    struct shared memory;
    void *state = NULL;
    struct counting_job *counting = counting_job_create(&memory, tasks, workers);
    if (strategy->start)
        assert_int_equal(strategy->start(&counting->job, workers, &state), 0);
    for (int i = 0; i < runs; i++)
        assert_int_equal(strategy->run(&counting->job, workers, state), 0);
    if (strategy->stop)
        assert_int_equal(strategy->stop(&counting->job, state), 0);
    check_job(strategy, counting, runs);
    counting_job_destroy(&memory);
}

/* Those that start programs are tested with the whole program, in test_bench.c. */
static bool in_process(const struct strategy *strategy)
{
    return !strategy->files_only;
}

static void every_task_runs_exactly_once(void **unused)
{
    static const int tasks[] = {0, 1, 7, 25, 200, 1009}, workers[] = {1, 2, 3, 8};
    (void)unused;
    for (size_t s = 0; strategy_catalogue[s]; s++)
        for (size_t t = 0; in_process(strategy_catalogue[s]) && t < sizeof tasks / sizeof tasks[0];
             t++)
            for (size_t w = 0; w < sizeof workers / sizeof workers[0]; w++)
                run_job(strategy_catalogue[s], tasks[t],
                        strategy_catalogue[s]->one_worker ? 1 : workers[w], 1);
}

/* --chunk 7 of 100 tasks: each seven belong to one worker, the last two too; and a chunk may be
 * larger than the job. */
static void chunks_stay_together(void **unused)
{
    (void)unused;
    static const int chunks[] = {7, 1000};
    for (size_t s = 0; strategy_catalogue[s]; s++)
        for (size_t c = 0; strategy_catalogue[s]->has_chunks && c < 2; c++) {
            const struct strategy *strategy = strategy_catalogue[s];
            struct shared memory;
            void *state = NULL;
            struct counting_job *counting = counting_job_create(&memory, 100, 3);
            counting->job.chunk = chunks[c];
            if (strategy->start)
                assert_int_equal(strategy->start(&counting->job, 3, &state), 0);
            assert_int_equal(strategy->run(&counting->job, 3, state), 0);
            if (strategy->stop)
                assert_int_equal(strategy->stop(&counting->job, state), 0);
            check_job(strategy, counting, 1);
            for (int task = 0; task < 100; task++)
                if (counting->by[task] != counting->by[task / chunks[c] * chunks[c]])
                    fail_msg("%s: task %d left its chunk of %d", strategy->name, task, chunks[c]);
            counting_job_destroy(&memory);
        }
}

static void workers_can_be_used_again(void **unused)
{
    (void)unused;
    for (size_t s = 0; strategy_catalogue[s]; s++)
        if (in_process(strategy_catalogue[s]))
            run_job(strategy_catalogue[s], 13, strategy_catalogue[s]->one_worker ? 1 : 4, 50);
}

static void the_other_tasks_run_when_one_fails(void **unused)
{
    (void)unused;
    for (size_t s = 0; strategy_catalogue[s]; s++) {
        const struct strategy *strategy = strategy_catalogue[s];
        if (!in_process(strategy))
            continue;
        struct shared memory;
        void *state = NULL;
        int workers = strategy->one_worker ? 1 : 3;
        struct counting_job *counting = counting_job_create(&memory, 20, workers);
        counting->failing_task = 5;
        if (strategy->start)
            assert_int_equal(strategy->start(&counting->job, workers, &state), 0);
        strategy->run(&counting->job, workers, state);
        if (strategy->stop)
            strategy->stop(&counting->job, state);
        for (int task = 0; task < 20; task++)
            assert_int_equal(counting->times_run[task], 1);
        counting_job_destroy(&memory);
    }
}

static int threads_listed(void)
{
    int number = 0;
    DIR *directory = opendir("/proc/self/task");
    if (!directory)
        return 1; /* this system does not tell */
    while (readdir(directory))
        number++;
    closedir(directory);
    return number - 2; /* . and .. */
}

/* The system lists a thread for a moment after pthread_join() has returned. So we look until the number
 * has stayed the same for 20 ms. */
static int count_threads(void)
{
    int number = threads_listed();
    for (int same = 0; same < 20; same++) {
        int before = number;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        number = threads_listed();
        if (number != before)
            same = 0;
    }
    return number;
}

static void no_thread_or_child_is_left(void **unused)
{
    (void)unused;
    for (size_t s = 0; strategy_catalogue[s]; s++) {
        const struct strategy *strategy = strategy_catalogue[s];
        if (!in_process(strategy))
            continue;
        run_job(strategy, 9, strategy->one_worker ? 1 : 3, 1); /* a sanitizer may start one, once */
        int before = count_threads();
        run_job(strategy, 9, strategy->one_worker ? 1 : 3, 1);
        if (strcmp(strategy->name, "openmp") != 0) /* its runtime keeps its threads, by design */
            assert_int_equal(count_threads(), before);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
        assert_int_equal(errno, ECHILD);
    }
}

/* One worker process is killed in the middle: that is reported with its signal, everything that the
 * others had to do is done, nobody hangs, no process is left. */
static void a_killed_worker_is_reported_and_the_others_go_on(void **unused)
{
    (void)unused;
    static const char *const names[] = {"fork", "fork-pipe", "process-pool", "spawn"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct strategy *strategy = strategy_find(names[i]);
        struct shared memory;
        void *state = NULL;
        struct counting_job *counting = counting_job_create(&memory, 30, 3);
        counting->killing_task = 7;
        if (strategy->start)
            assert_int_equal(strategy->start(&counting->job, 3, &state), 0);
        assert_int_equal(strategy->run(&counting->job, 3, state), -1);
        if (strategy->stop)
            strategy->stop(&counting->job, state);
        assert_int_equal(counting->crashes, 1);
        assert_non_null(strstr(counting->last_failure, "killed by signal 9"));
        bool one_by_one = strcmp(names[i], "process-pool") == 0;
        if (one_by_one)
            assert_non_null(strstr(counting->last_failure, "and task 7 with it"));
        for (int task = 0; task < 30; task++)
            if (one_by_one || task % 3 != 7 % 3) /* fixed shares die with their worker */
                assert_int_equal(counting->times_run[task], 1);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
        counting_job_destroy(&memory);
    }
}

/* A chunk of tasks is lost as a whole, and no others. */
static void what_is_lost_with_a_worker_is_named(void **unused)
{
    (void)unused;
    enum { TASKS = 20000, KILLING = 12345 };
    const struct strategy *strategy = strategy_find("process-pool");
    struct shared memory;
    void *state = NULL;
    struct counting_job *counting = counting_job_create(&memory, TASKS, 3);
    counting->job.chunk = 100;
    counting->killing_task = KILLING;
    assert_int_equal(strategy->start(&counting->job, 3, &state), 0);
    assert_int_equal(strategy->run(&counting->job, 3, state), -1);
    strategy->stop(&counting->job, state);
    assert_int_equal(counting->crashes, 1);
    assert_non_null(strstr(counting->last_failure, "and tasks 12300 to 12399 with it"));
    for (int task = 0; task < TASKS; task++)
        if (counting->times_run[task] != (task <= KILLING || task > 12399))
            fail_msg("task %d ran %d times", task, counting->times_run[task]);
    counting_job_destroy(&memory);
}

/* What a worker of `spawn` is sent: its number, and those of its tasks. */
static void a_message_that_is_cut_short_is_no_end(void **unused)
{
    (void)unused;
    static const int numbers[] = {0, 0, 1};
    for (size_t cut = 0; cut <= 1; cut++) {
        struct shared memory;
        int ends[2];
        struct counting_job *counting = counting_job_create(&memory, 2, 1);
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], numbers, sizeof numbers - cut), sizeof numbers - cut);
        close(ends[1]);
        assert_int_equal(spawn_serve(&counting->job, ends[0]), cut == 0 ? 0 : -1);
        assert_int_equal(counting->times_run[0], 1);
        assert_int_equal(counting->times_run[1], cut == 0 ? 1 : 0);
        close(ends[0]);
        counting_job_destroy(&memory);
    }
}

static void strategies_are_found_by_name(void **unused)
{
    (void)unused;
    assert_string_equal(strategy_find("pool")->name, "pool");
    assert_null(strategy_find("nosuch"));
    assert_null(strategy_find(""));
}

int main(int argc, char **argv)
{
    counting_job_serve(argc, argv);
    signal(SIGPIPE, SIG_IGN); /* as the harness does */
    /* OpenMP last would do too: a child forked after its first region could not use it again. */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strategies_are_found_by_name),
        cmocka_unit_test(no_thread_or_child_is_left),
        cmocka_unit_test(a_killed_worker_is_reported_and_the_others_go_on),
        cmocka_unit_test(what_is_lost_with_a_worker_is_named),
        cmocka_unit_test(a_message_that_is_cut_short_is_no_end),
        cmocka_unit_test(every_task_runs_exactly_once),
        cmocka_unit_test(chunks_stay_together),
        cmocka_unit_test(workers_can_be_used_again),
        cmocka_unit_test(the_other_tasks_run_when_one_fails),
    };
    return cmocka_run_group_tests_name("strategies", tests, NULL, NULL);
}
