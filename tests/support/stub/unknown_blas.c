/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A BLAS that nobody knows: it has the two products and nothing to tell it by. Built as
 * libblas.so.3, it takes the place of the system's; test_blas.c looks what is said of it. */
#include <gsl/gsl_cblas.h>

void cblas_dgemm(const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE transpose_a,
                 const enum CBLAS_TRANSPOSE transpose_b, const int m, const int n, const int k,
                 const double alpha, const double *a, const int lda, const double *b, const int ldb,
                 const double beta, double *c, const int ldc)
{
    (void)order, (void)transpose_a, (void)transpose_b, (void)m, (void)n, (void)k, (void)alpha;
    (void)a, (void)lda, (void)b, (void)ldb, (void)beta, (void)c, (void)ldc;
}

void cblas_dsyrk(const enum CBLAS_ORDER order, const enum CBLAS_UPLO half,
                 const enum CBLAS_TRANSPOSE transpose, const int n, const int k, const double alpha,
                 const double *a, const int lda, const double beta, double *c, const int ldc)
{
    (void)order, (void)half, (void)transpose, (void)n, (void)k, (void)alpha, (void)a, (void)lda;
    (void)beta, (void)c, (void)ldc;
}
