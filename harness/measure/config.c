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

bool config_is_same_strategy(const struct config *a, const struct config *b)
{
    return strcmp(a->strategy, b->strategy) == 0 && a->lock == b->lock &&
           a->blas_threads == b->blas_threads;
}

bool config_is_same(const struct config *a, const struct config *b)
{
    return config_is_same_strategy(a, b) && a->workers == b->workers;
}

int config_most_workers(const struct config *configs, int count)
{
    int most = 1;
    for (int i = 0; i < count; i++)
        if (configs[i].workers > most)
            most = configs[i].workers;
    return most;
}

int config_measured_twice(const struct config *configs, int count)
{
    int found = count > 1 ? 1 : -1;
    for (int i = 2; i < count; i++) {
        const struct config *config = &configs[i], *best = &configs[found];
        bool same = config_is_same_strategy(config, best);
        bool is_pool = strcmp(config->strategy, "pool") == 0;
        if (same ? config->workers > best->workers : is_pool && strcmp(best->strategy, "pool") != 0)
            found = i;
    }
    return found;
}

const char *const grain_names[] = {"image", "band", NULL};
const char *const io_names[] = {"memory", "files", NULL};
const char *const bind_names[] = {"cores", "none", NULL};
const char *const lock_names[] = {"none", "held", "released", NULL};
const char *const status_names[] = {"ok", "wrong", "failed", "crashed", "timeout", NULL};
