/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command: not a filter of ours, but a program of the user's, one start of it a task. The harness
 * starts it; all that is left to say here is that a task cannot be divided and has no pixels. */
#include "filters/filter.h"

static size_t bands(size_t ny)
{
    (void)ny;
    return 1;
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    static char nothing_needed;
    (void)parameters;
    (void)error;
    return &nothing_needed;
}

static int apply(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    (void)workspace, (void)input, (void)row_begin, (void)row_end, (void)output;
    return error_set(error, "command", "is no filter for images: speedup bench FILE... -- COMMAND");
}

static void destroy(void *workspace)
{
    (void)workspace;
}

const struct filter own_command_filter = {
    .name = "command",
    .summary = "a program of your own: bench FILE... -- COMMAND",
    .bands = bands,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};
