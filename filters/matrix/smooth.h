/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The high-pass filter by smoothing: frame minus a Gaussian smoothing, see smooth_blas.c. */
#ifndef FILTERS_MATRIX_SMOOTH_H
#define FILTERS_MATRIX_SMOOTH_H

#include <stddef.h>

/* The Gaussian's standard deviation in pixels for a --window of so many: a quarter of it. */
double smooth_sigma(size_t window);

extern const struct filter smooth_blas;

#endif
