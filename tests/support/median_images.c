/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/median_images.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

uint64_t median_random(uint64_t index)
{
    uint64_t z = (index + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* -0.5 ... 0.5, in steps of 2^-53 */
static double noise(uint64_t random)
{
    return ldexp((double)(random >> 11), -53) - 0.5;
}

static double pixel(const char *kind, int64_t ny, int64_t nx, int64_t y, int64_t x)
{
    uint64_t random = median_random((uint64_t)(y * nx + x));
    uint64_t low = random & 0x3ff; /* independent of noise(random) to all intents */
    bool is_nan20 = strcmp(kind, "nan20") == 0;

    if (strcmp(kind, "noise") == 0)
        return noise(random);
    if (strcmp(kind, "float32") == 0)
        return ldexp((double)(random >> 40), -24);
    if (strcmp(kind, "smooth") == 0)
        return ldexp((double)(7 * (y - ny / 2) * (y - ny / 2) - 5 * (x - nx / 3) * (x + y)), -10);
    if (strcmp(kind, "constant") == 0)
        return 1.5;
    if (strcmp(kind, "ties") == 0)
        return (double)(low % 5);
    if (strcmp(kind, "two") == 0)
        return (double)(low < 100);
    if (strcmp(kind, "ramp") == 0)
        return (double)(y * nx + x);
    if (strcmp(kind, "rampx") == 0)
        return (double)-x;
    if (strcmp(kind, "rampy") == 0)
        return (double)y;
    if (strcmp(kind, "sawtooth") == 0)
        return (double)((3 * x + 5 * y) % 64);
    if (strcmp(kind, "outliers") == 0)
        return low % 97 ? noise(random) : noise(random) * 1e12;
    if (strcmp(kind, "clusters") == 0)
        return noise(random) + (double)(x / 8 % 2) * 1e12;
    if (strcmp(kind, "lognormal") == 0)
        return ldexp(noise(random) + 1.5, (int)(low % 64) - 32);
    if (strcmp(kind, "signedlog") == 0)
        return ldexp(noise(random), (int)(low * 2) - 1000);
    if (strcmp(kind, "ulps") == 0)
        return 1 + ldexp((double)(low % 100), -52);
    if (strcmp(kind, "denormals") == 0)
        return ldexp((double)(random >> 44), -1074);
    if (strcmp(kind, "tiny") == 0)
        return ldexp((double)(low % 4) - 2, -1074);
    if (strcmp(kind, "huge") == 0)
        return ldexp(noise(random), 1024);
    if (strcmp(kind, "checkerboard") == 0)
        return (double)((x + y) % 2);
    if (strcmp(kind, "zeros") == 0)
        return low % 2 ? 0.0 : -0.0;
    if (strcmp(kind, "infinities") == 0)
        return low % 3 ? noise(random) : random >> 63 ? INFINITY : -INFINITY;
    if (is_nan20 || strcmp(kind, "nanblock") == 0)
        return (is_nan20 ? low % 5 == 0 : x < nx / 2 && y < ny / 2) ? (double)NAN : noise(random);
    if (strcmp(kind, "naninf") == 0)
        return low % 4 == 0 ? (double)NAN : low % 4 == 1 ? INFINITY : noise(random);
    if (strcmp(kind, "nan100") == 0)
        return (double)NAN;
    return -1e300; /* no such kind; see median_image() */
}

int median_image(const char *kind, struct image *image)
{
    if (pixel(kind, 1, 1, 0, 0) == -1e300)
        return -1;
    for (size_t y = 0; y < image->ny; y++)
        for (size_t x = 0; x < image->nx; x++)
            image->pixels[y * image->nx + x] =
                pixel(kind, (int64_t)image->ny, (int64_t)image->nx, (int64_t)y, (int64_t)x);
    return 0;
}

uint64_t median_hash(const struct image *image)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325), bits;
    for (size_t i = 0; i < image->ny * image->nx; i++) {
        memcpy(&bits, &image->pixels[i], sizeof bits);
        if (isnan(image->pixels[i]))
            bits = UINT64_C(0x7ff8000000000000);
        hash = (hash ^ bits) * UINT64_C(0x100000001b3);
    }
    return hash;
}
