/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/thread_variables.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

const struct thread_variable thread_variables[] = {
    {"OMP_NUM_THREADS", "OpenMP, and BLAS libraries built with it", true},
    {"OPENBLAS_NUM_THREADS", "OpenBLAS (NumPy's and SciPy's from PyPI)", true},
    {"GOTO_NUM_THREADS", "OpenBLAS, by its old name", false},
    {"MKL_NUM_THREADS", "Intel MKL (NumPy's from conda)", true},
    {"BLIS_NUM_THREADS", "BLIS and AOCL", false},
    {"VECLIB_MAXIMUM_THREADS", "Accelerate on macOS", true},
    {"NUMEXPR_NUM_THREADS", "numexpr (pandas' eval)", false},
    {"NUMBA_NUM_THREADS", "Numba's prange", false},
    {"RAYON_NUM_THREADS", "Rayon: programs in Rust", false},
    {"POLARS_MAX_THREADS", "Polars", false},
    {"JULIA_NUM_THREADS", "Julia", false},
    {"GOMAXPROCS", "programs in Go", false},
    {"RCPP_PARALLEL_NUM_THREADS", "R's RcppParallel", false},
    {"ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS", "ITK", false},
    {"TF_NUM_INTRAOP_THREADS", "TensorFlow", false},
    {NULL, NULL, false},
};

int thread_variables_set(int threads)
{
    char text[16];
    snprintf(text, sizeof text, "%d", threads);
    for (const struct thread_variable *variable = thread_variables; variable->name; variable++)
        if (setenv(variable->name, text, 1) != 0)
            return -1;
    return 0;
}
