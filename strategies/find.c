/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <string.h>

#include "strategies/strategy.h"

const struct strategy *strategy_find(const char *name)
{
    for (size_t i = 0; strategy_catalogue[i]; i++)
        if (strcmp(name, strategy_catalogue[i]->name) == 0)
            return strategy_catalogue[i];
    return NULL;
}
