/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Images that are hard for a median filter, the same in C and in Python to the last bit.
 *
 * Integers, powers of two and single IEEE operations only, so that no library's rounding matters.
 * tests/reference/make_median_reference.py makes the same ones.
 */
#ifndef TESTS_SUPPORT_MEDIAN_IMAGES_H
#define TESTS_SUPPORT_MEDIAN_IMAGES_H

#include <stdint.h>

#include "generator/image.h"

/* Fills the image, whose size is set, with one of the kinds listed in median_images.c. 0, or -1
 * where there is no kind of this name. */
int median_image(const char *kind, struct image *image);

/* The random number of a pixel: splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
uint64_t median_random(uint64_t index);

/* 64-bit FNV-1a of the pixels, 8 bytes a step, all NaN taken as one. */
uint64_t median_hash(const struct image *image);

#endif
