/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../hooks.h explains. */
#pragma GCC system_header
#include_next <semaphore.h>

#ifndef HOOKS_SEMAPHORE_H
#define HOOKS_SEMAPHORE_H

int hook_sem_wait(sem_t *semaphore, HOOK_PLACE);
#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define sem_wait(...) hook_sem_wait(__VA_ARGS__, HOOK_HERE)
#endif
#ifndef __APPLE__
int hook_sem_timedwait(sem_t *semaphore, const struct timespec *until, HOOK_PLACE);
#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define sem_timedwait(...) hook_sem_timedwait(__VA_ARGS__, HOOK_HERE)
#endif
#endif

#endif
