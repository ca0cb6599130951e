/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the injector have in common. */
#ifndef TESTS_FAULTS_INJECT_PRIVATE_H
#define TESTS_FAULTS_INJECT_PRIVATE_H

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "tests/faults/inject.h"

/* Whether this call is the one to fail; `caller` is where it will return to. */
bool inject_fails(enum fault_kind kind, const void *caller);

/* The same for the function that it is used in, with errno set where it is. */
#define FAILS(kind, number)                                                                        \
    (inject_fails(kind, __builtin_return_address(0)) && (errno = (number), true))

/* The function that would have been called without us. */
#define NEXT(name) ((__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name))

#endif
