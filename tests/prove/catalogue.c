/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of the program's own: what the proof runs. */
#include <string.h>

#include "tests/prove/causes.h"
#include "tests/prove/work.h"

const struct strategy *const strategy_catalogue[] = {&cause_serial,
                                                     &cause_plain,
                                                     &cause_dynamic,
                                                     &cause_lock,
                                                     &cause_start,
                                                     &cause_handout,
                                                     &cause_hog,
                                                     &cause_bandwidth,
                                                     &cause_quota,
                                                     &cause_false_sharing,
                                                     NULL};

const struct filter *const filter_catalogue[] = {&work_filter, NULL};

const struct filter *filter_find(const char *name)
{
    return strcmp(name, work_filter.name) == 0 ? &work_filter : NULL;
}
