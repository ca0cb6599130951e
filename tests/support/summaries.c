/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/summaries.h"

#include <math.h>
#include <stdio.h>

struct estimate only(double value)
{
    return (struct estimate){value, (double)NAN, (double)NAN};
}

struct summary summary_given(const char *strategy, int workers, struct estimate wall_s,
                             struct estimate speedup)
{
    const double unknown = (double)NAN;
    struct summary summary = {
        .setup = {.config = {.filter = "highpass", .workers = workers, .parameters = {.window = 3}},
                  .ny = 5,
                  .nx = 5,
                  .images = 24,
                  .tasks = 24,
                  .latency_s = unknown},
        .rounds = 6,
        .t0_s = 1,
        .wall_s = wall_s,
        .speedup = speedup,
        .activity_speedup = 24 / wall_s.value,
        .ceiling = workers,
        .efficiency = speedup.value / workers,
        .karp_flatt = unknown,
        .cpu_utilisation = unknown,
        .max_rss_kib = unknown,
        .gflops = unknown,
    };
    snprintf(summary.setup.config.strategy, NAME_MAX_LENGTH, "%s", strategy);
    return summary;
}
