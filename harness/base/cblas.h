/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The BLAS, loaded only when something wants a product of matrices: a tuned library takes
 * milliseconds to start and makes threads of its own, and a program that only lists files, or takes
 * medians, has no use for either.
 *
 * The program is not linked to a library but to an interface, CBLAS: two functions, called through
 * pointers. Which library has them is settled by the dynamic linker when the first is asked for:
 *
 *     1. one that is there already (LD_PRELOAD)
 *     2. libblas.so.3, the name behind which Debian's alternatives put the library of one's choice,
 *        and conda its own; like every library it is looked for along LD_LIBRARY_PATH first
 *     3. FlexiBLAS (Fedora), OpenBLAS, the CBLAS of the reference, and Intel MKL, by their own
 *        names; on macOS Accelerate, and then OpenBLAS, instead of 2 and 3
 *     4. GSL's CBLAS, which is always there, and slow
 */
#ifndef HARNESS_BASE_CBLAS_H
#define HARNESS_BASE_CBLAS_H

#include <gsl/gsl_cblas.h> /* the standard's declarations, for whichever library it is */
#include <stdbool.h>

#include "harness/base/error.h"

struct cblas {
    void *library; /* as from dlopen(); NULL: none is loaded */

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

/* Another function of the library, or of those that it needs: puts its address into *function, a
 * pointer to a function of the right type. False, and *function NULL, where there is none of this
 * name. */
bool cblas_function(const struct cblas *cblas, const char *name, void *function);

/* Ends the use of one *cblas; legal on a struct of zeros. The library itself stays loaded until the
 * program ends, since threads of its own may be running in it. */
void cblas_let_go(struct cblas *cblas);

#endif
