#include "harness/inputs.h"

#include <stdlib.h>

int inputs_make(struct inputs *inputs, int count, size_t ny, size_t nx, unsigned long seed,
                int workers, struct error *error)
{
    (void)workers;
    inputs->images = calloc((size_t)count, sizeof *inputs->images);
    for (inputs->count = 0; inputs->count < count; inputs->count++) {
        image_create(&inputs->images[inputs->count], ny, nx, error);
        for (size_t i = 0; i < ny * nx; i++)
            inputs->images[inputs->count].pixels[i] =
                (double)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 33);
    }
    return 0;
}
int inputs_read(struct inputs *inputs, int count, char *const *paths, struct error *error)
{
    (void)count, (void)inputs;
    return error_set(error, paths[0], "later");
}

void inputs_free(struct inputs *inputs)
{
    for (int i = 0; i < inputs->count; i++)
        image_destroy(&inputs->images[i]);
    free(inputs->images);
    *inputs = (struct inputs){0};
}
