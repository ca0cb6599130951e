/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/median/window.h"

size_t window_reflect(ptrdiff_t position, size_t n)
{
    /* The reflected line repeats every 2n: n pixels forwards, then n backwards. */
    ptrdiff_t period = 2 * (ptrdiff_t)n;
    ptrdiff_t phase = position % period;
    if (phase < 0)
        phase += period;
    return phase < (ptrdiff_t)n ? (size_t)phase : (size_t)(period - 1 - phase);
}

void window_reflect_table(size_t *table, ptrdiff_t first, size_t count, size_t n)
{
    for (size_t k = 0; k < count; k++)
        table[k] = window_reflect(first + (ptrdiff_t)k, n);
}
