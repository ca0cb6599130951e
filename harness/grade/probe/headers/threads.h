/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../hooks.h explains. The GNU library's C11 threads are its POSIX threads
 * under other names, so they go through the hooks of those: then ThreadSanitizer sees them, too. */
#pragma GCC system_header
#include_next <threads.h>

#if defined __GLIBC__ && !defined HOOKS_THREADS_H
#define HOOKS_THREADS_H

int hook_c11_create(thrd_t *thread, thrd_start_t start, void *argument, HOOK_PLACE);
int hook_c11_join(thrd_t thread, int *result, HOOK_PLACE);
int hook_c11_detach(thrd_t thread, HOOK_PLACE);
int hook_c11_sleep(const struct timespec *duration, struct timespec *left, HOOK_PLACE);
int hook_c11_lock(mtx_t *mutex, HOOK_PLACE);
int hook_c11_trylock(mtx_t *mutex, HOOK_PLACE);
int hook_c11_timedlock(mtx_t *mutex, const struct timespec *until, HOOK_PLACE);
int hook_c11_unlock(mtx_t *mutex, HOOK_PLACE);
int hook_c11_wait(cnd_t *condition, mtx_t *mutex, HOOK_PLACE);
int hook_c11_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *until, HOOK_PLACE);
int hook_c11_signal(cnd_t *condition, HOOK_PLACE);
int hook_c11_broadcast(cnd_t *condition, HOOK_PLACE);
void hook_c11_once(once_flag *flag, void (*function)(void));

#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define thrd_create(...) hook_c11_create(__VA_ARGS__, HOOK_HERE)
#define thrd_join(...) hook_c11_join(__VA_ARGS__, HOOK_HERE)
#define thrd_detach(...) hook_c11_detach(__VA_ARGS__, HOOK_HERE)
#define thrd_sleep(...) hook_c11_sleep(__VA_ARGS__, HOOK_HERE)
#define mtx_lock(...) hook_c11_lock(__VA_ARGS__, HOOK_HERE)
#define mtx_trylock(...) hook_c11_trylock(__VA_ARGS__, HOOK_HERE)
#define mtx_timedlock(...) hook_c11_timedlock(__VA_ARGS__, HOOK_HERE)
#define mtx_unlock(...) hook_c11_unlock(__VA_ARGS__, HOOK_HERE)
#define cnd_wait(...) hook_c11_wait(__VA_ARGS__, HOOK_HERE)
#define cnd_timedwait(...) hook_c11_timedwait(__VA_ARGS__, HOOK_HERE)
#define cnd_signal(...) hook_c11_signal(__VA_ARGS__, HOOK_HERE)
#define cnd_broadcast(...) hook_c11_broadcast(__VA_ARGS__, HOOK_HERE)
#define call_once(...) hook_c11_once(__VA_ARGS__)
#endif

#endif
