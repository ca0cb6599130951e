/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/inputs/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "harness/base/process/interrupt.h"
#include "harness/commands/inputs/production.h"

static int keep_image(void *context, size_t i, const struct image *image, struct error *error)
{
    struct inputs *inputs = context;
    if (image_create(&inputs->images[i], image->ny, image->nx, error) != 0)
        return -1;
    memcpy(inputs->images[i].pixels, image->pixels, image_bytes(image->ny, image->nx));
    return 0;
}

static int make_room(struct inputs *inputs, int count, struct error *error)
{
    *inputs = (struct inputs){.images = calloc((size_t)count, sizeof *inputs->images)};
    if (!inputs->images)
        return error_set(error, "images", "no memory for %d of them", count);
    inputs->count = count;
    return 0;
}

int inputs_make(struct inputs *inputs, int count, size_t ny, size_t nx, unsigned long seed,
                int workers, struct error *error)
{
    struct production production = {.count = (size_t)count,
                                    .ny = ny,
                                    .nx = nx,
                                    .seed = (uint32_t)seed,
                                    .workers = (size_t)workers,
                                    .take = keep_image,
                                    .context = inputs};
    if (make_room(inputs, count, error) != 0)
        return -1;
    if (production_run(&production, error) == 0)
        return 0;
    inputs_free(inputs);
    return -1;
}

int inputs_number(struct inputs *inputs, int count, struct error *error)
{
    if (make_room(inputs, count, error) != 0)
        return -1;
    for (int i = 0; i < count; i++) {
        if (image_create(&inputs->images[i], 1, 1, error) != 0) {
            inputs_free(inputs);
            return -1;
        }
        inputs->images[i].pixels[0] = i;
    }
    return 0;
}

int inputs_read(struct inputs *inputs, int count, char *const *paths, struct error *error)
{
    if (fits_ready(error) != 0 || make_room(inputs, count, error) != 0)
        return -1;
    for (int i = 0; i < count; i++) {
        int failed = interrupt_signal()
                         ? error_set(error, "interrupted", "while images were read")
                         : fits_read_image_apart(paths[i], &inputs->images[i], error);
        if (failed) {
            inputs_free(inputs);
            return -1;
        }
    }
    return 0;
}

void inputs_free(struct inputs *inputs)
{
    for (int i = 0; i < inputs->count; i++)
        image_destroy(&inputs->images[i]);
    free(inputs->images);
    *inputs = (struct inputs){0};
}
