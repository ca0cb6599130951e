/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generator/fft.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "generator/radix2.h"

struct fft_plan {
    size_t n, count;
    ptrdiff_t lowest;
    struct radix2 radix2; /* of length n, or of that of the convolution */

    /* Bluestein; all NULL for powers of two. */
    struct complex_number *chirp_in;  /* [count]: c(lowest + f) */
    struct complex_number *chirp_out; /* [n]: c(j) */
    struct complex_number *kernel;    /* [radix2.n]: transform of conj(c(j - k)), bits reversed */
};

static bool is_power_of_two(size_t n)
{
    return (n & (n - 1)) == 0;
}

/* c(m) = exp(pi i m^2 / n). m^2 is brought below 2n as an integer, where that is exact. */
static struct complex_number chirp(ptrdiff_t m, size_t n)
{
    uint64_t magnitude = (uint64_t)(m < 0 ? -m : m);
    return unit_root((size_t)(magnitude * magnitude % (2 * n)), 2 * n);
}

/* With j = 0 ... n-1 and f = k - lowest = 0 ... count-1, the convolution needs conj(c(j - k)) at
 * d = j - f from -(count-1) to n-1; negative d wrap round to the end of the kernel.
 * `scratch` is zero. */
static void fill_kernel(struct fft_plan *plan, struct fft_sample *scratch)
{
    size_t length = plan->radix2.n;
    double scale = 1 / (double)length; /* transforming there and back multiplies by the length */

    for (ptrdiff_t d = 1 - (ptrdiff_t)plan->count; d < (ptrdiff_t)plan->n; d++) {
        struct complex_number c = chirp(d - plan->lowest, plan->n);
        struct fft_sample *sample = &scratch[d < 0 ? length - (size_t)-d : (size_t)d];
        sample->re[0] = c.re * scale;
        sample->im[0] = -c.im * scale;
    }
    radix2_analyse(&plan->radix2, scratch, length);
    for (size_t i = 0; i < length; i++)
        plan->kernel[i] = (struct complex_number){scratch[i].re[0], scratch[i].im[0]};
}

static int prepare_bluestein(struct fft_plan *plan, struct error *error)
{
    size_t length = plan->radix2.n;
    struct fft_sample *scratch = fft_samples_create(length);
    plan->chirp_in = calloc(plan->count, sizeof *plan->chirp_in);
    plan->chirp_out = calloc(plan->n, sizeof *plan->chirp_out);
    plan->kernel = calloc(length, sizeof *plan->kernel);
    if (!scratch || !plan->chirp_in || !plan->chirp_out || !plan->kernel) {
        free(scratch);
        return error_set(error, "FFT", "no memory for length %zu", plan->n);
    }
    for (size_t f = 0; f < plan->count; f++)
        plan->chirp_in[f] = chirp(plan->lowest + (ptrdiff_t)f, plan->n);
    for (size_t j = 0; j < plan->n; j++)
        plan->chirp_out[j] = chirp((ptrdiff_t)j, plan->n);
    fill_kernel(plan, scratch);
    free(scratch);
    return 0;
}

struct fft_plan *fft_plan_create(size_t n, ptrdiff_t lowest, size_t count, struct error *error)
{
    size_t length = n;
    if (!is_power_of_two(n))
        for (length = 1; length < n + count - 1;)
            length *= 2;

    struct fft_plan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        error_set(error, "FFT", "no memory for length %zu", n);
        return NULL;
    }
    plan->n = n;
    plan->count = count;
    plan->lowest = lowest;
    if (radix2_create(&plan->radix2, length, error) != 0 ||
        (!is_power_of_two(n) && prepare_bluestein(plan, error) != 0)) {
        fft_plan_destroy(plan);
        return NULL;
    }
    return plan;
}

void fft_plan_destroy(struct fft_plan *plan)
{
    if (!plan)
        return;
    radix2_destroy(&plan->radix2);
    free(plan->chirp_in);
    free(plan->chirp_out);
    free(plan->kernel);
    free(plan);
}

struct fft_sample *fft_samples_create(size_t count)
{
    const size_t cache_line = 128; /* two of the usual 64 bytes: that of Apple's processors */
    void *samples;
    if (count > SIZE_MAX / sizeof(struct fft_sample) ||
        posix_memalign(&samples, cache_line, count * sizeof(struct fft_sample)) != 0)
        return NULL;
    return memset(samples, 0, count * sizeof(struct fft_sample));
}

size_t fft_scratch_samples(const struct fft_plan *plan)
{
    return plan->kernel ? plan->radix2.n : 1;
}

static void by_radix2(const struct fft_plan *plan, const struct fft_sample *frequencies,
                      struct fft_sample *signals)
{
    size_t n = plan->n;
    /* Frequencies -k and n - k are the same one; n divides the range of size_t. */
    size_t lowest = (size_t)plan->lowest & (n - 1);

    if (plan->count < n)
        memset(signals, 0, n * sizeof *signals);
    for (size_t f = 0; f < plan->count; f++)
        signals[radix2_reversed(&plan->radix2, (lowest + f) & (n - 1))] = frequencies[f];
    radix2_synthesise(&plan->radix2, signals);
}

static void by_bluestein(const struct fft_plan *plan, const struct fft_sample *frequencies,
                         struct fft_sample *signals, struct fft_sample *scratch)
{
    for (size_t f = 0; f < plan->count; f++) {
        scratch[f] = frequencies[f];
        sample_multiply(&scratch[f], plan->chirp_in[f]);
    }
    radix2_analyse(&plan->radix2, scratch, plan->count);
    for (size_t i = 0; i < plan->radix2.n; i++)
        sample_multiply(&scratch[i], plan->kernel[i]);
    radix2_synthesise(&plan->radix2, scratch);
    for (size_t j = 0; j < plan->n; j++) {
        signals[j] = scratch[j];
        sample_multiply(&signals[j], plan->chirp_out[j]);
    }
}

void fft_synthesise(const struct fft_plan *plan, const struct fft_sample *frequencies,
                    struct fft_sample *signals, struct fft_sample *scratch)
{
    if (plan->kernel)
        by_bluestein(plan, frequencies, signals, scratch);
    else
        by_radix2(plan, frequencies, signals);
}
