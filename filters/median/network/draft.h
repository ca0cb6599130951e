/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network while it is being planned: its results are values, each made once, of any number. In the
 * end each value that is needed gets a wire, which carries another one once it has been read for the
 * last time.
 */
#ifndef FILTERS_MEDIAN_NETWORK_DRAFT_H
#define FILTERS_MEDIAN_NETWORK_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/median/network/plan.h"

struct network_draft_step {
    enum network_kind kind;
    uint32_t from[NETWORK_FROM_MOST], to[NETWORK_TO_MOST]; /* values; NETWORK_NONE: none */
    uint32_t place[2];                                     /* of inputs */
};

static const uint32_t NETWORK_NONE = UINT32_MAX;

/* Zero, to begin with. */
struct network_draft {
    bool failed;     /* no memory; the draft is of no use */
    uint32_t values; /* 0 ... values-1 */
    size_t count, room;
    struct network_draft_step *steps; /* owned by whoever drafts */
    uint32_t medians[NETWORK_SIDE_MOST * NETWORK_SIDE_MOST];
};

/* Each adds a step and returns its value: the pixel at `place`; the lower of a and b, of which the
 * higher is the next value, that + 1; the lower of `least` and the higher of a and b. */
uint32_t network_input(struct network_draft *draft, uint32_t place);
uint32_t network_compare(struct network_draft *draft, uint32_t a, uint32_t b);
uint32_t network_fold(struct network_draft *draft, uint32_t a, uint32_t b, uint32_t least);

/* Makes the steps of a network, whose `side` is set, of the draft, which it changes. 0, or -1 where
 * there is no memory, or was none before. */
int network_lay(struct network_draft *draft, struct network *network);

#endif
