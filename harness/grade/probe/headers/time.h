/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../hooks.h explains. */
#pragma GCC system_header
#include_next <time.h>

#ifndef HOOKS_TIME_H
#define HOOKS_TIME_H

int hook_nanosleep(const struct timespec *duration, struct timespec *left, HOOK_PLACE);
#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define nanosleep(...) hook_nanosleep(__VA_ARGS__, HOOK_HERE)
#endif

#endif
