/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From reports to a verdict, without compiling or running anything: reports as the probe and the
 * sanitizers write them go in, kinds and lines come out. */
#include <string.h>

#include "harness/grade/build/sanitizer.h"
#include "harness/grade/faults.h"
#include "harness/grade/hang.h"
#include "harness/grade/judgement.h"
#include "harness/grade/observation.h"
#include "tests/support/cmocka_all.h"

static void a_report_is_read(void **unused)
{
    static struct observation seen;
    (void)unused;
    int failed = observation_read(&seen, "fault\ttask-twice\tmine.c\t17\t1a,2b\ttask 3 of 25\n"
                                         "place\ttask\tmine.c\t17\n"
                                         "value\twall_s\t0.25\n"
                                         "value\trunning_most\t2\n"
                                         "value\targument_shared\t1\n");
    assert_int_equal(failed, 0);
    assert_int_equal(seen.faults, 1);
    assert_string_equal(seen.fault[0].kind, "task-twice");
    assert_string_equal(seen.fault[0].file, "mine.c");
    assert_int_equal(seen.fault[0].line, 17);
    assert_string_equal(seen.fault[0].text, "task 3 of 25");
    assert_int_equal(seen.fault[0].addresses, 2);
    assert_int_equal(seen.fault[0].address[1], 0x2b);
    assert_int_equal(observation_place(&seen, "task")->line, 17);
    assert_null(observation_place(&seen, "locked"));
    assert_true(seen.wall_s > 0.249 && seen.wall_s < 0.251);
    assert_int_equal(seen.running_most, 2);
    assert_true(seen.argument_shared);
}

static void half_a_report_is_not_whole(void **unused)
{
    static struct observation seen;
    (void)unused;
    assert_int_equal(observation_read(&seen, "value\twall_s\t0.25\n"), -1);
    assert_int_equal(observation_read(&seen, ""), -1);
}

/* The program crashed while a thread was writing one down. */
static void half_a_fault_is_none(void **unused)
{
    static struct observation seen;
    (void)unused;
    assert_int_equal(observation_read(&seen, "fault\t\t-\t0\t-\t\n"
                                             "fault\tcrash\tmine.c\t16\t-\tended by signal 11\n"
                                             "value\targument_shared\t0\n"),
                     0);
    assert_int_equal(seen.faults, 1);
    assert_string_equal(seen.fault[0].kind, "crash");
}

/* The line of a race is that of the access without a lock. */
static void a_race_is_where_the_lock_is_missing(void **unused)
{
    static struct observation seen;
    static const char report[] = "WARNING: ThreadSanitizer: data race (pid=1)\n"
                                 "  Write of size 4 at 0x1 by thread T1 (mutexes: write M7):\n"
                                 "    #0 work /home/me/mine.c:20 (plain+0x1)\n"
                                 "    #1 begin probe/thread_hooks.c:66 (plain+0x2)\n"
                                 "\n"
                                 "  Previous read of size 4 at 0x1 by thread T2:\n"
                                 "    #0 work /home/me/mine.c:17:5 (plain+0x1)\n"
                                 "\n"
                                 "  Thread T1 (tid=2, running) created by main thread at:\n"
                                 "    #0 pthread_create <null>\n"
                                 "    #1 run /home/me/mine.c:40 (plain+0x3)\n"
                                 "SUMMARY: ThreadSanitizer: data race mine.c:20 in work\n";
    (void)unused;
    memset(&seen, 0, sizeof seen);
    sanitizer_read(report, "students/mine.c", &seen);
    assert_int_equal(seen.faults, 1);
    assert_string_equal(seen.fault[0].kind, "data-race");
    assert_int_equal(seen.fault[0].line, 17);
}

static void reports_about_others_are_passed_over(void **unused)
{
    static struct observation seen;
    (void)unused;
    memset(&seen, 0, sizeof seen);
    sanitizer_read("WARNING: ThreadSanitizer: data race (pid=1)\n"
                   "  Write of size 4 at 0x1 by thread T1:\n"
                   "    #0 work /home/me/not_mine.c:20 (plain+0x1)\n",
                   "mine.c", &seen);
    assert_int_equal(seen.faults, 0);
}

static void other_sanitizers_are_read_too(void **unused)
{
    static struct observation seen;
    (void)unused;
    memset(&seen, 0, sizeof seen);
    sanitizer_read("==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\n"
                   "WRITE of size 8 at 0x6 thread T0\n"
                   "    #0 0x55 in run mine.c:27\n"
                   "\n"
                   "mine.c:9:14: runtime error: division by zero\n",
                   "mine.c", &seen);
    assert_int_equal(seen.faults, 2);
    assert_string_equal(seen.fault[0].kind, "undefined-behaviour");
    assert_int_equal(seen.fault[0].line, 9);
    assert_string_equal(seen.fault[1].kind, "memory-error");
    assert_int_equal(seen.fault[1].line, 27);
}

/* One that is in no table keeps the name that the sanitizer gives it. */
static void any_mistake_with_memory_is_one(void **unused)
{
    static const struct {
        const char *report, *text;
    } cases[] = {{"==1==ERROR: AddressSanitizer: dynamic-stack-buffer-overflow on address 0x7\n"
                  "WRITE of size 8 at 0x7 thread T0\n"
                  "    #0 0x55 in run mine.c:27\n",
                  "a place beyond the end of a local array (AddressSanitizer)"},
                 {"==1==ERROR: AddressSanitizer: negative-size-param: (size=-8)\n"
                  "    #0 0x55 in memset\n"
                  "    #1 0x55 in run mine.c:27\n",
                  "negative-size-param: (AddressSanitizer)"}};
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct observation seen;
        memset(&seen, 0, sizeof seen);
        sanitizer_read(cases[i].report, "mine.c", &seen);
        assert_int_equal(seen.faults, 1);
        assert_string_equal(seen.fault[0].kind, "memory-error");
        assert_int_equal(seen.fault[0].line, 27);
        assert_string_equal(seen.fault[0].text, cases[i].text);
    }
}

static void place(struct stance *stance, int thread, const char *stand, int line, int holder)
{
    memset(stance, 0, sizeof *stance);
    stance->thread = thread;
    stance->line = line;
    stance->holder = holder;
    strcpy(stance->stand, stand);
}

/* Thread 2 waits for what 3 holds, 3 for what 2 holds, and the parent for both. */
static void who_waits_for_whom_is_a_deadlock(void **unused)
{
    static struct observation seen;
    struct fault fault;
    (void)unused;
    memset(&seen, 0, sizeof seen);
    place(&seen.stance[0], 1, "join", 40, 0);
    place(&seen.stance[1], 2, "lock", 20, 3);
    place(&seen.stance[2], 3, "lock", 21, 2);
    seen.stances = 3;
    hang_judge(&seen, "none", "mine.c", &fault);
    assert_string_equal(fault.kind, "deadlock");
    assert_true(fault.line == 20 || fault.line == 21);
}

static void who_waits_for_a_signal_has_lost_it(void **unused)
{
    static struct observation seen;
    struct fault fault;
    (void)unused;
    memset(&seen, 0, sizeof seen);
    place(&seen.stance[0], 1, "join", 40, 0);
    place(&seen.stance[1], 2, "condition", 18, 0);
    seen.stances = 2;
    hang_judge(&seen, "none", "mine.c", &fault);
    assert_string_equal(fault.kind, "lost-wakeup");
    assert_int_equal(fault.line, 18);
}

/* A thread that sleeps in a call without a hook waits; one that runs, or sleeps on purpose, goes round. */
static void who_sleeps_is_in_no_endless_loop(void **unused)
{
    static struct observation seen;
    struct fault fault;
    (void)unused;
    memset(&seen, 0, sizeof seen);
    place(&seen.stance[0], 1, "join", 40, 0);
    place(&seen.stance[1], 2, "write", 21, 0);
    seen.stances = 2;
    hang_judge(&seen, "none", "mine.c", &fault);
    assert_string_equal(fault.kind, "deadlock");
    assert_int_equal(fault.line, 21);
    assert_string_equal(fault.text, "somebody writes into a pipe that is full, and nobody reads");

    place(&seen.stance[1], 2, "sleep", 22, 0);
    hang_judge(&seen, "none", "mine.c", &fault);
    assert_string_equal(fault.kind, "endless-loop");
    assert_int_equal(fault.line, 22);
}

static void a_fault_can_be_taken_back(void **unused)
{
    static struct observation seen;
    (void)unused;
    memset(&seen, 0, sizeof seen);
    observation_add(&seen, "deadlock", "mine.c", 3, "different order");
    observation_add(&seen, "data-race", "mine.c", 4, "two threads");
    observation_drop(&seen, "deadlock");
    observation_drop(&seen, "deadlock");
    assert_int_equal(seen.faults, 1);
    assert_null(observation_find(&seen, "deadlock"));
    assert_int_equal(observation_find(&seen, "data-race")->line, 4);
}

/* ---- verdicts ----------------------------------------------------------------------------------- */

static char source[] = "static int run(struct job *job, int workers, void *state)\n"
                       "int each = job->tasks / workers;\n"
                       "job_run(job, task, worker);\n";

static struct evidence *evidence_of_right_one(void)
{
    static struct evidence evidence;
    memset(&evidence, 0, sizeof evidence);
    evidence.compiled = true;
    evidence.wait_workers = 4;
    evidence.sleeping.done = evidence.ramp.done = evidence.one.done = true;
    evidence.sleeping.seen.wall_s = 0.081; /* 32 tasks of 10 ms on 4 workers: 80 ms at best */
    evidence.ramp.seen.wall_s = 0.080;     /* 300 ms on 4 workers: 75 ms at best */
    evidence.rounds = ROUNDS;
    for (int i = 0; i < ROUNDS; i++) {
        evidence.serial_s[i] = 0.100;
        evidence.pool_s[i] = 0.052;
        evidence.graded_s[i] = 0.053;
    }
    return &evidence;
}

static struct judgement judge(const struct evidence *evidence)
{
    struct subject subject = {.source = "mine.c", .text = source};
    struct judgement judgement;
    judgement_make(&subject, evidence, 2, &judgement);
    return judgement;
}

static void a_right_one_gets_all_points(void **unused)
{
    (void)unused;
    struct judgement judgement = judge(evidence_of_right_one());
    assert_true(judgement.right && judgement.parallel);
    assert_int_equal(judgement.points, 10);
    assert_string_equal(judgement.line_text,
                        "verdict: correct, 10 of 10 points: 1.89 times as fast as serial on 2 "
                        "workers (pool 1.92, ceiling 1.92)");
}

/* Where pool gains next to nothing, timing does not count; else points are a share of what it
 * gained in the same rounds. */
static void a_busy_machine_costs_no_points(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    for (int i = 0; i < ROUNDS; i++)
        evidence->pool_s[i] = 0.090, evidence->graded_s[i] = 0.110;
    assert_int_equal(judge(evidence).points, 10);
    for (int i = 0; i < ROUNDS; i++)
        evidence->pool_s[i] = evidence->graded_s[i] = 0.060;
    assert_int_equal(judge(evidence).points, 10);
    for (int i = 0; i < ROUNDS; i++)
        evidence->graded_s[i] = 0.070;
    for (int i = 0; i < ROUNDS; i++)
        evidence->pool_s[i] = 0.052;
    struct judgement judgement = judge(evidence);
    assert_int_equal(judgement.points, 8);
    assert_string_equal(judgement.kind, "slow");
}

static void one_task_at_a_time_is_not_parallel(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    evidence->sleeping.seen.wall_s = 0.33;
    struct judgement judgement = judge(evidence);
    assert_true(judgement.right);
    assert_false(judgement.parallel);
    assert_int_equal(judgement.points, 4);
    assert_string_equal(judgement.kind, "not-parallel");
}

static void uneven_shares_cost_one_point(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    evidence->ramp.seen.wall_s = 0.130;
    struct judgement judgement = judge(evidence);
    assert_int_equal(judgement.points, 9);
    assert_string_equal(judgement.kind, "uneven-split");
}

/* A race makes tasks run twice: it is the race that is named. */
static void the_cause_is_named_before_what_follows(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    observation_add(&evidence->seen, "task-twice", "mine.c", 3, "task 7 was run twice");
    observation_add(&evidence->seen, "data-race", "mine.c", 2, "two threads");
    struct judgement judgement = judge(evidence);
    assert_false(judgement.right);
    assert_int_equal(judgement.points, 0);
    assert_string_equal(judgement.kind, "data-race");
    assert_int_equal(judgement.line, 2);
}

/* One thread too many, `<=` where they are created: nobody joins it, and what it reads is gone. */
static void the_race_of_a_thread_that_is_left_is_not_the_cause(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    observation_add(&evidence->seen, "leaked-thread", "mine.c", 2, "never joined");
    observation_add(&evidence->seen, "data-race", "mine.c", 3, "two threads");
    assert_string_equal(judge(evidence).kind, "leaked-thread");
    observation_add(&evidence->seen, "wrong-worker", "mine.c", 3, "worker number 2 was used, of 2");
    assert_string_equal(judge(evidence).kind, "wrong-worker");
}

/* The last task once more, where there is none. */
static void the_last_of_no_tasks_is_not_the_cause(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    struct fault *beyond =
        observation_add(&evidence->seen, "wrong-bounds", "mine.c", 3, "task -1 was run");
    assert_string_equal(judge(evidence).kind, "wrong-bounds");
    observation_add(&evidence->seen, "task-twice", "mine.c", 3, "task 24 was run twice");
    assert_string_equal(judge(evidence).kind, "task-twice");
    beyond->tasks = 25;
    assert_string_equal(judge(evidence).kind, "wrong-bounds");
}

static void clashing_workers_come_from_the_loop_variable(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    observation_add(&evidence->seen, "same-worker", "mine.c", 3, "two at a time");
    assert_string_equal(judge(evidence).kind, "same-worker");
    evidence->seen.argument_shared = true;
    assert_string_equal(judge(evidence).kind, "loop-variable");
}

static void the_division_is_where_the_remainder_is_lost(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    observation_add(&evidence->seen, "dropped-remainder", "mine.c", 3, "1 of 25 tasks");
    struct judgement judgement = judge(evidence);
    assert_string_equal(
        judgement.line_text,
        "verdict: dropped-remainder at mine.c:2: the tasks that are left over after "
        "dividing are never run");
}

static void every_kind_has_words(void **unused)
{
    (void)unused;
    assert_null(fault_find("no-such-kind"));
    for (size_t i = 0; fault_kinds[i].name; i++) {
        assert_true(strlen(fault_kinds[i].name) < KIND_MAX);
        assert_true(strlen(fault_kinds[i].meaning) > 10);
        assert_true(strlen(fault_kinds[i].next) > 10);
        assert_ptr_equal(fault_find(fault_kinds[i].name), &fault_kinds[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_read),
        cmocka_unit_test(half_a_report_is_not_whole),
        cmocka_unit_test(half_a_fault_is_none),
        cmocka_unit_test(a_race_is_where_the_lock_is_missing),
        cmocka_unit_test(reports_about_others_are_passed_over),
        cmocka_unit_test(other_sanitizers_are_read_too),
        cmocka_unit_test(any_mistake_with_memory_is_one),
        cmocka_unit_test(who_waits_for_whom_is_a_deadlock),
        cmocka_unit_test(who_waits_for_a_signal_has_lost_it),
        cmocka_unit_test(who_sleeps_is_in_no_endless_loop),
        cmocka_unit_test(a_fault_can_be_taken_back),
        cmocka_unit_test(a_right_one_gets_all_points),
        cmocka_unit_test(a_busy_machine_costs_no_points),
        cmocka_unit_test(one_task_at_a_time_is_not_parallel),
        cmocka_unit_test(uneven_shares_cost_one_point),
        cmocka_unit_test(the_cause_is_named_before_what_follows),
        cmocka_unit_test(the_race_of_a_thread_that_is_left_is_not_the_cause),
        cmocka_unit_test(the_last_of_no_tasks_is_not_the_cause),
        cmocka_unit_test(clashing_workers_come_from_the_loop_variable),
        cmocka_unit_test(the_division_is_where_the_remainder_is_lost),
        cmocka_unit_test(every_kind_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
