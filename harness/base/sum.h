/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sum that tells whether bytes are the same as before (FNV-1a of 64 bits, http://www.isthe.com/
 * chongo/tech/comp/fnv/). It finds accidents, not forgeries. */
#ifndef HARNESS_BASE_SUM_H
#define HARNESS_BASE_SUM_H

#include <stddef.h>
#include <stdint.h>

#define SUM_BEGIN UINT64_C(14695981039346656037)

/* The sum of what came before, or SUM_BEGIN, and these bytes. */
static inline uint64_t sum_of_bytes(uint64_t sum, const void *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
    return sum;
}

#endif
