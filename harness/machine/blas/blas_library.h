/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which BLAS the program runs with, and with how many threads: asked at run time.
 *
 * What stands behind the interface (harness/base/cblas.h) is settled by the system's alternatives,
 * LD_LIBRARY_PATH or LD_PRELOAD. So nothing about it can be known when the program is built; here
 * the library that has come is found (by the symbol that calls go to) and asked, through functions
 * that only it has:
 *
 *     OpenBLAS     openblas_get_config() and others
 *     BLIS         bli_info_get_version_str() and others; Debian's libblas.so.3 of BLIS hides them
 *     Intel MKL    MKL_Get_Version_String() and others
 *     ATLAS        its number of threads is settled when it is built
 *     Netlib       the reference implementation; no threads
 *     GSL's CBLAS  as slow, and no threads: what is left where no other is linked
 *     Accelerate   Apple's
 *
 * What cannot be asked is not guessed. Sources: the manuals of the libraries, and Malandain and
 * Grisel's threadpoolctl for which functions exist.
 */
#ifndef HARNESS_MACHINE_BLAS_BLAS_LIBRARY_H
#define HARNESS_MACHINE_BLAS_BLAS_LIBRARY_H

#include <limits.h>
#include <stdbool.h>

enum { BLAS_TEXT = 256, BLAS_VARIABLES = 4 };

struct blas_library {
    char name[BLAS_TEXT];      /* "OpenBLAS"; "unknown" */
    char how_named[BLAS_TEXT]; /* what the name was told by: a symbol, the name of the file */
    char file[PATH_MAX];       /* links followed; "unknown" */
    char version[BLAS_TEXT];   /* "unknown" where it does not tell, as `kernel` and `threading` */
    char kernel[BLAS_TEXT];    /* the processor that its inner loops are made for */
    bool many_kernels;         /* it was built with those for others, too, and chooses */
    char threading[BLAS_TEXT]; /* "pthreads", "OpenMP", "none", ... */

    /* Threads that a call from this thread would use now; 0: it cannot be asked. */
    int threads;

    /* The environment variables that it reads, in its order: the first that is set decides. Ended
     * by NULL; empty where it reads none, or none are known. */
    const char *variables[BLAS_VARIABLES + 1];
    char without[BLAS_TEXT]; /* how many it uses where none of them is set */
};

/* Fills in *library; what cannot be found out is "unknown", or 0. */
void blas_library_look(struct blas_library *library);

/* The variable of library->variables that decides, with its value in *value; NULL where none is
 * set to a number above 0. */
const char *blas_library_decided_by(const struct blas_library *library, int *value);

/* library->threads alone, for the calling thread: cheap enough to ask in every worker. */
int blas_library_threads(void);

/* Asks the library to use so many threads from now on, where it can be told; else its environment
 * variables, set before the program starts, are all there is. */
void blas_library_set_threads(int threads);

#endif
