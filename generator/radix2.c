/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generator/radix2.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Up to this length the samples (128 bytes each) fit into a first-level cache of 32 KiB, and a
 * plain loop over the levels is quicker than more recursion. */
enum { LENGTH_IN_CACHE = 256 };

struct complex_number unit_root(size_t k, size_t n)
{
    const double pi = 3.14159265358979323846;

    /* Turn by quarters, then mirror at an eighth, in integers. What is left for sin() and cos() is
     * an angle of at most pi/4, where rounding it costs least: exp(i pi/2) comes out as i exactly,
     * and no factor is better than another. */
    size_t quarter = 4 * k / n;
    size_t rest = 4 * k % n; /* of a quarter turn, in units of 1/n */
    bool mirrored = 2 * rest > n;
    double angle = pi / 2 * (double)(mirrored ? n - rest : rest) / (double)n;
    double x = mirrored ? sin(angle) : cos(angle);
    double y = mirrored ? cos(angle) : sin(angle);

    switch (quarter) {
    case 0:
        return (struct complex_number){x, y};
    case 1:
        return (struct complex_number){-y, x};
    case 2:
        return (struct complex_number){-x, -y};
    default:
        return (struct complex_number){y, -x};
    }
}

int radix2_create(struct radix2 *radix2, size_t n, struct error *error)
{
    radix2->n = n;
    radix2->bits = 0;
    while ((size_t)1 << radix2->bits < n)
        radix2->bits++;
    radix2->twiddles = calloc(n, sizeof *radix2->twiddles);
    if (!radix2->twiddles)
        return error_set(error, "FFT", "no memory for length %zu", n);
    for (size_t half = 1; half < n; half *= 2)
        for (size_t j = 0; j < half; j++)
            radix2->twiddles[half + j] = unit_root(j, 2 * half);
    return 0;
}

void radix2_destroy(struct radix2 *radix2)
{
    free(radix2->twiddles);
    radix2->twiddles = NULL;
}

size_t radix2_reversed(const struct radix2 *radix2, size_t index)
{
    size_t reversed = 0;
    for (int bit = 0; bit < radix2->bits; bit++)
        reversed |= (index >> bit & 1) << (radix2->bits - 1 - bit);
    return reversed;
}

/* The butterfly of radix2_analyse(): a, b = a + b, (a - b) * conj(w). */
static inline void part(struct fft_sample *restrict a, struct fft_sample *restrict b,
                        struct complex_number w)
{
    LANES_AS_VECTORS
    for (int lane = 0; lane < FFT_LANES; lane++) {
        double re = a->re[lane] - b->re[lane];
        double im = a->im[lane] - b->im[lane];
        a->re[lane] += b->re[lane];
        a->im[lane] += b->im[lane];
        b->re[lane] = re * w.re + im * w.im;
        b->im[lane] = im * w.re - re * w.im;
    }
}

/* The butterfly of radix2_synthesise(): a, b = a + w b, a - w b. */
static inline void join(struct fft_sample *restrict a, struct fft_sample *restrict b,
                        struct complex_number w)
{
    LANES_AS_VECTORS
    for (int lane = 0; lane < FFT_LANES; lane++) {
        double re = b->re[lane] * w.re - b->im[lane] * w.im;
        double im = b->re[lane] * w.im + b->im[lane] * w.re;
        b->re[lane] = a->re[lane] - re;
        b->im[lane] = a->im[lane] - im;
        a->re[lane] += re;
        a->im[lane] += im;
    }
}

/* One level: the butterflies between the two halves of 2 * half samples. */
static void part_level(struct fft_sample *x, size_t half, const struct complex_number *twiddles)
{
    for (size_t j = 0; j < half; j++)
        part(&x[j], &x[half + j], twiddles[half + j]);
}

static void join_level(struct fft_sample *x, size_t half, const struct complex_number *twiddles)
{
    for (size_t j = 0; j < half; j++)
        join(&x[j], &x[half + j], twiddles[half + j]);
}

static void analyse(const struct complex_number *twiddles, struct fft_sample *x, size_t n,
                    size_t filled)
{
    size_t half = n / 2;
    if (n == 1)
        return;
    if (filled <= half) {
        /* b is zero: a stays, and b becomes a * conj(w). No need to look at the zeros. */
        for (size_t j = 0; j < filled; j++) {
            struct complex_number w = twiddles[half + j];
            x[half + j] = x[j];
            sample_multiply(&x[half + j], (struct complex_number){w.re, -w.im});
        }
        analyse(twiddles, x, half, filled);
        analyse(twiddles, x + half, half, filled);
        return;
    }
    memset(x + filled, 0, (n - filled) * sizeof *x);
    if (n > LENGTH_IN_CACHE) {
        part_level(x, half, twiddles);
        analyse(twiddles, x, half, half);
        analyse(twiddles, x + half, half, half);
        return;
    }
    for (; half > 0; half /= 2)
        for (size_t start = 0; start < n; start += 2 * half)
            part_level(x + start, half, twiddles);
}

static void synthesise(const struct complex_number *twiddles, struct fft_sample *x, size_t n)
{
    if (n > LENGTH_IN_CACHE) {
        synthesise(twiddles, x, n / 2);
        synthesise(twiddles, x + n / 2, n / 2);
        join_level(x, n / 2, twiddles);
        return;
    }
    for (size_t half = 1; half < n; half *= 2)
        for (size_t start = 0; start < n; start += 2 * half)
            join_level(x + start, half, twiddles);
}

void radix2_analyse(const struct radix2 *radix2, struct fft_sample *x, size_t filled)
{
    analyse(radix2->twiddles, x, radix2->n, filled);
}

void radix2_synthesise(const struct radix2 *radix2, struct fft_sample *x)
{
    synthesise(radix2->twiddles, x, radix2->n);
}
