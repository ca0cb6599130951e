/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From runs to figures, all of them chosen by hand, so that what follows can be worked out by hand. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/judge/evidence.h"
#include "harness/measure/summarise.h"
#include "tests/support/cmocka_all.h"

#define NEAR(value, expected) assert_true(fabs((value) - (expected)) < 1e-12)

/* The serial strategy: walls 10, 12, 11 s; four images of 1, 3, 2 s. */
static struct samples serial_samples(void)
{
    static struct run_figures figures[] = {
        {.wall_s = 10, .user_s = 9, .sys_s = 1, .max_rss_kib = 50},
        {.wall_s = 12, .user_s = 9, .sys_s = 0, .max_rss_kib = 60},
        {.wall_s = 11, .user_s = 9, .sys_s = 1, .max_rss_kib = 55}};
    static double task_s[] = {4, 12, 8}, task_cpu_s[] = {4, 12, 8}, queue_s[] = {0, 0, 0};
    static struct task_time *traces[] = {NULL, NULL, NULL};
    return (struct samples){
        .setup = {.config = {.strategy = "serial", .workers = 1}, .ny = 1, .nx = 1, .images = 4},
        .ceiling = 1,
        .operations = 22e9,
        .count = 3,
        .figures = figures,
        .task_s = task_s,
        .task_cpu_s = task_cpu_s,
        .task_queue_s = queue_s,
        .traces = traces};
}

/* Two workers: walls 5, 4, 6 s. */
static struct samples pool_samples(struct task_time *traces[3])
{
    static struct run_figures figures[] = {
        {.wall_s = 5, .user_s = 6, .sys_s = 2, .max_rss_kib = 100, .blas_threads = 3},
        {.wall_s = 4, .user_s = 4, .sys_s = 2, .max_rss_kib = 300, .blas_threads = 3},
        {.wall_s = 6, .user_s = 3, .sys_s = 3, .max_rss_kib = 200, .blas_threads = 3}};
    static double task_s[] = {7, 8, 9}, task_cpu_s[] = {7, 7, 9}, queue_s[] = {0, 0.5, 0.25};
    return (struct samples){
        .setup = {.config = {.strategy = "pool", .workers = 2}, .images = 4, .tasks = 12},
        .ceiling = 2,
        .operations = 10e9,
        .count = 3,
        .figures = figures,
        .task_s = task_s,
        .task_cpu_s = task_cpu_s,
        .task_queue_s = queue_s,
        .traces = traces,
        .traces_kept = 3};
}

static void every_figure_follows_from_the_runs(void **unused)
{
    (void)unused;
    struct error error;
    struct result_set set = {.count = 0};
    struct task_time *traces[] = {calloc(12, sizeof **traces), calloc(12, sizeof **traces),
                                  calloc(12, sizeof **traces)};
    struct task_time *of_median = traces[0];
    struct samples samples[] = {serial_samples(), pool_samples(traces)};
    assert_int_equal(summarise(samples, 2, 2, 3, &set, &error), 0);
    assert_int_equal(set.count, 2);
    const struct summary *pool = &set.summaries[1];
    assert_string_equal(pool->setup.config.strategy, "pool");
    assert_int_equal(pool->setup.tasks, 12);
    assert_int_equal(pool->rounds, 3);
    assert_int_equal(pool->blas_threads, 3);
    NEAR(pool->t0_s, 2); /* the median of 1, 3 and 2 of the serial runs */
    NEAR(pool->wall_s.value, 5);
    NEAR(pool->speedup.value, 2); /* the median of 10/5, 12/4 and 11/6 */
    assert_true(isnan(pool->speedup.low));
    NEAR(pool->activity_speedup, 4 * 2 / 5.0);
    NEAR(pool->efficiency, 1);
    NEAR(pool->karp_flatt, 0);
    NEAR(pool->ceiling, 2);
    NEAR(pool->cpu_utilisation, 0.75); /* the median of 8/10, 6/8 and 6/12 */
    NEAR(pool->max_rss_kib, 300);
    NEAR(pool->gflops, 2);
    assert_ptr_equal(pool->trace, of_median);
    assert_null(traces[0]); /* it is the summary's now */
    NEAR(set.summaries[0].t0_s, 2);
    assert_true(pool->runs[1].wall_s == 4 && pool->runs[1].cpu_s == 6);
    assert_true(pool->runs[1].task_s == 8 && pool->runs[1].task_cpu_s == 7);
    assert_true(pool->runs[1].taken_s == 0.5);
    assert_null(set.summaries[0].again);
    NEAR(set.summaries[0].wall_s.value, 11);
    NEAR(set.summaries[0].speedup.value, 1);
    NEAR(set.summaries[0].cpu_utilisation, 10 / 11.0);
    assert_true(isnan(set.summaries[0].karp_flatt));
    assert_null(set.summaries[0].trace);
    assert_int_equal(result_set_failures(&set), 0);
    result_set_destroy(&set);
    free(traces[1]);
    free(traces[2]);
}

/* An interrupt may have left a configuration with a run more than there are whole rounds. */
static void only_whole_rounds_count(void **unused)
{
    (void)unused;
    struct error error;
    struct result_set set = {.count = 0};
    struct task_time *traces[] = {NULL, NULL, NULL};
    struct samples samples[] = {serial_samples(), pool_samples(traces)};
    assert_int_equal(summarise(samples, 2, 2, 1, &set, &error), 0);
    NEAR(set.summaries[1].t0_s, 1);
    NEAR(set.summaries[1].wall_s.value, 5);
    NEAR(set.summaries[1].max_rss_kib, 100);
    assert_int_equal(set.summaries[1].rounds, 1);
    result_set_destroy(&set);
}

/* Two were measured a second time, and these come after all others; of several sizes there is no t0. */
static void second_runs_are_kept_apart(void **unused)
{
    (void)unused;
    struct error error;
    struct result_set set = {.count = 0};
    struct task_time *traces[] = {NULL, NULL, NULL};
    struct samples samples[] = {serial_samples(), pool_samples(traces), serial_samples(),
                                pool_samples(traces)};
    samples[0].setup.ny = 0;
    assert_int_equal(summarise(samples, 2, 4, 3, &set, &error), 0);
    assert_int_equal(set.count, 2);
    assert_int_equal(set.rounds, 3);
    assert_non_null(set.summaries[0].again);
    NEAR(set.summaries[0].again[1].wall_s, 12);
    assert_non_null(set.summaries[1].again);
    NEAR(set.summaries[1].again[1].wall_s, 4);
    assert_true(isnan(set.summaries[1].t0_s) && isnan(set.summaries[1].activity_speedup));
    result_set_destroy(&set);
    samples[2].status = RUN_FAILED;
    assert_int_equal(summarise(samples, 2, 4, 3, &set, &error), 0);
    assert_null(set.summaries[0].again);
    assert_non_null(set.summaries[1].again);
    result_set_destroy(&set);
}

/* The serial runs had their core in rounds 1 and 3, pool its two in 1 and 2. */
static void rounds_are_good_where_nothing_was_taken(void **unused)
{
    (void)unused;
    struct task_time *traces[] = {NULL, NULL, NULL};
    struct samples samples[] = {serial_samples(), pool_samples(traces), pool_samples(traces)};
    double serial_queue_s[] = {0, 1, 0.1}, pool_queue_s[] = {0.1, 0.1, 1.5};
    int good = 0;
    bool last = true;
    samples[0].setup.latency_s = samples[1].setup.latency_s = samples[2].setup.latency_s =
        (double)NAN;
    snprintf(samples[2].setup.config.strategy, NAME_MAX_LENGTH, "fork");
    samples[0].task_queue_s = serial_queue_s;
    samples[1].task_queue_s = samples[2].task_queue_s = pool_queue_s;
    assert_int_equal(evidence_good_rounds(samples, 2, 3, 2, &good, &last), 0);
    assert_int_equal(good, 1);
    assert_false(last);
    assert_int_equal(evidence_good_rounds(samples, 2, 1, 2, &good, &last), 0);
    assert_true(last);
    assert_int_equal(evidence_good_rounds(samples, 2, 3, 0, &good, &last),
                     0); /* it cannot be told */
    assert_int_equal(good, 3);
    assert_int_equal(evidence_good_rounds(samples, 2, 0, 2, &good, &last), 0);
    assert_int_equal(good, 0);
    serial_queue_s[1] = 0;
    assert_int_equal(evidence_good_rounds(samples, 2, 3, 2, &good, &last), 0);
    assert_int_equal(good, 2);
    /* The fastest decides; one that was left out after a round, or has failed, is not it. */
    double slower_s[] = {0, 0, 0};
    struct run_figures slower[] = {{.wall_s = 7}, {.wall_s = 7}, {.wall_s = 7}};
    samples[2].task_queue_s = slower_s;
    samples[2].figures = slower;
    assert_int_equal(evidence_good_rounds(samples, 3, 3, 2, &good, &last), 0);
    assert_int_equal(good, 2);
    samples[1].count = 1;
    assert_int_equal(evidence_good_rounds(samples, 3, 3, 2, &good, &last), 0);
    assert_int_equal(good, 3);
    samples[1].count = 3;
    samples[1].status = RUN_WRONG;
    assert_int_equal(evidence_good_rounds(samples, 3, 3, 2, &good, &last), 0);
    assert_int_equal(good, 3);
    /* With more workers than cores nobody can tell. */
    samples[1].status = RUN_OK;
    assert_int_equal(evidence_good_rounds(samples, 2, 3, 1, &good, &last), 0);
    assert_int_equal(good, 3);
    /* Tasks that wait have no share to ask for. */
    samples[0].setup.latency_s = 0.005;
    assert_int_equal(evidence_good_rounds(samples, 2, 3, 2, &good, &last), 0);
    assert_int_equal(good, 3);
}

static void memory_that_was_watched_is_preferred(void **unused)
{
    (void)unused;
    struct error error;
    struct result_set set = {.count = 0};
    struct task_time *traces[] = {NULL, NULL, NULL};
    struct samples samples[] = {serial_samples(), pool_samples(traces)};
    samples[1].peak_memory_kib = 700;
    assert_int_equal(summarise(samples, 2, 2, 3, &set, &error), 0);
    NEAR(set.summaries[1].max_rss_kib, 700);
    NEAR(set.summaries[0].max_rss_kib, 60);
    result_set_destroy(&set);
}

static void what_failed_has_its_status_and_no_figures(void **unused)
{
    (void)unused;
    struct error error;
    struct result_set set = {.count = 0};
    struct task_time *traces[] = {NULL, NULL, NULL};
    struct samples samples[] = {serial_samples(), pool_samples(traces)};
    samples[1].status = RUN_CRASHED;
    assert_int_equal(summarise(samples, 2, 2, 3, &set, &error), 0);
    assert_int_equal(set.summaries[1].status, RUN_CRASHED);
    assert_int_equal(set.summaries[1].rounds, 0);
    assert_true(isnan(set.summaries[1].wall_s.value) && isnan(set.summaries[1].speedup.value));
    assert_true(isnan(set.summaries[1].max_rss_kib) && isnan(set.summaries[1].gflops));
    assert_int_equal(result_set_failures(&set), 1);
    result_set_destroy(&set);

    /* Without the baseline nothing can be compared. */
    samples[0].status = RUN_WRONG;
    samples[1].status = RUN_OK;
    assert_int_equal(summarise(samples, 2, 2, 3, &set, &error), 0);
    assert_true(isnan(set.summaries[1].t0_s) && isnan(set.summaries[1].speedup.value));
    assert_int_equal(set.summaries[1].status, RUN_OK);
    result_set_destroy(&set);
}

/* A workload of three images in four bands each, prepared for the pool. */
static void make_workload(struct workload *workload, const char *filter, int images, size_t rows,
                          int bands)
{
    struct error error;
    struct config config = {.workers = 2, .grain = GRAIN_BAND, .bands = bands};
    size_t *shapes = calloc(2 * (size_t)images, sizeof *shapes);
    assert_non_null(shapes);
    for (int i = 0; i < images; i++) {
        shapes[i] = rows;
        shapes[images + i] = 1;
    }
    strcpy(config.filter, filter);
    strcpy(config.strategy, "pool");
    const struct workload_contents contents = {
        .frames = images, .ny = shapes, .nx = shapes + images, .bands = bands};
    assert_int_equal(workload_create(workload, filter_find(filter), &contents, &error), 0);
    workload_prepare(workload, filter_find(filter), &config);
    free(shapes);
}

static void tasks_are_added_up_and_their_times_kept(void **unused)
{
    (void)unused;
    /* Seconds of each band; all together 56. */
    static const double seconds[] = {1, 2, 3, 4, 3, 1, 1, 1, 10, 10, 10, 10};
    struct workload workload;
    struct samples samples;
    struct error error;
    struct run_result good = {.status = RUN_OK, .figures = {.wall_s = 60}};
    struct run_result bad = {.status = RUN_TIMEOUT};
    double now_s = 100;
    make_workload(&workload, "highpass", 3, 8, 4);
    assert_int_equal(samples_create(&samples, &workload, NULL, 2, &error), 0);
    assert_int_equal(samples.setup.tasks, 12);
    workload.header->run_began_s = now_s;
    for (int task = 0; task < 12; task++) {
        workload.stamps[task].worker = task % 2;
        workload.stamps[task].start_s = now_s;
        workload.stamps[task].end_s = now_s += seconds[task];
    }
    assert_int_equal(samples_add(&samples, &workload, &good, &error), 0);
    NEAR(samples.task_s[0], 56);
    NEAR(samples.traces[0][0].start_s, 0); /* since the run began */
    NEAR(samples.traces[0][11].end_s, 56);
    assert_int_equal(samples.traces[0][11].worker, 1);
    assert_int_equal(samples_add(&samples, &workload, &bad, &error), 0);
    assert_int_equal(samples.status, RUN_TIMEOUT);
    assert_int_equal(samples.count, 1);
    samples_destroy(&samples);
    workload_destroy(&workload);
}

/* Of 700000 tasks the times of two runs are kept: those nearest to the median so far. */
static void of_many_tasks_the_median_runs_trace_is_kept(void **unused)
{
    (void)unused;
    static const double walls[] = {9, 5, 6, 1, 5.5};
    enum { TASKS = 700000, RUNS = sizeof walls / sizeof walls[0] };
    struct workload workload;
    struct samples samples;
    struct error error;
    make_workload(&workload, "highpass", 1, TASKS, TASKS);
    assert_int_equal(samples_create(&samples, &workload, NULL, RUNS, &error), 0);
    for (int run = 0; run < RUNS; run++) {
        struct run_result result = {.status = RUN_OK, .figures = {.wall_s = walls[run]}};
        assert_int_equal(samples_add(&samples, &workload, &result, &error), 0);
    }
    assert_int_equal(samples.count, RUNS);
    assert_int_equal(samples.traces_kept, 2);
    assert_int_equal(samples_median_run(&samples, RUNS, 5.5), 4);
    assert_null(samples.traces[0]);
    assert_null(samples.traces[3]);
    samples_destroy(&samples);
    workload_destroy(&workload);
}

static void a_run_that_ended_has_all_its_figures(void **unused)
{
    (void)unused;
    const struct run_result ended = {.status = RUN_WRONG,
                                     .figures = {.start_s = 1,
                                                 .wall_s = 2,
                                                 .stop_s = 3,
                                                 .user_s = 4,
                                                 .sys_s = 5,
                                                 .max_rss_kib = 6,
                                                 .minor_faults = 7,
                                                 .major_faults = 8,
                                                 .voluntary_switches = 9,
                                                 .involuntary_switches = 10,
                                                 .blas_threads = 11}};
    struct run_result killed = ended;
    struct samples samples = serial_samples();
    struct run_record record = samples_record(&samples, 12, &ended);
    assert_string_equal(record.setup.config.strategy, "serial");
    assert_int_equal(record.round, 12);
    assert_int_equal(record.status, RUN_WRONG);
    assert_int_equal(record.blas_threads, 11);
    assert_true(record.start_s == 1 && record.wall_s == 2 && record.stop_s == 3);
    assert_true(record.user_s == 4 && record.sys_s == 5 && record.max_rss_kib == 6);
    assert_true(record.minor_faults == 7 && record.major_faults == 8);
    assert_true(record.voluntary_switches == 9 && record.involuntary_switches == 10);
    NEAR(record.gflops, 11);
    killed.status = RUN_CRASHED;
    record = samples_record(&samples, 12, &killed);
    assert_int_equal(record.status, RUN_CRASHED);
    assert_true(isnan(record.start_s) && isnan(record.wall_s) && isnan(record.stop_s));
    assert_true(isnan(record.user_s) && isnan(record.max_rss_kib) && isnan(record.gflops));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_follows_from_the_runs),
        cmocka_unit_test(only_whole_rounds_count),
        cmocka_unit_test(second_runs_are_kept_apart),
        cmocka_unit_test(rounds_are_good_where_nothing_was_taken),
        cmocka_unit_test(memory_that_was_watched_is_preferred),
        cmocka_unit_test(what_failed_has_its_status_and_no_figures),
        cmocka_unit_test(tasks_are_added_up_and_their_times_kept),
        cmocka_unit_test(of_many_tasks_the_median_runs_trace_is_kept),
        cmocka_unit_test(a_run_that_ended_has_all_its_figures),
    };
    return cmocka_run_group_tests_name("summarise", tests, NULL, NULL);
}
