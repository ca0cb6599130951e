/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers: those that NumPy draws from the same seed.
 *
 * Both NumPy's np.random.seed() and GSL's gsl_rng_mt19937 are the Mersenne twister of Matsumoto and
 * Nishimura (ACM Transactions on Modeling and Computer Simulation 8(1), 1998) with the seeding of
 * 2002, so the 32-bit words agree. What differs is how a double is made from them: NumPy takes 53
 * bits out of two words,
 *
 *     a = first word / 2^5,  b = second word / 2^6,  u = (a * 2^26 + b) / 2^53
 *
 * and that is what random_uniform() does with GSL's words.
 */
#ifndef GENERATOR_RANDOM_H
#define GENERATOR_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "harness/base/error.h"

/* A sequence of random numbers; one thread at a time. */
struct random_stream;

/* A new stream that has to be seeded before use. NULL with *error set when there is no memory. */
struct random_stream *random_create(struct error *error);

/* Frees the stream; legal on NULL. */
void random_destroy(struct random_stream *stream);

/* Starts the sequence of np.random.seed(seed), from its beginning. 0, or -1 with *error set: seed 0
 * cannot be had where `unsigned long` has 32 bits (see the .c file). */
int random_seed(struct random_stream *stream, uint32_t seed, struct error *error);

/* The next number, uniform in 0 <= u < 1, as np.random.random_sample() returns it. */
double random_uniform(struct random_stream *stream);

/* Skips the next `count` numbers of random_uniform(). */
void random_skip(struct random_stream *stream, size_t count);

#endif
