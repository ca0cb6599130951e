/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubles as integers of the same order, so that they can be sorted by their digits. */
#ifndef FILTERS_MEDIAN_ORDER_KEY_H
#define FILTERS_MEDIAN_ORDER_KEY_H

#include <stdint.h>
#include <string.h>

/* The bits of a value that is not NaN; those of negative numbers count backwards. -0 is +0: the two
 * are equal. */
static inline uint64_t order_key(double value)
{
    uint64_t bits;
    value += 0.0; /* -0 becomes +0 */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

#endif
