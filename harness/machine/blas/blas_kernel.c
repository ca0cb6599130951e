/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/blas/blas_kernel.h"

#include <stddef.h>
#include <strings.h>

const char *const vectors_names[] = {"unknown", "SSE", "AVX", "AVX2", "AVX-512"};

static const struct {
    const char *name;
    enum vectors vectors;
} kernels[] = {
    {"Katmai", VECTORS_SSE},        {"Coppermine", VECTORS_SSE},
    {"Northwood", VECTORS_SSE},     {"Prescott", VECTORS_SSE},
    {"Banias", VECTORS_SSE},        {"Atom", VECTORS_SSE},
    {"Core2", VECTORS_SSE},         {"Penryn", VECTORS_SSE},
    {"Dunnington", VECTORS_SSE},    {"Nehalem", VECTORS_SSE},
    {"Athlon", VECTORS_SSE},        {"Opteron", VECTORS_SSE},
    {"Opteron_SSE3", VECTORS_SSE},  {"Barcelona", VECTORS_SSE},
    {"Bobcat", VECTORS_SSE},        {"Nano", VECTORS_SSE},
    {"Sandybridge", VECTORS_AVX},   {"Bulldozer", VECTORS_AVX},
    {"Piledriver", VECTORS_AVX},    {"Steamroller", VECTORS_AVX},
    {"Excavator", VECTORS_AVX2},    {"Haswell", VECTORS_AVX2},
    {"Zen", VECTORS_AVX2},          {"SkylakeX", VECTORS_AVX512},
    {"Cooperlake", VECTORS_AVX512}, {"SapphireRapids", VECTORS_AVX512},
};

enum vectors blas_kernel_vectors(const char *kernel)
{
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++)
        if (strcasecmp(kernel, kernels[i].name) == 0)
            return kernels[i].vectors;
    return VECTORS_UNKNOWN;
}

enum vectors blas_processor_vectors(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        return VECTORS_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return VECTORS_AVX2;
    return __builtin_cpu_supports("avx") ? VECTORS_AVX : VECTORS_SSE;
#else
    return VECTORS_UNKNOWN;
#endif
}

void blas_kernels_to_try(const char *kernel, enum vectors processor,
                         const char *names[BLAS_KERNELS_TO_TRY + 1])
{
    /* One for each kind of vectors, the one that the library has had for longest. */
    static const char *const best[] = {
        [VECTORS_AVX512] = "SkylakeX", [VECTORS_AVX2] = "Haswell", [VECTORS_AVX] = "Sandybridge"};
    enum vectors has = blas_kernel_vectors(kernel);
    int count = 0;
    for (int vectors = (int)processor; has != VECTORS_UNKNOWN && vectors > (int)has; vectors--)
        names[count++] = best[vectors];
    names[count] = NULL;
}
