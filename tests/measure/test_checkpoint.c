/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds that were kept on disk come back as they were; one that was cut short or changed does not. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/measure/checkpoint/checkpoint.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

enum { TASKS = 3, ROUNDS = 4 };

static struct config config(const char *strategy, int workers)
{
    struct config made = {.workers = workers};
    snprintf(made.strategy, sizeof made.strategy, "%s", strategy);
    snprintf(made.filter, sizeof made.filter, "highpass");
    return made;
}

/* Samples as samples_create() makes them, without a workload. */
static struct samples empty(const struct config *of)
{
    struct samples samples = {.setup = {.config = *of, .tasks = TASKS},
                              .capacity = ROUNDS,
                              .figures = calloc(ROUNDS, sizeof(struct run_figures)),
                              .task_s = calloc(ROUNDS, sizeof(double)),
                              .task_cpu_s = calloc(ROUNDS, sizeof(double)),
                              .task_queue_s = calloc(ROUNDS, sizeof(double)),
                              .traces = calloc(ROUNDS, sizeof(struct task_time *)),
                              .traces_at_most = ROUNDS};
    assert_true(samples.figures && samples.task_s && samples.task_cpu_s && samples.traces);
    return samples;
}

static void add_run(struct samples *samples, double wall_s)
{
    struct error error;
    struct run_figures figures = {.wall_s = wall_s, .max_rss_kib = 4321};
    struct task_sums sums = {wall_s / 2, (double)NAN, 0.25};
    struct task_time *trace = calloc(TASKS, sizeof *trace);
    assert_non_null(trace);
    for (int i = 0; i < TASKS; i++)
        trace[i] = (struct task_time){.worker = i % samples->setup.config.workers, .end_s = wall_s};
    assert_int_equal(samples_put(samples, &figures, &sums, trace, &error), 0);
}

/* Two configurations; the second fails in the third round. */
struct fixture {
    struct config configs[2];
    struct samples samples[2];
    bool repeated[2];
    struct warnings warnings;
};

static struct fixture begin(void)
{
    struct fixture fixture = {.configs = {config("serial", 1), config("pool", 2)}};
    for (int i = 0; i < 2; i++)
        fixture.samples[i] = empty(&fixture.configs[i]);
    return fixture;
}

static void end(struct fixture *fixture)
{
    for (int i = 0; i < 2; i++)
        samples_destroy(&fixture->samples[i]);
}

static struct checkpoint_round round_of(struct fixture *fixture)
{
    return (struct checkpoint_round){.samples = fixture->samples,
                                     .repeated = fixture->repeated,
                                     .count = 2,
                                     .warnings = &fixture->warnings};
}

static void write_three_rounds(void)
{
    struct fixture fixture = begin();
    struct checkpoint checkpoint;
    struct checkpoint_head head = {.benchmark = "abc", .image_count = 5, .config_count = 2};
    struct error error;
    assert_int_equal(checkpoint_create(&checkpoint, ".", &head, fixture.configs, &error), 0);
    snprintf(checkpoint.order, sizeof checkpoint.order, "shuffled");
    struct checkpoint_round round = round_of(&fixture);
    warnings_keep(&fixture.warnings, "somebody else was there");
    for (int done = 1; done <= 3; done++) {
        add_run(&fixture.samples[0], done);
        if (done < 3)
            add_run(&fixture.samples[1], 0.5 * done);
        else
            fixture.samples[1].status = RUN_CRASHED;
        fixture.repeated[1] = done == 3;
        round.done = done;
        round.lost = 1;
        round.elapsed_s = 10 * done;
        assert_int_equal(checkpoint_add(&checkpoint, &round, &error), 0);
    }
    checkpoint_close(&checkpoint, false);
    end(&fixture);
}

/* Opens it and takes the rounds; how many there are. */
static int restore(struct fixture *fixture, struct checkpoint_round *round)
{
    struct checkpoint checkpoint;
    struct error error = {""};
    if (checkpoint_open(&checkpoint, ".", &error) != 0)
        fail_msg("%s", error.text);
    int rounds = checkpoint.rounds;
    assert_string_equal(checkpoint.head.benchmark, "abc");
    assert_int_equal(checkpoint.head.image_count, 5);
    assert_string_equal(checkpoint.configs[1].strategy, "pool");
    *round = round_of(fixture);
    if (checkpoint_restore(&checkpoint, round, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(round->done, rounds);
    if (rounds > 0)
        assert_string_equal(checkpoint.order, "shuffled");
    checkpoint_close(&checkpoint, false);
    return rounds;
}

static void rounds_come_back(void **state)
{
    (void)state;
    struct fixture fixture = begin();
    struct checkpoint_round round;
    write_three_rounds();
    assert_int_equal(restore(&fixture, &round), 3);
    assert_int_equal(round.lost, 1);
    assert_true(round.elapsed_s == 30);
    assert_int_equal(fixture.samples[0].count, 3);
    assert_int_equal(fixture.samples[1].count, 2);
    assert_int_equal(fixture.samples[0].status, RUN_OK);
    assert_int_equal(fixture.samples[1].status, RUN_CRASHED);
    assert_true(fixture.repeated[1] && !fixture.repeated[0]);
    assert_true(fixture.samples[0].figures[2].wall_s == 3);
    assert_int_equal(fixture.samples[1].figures[1].max_rss_kib, 4321);
    assert_true(fixture.samples[1].task_s[1] == 0.5);
    assert_true(isnan(fixture.samples[1].task_cpu_s[1]));
    assert_true(fixture.samples[1].task_queue_s[1] == 0.25);
    assert_true(fixture.samples[1].traces[1][2].end_s == 1);
    assert_int_equal(fixture.samples[1].traces[1][1].worker, 1);
    assert_string_equal(fixture.warnings.text[0], "somebody else was there");
    end(&fixture);
}

/* As after a kill, or a full disk; then the next round follows the last whole one. */
static void what_was_cut_short_goes(void **state)
{
    (void)state;
    size_t whole, count;
    write_three_rounds();
    char *bytes = scratch_read(CHECKPOINT_FILE, &whole);
    for (size_t left = whole - 1; left > whole - 200; left -= 37) {
        struct fixture fixture = begin();
        struct checkpoint_round round;
        scratch_write(CHECKPOINT_FILE, bytes, left);
        assert_int_equal(restore(&fixture, &round), 2);
        free(scratch_read(CHECKPOINT_FILE, &count));
        assert_true(count < left);
        end(&fixture);
    }
    bytes[whole - 50] ^= 1;
    struct fixture fixture = begin();
    struct checkpoint_round round;
    scratch_write(CHECKPOINT_FILE, bytes, whole);
    assert_int_equal(restore(&fixture, &round), 2);
    end(&fixture);
    free(bytes);
}

static void another_file_is_refused(void **state)
{
    (void)state;
    size_t count;
    struct checkpoint checkpoint;
    struct error error;
    write_three_rounds();
    char *bytes = scratch_read(CHECKPOINT_FILE, &count);
    bytes[20]++; /* the size of a struct: of another version */
    scratch_write(CHECKPOINT_FILE, bytes, count);
    assert_int_equal(checkpoint_open(&checkpoint, ".", &error), -1);
    assert_string_equal(error.text,
                        "./rounds.unfinished: was not written by this version of speedup "
                        "on this kind of machine");
    scratch_write(CHECKPOINT_FILE, "", 0);
    assert_int_equal(checkpoint_open(&checkpoint, ".", &error), -1);
    free(bytes);
}

/* Of other tasks, say, because the images are others now. */
static void rounds_of_other_work_are_refused(void **state)
{
    (void)state;
    struct fixture fixture = begin();
    struct checkpoint checkpoint;
    struct error error;
    write_three_rounds();
    fixture.samples[1].setup.tasks = TASKS + 1;
    struct checkpoint_round round = round_of(&fixture);
    assert_int_equal(checkpoint_open(&checkpoint, ".", &error), 0);
    assert_int_equal(checkpoint_restore(&checkpoint, &round, &error), -1);
    assert_string_equal(error.text, "./rounds.unfinished: does not fit what is to be measured");
    checkpoint_close(&checkpoint, true);
    assert_int_equal(access(CHECKPOINT_FILE, F_OK), -1);
    end(&fixture);
}

/* A round is more than a stream keeps to itself, so what does not fit is lost before the end of it. */
static void a_round_for_which_there_is_no_room(void **state)
{
    (void)state;
    struct fixture fixture = begin();
    struct checkpoint checkpoint;
    struct checkpoint_head head = {.benchmark = "abc", .config_count = 2};
    struct error error = {""};
    int full = open("/dev/full", O_WRONLY);
    if (full < 0) {
        end(&fixture);
        skip();
    }
    assert_int_equal(checkpoint_create(&checkpoint, ".", &head, fixture.configs, &error), 0);
    assert_true(dup2(full, fileno(checkpoint.file)) >= 0);
    close(full);
    struct checkpoint_round round = round_of(&fixture);
    add_run(&fixture.samples[0], 1);
    round.done = 1;
    assert_int_equal(checkpoint_add(&checkpoint, &round, &error), -1);
    assert_string_equal(error.text,
                        "./rounds.unfinished: cannot be written: No space left on device");
    assert_int_equal(checkpoint.rounds, 0);
    checkpoint_close(&checkpoint, true);
    end(&fixture);
}

/* A process has no lock against itself, so another one tries. */
static void two_at_a_time_are_refused(void **state)
{
    (void)state;
    struct checkpoint checkpoint, other;
    struct error error = {""};
    int status;
    write_three_rounds();
    assert_int_equal(checkpoint_open(&checkpoint, ".", &error), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(checkpoint_open(&other, ".", &error) == -1 &&
                      strcmp(error.text, "./rounds.unfinished: another speedup is measuring into "
                                         "this directory now") == 0
                  ? 0
                  : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    checkpoint_close(&checkpoint, false);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(rounds_come_back),          TEST(what_was_cut_short_goes),
        TEST(another_file_is_refused),   TEST(rounds_of_other_work_are_refused),
        TEST(two_at_a_time_are_refused), TEST(a_round_for_which_there_is_no_room),
    };
    return cmocka_run_group_tests_name("checkpoint", tests, NULL, NULL);
}
