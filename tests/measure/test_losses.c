/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses of made-up traces: every cause is put in alone, and is to be found again. */
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/judge/losses.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b) assert_near((a), (b), __LINE__)
static void assert_near(double a, double b, int line)
{
    if (!(fabs(a - b) < 1e-9))
        fail_msg("line %d: %.12g is not %.12g", line, a, b);
}

enum { TASKS_AT_MOST = 64 };

struct made_up {
    int tasks, workers;
    double serial_task_s[TASKS_AT_MOST];
    struct loss_task trace[TASKS_AT_MOST];
    struct loss_round round;
};

/* `tasks` of a second each, which the serial run does without a pause. */
static void make(struct made_up *m, int tasks, int workers)
{
    *m = (struct made_up){.tasks = tasks, .workers = workers};
    for (int i = 0; i < tasks; i++) {
        m->serial_task_s[i] = 1;
        m->trace[i].worker = i % workers;
        m->trace[i].queue_s = m->trace[i].queue_before_s = (double)NAN;
    }
}

/* Lays the tasks one after the other on their workers, which begin at start[w] (NULL: 0), with a gap
 * before all but the first; each takes task_s[i] (NULL: 1), all of it on the CPU. */
static void lay(struct made_up *m, const double *start, double gap, const double *task_s)
{
    double at[TASKS_AT_MOST];
    bool began[TASKS_AT_MOST] = {false};
    double end = 0, serial = 0;
    for (int w = 0; w < m->workers; w++)
        at[w] = start ? start[w] : 0;
    for (int i = 0; i < m->tasks; i++) {
        int w = m->trace[i].worker;
        double takes = task_s ? task_s[i] : 1;
        m->trace[i].start_s = at[w] + (began[w] ? gap : 0);
        m->trace[i].end_s = at[w] = m->trace[i].start_s + takes;
        m->trace[i].cpu_s = takes;
        began[w] = true;
        end = fmax(end, at[w]);
        serial += m->serial_task_s[i];
    }
    m->round = (struct loss_round){.serial_wall_s = serial,
                                   .wall_s = end,
                                   .serial_task_s = m->serial_task_s,
                                   .tasks = m->trace};
}

static struct losses split(const struct made_up *m)
{
    struct losses mean, error;
    double sum = 0;
    assert_int_equal(losses_split(&m->round, 1, m->tasks, m->workers, &mean, &error), 0);
    for (int part = 0; part < LOSSES_PARTS; part++)
        sum += losses_part(&mean, part);
    NEAR(sum, mean.gap);
    NEAR(mean.gap, m->workers - mean.speedup);
    assert_true(isnan(error.gap)); /* one round */
    return mean;
}

/* All parts but one are nothing. */
#define ASSERT_ONLY(losses, part)                                                                  \
    do {                                                                                           \
        NEAR((losses).part, (losses).gap);                                                         \
        assert_true((losses).gap > 0.1);                                                           \
    } while (0)

static void linear_has_no_losses(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 24, 4);
    lay(&m, NULL, 0, NULL);
    struct losses l = split(&m);
    NEAR(l.speedup, 4);
    for (int part = 0; part < LOSSES_PARTS; part++)
        NEAR(losses_part(&l, part), 0);
}

static void counting(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 25, 4); /* 7 turns */
    lay(&m, NULL, 0, NULL);
    struct losses l = split(&m);
    NEAR(l.speedup, 25.0 / 7);
    ASSERT_ONLY(l, counting);
}

/* Fixed shares, of which one has two long tasks: (3 + 3 + 1) instead of 12 / 3... */
static void uneven_tasks(void **unused)
{
    (void)unused;
    struct made_up m;
    const double sizes[9] = {1, 3, 1, 1, 3, 1, 1, 1, 1};
    make(&m, 9, 3);
    memcpy(m.serial_task_s, sizes, sizeof sizes);
    lay(&m, NULL, 0, sizes);
    struct losses l = split(&m);
    NEAR(l.speedup, 13.0 / 7);
    ASSERT_ONLY(l, uneven); /* 9 equal tasks on 3 workers leave nothing over */
}

static void hand_out(void **unused)
{
    (void)unused;
    struct made_up m;
    const double start[2] = {0, 0.35};
    make(&m, 20, 2);
    lay(&m, NULL, 0.1, NULL);
    struct losses l = split(&m);
    NEAR(l.speedup, 20 / 10.9);
    ASSERT_ONLY(l, handout);
    lay(&m, start, 0.1, NULL); /* ends of other tasks are not always at the same time */
    l = split(&m);
    NEAR(l.handout, 2 * 0.9 / 11.25);
    NEAR(l.start_stop, 2 * 0.35 / 11.25);
    NEAR(l.gap, l.handout + l.start_stop);
}

static void start_and_stop(void **unused)
{
    (void)unused;
    struct made_up m;
    const double start[4] = {0.5, 1, 1.5, 2};
    make(&m, 8, 4);
    lay(&m, start, 0, NULL);
    m.round.wall_s += 0.25; /* for the join */
    struct losses l = split(&m);
    NEAR(l.speedup, 8 / 4.25);
    ASSERT_ONLY(l, start_stop); /* the early ones wait for the late one: that is the start's, too */
}

/* Before a task, too, a worker may be ready and have no CPU. */
static void taken_away_before_tasks(void **unused)
{
    (void)unused;
    struct made_up m;
    const double start[2] = {0.5, 0.5};
    make(&m, 8, 2);
    lay(&m, start, 0.25, NULL); /* 0.5, and three times 0.25 */
    for (int i = 0; i < 8; i++)
        m.trace[i].queue_before_s = i < 2 ? 0.5 : 0.25;
    struct losses l = split(&m);
    NEAR(l.speedup, 8 / 5.25);
    ASSERT_ONLY(l, taken_away);
    for (int i = 0; i < 8; i++) /* or for a part of it */
        m.trace[i].queue_before_s = i < 2 ? 0.2 : 0.1;
    l = split(&m);
    NEAR(l.taken_away, 2 * 0.5 / 5.25);
    NEAR(l.start_stop, 2 * 0.3 / 5.25);
    NEAR(l.handout, 2 * 0.45 / 5.25);
    m.trace[0].queue_before_s = 9; /* before the run, too */
    l = split(&m);
    assert_true(l.start_stop <= 2 * 0.3 / 5.25 + 1e-9 && l.taken_away >= 2 * 0.5 / 5.25 - 1e-9);
}

/* A lock held over every task: one at a time, in turns. */
static void waiting_for_each_other(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 12, 3);
    lay(&m, NULL, 0, NULL);
    for (int i = 0; i < 12; i++) {
        m.trace[i].start_s = i + (i > 0 ? 1e-6 : 0);
        m.trace[i].end_s = i + 1;
    }
    m.round.wall_s = 12;
    struct losses l = split(&m);
    NEAR(l.speedup, 1);
    assert_true(l.waiting > 0.99 * l.gap);
    assert_true(fabs(l.handout) < 1e-3);
    NEAR(l.rest, 0);
    /* The one who has it takes it again, until there is no task left. */
    for (int i = 0; i < 12; i++) {
        m.trace[i].worker = 0;
        m.trace[i].start_s = i;
    }
    l = split(&m);
    ASSERT_ONLY(l, waiting);
    for (int i = 0; i < 12; i++) /* or for a while */
        m.trace[i].worker = i < 5 ? 2 : i < 8 ? 0 : 1;
    l = split(&m);
    ASSERT_ONLY(l, waiting);
}

/* The same lock within the task: off the CPU, and in no run queue. */
static void a_lock_within_the_task(void **unused)
{
    (void)unused;
    struct made_up m;
    double takes[8];
    make(&m, 8, 2);
    for (int i = 0; i < 8; i++)
        takes[i] = 1.5;
    lay(&m, NULL, 0, takes);
    for (int i = 0; i < 8; i++) {
        m.trace[i].cpu_s = 1;
        m.trace[i].queue_s = 0;
    }
    struct losses l = split(&m);
    ASSERT_ONLY(l, waiting);
    for (int i = 0; i < 8; i++)
        m.trace[i].queue_s = 0.4; /* the most of it it was ready to run */
    l = split(&m);
    NEAR(l.taken_away, 0.8 * l.gap);
    NEAR(l.waiting, 0.2 * l.gap);
}

/* A hog on one of two cores; the tasks are handed out as workers become free. */
static void taken_away(void **unused)
{
    (void)unused;
    struct made_up m;
    double free_at[2] = {0, 0};
    make(&m, 30, 2);
    lay(&m, NULL, 0, NULL);
    for (int i = 0; i < 30; i++) {
        int w = free_at[1] < free_at[0];
        m.trace[i] = (struct loss_task){.worker = w,
                                        .start_s = free_at[w],
                                        .end_s = free_at[w] + 1 + w,
                                        .cpu_s = 1,
                                        .queue_s = (double)NAN,
                                        .queue_before_s = (double)NAN};
        free_at[w] = m.trace[i].end_s;
    }
    m.round.wall_s = fmax(free_at[0], free_at[1]);
    struct losses l = split(&m);
    NEAR(l.speedup, 1.5);
    ASSERT_ONLY(l, taken_away); /* nothing of it is uneven, though the shares are 20 and 10 */
    for (int i = 0; i < 30; i++)
        m.trace[i].cpu_s = (double)NAN; /* not known: then they were slower, why ever */
    l = split(&m);
    ASSERT_ONLY(l, slower_tasks);
}

/* Half of the time is taken from both runs alike: nothing of it is missing to linear. */
static void what_was_taken_from_the_serial_run_counts_too(void **unused)
{
    (void)unused;
    struct made_up m;
    double takes[8], serial_cpu_s[8];
    make(&m, 8, 2);
    for (int i = 0; i < 8; i++) {
        takes[i] = m.serial_task_s[i] = 2;
        serial_cpu_s[i] = 1;
    }
    lay(&m, NULL, 0, takes);
    m.round.serial_cpu_s = serial_cpu_s;
    for (int i = 0; i < 8; i++)
        m.trace[i].cpu_s = 1;
    struct losses l = split(&m);
    NEAR(l.speedup, 2);
    NEAR(l.taken_away, 0);
    NEAR(l.slower_tasks, 0);
    for (int i = 0; i < 8; i++) { /* only from this run */
        m.serial_task_s[i] = 1;
    }
    m.round.serial_wall_s = 8;
    l = split(&m);
    ASSERT_ONLY(l, taken_away);
}

static void slower_tasks(void **unused)
{
    (void)unused;
    struct made_up m;
    double takes[16];
    make(&m, 16, 4);
    for (int i = 0; i < 16; i++)
        takes[i] = 1.25;
    lay(&m, NULL, 0, takes);
    struct losses l = split(&m);
    NEAR(l.speedup, 3.2);
    ASSERT_ONLY(l, slower_tasks);
    for (int i = 0; i < 16; i++)
        takes[i] = 0.8; /* more cache: faster than linear */
    lay(&m, NULL, 0, takes);
    l = split(&m);
    NEAR(l.slower_tasks, -1); /* 5 times on 4 */
}

static void the_serial_run_has_overhead_of_its_own(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8, 2);
    lay(&m, NULL, 0, NULL);
    m.round.serial_wall_s = 8.4;
    struct losses l = split(&m);
    NEAR(l.rest, -0.1);
    NEAR(l.gap, -0.1);
    m.round.serial_start_s = 0.1; /* now it is known when: the tasks took 8 of 8.2 s */
    m.round.serial_end_s = 8.3;
    l = split(&m);
    NEAR(l.handout, -0.2 / 4);
    NEAR(l.start_stop, -0.2 / 4);
}

/* Whatever a trace looks like, the parts add up. */
static void parts_sum_to_the_gap(void **unused)
{
    (void)unused;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    for (int k = 0; k < 200; k++) {
        struct made_up m;
        double start[8], takes[TASKS_AT_MOST];
        make(&m, 1 + (int)gsl_rng_uniform_int(rng, TASKS_AT_MOST),
             1 + (int)gsl_rng_uniform_int(rng, 8));
        for (int w = 0; w < m.workers; w++)
            start[w] = gsl_rng_uniform(rng);
        for (int i = 0; i < m.tasks; i++) {
            takes[i] = 0.5 + gsl_rng_uniform(rng);
            m.trace[i].worker = (int)gsl_rng_uniform_int(rng, (unsigned long)m.workers);
        }
        lay(&m, start, 0.2 * gsl_rng_uniform(rng), takes);
        for (int i = 0; i < m.tasks; i++)
            m.trace[i].cpu_s *= gsl_rng_uniform(rng);
        m.round.wall_s += gsl_rng_uniform(rng);
        split(&m); /* asserts it */
    }
    gsl_rng_free(rng);
}

static void rounds_are_averaged_and_their_spread_known(void **unused)
{
    (void)unused;
    struct made_up a, b;
    struct losses mean, error;
    make(&a, 8, 2);
    make(&b, 8, 2);
    lay(&a, NULL, 0, NULL);
    lay(&b, NULL, 0, NULL);
    a.round.wall_s = 5; /* a join of 1 s, and none */
    struct loss_round rounds[] = {a.round, b.round};
    assert_int_equal(losses_split(rounds, 2, 8, 2, &mean, &error), 0);
    NEAR(mean.speedup, (1.6 + 2) / 2);
    NEAR(mean.start_stop, 0.2);
    NEAR(mean.gap, 0.2);
    NEAR(error.start_stop, 0.2); /* sqrt((0.2^2 + 0.2^2) / 1 / 2) */
    NEAR(error.counting, 0);
}

static void shares_are_fixed_where_they_are_the_same_in_every_round(void **unused)
{
    (void)unused;
    struct made_up a, b;
    make(&a, 8, 2);
    make(&b, 8, 2);
    struct loss_round rounds[] = {{.tasks = a.trace}, {.tasks = b.trace}};
    assert_true(losses_fixed_shares(rounds, 2, 8, 2));
    b.trace[7].worker = 0;
    assert_false(losses_fixed_shares(rounds, 2, 8, 2));
    assert_true(losses_fixed_shares(rounds, 1, 8, 2));      /* in turns */
    assert_false(losses_fixed_shares(rounds + 1, 1, 8, 2)); /* neither */
    for (int i = 0; i < 8; i++)
        b.trace[i].worker = i / 4;
    assert_true(losses_fixed_shares(rounds + 1, 1, 8, 2)); /* blocks */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_has_no_losses),
        cmocka_unit_test(counting),
        cmocka_unit_test(uneven_tasks),
        cmocka_unit_test(hand_out),
        cmocka_unit_test(start_and_stop),
        cmocka_unit_test(waiting_for_each_other),
        cmocka_unit_test(a_lock_within_the_task),
        cmocka_unit_test(taken_away),
        cmocka_unit_test(taken_away_before_tasks),
        cmocka_unit_test(what_was_taken_from_the_serial_run_counts_too),
        cmocka_unit_test(slower_tasks),
        cmocka_unit_test(the_serial_run_has_overhead_of_its_own),
        cmocka_unit_test(parts_sum_to_the_gap),
        cmocka_unit_test(rounds_are_averaged_and_their_spread_known),
        cmocka_unit_test(shares_are_fixed_where_they_are_the_same_in_every_round),
    };
    return cmocka_run_group_tests_name("losses", tests, NULL, NULL);
}
