/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results made by hand, for tests of what is said about them. */
#ifndef TESTS_SUPPORT_SUMMARIES_H
#define TESTS_SUPPORT_SUMMARIES_H

#include "harness/measure/summary.h"

/* A right summary of `highpass` on 24 images of 5x5, one task each, with these figures; what is
 * not given is not known, or follows from them. */
struct summary summary_given(const char *strategy, int workers, struct estimate wall_s,
                             struct estimate speedup);

/* `value` without an interval. */
struct estimate only(double value);

#endif
