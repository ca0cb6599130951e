/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generator/fake.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fft.h"
#include "generator/random.h"

/* The frequencies of one axis, of which there are n: from -(n/2) up, as fftfreq() has them. Only
 * those from -reach to reach count; `lowest` and `count` are these, cut to the ones that exist. */
struct axis {
    size_t n, reach, count;
    ptrdiff_t lowest;
    double *amplitudes; /* [reach + 1]: of frequencies 0 ... reach, and of their negatives */
    struct fft_plan *fft;
};

struct fake_plan {
    struct axis y, x;
    size_t columns;       /* columns of H that are kept: frequencies 0 ... x.reach */
    size_t column_groups; /* groups of FFT_LANES columns, the last one filled up with zeros */
};

struct fake_workspace {
    struct random_stream *random;

    /* H. [column_groups][y.count]: the lanes are neighbouring columns. */
    struct fft_sample *spectrum;
    /* H after the transforms along y. [column_groups][ny], lanes as before. */
    struct fft_sample *half;
    /* 2 * FFT_LANES rows of pixels, before and after the transform along x; a lane has two rows. */
    struct fft_sample *frequencies; /* [x.count] */
    struct fft_sample *rows;        /* [nx] */
    struct fft_sample *scratch;
};

/* The axis of n frequencies with amplitudes exp(-k^2 / width^2), cut off below `least`. */
static int axis_create(struct axis *axis, size_t n, double width, double least, struct error *error)
{
    double reach = floor(width * sqrt(-log(least)));
    axis->n = n;
    axis->reach = reach < (double)(n / 2) ? (size_t)reach : n / 2;
    axis->lowest = -(ptrdiff_t)axis->reach;
    axis->count = 2 * axis->reach + 1;
    if (axis->count > n) /* n is even, and n/2 is the same frequency as -n/2 */
        axis->count = n;
    axis->fft = fft_plan_create(n, axis->lowest, axis->count, error);
    if (!axis->fft)
        return -1;
    axis->amplitudes = calloc(axis->reach + 1, sizeof *axis->amplitudes);
    if (!axis->amplitudes)
        return error_set(error, "fake image", "no memory for %zu pixels a row", n);
    for (size_t k = 0; k <= axis->reach; k++)
        axis->amplitudes[k] = exp(-(double)(k * k) / (width * width));
    return 0;
}

struct fake_plan *fake_plan_create(size_t ny, size_t nx, struct error *error)
{
    struct fake_plan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        error_set(error, "fake image", "no memory");
        return NULL;
    }
    double width = hypot((double)(nx / 2), (double)(ny / 2)) / 50;
    double least = 1e-18 / ((double)ny * (double)nx);
    if (axis_create(&plan->y, ny, width, least, error) != 0 ||
        axis_create(&plan->x, nx, width, least, error) != 0) {
        fake_plan_destroy(plan);
        return NULL;
    }
    plan->columns = plan->x.reach + 1;
    plan->column_groups = (plan->columns + FFT_LANES - 1) / FFT_LANES;
    return plan;
}

void fake_plan_destroy(struct fake_plan *plan)
{
    if (!plan)
        return;
    fft_plan_destroy(plan->y.fft);
    fft_plan_destroy(plan->x.fft);
    free(plan->y.amplitudes);
    free(plan->x.amplitudes);
    free(plan);
}

struct fake_workspace *fake_workspace_create(const struct fake_plan *plan, struct error *error)
{
    struct fake_workspace *workspace = calloc(1, sizeof *workspace);
    if (!workspace) {
        error_set(error, "fake image", "no memory");
        return NULL;
    }
    size_t scratch_y = fft_scratch_samples(plan->y.fft);
    size_t scratch_x = fft_scratch_samples(plan->x.fft);
    workspace->spectrum = fft_samples_create(plan->column_groups * plan->y.count);
    workspace->half = fft_samples_create(plan->column_groups * plan->y.n);
    workspace->frequencies = fft_samples_create(plan->x.count);
    workspace->rows = fft_samples_create(plan->x.n);
    workspace->scratch = fft_samples_create(scratch_y > scratch_x ? scratch_y : scratch_x);
    workspace->random = random_create(error);
    if (!workspace->random) {
        fake_workspace_destroy(workspace);
        return NULL;
    }
    if (!workspace->spectrum || !workspace->half || !workspace->frequencies || !workspace->rows ||
        !workspace->scratch) {
        error_set(error, "fake image", "no memory for %zu x %zu pixels", plan->y.n, plan->x.n);
        fake_workspace_destroy(workspace);
        return NULL;
    }
    return workspace;
}

void fake_workspace_destroy(struct fake_workspace *workspace)
{
    if (!workspace)
        return;
    free(workspace->spectrum);
    free(workspace->half);
    free(workspace->frequencies);
    free(workspace->rows);
    free(workspace->scratch);
    random_destroy(workspace->random);
    free(workspace);
}

/* Adds half of S[y, x] = re + i im, y and x any frequencies that count, to H; or nothing, where it
 * belongs to a column that is not kept. */
static void add_to_spectrum(const struct fake_plan *plan, struct fake_workspace *workspace,
                            ptrdiff_t y, ptrdiff_t x, double re, double im)
{
    /* n/2 and -n/2 are one frequency. Its place is that of -n/2 in y, and that of n/2 in x. */
    if (y - plan->y.lowest == (ptrdiff_t)plan->y.count)
        y = -y;
    if (2 * x == -(ptrdiff_t)plan->x.n)
        x = -x;
    if (x < 0)
        return;
    size_t column = (size_t)x, row = (size_t)(y - plan->y.lowest);
    struct fft_sample *group = workspace->spectrum + column / FFT_LANES * plan->y.count;
    group[row].re[column % FFT_LANES] += 0.5 * re;
    group[row].im[column % FFT_LANES] += 0.5 * im;
}

/* Draws the next numbers, those of frequencies x_begin <= x < x_end of row y, and adds what they
 * stand for to H, in which S[y, x] is in two places. */
static void draw_frequencies(const struct fake_plan *plan, struct fake_workspace *workspace,
                             ptrdiff_t y, ptrdiff_t x_begin, ptrdiff_t x_end)
{
    const double two_pi = 6.28318530717958647692;
    double row_amplitude = plan->y.amplitudes[y < 0 ? -y : y] / (double)(plan->y.n * plan->x.n);
    for (ptrdiff_t x = x_begin; x < x_end; x++) {
        double amplitude = row_amplitude * plan->x.amplitudes[x < 0 ? -x : x];
        double phase = two_pi * random_uniform(workspace->random);
        double re = amplitude * cos(phase), im = amplitude * sin(phase);
        add_to_spectrum(plan, workspace, y, x, re, im);
        add_to_spectrum(plan, workspace, -y, -x, re, -im);
    }
}

/* Makes H. The numbers come in NumPy's order, row by row; on both axes frequency 0 is first, then
 * come the positive ones, and from the middle on the negative ones up to -1. */
static void draw_spectrum(const struct fake_plan *plan, struct fake_workspace *workspace)
{
    ptrdiff_t ny = (ptrdiff_t)plan->y.n, reach_y = (ptrdiff_t)plan->y.reach;
    ptrdiff_t positive = (ptrdiff_t)plan->x.reach + 1; /* with the 0 */
    ptrdiff_t negative = (ptrdiff_t)plan->x.count - positive;

    memset(workspace->spectrum, 0,
           plan->column_groups * plan->y.count * sizeof *workspace->spectrum);
    for (ptrdiff_t row = 0; row < ny; row++) {
        ptrdiff_t y = row <= ny / 2 ? row : row - ny;
        if (y < -reach_y || y > reach_y) {
            random_skip(workspace->random, plan->x.n);
            continue;
        }
        draw_frequencies(plan, workspace, y, 0, positive);
        random_skip(workspace->random, plan->x.n - plan->x.count);
        draw_frequencies(plan, workspace, y, -negative, 0);
    }
}

/* Packs the Hermitian spectra A and B of rows y and y + 1 of the image as A + iB, for FFT_LANES
 * such pairs. Of the positive frequencies A and B are there; the negative ones are their
 * conjugates. */
static void pack_rows(const struct fake_plan *plan, struct fake_workspace *workspace, size_t y)
{
    struct fft_sample *zero = workspace->frequencies - plan->x.lowest;
    size_t ny = plan->y.n;
    for (size_t column = 0; column < plan->columns; column++) {
        const struct fft_sample *group = workspace->half + column / FFT_LANES * ny;
        size_t from = column % FFT_LANES;
        struct fft_sample positive = {{0}, {0}}, negative = {{0}, {0}};
        for (size_t lane = 0; lane < FFT_LANES; lane++) {
            if (y + 2 * lane >= ny)
                break;
            double a_re = group[y + 2 * lane].re[from], a_im = group[y + 2 * lane].im[from];
            double b_re = 0, b_im = 0;
            if (y + 2 * lane + 1 < ny) {
                b_re = group[y + 2 * lane + 1].re[from];
                b_im = group[y + 2 * lane + 1].im[from];
            }
            positive.re[lane] = a_re - b_im;
            positive.im[lane] = a_im + b_re;
            negative.re[lane] = a_re + b_im;
            negative.im[lane] = b_re - a_im;
        }
        /* Frequency 0 is its own negative, and so is n/2, whose place is that of -n/2. */
        if (column < plan->x.count - plan->x.reach)
            zero[column] = positive;
        if (column > 0)
            *(zero - column) = negative;
    }
}

/* Writes the 2 * FFT_LANES rows of pixels from y on, as far as the image has them. */
static void unpack_rows(const struct fake_workspace *workspace, size_t y, struct image *image)
{
    for (size_t lane = 0; lane < FFT_LANES && y < image->ny; lane++, y += 2) {
        double *row = image->pixels + y * image->nx;
        for (size_t x = 0; x < image->nx; x++)
            row[x] = workspace->rows[x].re[lane];
        if (y + 1 == image->ny)
            break;
        for (size_t x = 0; x < image->nx; x++)
            row[image->nx + x] = workspace->rows[x].im[lane];
    }
}

int fake_image(const struct fake_plan *plan, struct fake_workspace *workspace, uint32_t seed,
               struct image *image, struct error *error)
{
    if (random_seed(workspace->random, seed, error) != 0)
        return -1;
    draw_spectrum(plan, workspace);
    for (size_t group = 0; group < plan->column_groups; group++)
        fft_synthesise(plan->y.fft, workspace->spectrum + group * plan->y.count,
                       workspace->half + group * plan->y.n, workspace->scratch);
    for (size_t y = 0; y < plan->y.n; y += 2 * FFT_LANES) {
        pack_rows(plan, workspace, y);
        fft_synthesise(plan->x.fft, workspace->frequencies, workspace->rows, workspace->scratch);
        unpack_rows(workspace, y, image);
    }
    return 0;
}
