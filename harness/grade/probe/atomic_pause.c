/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pauses after an atomic variable was read, so that another thread may come between that and what is
 * made of it: `atomic_store(&next, atomic_load(&next) + 1)` is no race, and wrong.
 *
 * In a build with ThreadSanitizer an atomic read is a call, and the linker's --wrap sends it through
 * here. The type of the order is an enumeration of the sanitizer's. */
#include <stdint.h>

#include "harness/grade/probe/probe.h"

#define LOAD(bits)                                                                                 \
    uint##bits##_t __real___tsan_atomic##bits##_load(const volatile uint##bits##_t *at,            \
                                                     int order);                                   \
    uint##bits##_t __wrap___tsan_atomic##bits##_load(const volatile uint##bits##_t *at,            \
                                                     int order);                                   \
    uint##bits##_t __wrap___tsan_atomic##bits##_load(const volatile uint##bits##_t *at, int order) \
    {                                                                                              \
        uint##bits##_t value = __real___tsan_atomic##bits##_load(at, order);                       \
        probe_pause();                                                                             \
        return value;                                                                              \
    }

LOAD(8)
LOAD(16)
LOAD(32)
LOAD(64)
