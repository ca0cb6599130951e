/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/record.h"

#include "harness/report/graphs/preview.h"

static int keep_first_image(void *context, const struct image *input, const struct image *output,
                            struct error *error)
{
    const struct recorder *recorder = context;
    const struct results *results = recorder->results;
    if (!input) /* those of an earlier benchmark are another's */
        return preview_forget(results->directory, error);
    return preview_keep(results->directory, input, output, error);
}

static int add_run(void *context, const struct run_record *run, struct error *error)
{
    const struct recorder *recorder = context;
    return results_add_run(recorder->results, run, error);
}

static int add_readings(void *context, const struct config *config, const struct sampler *sampler,
                        struct error *error)
{
    const struct recorder *recorder = context;
    return results_add_readings(recorder->results, config, sampler, error);
}

static int look_again(void *context, int done, struct error *error)
{
    const struct recorder *recorder = context;
    (void)done;
    return looks_add(recorder->looks, error);
}

static bool was_disturbed(void *context)
{
    const struct recorder *recorder = context;
    return looks_last_is_busy(recorder->looks);
}

static void leave_out(void *context)
{
    const struct recorder *recorder = context;
    looks_leave_out_last(recorder->looks);
}

static int show_so_far(void *context, const struct result_set *set, struct error *error)
{
    const struct recorder *recorder = context;
    (void)error;
    early_show(recorder->early, set);
    return 0;
}

struct observer record_into(struct recorder *recorder)
{
    return (struct observer){.context = recorder,
                             .first_image = keep_first_image,
                             .run = add_run,
                             .round = look_again,
                             .disturbed = was_disturbed,
                             .left_out = leave_out,
                             .so_far = show_so_far,
                             .watched = add_readings};
}
