/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "did you mean ...?": of all names that there are, the one nearest to what was typed.
 *
 *     struct nearest nearest = nearest_to("ptheads");
 *     for (...)
 *         nearest_offer(&nearest, name);
 *     return nearest_error(&nearest, error, "--strategies", "`speedup list` names all");
 *
 * Nearness is the number of slips between two names: letters too many, too few, wrong, or two
 * neighbours exchanged (the distance of Damerau, 1964, in its restricted form). Capitals count as
 * small letters. A name cut short (`gnu` for `gnu-parallel`) is one slip. */
#ifndef HARNESS_BASE_COMMANDLINE_NEAREST_H
#define HARNESS_BASE_COMMANDLINE_NEAREST_H

#include <stddef.h>

#include "harness/base/error.h"

struct nearest {
    const char *typed;
    const char *name; /* the nearest so far; NULL where none is so near that it may be meant */
    size_t slips;     /* between the two */
};

/* Nothing is offered yet. `typed` must live as long as the result. */
struct nearest nearest_to(const char *typed);

/* Keeps `name` where it is nearer than those before; it must live as long as *nearest. Names may
 * be offered that cannot be meant: with more slips than a third of their letters. */
void nearest_offer(struct nearest *nearest, const char *name);

/* Sets *error to "WHAT: 'TYPED' is not known; did you mean 'NAME'? REMEDY", without the question
 * where no name is near. Returns -1. */
int nearest_error(const struct nearest *nearest, struct error *error, const char *what,
                  const char *remedy);

/* The slips between two names, as above but for the cut ones. */
size_t nearest_slips(const char *a, const char *b);

#endif
