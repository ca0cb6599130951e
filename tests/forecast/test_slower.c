/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slower the more workers: the one sentence that says why, from figures made by hand, and from those of
 * a lesson where it was left unexplained. */
#include <stdlib.h>
#include <string.h>

#include "harness/report/scaling/slower_text.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/summaries.h"

enum { TASKS = 8000 };

/* A run of equal tasks on so many workers that takes wall_s: what is not work lies between the tasks,
 * where they are handed out. */
static void split(int workers, double serial_s, double wall_s, struct summary *summary)
{
    struct loss_task *tasks = calloc(TASKS, sizeof *tasks);
    double *serial = calloc(TASKS, sizeof *serial);
    double work = serial_s / TASKS, gap = (wall_s * workers - serial_s) / TASKS;
    assert_true(tasks && serial);
    for (int i = 0; i < TASKS; i++) {
        int turn = i / workers;
        serial[i] = work;
        tasks[i] = (struct loss_task){.worker = i % workers,
                                      .start_s = turn * (work + gap) + gap,
                                      .end_s = (turn + 1) * (work + gap),
                                      .cpu_s = work,
                                      .queue_s = 0};
    }
    const struct loss_round round = {.serial_wall_s = serial_s,
                                     .wall_s = wall_s,
                                     .serial_task_s = serial,
                                     .serial_cpu_s = serial,
                                     .tasks = tasks};
    assert_int_equal(
        losses_split(&round, 1, TASKS, workers, &summary->losses, &summary->losses_error), 0);
    free(tasks);
    free(serial);
}

static struct summary row_on(int workers, double wall_s)
{
    struct summary row = summary_given("process-pool", workers, only(wall_s), only(44.3 / wall_s));
    row.setup.tasks = TASKS;
    row.setup.config.chunk = 1;
    row.losses = losses_unknown();
    if (workers > 1)
        split(workers, 44.3, wall_s, &row);
    return row;
}

static void bodies_wait_for_their_messages(void **unused)
{
    (void)unused;
    struct summary rows[] = {summary_given("serial", 1, only(44.3), only(1)), row_on(1, 44.3),
                             row_on(4, 154.7), row_on(8, 84.6), row_on(10, 133.8)};
    const struct result_set set = {.summaries = rows, .count = 5};
    char text[SLOWER_TEXT];
    rows[0].losses = losses_unknown();
    slower_text(&set, &rows[4], text);
    /* 44.3 s / 8000, and (10 * 133.8 - 44.3) s / 8000. */
    assert_string_equal(text,
                        "process-pool is slower than one after the other, and slower still on "
                        "more workers, because a task takes 5.54 ms of work, and then it "
                        "takes a worker 162 ms to get the next one: hand out more at a time "
                        "(--chunk), or larger tasks.");
    rows[4].setup.config.chunk = 0; /* the strategy has none */
    slower_text(&set, &rows[4], text);
    assert_non_null(strstr(text, "to get the next one: make the tasks larger."));
    rows[4].setup.config.lock = LOCK_HELD;
    slower_text(&set, &rows[4], text);
    assert_non_null(strstr(text, "to get the next one: release the lock while a task runs."));
    slower_text(&set, &rows[0], text);
    assert_string_equal(text, "");
    char *whole = NULL;
    size_t size;
    FILE *stream = open_memstream(&whole, &size);
    assert_non_null(stream);
    slower_put(&set, &document_markdown, stream);
    fclose(stream);
    assert_non_null(strstr(whole, "162 ms"));
    assert_null(strstr(whole, "71.8 ms")); /* of 4 workers: the sentence is of the most */
    free(whole);
}

static void assert_because(struct losses losses, double speedup, const char *wanted)
{
    struct summary rows[] = {summary_given("serial", 1, only(24), only(1)),
                             summary_given("fork", 4, only(24 / speedup), only(speedup))};
    const struct result_set set = {.summaries = rows, .count = 2};
    char text[SLOWER_TEXT];
    rows[1].losses = losses;
    slower_text(&set, &rows[1], text);
    assert_string_equal(text, wanted);
}

static void each_cause_has_its_words(void **unused)
{
    (void)unused;
    /* Of 4 workers' 48 s, 3.5 * 48 s went into starting: 42 s each. */
    assert_because((struct losses){.speedup = 0.5, .gap = 3.5, .start_stop = 3.5}, 0.5,
                   "fork is slower than one after the other, because all the work takes 24 s, and "
                   "starting and stopping workers 42 s: keep them, or give them more to do.");
    assert_because(
        (struct losses){.speedup = 0.5, .gap = 3.5, .slower_tasks = 3.5}, 0.5,
        "fork is slower than one after the other, because its tasks take 8 times the CPU "
        "time that they take in the serial run: they disturb each other.");
    /* No cause is half of it; or it is not slower; or nothing is known. */
    assert_because((struct losses){.speedup = 0.5, .gap = 3.5, .start_stop = 1, .slower_tasks = 1},
                   0.5, "");
    assert_because((struct losses){.speedup = 1.5, .gap = 2.5, .handout = 2.5}, 1.5, "");
    assert_because(losses_unknown(), 0.5, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_wait_for_their_messages),
        cmocka_unit_test(each_cause_has_its_words),
    };
    return cmocka_run_group_tests_name("slower", tests, NULL, NULL);
}
