/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The radix-2 transforms that fft.c is made of: powers of two only, in place.
 *
 * There are two, each the other's inverse but for a factor n, and they fit together: the one leaves
 * its results in the order in which the other wants them, sorted by the index with its bits
 * reversed. So a convolution (there, multiply, and back) never has to sort.
 *
 * Both halve the length until it is 1. For lengths whose samples do not fit into the first-level
 * cache they do so recursively, first all of one half, then all of the other: whatever sizes the
 * caches have, from some depth on everything happens inside them. (Doing level by level instead
 * would fetch all samples from the next cache for every level.)
 */
#ifndef GENERATOR_RADIX2_H
#define GENERATOR_RADIX2_H

#include <stddef.h>

#include "generator/fft.h"
#include "harness/base/error.h"

struct complex_number {
    double re, im;
};

/* Length n, a power of two, and its twiddle factors. Read-only once made. */
struct radix2 {
    size_t n;
    int bits; /* n = 2^bits */

    /* exp(pi i j / h) at twiddles[h + j], for h = 1, 2, 4 ... n/2 and j = 0 ... h-1: the factors of
     * a butterfly over 2h samples lie side by side. */
    struct complex_number *twiddles;
};

/* 0, or -1 with *error set when there is no memory. */
int radix2_create(struct radix2 *radix2, size_t n, struct error *error);

/* Legal on a struct of zeros. */
void radix2_destroy(struct radix2 *radix2);

/* exp(2 pi i k / n) for 0 <= k < n, both parts to the last bit or the one before it. */
struct complex_number unit_root(size_t k, size_t n);

/* index (0 ... n-1) with its bits in the reverse order. */
size_t radix2_reversed(const struct radix2 *radix2, size_t index);

/* Replaces x[j] by X[k] = sum over j of x[j] * exp(-2 pi i j k / n), X[k] in the place of k with
 * its bits reversed. Takes x[j] for j >= filled (1 <= filled <= n) to be zero, without looking.
 * (Decimation in frequency; Gentleman and Sande, AFIPS Conference Proceedings 29, 1966.) */
void radix2_analyse(const struct radix2 *radix2, struct fft_sample *x, size_t filled);

/* The way back: takes X[k] in the place of k with its bits reversed and replaces it by
 * x[j] = sum over k of X[k] * exp(2 pi i j k / n). (Decimation in time; Cooley and Tukey 1965.) */
void radix2_synthesise(const struct radix2 *radix2, struct fft_sample *x);

/* Stands before a loop over the lanes. Compilers make vector instructions of such a loop, but gcc
 * 12 first unrolls it, as it is so short, and is then lost: it takes lanes of several samples
 * together, and the shuffling makes a butterfly more than three times slower. */
#define LANES_AS_VECTORS _Pragma("GCC unroll 1")

/* *x *= factor, in every lane. */
static inline void sample_multiply(struct fft_sample *x, struct complex_number factor)
{
    LANES_AS_VECTORS
    for (int lane = 0; lane < FFT_LANES; lane++) {
        double re = x->re[lane], im = x->im[lane];
        x->re[lane] = re * factor.re - im * factor.im;
        x->im[lane] = re * factor.im + im * factor.re;
    }
}

#endif
