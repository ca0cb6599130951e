/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods that highpass-rank chooses from, for tests and benchmarks that compare them. */
#ifndef FILTERS_MEDIAN_METHODS_H
#define FILTERS_MEDIAN_METHODS_H

#include <stddef.h>

enum median_method {
    MEDIAN_ANY,
    MEDIAN_NINE,    /* network/nine.c */
    MEDIAN_FIVE,    /* network/five.c */
    MEDIAN_NETWORK, /* network/network.c */
    MEDIAN_WALK,    /* rank_walk.c */
    MEDIAN_HISTOGRAM
};

/* The one that highpass-rank takes for a window. */
enum median_method median_method(size_t window);

/* highpass-rank with one method whatever the window; from 2 to NETWORK_WINDOW_MOST for networks.
 * They are in no catalogue. */
extern const struct filter median_by_network;
extern const struct filter median_by_walk;

#endif
