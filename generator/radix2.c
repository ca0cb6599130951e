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

/* One level of radix2_analyse(): a, b = a + b, (a - b) * conj(w), for the halves of 2h samples. */
static void part(struct fft_sample *restrict a, struct fft_sample *restrict b, size_t half,
                 const struct complex_number *w)
{
    for (size_t j = 0; j < half; j++)
        for (int lane = 0; lane < FFT_LANES; lane++) {
            double re = a[j].re[lane] - b[j].re[lane];
            double im = a[j].im[lane] - b[j].im[lane];
            a[j].re[lane] += b[j].re[lane];
            a[j].im[lane] += b[j].im[lane];
            b[j].re[lane] = re * w[j].re + im * w[j].im;
            b[j].im[lane] = im * w[j].re - re * w[j].im;
        }
}

/* One level of radix2_synthesise(): a, b = a + w b, a - w b. */
static void join(struct fft_sample *restrict a, struct fft_sample *restrict b, size_t half,
                 const struct complex_number *w)
{
    for (size_t j = 0; j < half; j++)
        for (int lane = 0; lane < FFT_LANES; lane++) {
            double re = b[j].re[lane] * w[j].re - b[j].im[lane] * w[j].im;
            double im = b[j].re[lane] * w[j].im + b[j].im[lane] * w[j].re;
            b[j].re[lane] = a[j].re[lane] - re;
            b[j].im[lane] = a[j].im[lane] - im;
            a[j].re[lane] += re;
            a[j].im[lane] += im;
        }
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
            sample_multiply(&x[half + j], &x[j], (struct complex_number){w.re, -w.im});
        }
        analyse(twiddles, x, half, filled);
        analyse(twiddles, x + half, half, filled);
        return;
    }
    memset(x + filled, 0, (n - filled) * sizeof *x);
    if (n > LENGTH_IN_CACHE) {
        part(x, x + half, half, twiddles + half);
        analyse(twiddles, x, half, half);
        analyse(twiddles, x + half, half, half);
        return;
    }
    for (; half > 0; half /= 2)
        for (size_t start = 0; start < n; start += 2 * half)
            part(x + start, x + start + half, half, twiddles + half);
}

static void synthesise(const struct complex_number *twiddles, struct fft_sample *x, size_t n)
{
    if (n > LENGTH_IN_CACHE) {
        synthesise(twiddles, x, n / 2);
        synthesise(twiddles, x + n / 2, n / 2);
        join(x, x + n / 2, n / 2, twiddles + n / 2);
        return;
    }
    for (size_t half = 1; half < n; half *= 2)
        for (size_t start = 0; start < n; start += 2 * half)
            join(x + start, x + start + half, half, twiddles + half);
}

void radix2_analyse(const struct radix2 *radix2, struct fft_sample *x, size_t filled)
{
    analyse(radix2->twiddles, x, radix2->n, filled);
}

void radix2_synthesise(const struct radix2 *radix2, struct fft_sample *x)
{
    synthesise(radix2->twiddles, x, radix2->n);
}
