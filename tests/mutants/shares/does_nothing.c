/* verdict: work-skipped at 5. SPDX-License-Identifier: GPL-3.0-or-later */
/* The fastest of all. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)job, (void)workers, (void)state;
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};
