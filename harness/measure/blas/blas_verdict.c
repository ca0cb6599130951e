/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "harness/machine/blas/blas_kernel.h"
#include "harness/measure/blas/blas_speed.h"

/* By how much a kernel must be faster to be worth a variable; two measurements of the same one
 * differ by less. */
static const double WORTH_IT = 1.2;

/* Only a library that was built with all its kernels has a choice. */
static bool has_choice(const struct blas_library *library)
{
    return strcmp(library->name, "OpenBLAS") == 0 && library->many_kernels;
}

static void try_kernels(struct blas_verdict *verdict, const struct blas_library *library)
{
    const char *names[BLAS_KERNELS_TO_TRY + 1];
    blas_kernels_to_try(library->kernel, blas_processor_vectors(), names);
    verdict->old_kernel = names[0] != NULL;
    for (int i = 0; names[i] && !verdict->better && has_choice(library); i++) {
        struct blas_speed speed;
        struct error ignored; /* a kernel that the library has not is no help */
        if (blas_speed_with_kernel(names[i], &speed, &ignored) == 0 &&
            speed.library_gflops > WORTH_IT * verdict->speed.library_gflops) {
            verdict->better = names[i];
            verdict->better_gflops = speed.library_gflops;
        }
    }
}

void blas_verdict_word(struct blas_verdict *verdict, const struct blas_library *library)
{
    const struct blas_speed *speed = &verdict->speed;
    bool is_openblas = strcmp(library->name, "OpenBLAS") == 0;
    verdict->too_slow = WORTH_IT * speed->library_gflops < speed->plain_gflops;
    verdict->text[0] = '\0';
    if (verdict->better)
        snprintf(verdict->text, sizeof verdict->text,
                 "this OpenBLAS does not know the processor: its kernel %.20s makes %.1f GFLOP/s "
                 "on one thread; with OPENBLAS_CORETYPE=%s it makes %.1f, so set that",
                 library->kernel, speed->library_gflops, verdict->better, verdict->better_gflops);
    else if (verdict->too_slow)
        snprintf(verdict->text, sizeof verdict->text,
                 "%.30s makes %.1f GFLOP/s on one thread, plain C %.1f: it is not tuned for this "
                 "processor; %s",
                 library->name, speed->library_gflops, speed->plain_gflops,
                 is_openblas ? "a newer one may be" : "`make deps` installs OpenBLAS");
}

int blas_verdict_find(struct blas_verdict *verdict, const struct blas_library *library,
                      struct error *error)
{
    *verdict = (struct blas_verdict){.better = NULL};
    if (blas_speed_measure(&verdict->speed, error) != 0)
        return -1;
    try_kernels(verdict, library);
    blas_verdict_word(verdict, library);
    return 0;
}
