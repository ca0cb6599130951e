/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter `wait`: its tasks compute nothing, they wait, as a query to a web service does.
 *
 * A task connects to a server on this machine, asks it a question (its first pixel), waits for the
 * answer, checks it and stores it in an output of one pixel. The server answers
 * `filter_parameters.latency_s` seconds after it was asked. Nothing here is simulated with sleep():
 * what is measured is the waiting on a socket that real programs do.
 *
 * A worker that waits uses no core. So the speedup is the number of workers, however few the cores,
 * until connecting and answering, which do take CPU time, fill them.
 */
#ifndef FILTERS_WAITING_WAIT_H
#define FILTERS_WAITING_WAIT_H

#include "filters/filter.h"

extern const struct filter wait_filter;

#endif
