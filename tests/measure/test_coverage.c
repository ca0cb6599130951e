/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do the intervals keep what they promise? Made-up benchmarks, of which the truth is known: how often
 * does the interval of 95 % hold it, and how often is one of several equal configurations called
 * slower than another? The random numbers are the same every time, and nothing here is timed. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

#include "harness/measure/judge/comparison.h"
#include "tests/support/cmocka_all.h"

enum { EXPERIMENTS = 3000, ROUNDS_AT_MOST = 25, TRUTH_DRAWS = 200001 };

enum weather { QUIET, DRIFT, SPIKES, HEAVY_TAILS, SKEWED, ALL_OF_IT, WEATHERS };

static const char *const names[] = {"quiet",       "drift",  "spikes",
                                    "heavy tails", "skewed", "all of it"};

/* What noise does to the logarithm of one wall time; `size` is its scale, about 2 to 3 %. */
static double noise(gsl_rng *rng, enum weather weather, double size)
{
    switch (weather) {
    case SPIKES: /* one run in ten takes half as long again, on average */
        return gsl_ran_gaussian(rng, size) +
               (gsl_rng_uniform(rng) < 0.1 ? gsl_ran_exponential(rng, 0.5) : 0);
    case HEAVY_TAILS:
        return size * gsl_ran_tdist(rng, 2);
    case SKEWED:
        return gsl_ran_exponential(rng, 1.5 * size);
    case ALL_OF_IT:
        return size * gsl_ran_tdist(rng, 2) +
               (gsl_rng_uniform(rng) < 0.1 ? gsl_ran_exponential(rng, 0.5) : 0);
    default:
        return gsl_ran_gaussian(rng, size);
    }
}

/* Adds to `drift` what changes from one round to the next, for all alike: up to a third slower from
 * the first to the last, and a random walk. */
static double next_drift(gsl_rng *rng, enum weather weather, double drift, size_t rounds)
{
    if (weather != DRIFT && weather != ALL_OF_IT)
        return 0;
    return drift + 0.3 / (double)rounds + gsl_ran_gaussian(rng, 0.03);
}

/* One benchmark: serial of 2 s, and a parallel one of 1 s with more noise. */
static void make_benchmark(gsl_rng *rng, enum weather weather, size_t rounds, double *serial,
                           double *parallel)
{
    double drift = 0;
    for (size_t i = 0; i < rounds; i++) {
        drift = next_drift(rng, weather, drift, rounds);
        serial[i] = 2 * exp(drift + noise(rng, weather, 0.02));
        parallel[i] = exp(drift + noise(rng, weather, 0.03));
    }
}

/* The speedup that very many rounds would give. */
static double truth(gsl_rng *rng, enum weather weather)
{
    double *serial = malloc(TRUTH_DRAWS * sizeof *serial);
    double *parallel = malloc(TRUTH_DRAWS * sizeof *parallel);
    assert_non_null(serial);
    assert_non_null(parallel);
    for (size_t i = 0; i < TRUTH_DRAWS; i++) {
        serial[i] = 2 * exp(noise(rng, weather, 0.02));
        parallel[i] = exp(noise(rng, weather, 0.03));
    }
    double value = statistics_ratio(serial, parallel, TRUTH_DRAWS).value;
    free(serial);
    free(parallel);
    return value;
}

static double coverage(gsl_rng *rng, enum weather weather, size_t rounds, double expected)
{
    double serial[ROUNDS_AT_MOST], parallel[ROUNDS_AT_MOST];
    int held = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
        make_benchmark(rng, weather, rounds, serial, parallel);
        struct estimate speedup = statistics_ratio(serial, parallel, rounds);
        held += speedup.low <= expected && expected <= speedup.high;
    }
    return 100.0 * held / EXPERIMENTS;
}

static void intervals_hold_the_truth_as_often_as_they_say(void **unused)
{
    (void)unused;
    static const size_t rounds[] = {6, 7, 8, 9, 10, 12, 15, 20, 25};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    for (int weather = 0; weather < WEATHERS; weather++) {
        double expected = truth(rng, (enum weather)weather);
        for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++) {
            double percent = coverage(rng, (enum weather)weather, rounds[i], expected);
            if (percent < 93 || percent > 97)
                fail_msg("%s, %zu rounds: %.1f %% instead of 95", names[weather], rounds[i],
                         percent);
        }
    }
    gsl_rng_free(rng);
}

/* Ten configurations that are one and the same, and an A/A pair. How often is the best one said to be
 * told from another? */
static double false_claims(gsl_rng *rng, enum weather weather, size_t rounds)
{
    enum { CONFIGS = 10, BENCHMARKS = 400 };
    double times[CONFIGS + 2][ROUNDS_AT_MOST];
    const double *rows[CONFIGS];
    bool alike[CONFIGS];
    int claims = 0;
    for (int k = 0; k < CONFIGS; k++)
        rows[k] = times[k];
    for (int i = 0; i < BENCHMARKS; i++) {
        double drift = 0;
        for (size_t round = 0; round < rounds; round++) {
            drift = next_drift(rng, weather, drift, rounds);
            for (int k = 0; k < CONFIGS + 2; k++)
                times[k][round] = exp(drift + noise(rng, weather, 0.02));
        }
        double floor = comparison_floor(times[CONFIGS], times[CONFIGS + 1], rounds);
        assert_true(comparison_best(rows, CONFIGS, rounds, floor, alike) >= 0);
        bool all = true;
        for (int k = 0; k < CONFIGS; k++)
            all = all && alike[k];
        claims += !all;
    }
    return 100.0 * claims / BENCHMARKS;
}

static void equal_ones_are_not_told_apart(void **unused)
{
    (void)unused;
    static const size_t rounds[] = {6, 8, 12};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    for (int weather = 0; weather < WEATHERS; weather++)
        for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++) {
            double percent = false_claims(rng, (enum weather)weather, rounds[i]);
            if (percent > 5)
                fail_msg("%s, %zu rounds: %.1f %% false claims", names[weather], rounds[i],
                         percent);
        }
    gsl_rng_free(rng);
}

/* A difference of 10 % under drift is to be seen in most benchmarks of 8 rounds. */
static void real_differences_are_seen_under_drift(void **unused)
{
    (void)unused;
    enum { BENCHMARKS = 400, ROUNDS = 8 };
    double once[ROUNDS], again[ROUNDS], slower[ROUNDS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int seen = 0;
    assert_non_null(rng);
    for (int i = 0; i < BENCHMARKS; i++) {
        double drift = 0;
        for (size_t round = 0; round < ROUNDS; round++) {
            drift = next_drift(rng, DRIFT, drift, ROUNDS);
            once[round] = exp(drift + noise(rng, DRIFT, 0.02));
            again[round] = exp(drift + noise(rng, DRIFT, 0.02));
            slower[round] = 1.1 * exp(drift + noise(rng, DRIFT, 0.02));
        }
        struct comparison comparison = comparison_of(once, slower, ROUNDS);
        enum comparison_verdict verdict;
        comparison_judge(&comparison, 1, comparison_floor(once, again, ROUNDS), &verdict);
        seen += verdict == COMPARISON_FASTER;
        assert_int_not_equal(verdict, COMPARISON_SLOWER);
    }
    if (seen < BENCHMARKS * 9 / 10)
        fail_msg("seen in %d of %d", seen, BENCHMARKS);
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(equal_ones_are_not_told_apart),
        cmocka_unit_test(real_differences_are_seen_under_drift),
    };
    return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
