/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that is in the way: it keeps the place of worker 1 busy for a share of the time, by
 * computing, or by streaming through memory. */
#ifndef TESTS_PROVE_HOGS_H
#define TESTS_PROVE_HOGS_H

#include "harness/machine/topology.h"

/* More than a cache holds. */
#define HOG_BYTES 67108864.0

/* Starts one that waits for hog_go(). With `bytes` 0 it computes. NULL when it cannot be had. */
void *hog_start(const struct topology *topology, double share, double bytes);
void hog_go(void *hog);
void hog_pause(void *hog);
void hog_stop(void *hog);

#endif
