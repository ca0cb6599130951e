/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Medians of a class: parts of ranking_make(). */
#ifndef HARNESS_REPORT_CLASS_RANKING_GROUPS_H
#define HARNESS_REPORT_CLASS_RANKING_GROUPS_H

#include "harness/report/class/ranking.h"

/* Fill in the groups, and the steps. 0, or -1 with *error set when there is no memory. */
int ranking_group(struct ranking *ranking, struct error *error);
int ranking_step(struct ranking *ranking, struct error *error);

#endif
