/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the BLAS that runs is: a small product of matrices on one thread, beside the same in our
 * plain C (dot-blocked). A library that cannot beat that is the reference one, or a tuned one that
 * does not know this processor. */
#ifndef HARNESS_MEASURE_BLAS_BLAS_SPEED_H
#define HARNESS_MEASURE_BLAS_BLAS_SPEED_H

#include <stdbool.h>

#include "harness/base/error.h"
#include "harness/machine/blas/blas_library.h"

/* Operations a second, in units of 1e9; each the best of several products in about 0.1 s. */
struct blas_speed {
    double library_gflops, plain_gflops;
};

/* Measures, with one thread of the library where it can be told so. 0, or -1 with *error set. */
int blas_speed_measure(struct blas_speed *speed, struct error *error);

/* The same in a fresh process, whose OpenBLAS is told to take another kernel. 0, or -1 with *error
 * set. */
int blas_speed_with_kernel(const char *kernel, struct blas_speed *speed, struct error *error);

/* What such a process does: measures, and prints what the other one reads. The name of the hidden
 * option of `speedup blas`. */
#define BLAS_SPEED_OPTION "speed-only"
int blas_speed_print(struct error *error);

/* What is wrong with the library, as far as measuring can tell, and what helps. */
struct blas_verdict {
    struct blas_speed speed;
    bool too_slow;        /* slower than plain C, by more than two measurements may differ */
    const char *better;   /* a kernel that was tried and is faster; NULL where none is */
    double better_gflops; /* with it */
    bool old_kernel;      /* it is made for processors older than this one */
    char text[256];       /* all this in a sentence, "" where nothing is wrong */
};

/* Measures, and where the kernel is older than the processor tries others, each in a fresh process.
 * Takes about 0.3 s, and as much for each kernel that it tries. 0, or -1 with *error set. */
int blas_verdict_find(struct blas_verdict *verdict, const struct blas_library *library,
                      struct error *error);

/* The verdict on figures that are there: sets text and too_slow. */
void blas_verdict_word(struct blas_verdict *verdict, const struct blas_library *library);

#endif
