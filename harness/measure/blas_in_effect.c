/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/blas_in_effect.h"

#include "harness/machine/blas/blas_library.h"

void blas_in_effect_check(const struct config *config, const struct run_figures *figures,
                          struct warnings *warnings)
{
    struct blas_library library;
    int asked = config->blas_threads, got = figures->blas_threads;
    if (asked == got)
        return;
    blas_library_look(&library);
    if (got == 0)
        warnings_add(warnings,
                     "%s (%s) cannot be asked for its number of threads, so blas_threads is empty; "
                     "`speedup blas` tells more",
                     library.name, library.file);
    else
        warnings_add(warnings,
                     "%s with %d BLAS threads: %s used %d instead; `speedup blas` tells what "
                     "decides that",
                     config->strategy, asked, library.name, got);
}
