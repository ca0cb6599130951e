/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a task may begin, and on which worker; and how long its thread had a core. */
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/measure/run/rules.h"
#include "tests/support/cmocka_all.h"

enum { FRAMES = 5, WORKERS = 3 };

/* A run of five images of one pixel on three workers, that is about to begin. */
static void set_up(struct run *run)
{
    struct error error;
    struct config config = {.filter = "highpass", .strategy = "fork", .workers = WORKERS};
    size_t ones[FRAMES] = {1, 1, 1, 1, 1};
    const struct workload_contents contents = {
        .workers = WORKERS, .frames = FRAMES, .ny = ones, .nx = ones};
    *run = (struct run){.filter = filter_find("highpass"), .strategy = strategy_find("fork")};
    config.parameters.window = 1;
    config.bind = BIND_NONE;
    if (workload_create(&run->workload, run->filter, &contents, &error) != 0)
        fail_msg("%s", error.text);
    workload_prepare(&run->workload, run->filter, &config);
    assert_int_equal(run_job_create(run), 0);
    atomic_store(&run->workload.header->phase, PHASE_RUN);
}

static void tear_down(struct run *run)
{
    run_job_destroy(run);
    workload_destroy(&run->workload);
}

static void assert_failed(const struct run *run, const char *why)
{
    assert_true(atomic_load(&run->workload.header->failed));
    assert_string_equal(run->workload.header->error.text, why);
}

static void a_run_as_it_should_be(void **state)
{
    struct run run;
    (void)state;
    set_up(&run);
    for (int task = 0; task < FRAMES; task++)
        assert_int_equal(job_run(&run.job, task, task % WORKERS), 0);
    rules_after_run(&run);
    rules_only_parent_returns(&run);
    rules_no_child_left(&run);
    assert_false(atomic_load(&run.workload.header->failed));
    for (int task = 0; task < FRAMES; task++) {
        assert_int_equal(run.workload.stamps[task].times_run, 1);
        assert_int_equal(run.workload.stamps[task].worker, task % WORKERS);
    }
    tear_down(&run);
}

static void a_worker_does_one_task_at_a_time(void **state)
{
    struct run run;
    (void)state;
    set_up(&run);
    assert_int_equal(rules_begin_task(&run, 3, 1), 0);
    assert_int_equal(rules_begin_task(&run, 4, 2), 0);
    rules_end_task(&run, 2);
    assert_int_equal(rules_begin_task(&run, 0, 2), 0);
    assert_false(atomic_load(&run.workload.header->failed));
    assert_int_equal(job_run(&run.job, 2, 1), -1);
    assert_failed(&run, "fork: worker 1 ran two tasks at the same time, 3 and 2: every thread or "
                        "process needs a worker number of its own");
    tear_down(&run);
}

static void all_have_ended_when_run_returns(void **state)
{
    struct run run;
    (void)state;
    set_up(&run);
    assert_int_equal(rules_begin_task(&run, 3, 1), 0);
    rules_after_run(&run);
    assert_failed(&run, "fork: returned before task 3 was done: a join or wait is missing");
    tear_down(&run);
}

static void none_begins_before_or_after(void **state)
{
    struct run run;
    (void)state;
    set_up(&run);
    atomic_store(&run.workload.header->phase, PHASE_START);
    assert_int_equal(job_run(&run.job, 2, 1), -1);
    assert_failed(&run, "fork: began task 2 in start(): tasks are to run in run()");
    tear_down(&run);
    set_up(&run);
    atomic_store(&run.workload.header->phase, PHASE_AFTER);
    assert_int_equal(job_run(&run.job, 4, 1), -1);
    assert_failed(&run, "fork: returned before task 4 was begun: a join or wait is missing");
    assert_int_equal(run.workload.stamps[4].times_run, 0);
    tear_down(&run);
}

static void spin(double seconds)
{
    for (double end = clock_seconds() + seconds; clock_seconds() < end;)
        continue;
}

/* A task that sleeps has no core meanwhile; one that computes has at most all the time it takes. */
static void the_stopwatch_counts_cores_and_not_time(void **state)
{
    const struct timespec nap = {.tv_nsec = 50000000};
    struct stopwatch watch = {0};
    (void)state;
    double began = clock_seconds();
    stopwatch_begin(&watch, began);
    nanosleep(&nap, NULL);
    double ended = clock_seconds();
    assert_true(stopwatch_end(&watch, ended) < 0.9 * (ended - began));
    began = clock_seconds();
    stopwatch_begin(&watch, began);
    spin(0.02);
    ended = clock_seconds();
    double used = stopwatch_end(&watch, ended);
    assert_true(used > 0 && used <= ended - began);
}

/* Between two short tasks the system is not asked; a short one then counts as computed throughout. */
static void a_short_task_counts_whole(void **state)
{
    struct stopwatch watch = {0};
    (void)state;
    double now = clock_seconds();
    stopwatch_begin(&watch, now);
    assert_true(stopwatch_end(&watch, now + 1e-6) == 1e-6 || watch.asked_s == now);
    double asked_s = watch.asked_s;
    for (int i = 0; i < 20; i++) {
        stopwatch_begin(&watch, now + 1e-6 + i * 1e-6);
        assert_float_equal(stopwatch_end(&watch, now + 1.5e-6 + i * 1e-6), 0.5e-6, 1e-12);
    }
    assert_true(watch.asked_s == asked_s);
    stopwatch_begin(&watch, now + 1); /* after a break it is */
    assert_true(watch.asked_s == now + 1);
}

/* What a thread waits by itself is not of the queue; and one that never waits by itself has a core or
 * stands in the queue, whoever takes it away. */
static void the_queue_is_what_others_took(void **state)
{
    const struct timespec nap = {.tv_nsec = 20000000};
    struct stopwatch watch = {0};
    (void)state;
    double began = clock_seconds();
    stopwatch_begin(&watch, began);
    if (isnan(watch.queued_s))
        skip(); /* the system does not tell */
    nanosleep(&nap, NULL);
    double ended = clock_seconds();
    stopwatch_end(&watch, ended);
    assert_true(stopwatch_queue(&watch) >= 0 && stopwatch_queue(&watch) < ended - began - 0.0199);
    began = clock_seconds();
    stopwatch_begin(&watch, began);
    long blocked = watch.blocked;
    spin(0.02);
    ended = clock_seconds();
    double off = ended - began - stopwatch_end(&watch, ended);
    if (watch.blocked == blocked) /* or a page of the program had to be read */
        assert_true(fabs(stopwatch_queue(&watch) - off) < 1e-9);
    assert_true(stopwatch_queue(&watch) <= off + 1e-9);
    int file = watch.file;
    assert_true(fcntl(file, F_GETFD) >= 0);
    stopwatch_close(&watch);
    assert_int_equal(fcntl(file, F_GETFD), -1);
}

/* Between two tasks, too: who lost the core there without waiting for anything has had it taken. */
static void the_queue_before_is_what_others_took(void **state)
{
    const struct timespec nap = {.tv_nsec = 20000000};
    struct stopwatch watch = {0};
    (void)state;
    double began = clock_seconds();
    stopwatch_begin(&watch, began);
    stopwatch_end(&watch, began + 1e-3);
    if (isnan(watch.queued_s))
        skip(); /* the system does not tell */
    long blocked = watch.blocked;
    stopwatch_begin(&watch, began + 10); /* most of ten seconds that have not been */
    if (watch.blocked == blocked)
        assert_float_equal(stopwatch_queue_before(&watch), 10, 1);
    stopwatch_end(&watch, began + 11);
    double now = watch.asked_s;
    nanosleep(&nap, NULL);
    stopwatch_begin(&watch, now + 10); /* it waited by itself: the queue alone tells */
    assert_true(stopwatch_queue_before(&watch) >= 0 && stopwatch_queue_before(&watch) < 9);
    stopwatch_close(&watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_as_it_should_be),
        cmocka_unit_test(a_worker_does_one_task_at_a_time),
        cmocka_unit_test(all_have_ended_when_run_returns),
        cmocka_unit_test(none_begins_before_or_after),
        cmocka_unit_test(the_stopwatch_counts_cores_and_not_time),
        cmocka_unit_test(a_short_task_counts_whole),
        cmocka_unit_test(the_queue_is_what_others_took),
        cmocka_unit_test(the_queue_before_is_what_others_took),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
