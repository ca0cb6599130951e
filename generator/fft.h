/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The discrete Fourier transform, of any length, of several signals at a time.
 *
 * A signal of length n is the sum of its frequencies,
 *
 *     x[j] = sum over k of X[k] * exp(2 pi i j k / n),        j = 0 ... n-1           (1)
 *
 * and fft_synthesise() computes it from X[k] for `count` successive whole k, `lowest` and up; all
 * other X[k] are zero. With lowest 0 and count n this is n times NumPy's ifft(); with 2K + 1
 * frequencies from -K it is the same for a smooth signal, at less cost. Nothing is divided by n.
 *
 * Read literally, (1) costs n * n steps. What is done instead:
 *
 * Powers of two: radix 2 (Cooley and Tukey, Mathematics of Computation 19, 1965). The even and the
 * odd k of (1) are transforms E and O of half the length, and, as exp() is periodic, each result of
 * theirs serves twice:
 *
 *     x[j]       = E[j] + exp(2 pi i j / n) O[j]
 *     x[j + n/2] = E[j] - exp(2 pi i j / n) O[j]              j = 0 ... n/2 - 1
 *
 * That pair of lines is the butterfly; halving until the length is 1 takes n/2 * log2(n) of them.
 * The even k first, then the odd, at every level: that sorts the input by its index with the bits
 * reversed.
 *
 * Every other length: the chirp-z transform (Bluestein, IEEE Trans. Audio and Electroacoustics
 * AU-18, 1970). As jk = (j^2 + k^2 - (j-k)^2) / 2, with the chirp c(m) = exp(pi i m^2 / n),
 *
 *     x[j] = c(j) * sum over k of [X[k] c(k)] * conj(c(j - k))
 *
 * which is a convolution; and a convolution is a product of transforms, whose length may be any
 * power of two that is long enough to hold it (at least n + count - 1).
 */
#ifndef GENERATOR_FFT_H
#define GENERATOR_FFT_H

#include <stddef.h>

#include "harness/base/error.h"

/* Signals that are transformed together. All do the same steps with the same factors, so that one
 * vector instruction works on all of them: no step needs its neighbours, and no shuffling either.
 */
enum { FFT_LANES = 8 };

/* One sample of FFT_LANES signals: real and imaginary part of lane 0 ... FFT_LANES - 1. */
struct fft_sample {
    double re[FFT_LANES], im[FFT_LANES];
};

/* Everything about a length that can be computed before the signals are there. Read-only once it is
 * made: any number of threads may share it. */
struct fft_plan;

/* A plan for signals of n samples made of `count` frequencies from `lowest` up; 1 <= count <= n,
 * n and |lowest| at most 2^30. NULL with *error set when there is no memory. */
struct fft_plan *fft_plan_create(size_t n, ptrdiff_t lowest, size_t count, struct error *error);

/* Frees the plan; legal on NULL. */
void fft_plan_destroy(struct fft_plan *plan);

/* `count` >= 1 samples, all zero, aligned so that a vector of lanes never straddles two cache lines
 * (which costs a fifth of the time of an image). Free them with free(). NULL: no memory. */
struct fft_sample *fft_samples_create(size_t count);

/* How many samples of scratch memory fft_synthesise() needs; at least 1. */
size_t fft_scratch_samples(const struct fft_plan *plan);

/* Formula (1) for FFT_LANES signals: frequencies[f] is X[lowest + f], f = 0 ... count - 1; the
 * results are signals[j], j = 0 ... n - 1. `scratch` belongs to the caller, one for each thread.
 * None of the three may overlap. Exact to a few roundings: the relative error (root mean square) is
 * of the order of 1e-16 * log2(n). */
void fft_synthesise(const struct fft_plan *plan, const struct fft_sample *frequencies,
                    struct fft_sample *signals, struct fft_sample *scratch);

#endif
