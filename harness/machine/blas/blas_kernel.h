/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenBLAS has inner loops ("kernels") for many processors, and chooses when it starts. A processor
 * that is younger than the library is unknown to it, and may get loops for one of 2004. Then an
 * environment variable helps, OPENBLAS_CORETYPE. Names as in OpenBLAS's TargetList.txt. */
#ifndef HARNESS_MACHINE_BLAS_BLAS_KERNEL_H
#define HARNESS_MACHINE_BLAS_BLAS_KERNEL_H

#include <stdbool.h>

/* The widest vectors that loops or a processor can work with, in the order of their age. */
enum vectors { VECTORS_UNKNOWN, VECTORS_SSE, VECTORS_AVX, VECTORS_AVX2, VECTORS_AVX512 };

extern const char *const vectors_names[]; /* "SSE", "AVX", ...; "unknown" */

/* Those that the kernel of this name uses; capitals do not matter. VECTORS_UNKNOWN where the name
 * is none that we know, as on other than x86 processors. */
enum vectors blas_kernel_vectors(const char *kernel);

/* Those of this processor; VECTORS_UNKNOWN where it is no x86. */
enum vectors blas_processor_vectors(void);

/* Kernels to try on a processor with such vectors, the widest first, of those whose vectors are
 * wider than `kernel` has; ended by NULL. None where the one or the other is unknown. */
enum { BLAS_KERNELS_TO_TRY = 3 };
void blas_kernels_to_try(const char *kernel, enum vectors processor,
                         const char *names[BLAS_KERNELS_TO_TRY + 1]);

#endif
