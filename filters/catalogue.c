/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "filters/filter.h"
#include "filters/matrix/dot.h"
#include "filters/matrix/smooth.h"
#include "filters/median/highpass.h"
#include "filters/waiting/wait.h"

/* `highpass` is a second name for the fastest engine. */
static const struct {
    const char *alias, *name;
} aliases[] = {
    {"highpass", "highpass-rank"},
};

const struct filter *const filter_catalogue[] = {
    &highpass_select, &highpass_histogram, &highpass_rank, &smooth_blas, &dot_filter,
    &dot_gemm,        &dot_loops,          &dot_blocked,   &wait_filter, NULL,
};

/* Found by its name, as it stands in result files, but in no list of what may be asked for. */
extern const struct filter own_command_filter;

const struct filter *filter_find(const char *name)
{
    if (strcmp(name, own_command_filter.name) == 0)
        return &own_command_filter;
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcmp(name, aliases[i].alias) == 0)
            name = aliases[i].name;
    for (size_t i = 0; filter_catalogue[i]; i++)
        if (strcmp(name, filter_catalogue[i]->name) == 0)
            return filter_catalogue[i];
    return NULL;
}
