/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was seen to a verdict and points, and how these are printed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/grade/faults.h"
#include "harness/grade/grade_print.h"
#include "harness/grade/judgement.h"
#include "harness/grade/observation.h"
#include "tests/support/cmocka_all.h"

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
    evidence.sleeping.seen.task_s = 0.320;
    evidence.ramp.seen.wall_s = 0.080; /* 300 ms on 4 workers: 75 ms at best */
    evidence.ramp.seen.task_s = 0.300;
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

/* Each wakes up late, and so all end late: that is not how they were spread. */
static void tasks_that_are_kept_from_their_ends_cost_no_points(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    evidence->ramp.seen.wall_s = 0.130;
    evidence->ramp.seen.task_s = 0.490;
    assert_int_equal(judge(evidence).points, 10);
    evidence->sleeping.seen.wall_s = 0.400;
    evidence->sleeping.seen.task_s = 1.580;
    struct judgement judgement = judge(evidence);
    assert_int_equal(judgement.points, 10);
    assert_string_equal(judgement.kind, "");
}

/* Two rounds in which nobody else took cores are too few: then tasks that wait say what they say. */
static void timing_needs_rounds_that_had_their_cores(void **unused)
{
    (void)unused;
    struct evidence *evidence = evidence_of_right_one();
    for (int i = 0; i < ROUNDS; i++)
        evidence->graded_s[i] = 0.090;
    evidence->rounds = ROUNDS_AT_LEAST;
    assert_int_equal(judge(evidence).points, 6);
    evidence->rounds = ROUNDS_AT_LEAST - 1;
    struct judgement judgement = judge(evidence);
    assert_int_equal(judgement.points, 10);
    assert_string_equal(judgement.line_text,
                        "verdict: correct, 10 of 10 points: 98 % of the ceiling "
                        "with tasks that wait");
}

/* 100 ms of work in all. */
static bool had_cores(double wall_s, double task_s, double cpu_s)
{
    const struct observation seen = {.wall_s = wall_s, .task_s = task_s, .cpu_s = cpu_s};
    return observation_had_cores(&seen, 2);
}

static void cores_that_others_took_are_seen(void **unused)
{
    (void)unused;
    assert_true(had_cores(0.100, 0.100, 0.100));  /* one after the other */
    assert_true(had_cores(0.052, 0.100, 0.100));  /* on two cores */
    assert_true(had_cores(0.090, 0.100, 0.100));  /* in uneven shares: its own doing */
    assert_true(had_cores(0.052, 0.410, 0.102));  /* on eight workers, which share two cores */
    assert_true(had_cores(0.075, 0.150, 0.149));  /* beside a thread of its own that spins */
    assert_true(had_cores(0.070, 0.140, 0.140));  /* each gets in the other's way */
    assert_false(had_cores(0.200, 0.200, 0.100)); /* beside a program of others', one on one core */
    assert_false(had_cores(0.100, 0.150, 0.100)); /* and on two, in equal shares */
    assert_false(had_cores(0.067, 0.133, 0.100)); /* or by turns */
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

/* Beside their words, in lines of 80 columns; but the verdict, which programs read, is one line. */
static void a_terminal_need_not_break_lines(void **unused)
{
    static struct grade grade = {.source = "mine.c",
                                 .workers = 4,
                                 .evidence = {.rounds = 7, .seen = {.faults = 1}},
                                 .judgement = {.speedup = 1.5, .pool_speedup = 2, .ceiling = 3.57}};
    char *text = NULL;
    size_t size;
    (void)unused;
    struct fault *fault = &grade.evidence.seen.fault[0];
    snprintf(fault->kind, sizeof fault->kind, "data-race");
    fault->line = 16;
    snprintf(fault->text, sizeof fault->text,
             "thread 3 read next while thread 1 wrote it, and no lock was held by both of them");
    snprintf(grade.judgement.next, sizeof grade.judgement.next, "make it an atomic_int");
    memset(grade.judgement.line_text, 'v', 120);
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    grade_print(stream, &grade);
    fclose(stream);
    assert_non_null(strstr(text,
                           "\n  seen      data-race, noticed on line 16: thread 3 read next "
                           "while thread 1\n            wrote it, and no lock was held by both "
                           "of them\n"));
    assert_non_null(strstr(text, "\n  next      make it an atomic_int\n"));
    const char *line = text;
    for (; *line != 'v'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 80);
    assert_int_equal(strcspn(line, "\n"), 120);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_one_gets_all_points),
        cmocka_unit_test(a_busy_machine_costs_no_points),
        cmocka_unit_test(tasks_that_are_kept_from_their_ends_cost_no_points),
        cmocka_unit_test(timing_needs_rounds_that_had_their_cores),
        cmocka_unit_test(cores_that_others_took_are_seen),
        cmocka_unit_test(one_task_at_a_time_is_not_parallel),
        cmocka_unit_test(uneven_shares_cost_one_point),
        cmocka_unit_test(the_cause_is_named_before_what_follows),
        cmocka_unit_test(the_race_of_a_thread_that_is_left_is_not_the_cause),
        cmocka_unit_test(the_last_of_no_tasks_is_not_the_cause),
        cmocka_unit_test(clashing_workers_come_from_the_loop_variable),
        cmocka_unit_test(the_division_is_where_the_remainder_is_lost),
        cmocka_unit_test(every_kind_has_words),
        cmocka_unit_test(a_terminal_need_not_break_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
