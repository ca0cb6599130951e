/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The FFT against its definition, formula (1) of generator/fft.h, summed up term by term. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "generator/fft.h"
#include "generator/radix2.h"

/* What fft_synthesise() makes of the frequencies; free() it. */
static struct fft_sample *synthesise(size_t n, ptrdiff_t lowest, size_t count,
                                     const struct fft_sample *frequencies)
{
    struct error error = {""};
    struct fft_plan *plan = fft_plan_create(n, lowest, count, &error);
    if (!plan)
        fail_msg("%s", error.text);
    struct fft_sample *signals = fft_samples_create(n);
    struct fft_sample *scratch = fft_samples_create(fft_scratch_samples(plan));
    assert_non_null(signals);
    assert_non_null(scratch);
    /* Whatever was in the memory must not matter. */
    for (int lane = 0; lane < FFT_LANES; lane++) {
        for (size_t j = 0; j < n; j++)
            signals[j].re[lane] = signals[j].im[lane] = NAN;
        for (size_t j = 0; j < fft_scratch_samples(plan); j++)
            scratch[j].re[lane] = scratch[j].im[lane] = NAN;
    }
    fft_synthesise(plan, frequencies, signals, scratch);
    free(scratch);
    fft_plan_destroy(plan);
    return signals;
}

/* Frequencies without any pattern, between -1 and 1, different in every lane; free() them. */
static struct fft_sample *noise(size_t count)
{
    uint32_t word = 12345;
    struct fft_sample *samples = fft_samples_create(count);
    assert_non_null(samples);
    for (size_t i = 0; i < count; i++)
        for (int part = 0; part < 2 * FFT_LANES; part++) {
            word = word * 1664525u + 1013904223u;
            double value = (double)word * 0x1p-31 - 1;
            if (part < FFT_LANES)
                samples[i].re[part] = value;
            else
                samples[i].im[part - FFT_LANES] = value;
        }
    return samples;
}

/* (lowest + f) * j modulo n, for negative frequencies too. */
static size_t turns(ptrdiff_t lowest, size_t f, size_t j, size_t n)
{
    long long k = (lowest + (long long)f) % (long long)n;
    return (size_t)((k + (long long)n) % (long long)n * (long long)j % (long long)n);
}

/* Largest error of any sample of any lane, relative to the root mean square of the signals. */
static double error_of(size_t n, ptrdiff_t lowest, size_t count)
{
    const long double two_pi = 6.283185307179586476925286766559L;
    struct fft_sample *frequencies = noise(count);
    struct fft_sample *signals = synthesise(n, lowest, count, frequencies);
    long double *cosine = calloc(n, sizeof *cosine), *sine = calloc(n, sizeof *sine);
    long double largest = 0, squares = 0;
    assert_non_null(cosine);
    assert_non_null(sine);
    for (size_t k = 0; k < n; k++) {
        cosine[k] = cosl(two_pi * (long double)k / (long double)n);
        sine[k] = sinl(two_pi * (long double)k / (long double)n);
    }
    for (size_t j = 0; j < n; j++)
        for (int lane = 0; lane < FFT_LANES; lane++) {
            long double re = 0, im = 0;
            for (size_t f = 0; f < count; f++) {
                size_t t = turns(lowest, f, j, n);
                re += frequencies[f].re[lane] * cosine[t] - frequencies[f].im[lane] * sine[t];
                im += frequencies[f].re[lane] * sine[t] + frequencies[f].im[lane] * cosine[t];
            }
            long double error = hypotl(signals[j].re[lane] - re, signals[j].im[lane] - im);
            if (!(error <= largest)) /* so that a NaN counts */
                largest = error;
            squares += re * re + im * im;
        }
    free(cosine);
    free(sine);
    free(frequencies);
    free(signals);
    return (double)(largest / sqrtl(squares / (long double)(n * FFT_LANES)));
}

static void assert_exact(size_t n, ptrdiff_t lowest, size_t count)
{
    double error = error_of(n, lowest, count);
    if (!(error < 4e-15))
        fail_msg("n = %zu, %zu frequencies from %td: relative error %g", n, count, lowest, error);
}

static void test_all_frequencies(void **state)
{
    (void)state;
    const size_t lengths[] = {1,  2,  3,  4,   5,   6,   7,   8,   16,  31,  32,   37,
                              53, 97, 99, 100, 127, 128, 256, 257, 500, 512, 1000, 1024};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        assert_exact(lengths[i], 0, lengths[i]);
        assert_exact(lengths[i], -(ptrdiff_t)(lengths[i] / 2), lengths[i]);
    }
}

/* Few frequencies leave parts of the transforms out, and these parts depend on how many. */
static void test_some_frequencies(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 37; count++) {
        assert_exact(37, -(ptrdiff_t)(count / 2), count);
        assert_exact(64, -(ptrdiff_t)(count / 2), count);
    }
    assert_exact(1000, -105, 211);
    assert_exact(1024, -105, 211);
    assert_exact(53, 10, 4);
    assert_exact(64, 10, 4);
    assert_exact(53, -200, 20);
    assert_exact(64, -200, 20);
}

/* A long signal: the angles of its chirp, pi m^2 / n, go up to 300000, and rounded would show. */
static void test_tone_of_large_prime_length(void **state)
{
    (void)state;
    const size_t n = 100003, k = 77777;
    struct fft_sample *frequencies = fft_samples_create(n);
    assert_non_null(frequencies);
    frequencies[k].re[3] = 1;
    struct fft_sample *signals = synthesise(n, 0, n, frequencies);
    double largest = 0;
    for (size_t j = 0; j < n; j++) {
        struct complex_number expected = unit_root(k * j % n, n);
        double error = hypot(signals[j].re[3] - expected.re, signals[j].im[3] - expected.im);
        if (!(error <= largest))
            largest = error;
        assert_true(signals[j].re[2] == 0 && signals[j].im[4] == 0);
    }
    assert_true(largest < 1e-14);
    free(signals);
    free(frequencies);
}

static void test_lanes_do_not_touch_each_other(void **state)
{
    (void)state;
    const size_t lengths[] = {32, 37};
    for (size_t i = 0; i < 2; i++) {
        size_t n = lengths[i];
        struct fft_sample *frequencies = noise(n);
        struct fft_sample *before = synthesise(n, 0, n, frequencies);
        frequencies[5].re[1] = NAN;
        struct fft_sample *after = synthesise(n, 0, n, frequencies);
        for (size_t j = 0; j < n; j++)
            for (int lane = 0; lane < FFT_LANES; lane++)
                if (lane == 1)
                    assert_true(isnan(after[j].re[lane]));
                else
                    assert_true(after[j].re[lane] == before[j].re[lane] &&
                                after[j].im[lane] == before[j].im[lane]);
        free(frequencies);
        free(before);
        free(after);
    }
}

static void test_roots_of_unity(void **state)
{
    (void)state;
    const long double two_pi = 6.283185307179586476925286766559L;
    for (size_t n = 1; n <= 2048; n++)
        for (size_t k = 0; k < n; k += 1 + n / 60) {
            struct complex_number root = unit_root(k, n);
            long double angle = two_pi * (long double)k / (long double)n;
            assert_true(fabsl(root.re - cosl(angle)) < 2e-16L);
            assert_true(fabsl(root.im - sinl(angle)) < 2e-16L);
        }
    /* Where the angles are round, so are the factors. */
    assert_true(unit_root(250, 1000).re == 0 && unit_root(250, 1000).im == 1);
    assert_true(unit_root(4, 8).re == -1 && unit_root(4, 8).im == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_frequencies),
        cmocka_unit_test(test_some_frequencies),
        cmocka_unit_test(test_tone_of_large_prime_length),
        cmocka_unit_test(test_lanes_do_not_touch_each_other),
        cmocka_unit_test(test_roots_of_unity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
