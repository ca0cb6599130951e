/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From reports to faults, without compiling or running anything: reports as the probe and the
 * sanitizers write them go in, kinds and lines come out. */
#include <string.h>

#include "harness/grade/build/sanitizer.h"
#include "harness/grade/hang.h"
#include "harness/grade/observation.h"
#include "tests/support/cmocka_all.h"

static void a_report_is_read(void **unused)
{
    static struct observation seen;
    (void)unused;
    int failed = observation_read(&seen, "fault\ttask-twice\tmine.c\t17\t1a,2b\ttask 3 of 25\n"
                                         "place\ttask\tmine.c\t17\n"
                                         "value\twall_s\t0.25\n"
                                         "value\ttask_s\t0.5\n"
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
    assert_true(observation_at_a_time(&seen) > 1.99 && observation_at_a_time(&seen) < 2.01);
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

static void where_a_thread_stands_in_words(void **unused)
{
    struct stance stance;
    char text[2 * FAULT_TEXT_MAX], path[2 * FAULT_TEXT_MAX];
    (void)unused;
    place(&stance, 18, "lock", 20, 19);
    stance.process = 17;
    stance.locked_line = 12;
    hang_describe(&stance, "none", "mine.c", text, FAULT_TEXT_MAX);
    assert_string_equal(text,
                        "process 17, thread 18 waits for a lock at mine.c:20; thread 19 took it "
                        "on line 12");
    stance.holder = -1;
    hang_describe(&stance, "none", "mine.c", text, FAULT_TEXT_MAX);
    assert_string_equal(text,
                        "process 17, thread 18 waits for a lock at mine.c:20; one that has ended "
                        "took it on line 12");
    /* A path may be longer than the text: what follows it was written beyond the end. */
    memset(path, 'a', sizeof path);
    path[sizeof path - 100] = '\0';
    memset(text, 'x', sizeof text);
    hang_describe(&stance, "none", path, text, FAULT_TEXT_MAX);
    assert_int_equal(strlen(text), FAULT_TEXT_MAX - 1);
    for (size_t i = FAULT_TEXT_MAX; i < sizeof text; i++)
        assert_int_equal(text[i], 'x');
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
        cmocka_unit_test(where_a_thread_stands_in_words),
        cmocka_unit_test(who_sleeps_is_in_no_endless_loop),
        cmocka_unit_test(a_fault_can_be_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
