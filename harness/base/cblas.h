/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The BLAS, loaded when something wants a product of matrices, and not before: a tuned library takes
 * milliseconds to start, and makes its threads, which a program that only lists files or filters
 * one by a median has no use for.
 *
 * The program is not linked to a library but to an interface, CBLAS: two functions, called through
 * pointers. Which library has them is settled by the dynamic linker when the first is asked for:
 *
 *     1. one that is there already (LD_PRELOAD)
 *     2. libblas.so.3, the name behind which Debian's alternatives put the library of one's choice,
 *        and conda its own; looked for along LD_LIBRARY_PATH first, as all
 *     3. FlexiBLAS (Fedora), OpenBLAS, and the CBLAS of the reference, by their own names; on macOS
 *        Accelerate, before all these
 *     4. GSL's CBLAS, which is always there, and slow
 */
#ifndef HARNESS_BASE_CBLAS_H
#define HARNESS_BASE_CBLAS_H

#include <gsl/gsl_cblas.h> /* the standard's declarations, for whichever library it is */

#include "harness/base/error.h"

struct cblas {
    void *library; /* for dlsym(): what else it has; never NULL */

    /* The two products; see the standard, or any manual of a BLAS. */
    void (*dgemm)(enum CBLAS_ORDER order, enum CBLAS_TRANSPOSE transpose_a,
                  enum CBLAS_TRANSPOSE transpose_b, int m, int n, int k, double alpha,
                  const double *a, int lda, const double *b, int ldb, double beta, double *c,
                  int ldc);
    void (*dsyrk)(enum CBLAS_ORDER order, enum CBLAS_UPLO half, enum CBLAS_TRANSPOSE transpose,
                  int n, int k, double alpha, const double *a, int lda, double beta, double *c,
                  int ldc);
};

/* Fills in *cblas; loads the library where it is not there yet. Any number of threads may call it,
 * and any number of times. 0, or -1 with *error set. */
int cblas_load(struct cblas *cblas, struct error *error);

/* The end of the use of one *cblas. The library stays until the program ends: its threads could not
 * bear to lose it. Legal on all zero. */
void cblas_let_go(struct cblas *cblas);

#endif
