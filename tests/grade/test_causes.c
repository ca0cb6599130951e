/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of several faults the cause, and what to try next where the kind alone does not say it. */
#include <string.h>

#include "harness/grade/faults.h"
#include "harness/grade/judgement.h"
#include "tests/support/cmocka_all.h"

static char source[] = "pthread_create(&thread, NULL, work, &share);\n"
                       "use(share);\n";

static struct judgement judge(const struct evidence *evidence)
{
    struct subject subject = {.source = "mine.c", .text = source};
    struct judgement judgement;
    judgement_make(&subject, evidence, 2, &judgement);
    return judgement;
}

static struct evidence *nothing_seen(void)
{
    static struct evidence evidence;
    memset(&evidence, 0, sizeof evidence);
    evidence.compiled = true;
    return &evidence;
}

/* ThreadSanitizer calls it a race when memory is freed that another thread uses. */
static void memory_that_is_gone_is_no_matter_of_locks(void **unused)
{
    (void)unused;
    struct evidence *evidence = nothing_seen();
    observation_add(&evidence->seen, "data-race", "mine.c", 2, "two threads");
    observation_add(&evidence->seen, "memory-error", "mine.c", 2, "beyond the end of an array");
    assert_string_equal(judge(evidence).kind, "data-race");
    observation_drop(&evidence->seen, "memory-error");
    observation_add(&evidence->seen, "memory-error", "mine.c", 2, "used after it was freed");
    assert_string_equal(judge(evidence).kind, "memory-error");
}

/* A struct in the body of the loop: each turn has one of its own, in the same place. */
static void a_struct_of_each_turn_is_a_loop_variable(void **unused)
{
    (void)unused;
    struct evidence *evidence = nothing_seen();
    observation_add(&evidence->seen, "same-worker", "mine.c", 2, "two at a time");
    observation_add(&evidence->seen, "memory-error", "mine.c", 2,
                    "a local variable is used after its function has ended");
    assert_string_equal(judge(evidence).kind, "memory-error");
    evidence->seen.argument_again = true;
    struct judgement judgement = judge(evidence);
    assert_string_equal(judgement.kind, "loop-variable");
    assert_int_equal(judgement.line, 1);
}

static void assert_next(const char *kind, const char *seen, const char *part)
{
    struct evidence *evidence = nothing_seen();
    observation_add(&evidence->seen, kind, "mine.c", 2, seen);
    struct judgement judgement = judge(evidence);
    if (!strstr(judgement.next, part))
        fail_msg("%s, %s: '%s' has no '%s'", kind, seen, judgement.next, part);
}

static void what_comes_next_fits_what_was_seen(void **unused)
{
    (void)unused;
    assert_next("deadlock", "a thread waits for a lock that it took itself", "every way out");
    assert_next("deadlock", "somebody writes into a pipe that is full", "Read a pipe before");
    assert_next("deadlock", "threads wait at a barrier that not all come to", "equally often");
    assert_next("crash", "the program was ended by signal 6 [1 task on 2 workers]", "A check");
    assert_next("crash", "the program was ended by signal 11 [1 task on 2 workers]", "pointers");
    assert_next("undefined-behaviour", "division by zero", "one worker");
    assert_next("undefined-behaviour", "signed integer overflow", "this line computes with");
    assert_next("wrong-bounds", "task 0 was run, of 0 tasks on 2 workers", "no task at all");
    assert_next("wrong-bounds", "task 25 was run, of 25 tasks on 2 workers", "`<` or `<=`");
    assert_next("memory-error", "job_run() was given a copy of the job", "struct job *job");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_is_gone_is_no_matter_of_locks),
        cmocka_unit_test(a_struct_of_each_turn_is_a_loop_variable),
        cmocka_unit_test(what_comes_next_fits_what_was_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
