/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/record.h"

#include "harness/report/graphs/preview.h"

static int keep_first_image(void *context, const struct image *input, const struct image *output,
                            struct error *error)
{
    const struct results *results = context;
    if (!input) /* those of an earlier benchmark are another's */
        return preview_forget(results->directory, error);
    return preview_keep(results->directory, input, output, error);
}

static int add_run(void *context, const struct run_record *run, struct error *error)
{
    return results_add_run(context, run, error);
}

static int add_readings(void *context, const struct config *config, const struct sampler *sampler,
                        struct error *error)
{
    return results_add_readings(context, config, sampler, error);
}

struct observer record_into(struct results *results)
{
    return (struct observer){.context = results,
                             .first_image = keep_first_image,
                             .run = add_run,
                             .watched = add_readings};
}
