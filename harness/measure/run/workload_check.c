/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/workload_check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t output_bytes(const struct workload *workload, int frame)
{
    return image_bytes(workload->frames[frame].output_ny, workload->frames[frame].output_nx);
}

int workload_keep_reference(const struct workload *workload, struct shared *reference,
                            struct error *error)
{
    size_t bytes = 0;
    for (int i = 0; i < workload->header->frames; i++)
        bytes += output_bytes(workload, i);
    if (shared_create(reference, bytes, error) != 0)
        return -1;
    char *to = reference->address;
    for (int i = 0; i < workload->header->frames; i++) {
        memcpy(to, workload_output(workload, i).pixels, output_bytes(workload, i));
        to += output_bytes(workload, i);
    }
    return 0;
}

/* Bit for bit the same, or near enough. Poison is a NaN, so it is near to nothing; and an infinity
 * is near to another one only by being the same. */
static bool is_right(double pixel, double expected, double tolerance)
{
    bool same = memcmp(&pixel, &expected, sizeof pixel) == 0;
    return same || (tolerance > 0 && isfinite(expected) && fabs(pixel - expected) <= tolerance);
}

int workload_check_output(const struct image *output, const struct image *expected,
                          double tolerance, int frame, struct error *error)
{
    char what[40];
    size_t i = 0, count = output->ny * output->nx;
    while (i < count && is_right(output->pixels[i], expected->pixels[i], tolerance))
        i++;
    if (i == count)
        return 0;
    bool missing = workload_is_poison(output->pixels[i]);
    snprintf(what, sizeof what, "image %d", frame);
    return error_set(error, what, "pixel (%zu, %zu) %s", i / output->nx, i % output->nx,
                     missing ? "was never written" : "differs from the serial result");
}

int workload_check_tasks(const struct workload *workload, struct error *error)
{
    char what[40];
    for (int i = 0; i < workload->header->tasks; i++) {
        int times = atomic_load(&workload->stamps[i].times_run);
        if (times == 1)
            continue;
        snprintf(what, sizeof what, "task %d", i);
        return error_set(error, what, "was run %d times instead of once", times);
    }
    return 0;
}

int workload_check_outputs(const struct workload *workload, const struct filter *filter,
                           const struct shared *reference, struct error *error)
{
    struct image expected = {.pixels = reference->address};
    for (int i = 0; i < workload->header->frames; i++) {
        struct image input = workload_input(workload, i), output = workload_output(workload, i);
        double tolerance = 0;
        expected.ny = output.ny;
        expected.nx = output.nx;
        if (filter->tolerance)
            tolerance = filter->tolerance(&input, &expected);
        if (memcmp(output.pixels, expected.pixels, output_bytes(workload, i)) != 0 &&
            workload_check_output(&output, &expected, tolerance, i, error) != 0)
            return -1;
        expected.pixels += expected.ny * expected.nx;
    }
    return 0;
}
