/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/preview.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "generator/fits.h"
#include "harness/base/output.h"
#include "harness/report/graphs/chart/gnuplot.h"

enum { SIDE_AT_MOST = 600 };

/* Replaces the image by its means over step x step pixels. */
static void shrink(struct image *image)
{
    size_t side = image->ny > image->nx ? image->ny : image->nx;
    size_t step = (side + SIDE_AT_MOST - 1) / SIDE_AT_MOST;
    size_t ny = image->ny / step ? image->ny / step : 1,
           nx = image->nx / step ? image->nx / step : 1;
    size_t rows = image->ny < step ? image->ny : step,
           columns = image->nx < step ? image->nx : step;
    for (size_t y = 0; y < ny; y++)
        for (size_t x = 0; x < nx; x++) {
            double sum = 0;
            for (size_t i = 0; i < rows; i++)
                for (size_t k = 0; k < columns; k++)
                    sum += image->pixels[(y * step + i) * image->nx + x * step + k];
            /* Written at or before the first pixel read for it. */
            image->pixels[y * nx + x] = sum / (double)(rows * columns);
        }
    image->ny = ny;
    image->nx = nx;
}

/* gnuplot refuses a range that is empty, or so small that its own rounding makes it so: of an image
 * without contrast, or almost. The colours then say that it has none. */
static void widen(double *low, double *high)
{
    double largest = fmax(fabs(*low), fabs(*high));
    if (*high - *low > 1e-6 * largest)
        return;
    double middle = *low / 2 + *high / 2, half = largest > 0 ? 0.5 * largest : 0.5;
    *low = middle - half;
    *high = middle + half;
}

/* Where the colours begin and end: the 0.5th and 99.5th percentile, so that a few hot pixels do not
 * leave everything else black. */
static int find_limits(const struct image *image, double *low, double *high)
{
    size_t count = 0, all = image->ny * image->nx;
    double *values = malloc(all * sizeof *values);
    if (!values)
        return -1;
    *low = *high = 0;
    for (size_t i = 0; i < all; i++)
        if (isfinite(image->pixels[i]))
            values[count++] = image->pixels[i];
    if (count > 0) {
        gsl_sort(values, 1, count);
        *low = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.005);
        *high = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.995);
    }
    free(values);
    return 0;
}

/* The power of ten that the colour bar's numbers stand for: so they are short, and none is so small
 * that gnuplot takes it for 0. */
static int find_exponent(double low, double high)
{
    double largest = fmax(fabs(low), fabs(high));
    int exponent = largest > 0 ? (int)floor(log10(largest)) : 0;
    return exponent >= -2 && exponent <= 3 ? 0 : exponent;
}

static void put_unit(FILE *settings, const char *name, int exponent)
{
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char text[128], figures[16], variable[32];
    int used = snprintf(text, sizeof text, "pixel value (arbitrary units");
    if (exponent != 0) {
        used +=
            snprintf(text + used, sizeof text - (size_t)used, " of 10%s", exponent < 0 ? "⁻" : "");
        snprintf(figures, sizeof figures, "%d", abs(exponent));
        for (const char *at = figures; *at; at++)
            used += snprintf(text + used, sizeof text - (size_t)used, "%s", digits[*at - '0']);
    }
    snprintf(text + used, sizeof text - (size_t)used, ")");
    snprintf(variable, sizeof variable, "%s_unit", name);
    gnuplot_put_string(settings, variable, text);
}

/* Brings the pixels into the unit of the colour bar, and says what that is. */
static int put_scale(struct image *image, const char *name, FILE *settings)
{
    double low, high;
    if (find_limits(image, &low, &high) != 0)
        return -1;
    int exponent = find_exponent(low, high);
    double unit = pow(10, exponent);
    for (size_t i = 0; i < image->ny * image->nx; i++)
        image->pixels[i] /= unit;
    low /= unit;
    high /= unit;
    widen(&low, &high);
    fprintf(settings, "%s_low = %.17g\n%s_high = %.17g\n", name, low, name, high);
    put_unit(settings, name, exponent);
    return 0;
}

static int write_pixels(const struct image images[2], const char *directory, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, "image.bin", error) != 0)
        return -1;
    for (int k = 0; k < 2; k++)
        fwrite(images[k].pixels, sizeof(double), images[k].ny * images[k].nx, output.stream);
    return output_commit(&output, error); /* it looks at the stream's error flag */
}

int preview_write(const char *directory, FILE *settings, int *made, struct error *error)
{
    static const char *const names[] = {"original", "filtered"};
    struct image images[2] = {{0}, {0}};
    char path[PATH_MAX], file[32];
    int failed = 0;

    *made = 0;
    for (int k = 0; k < 2 && !failed; k++) {
        snprintf(file, sizeof file, "%s.fits", names[k]);
        if (output_path(path, directory, file, error) != 0)
            failed = -1;
        else if (access(path, R_OK) != 0)
            goto done;
        else if ((failed = fits_read_image(path, &images[k], error)) == 0)
            shrink(&images[k]);
    }
    /* gnuplot draws no image that is one pixel wide or high; there is nothing to see on it either. */
    if (failed || images[0].ny != images[1].ny || images[0].nx != images[1].nx ||
        images[0].ny < 2 || images[0].nx < 2)
        goto done;
    fprintf(settings, "image_ny = %zu\nimage_nx = %zu\n", images[0].ny, images[0].nx);
    if (put_scale(&images[0], "image", settings) != 0 ||
        put_scale(&images[1], "filtered", settings) != 0)
        failed = error_set(error, path, "no memory to draw it");
    else
        failed = write_pixels(images, directory, error);
    *made = !failed;
done:
    image_destroy(&images[0]);
    image_destroy(&images[1]);
    return failed;
}

void preview_remove(const char *directory)
{
    char path[PATH_MAX];
    struct error ignored;
    if (output_path(path, directory, "image.bin", &ignored) == 0)
        remove(path);
}

static int keep(const char *directory, const char *name, const struct image *image,
                struct error *error)
{
    char path[PATH_MAX];
    if (output_path(path, directory, name, error) != 0)
        return -1;
    return fits_write_image(path, image, error);
}

int preview_keep(const char *directory, const struct image *original, const struct image *filtered,
                 struct error *error)
{
    return keep(directory, "original.fits", original, error) != 0
               ? -1
               : keep(directory, "filtered.fits", filtered, error);
}

int preview_forget(const char *directory, struct error *error)
{
    return output_remove(directory, "original.fits", error) != 0
               ? -1
               : output_remove(directory, "filtered.fits", error);
}
