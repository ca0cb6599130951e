/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/config.h"

#include <stdio.h>
#include <string.h>

void config_label(const char *strategy, enum lock_mode lock, int blas_asked, char *label,
                  size_t size)
{
    size_t used = (size_t)snprintf(label, size, "%s", strategy);
    if (lock != LOCK_NONE && used < size)
        used += (size_t)snprintf(label + used, size - used, " %s", lock_names[lock]);
    if (blas_asked > 1 && strcmp(strategy, "blas") != 0 && used < size)
        snprintf(label + used, size - used, "+blas%d", blas_asked);
}

int config_most_workers(const struct config *configs, int count)
{
    int most = 1;
    for (int i = 0; i < count; i++)
        if (configs[i].workers > most)
            most = configs[i].workers;
    return most;
}

const char *const grain_names[] = {"image", "band", NULL};
const char *const io_names[] = {"memory", "files", NULL};
const char *const bind_names[] = {"cores", "none", NULL};
const char *const lock_names[] = {"none", "held", "released", NULL};
const char *const status_names[] = {"ok", "wrong", "failed", "crashed", "timeout", NULL};
