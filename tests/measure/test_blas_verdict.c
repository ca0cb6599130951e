/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a BLAS, from its name, its kernel and how fast it was found to be. */
#include <string.h>

#include "harness/machine/blas/blas_kernel.h"
#include "harness/measure/blas/blas_speed.h"
#include "tests/support/cmocka_all.h"

static void kernels_have_an_age(void **unused)
{
    (void)unused;
    assert_int_equal(blas_kernel_vectors("Prescott"), VECTORS_SSE);
    assert_int_equal(blas_kernel_vectors("NEHALEM"), VECTORS_SSE);
    assert_int_equal(blas_kernel_vectors("Sandybridge"), VECTORS_AVX);
    assert_int_equal(blas_kernel_vectors("Zen"), VECTORS_AVX2);
    assert_int_equal(blas_kernel_vectors("Haswell"), VECTORS_AVX2);
    assert_int_equal(blas_kernel_vectors("SkylakeX"), VECTORS_AVX512);
    assert_int_equal(blas_kernel_vectors("neoversen1"), VECTORS_UNKNOWN);
    assert_int_equal(blas_kernel_vectors(""), VECTORS_UNKNOWN);
    assert_string_equal(vectors_names[VECTORS_AVX512], "AVX-512");
}

/* `expected`: names with blanks between them. */
static void assert_tried(const char *kernel, enum vectors processor, const char *expected)
{
    const char *names[BLAS_KERNELS_TO_TRY + 1];
    char text[100] = "";
    blas_kernels_to_try(kernel, processor, names);
    for (int i = 0; names[i]; i++) {
        strcat(text, i ? " " : "");
        strcat(text, names[i]);
    }
    assert_string_equal(text, expected);
}

static void only_younger_kernels_are_tried(void **unused)
{
    (void)unused;
    assert_tried("Prescott", VECTORS_AVX512, "SkylakeX Haswell Sandybridge");
    assert_tried("Prescott", VECTORS_AVX2, "Haswell Sandybridge");
    assert_tried("Sandybridge", VECTORS_AVX2, "Haswell");
    assert_tried("Haswell", VECTORS_AVX512, "SkylakeX");
    assert_tried("Zen", VECTORS_AVX2, "");
    assert_tried("SkylakeX", VECTORS_AVX2, "");
    assert_tried("Prescott", VECTORS_SSE, "");
    assert_tried("Prescott", VECTORS_UNKNOWN, "");
    assert_tried("unknown", VECTORS_AVX512, "");
}

static void assert_worded(struct blas_verdict verdict, const char *name, const char *expected)
{
    struct blas_library library = {.kernel = "Prescott"};
    strcpy(library.name, name);
    blas_verdict_word(&verdict, &library);
    assert_string_equal(verdict.text, expected);
}

static void the_verdict_says_what_helps(void **unused)
{
    (void)unused;
    const struct blas_speed good = {45, 43}, bad = {3.4, 43}, old = {18, 62};
    assert_worded((struct blas_verdict){.speed = good}, "OpenBLAS", "");
    assert_worded((struct blas_verdict){.speed = good, .old_kernel = true}, "OpenBLAS", "");
    assert_worded((struct blas_verdict){.speed = bad}, "Netlib reference BLAS",
                  "Netlib reference BLAS makes 3.4 GFLOP/s on one thread, plain C 43.0: it is not "
                  "tuned for this processor; `make deps` installs OpenBLAS");
    assert_worded((struct blas_verdict){.speed = old, .old_kernel = true}, "OpenBLAS",
                  "OpenBLAS makes 18.0 GFLOP/s on one thread, plain C 62.0: it is not tuned for "
                  "this processor; a newer one may be");
    assert_worded((struct blas_verdict){.speed = old, .better = "SkylakeX", .better_gflops = 71.25},
                  "OpenBLAS",
                  "this OpenBLAS does not know the processor: its kernel Prescott makes 18.0 "
                  "GFLOP/s on one thread; with OPENBLAS_CORETYPE=SkylakeX it makes 71.2, so set "
                  "that");
}

static void the_library_is_measured(void **unused)
{
    (void)unused;
    struct blas_speed speed = {0, 0};
    struct error error;
    assert_int_equal(blas_speed_measure(&speed, &error), 0);
    assert_true(speed.library_gflops > 0.01 && speed.library_gflops < 10000);
    assert_true(speed.plain_gflops > 0.01 && speed.plain_gflops < 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_have_an_age),
        cmocka_unit_test(only_younger_kernels_are_tried),
        cmocka_unit_test(the_verdict_says_what_helps),
        cmocka_unit_test(the_library_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
