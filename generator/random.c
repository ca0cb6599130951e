/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generator/random.h"

#include <gsl/gsl_rng.h>
#include <limits.h>
#include <stdlib.h>

/* The generator's own functions are called, without gsl_rng_get() around them: that saves a call
 * for each of the millions of words of an image. And gsl_rng_alloc() would end the program, through
 * GSL's error handler, when there is no memory. */
struct random_stream {
    const gsl_rng_type *type;
    void *state; /* type->size bytes */
};

struct random_stream *random_create(struct error *error)
{
    struct random_stream *stream = malloc(sizeof *stream);
    if (stream) {
        stream->type = gsl_rng_mt19937;
        stream->state = malloc(stream->type->size);
    }
    if (!stream || !stream->state) {
        error_set(error, "random numbers", "no memory");
        random_destroy(stream);
        return NULL;
    }
    return stream;
}

void random_destroy(struct random_stream *stream)
{
    if (!stream)
        return;
    free(stream->state);
    free(stream);
}

int random_seed(struct random_stream *stream, uint32_t seed, struct error *error)
{
    unsigned long value = seed;
    if (seed == 0) {
        /* GSL puts its default, 4357, in the place of seed 0, and only then cuts the seed to 32
         * bits. So 2^32 passes for a seed that is not 0, and is cut to the 0 that NumPy means. */
#if ULONG_MAX > 0xffffffff
        value = 0x100000000;
#else
        return error_set(error, "seed 0",
                         "not on this machine, where a long has 32 bits; "
                         "use another seed");
#endif
    }
    (void)error; /* set above, where a long has 32 bits */
    stream->type->set(stream->state, value);
    return 0;
}

double random_uniform(struct random_stream *stream)
{
    unsigned long a = stream->type->get(stream->state) >> 5;
    unsigned long b = stream->type->get(stream->state) >> 6;
    return ((double)a * 0x1p26 + (double)b) * 0x1p-53;
}

void random_skip(struct random_stream *stream, size_t count)
{
    for (size_t i = 0; i < 2 * count; i++)
        stream->type->get(stream->state);
}
