/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../hooks.h explains. */
#pragma GCC system_header
#include_next <pthread.h>

#ifndef HOOKS_PTHREAD_H
#define HOOKS_PTHREAD_H

int hook_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                void *argument, HOOK_PLACE);
int hook_join(pthread_t thread, void **result, HOOK_PLACE);
int hook_detach(pthread_t thread, HOOK_PLACE);
_Noreturn void hook_thread_exit(void *result, HOOK_PLACE);

int hook_lock(pthread_mutex_t *mutex, HOOK_PLACE);
int hook_trylock(pthread_mutex_t *mutex, HOOK_PLACE);
int hook_unlock(pthread_mutex_t *mutex, HOOK_PLACE);
int hook_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, HOOK_PLACE);
int hook_condition_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                             const struct timespec *until, HOOK_PLACE);
int hook_signal(pthread_cond_t *condition, HOOK_PLACE);
int hook_broadcast(pthread_cond_t *condition, HOOK_PLACE);

int hook_read_lock(pthread_rwlock_t *lock, HOOK_PLACE);
int hook_write_lock(pthread_rwlock_t *lock, HOOK_PLACE);
int hook_try_read_lock(pthread_rwlock_t *lock, HOOK_PLACE);
int hook_try_write_lock(pthread_rwlock_t *lock, HOOK_PLACE);
int hook_read_write_unlock(pthread_rwlock_t *lock, HOOK_PLACE);

#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define pthread_create(...) hook_create(__VA_ARGS__, HOOK_HERE)
#define pthread_join(...) hook_join(__VA_ARGS__, HOOK_HERE)
#define pthread_detach(...) hook_detach(__VA_ARGS__, HOOK_HERE)
#define pthread_exit(...) hook_thread_exit(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_lock(...) hook_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_trylock(...) hook_trylock(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_unlock(...) hook_unlock(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_wait(...) hook_condition_wait(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_timedwait(...) hook_condition_timedwait(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_signal(...) hook_signal(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_broadcast(...) hook_broadcast(__VA_ARGS__, HOOK_HERE)
#define pthread_rwlock_rdlock(...) hook_read_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_rwlock_wrlock(...) hook_write_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_rwlock_tryrdlock(...) hook_try_read_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_rwlock_trywrlock(...) hook_try_write_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_rwlock_unlock(...) hook_read_write_unlock(__VA_ARGS__, HOOK_HERE)
#endif

/* Not every system has these. */
#ifdef PTHREAD_BARRIER_SERIAL_THREAD
int hook_barrier(pthread_barrier_t *barrier, HOOK_PLACE);
int hook_spin_lock(pthread_spinlock_t *lock, HOOK_PLACE);
int hook_spin_trylock(pthread_spinlock_t *lock, HOOK_PLACE);
int hook_spin_unlock(pthread_spinlock_t *lock, HOOK_PLACE);
int hook_timedlock(pthread_mutex_t *mutex, const struct timespec *until, HOOK_PLACE);
#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define pthread_barrier_wait(...) hook_barrier(__VA_ARGS__, HOOK_HERE)
#define pthread_spin_lock(...) hook_spin_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_spin_trylock(...) hook_spin_trylock(__VA_ARGS__, HOOK_HERE)
#define pthread_spin_unlock(...) hook_spin_unlock(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_timedlock(...) hook_timedlock(__VA_ARGS__, HOOK_HERE)
#endif
#endif

#ifdef __GLIBC__
int hook_tryjoin(pthread_t thread, void **result, HOOK_PLACE);
int hook_timedjoin(pthread_t thread, void **result, const struct timespec *until, HOOK_PLACE);
#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define pthread_tryjoin_np(...) hook_tryjoin(__VA_ARGS__, HOOK_HERE)
#define pthread_timedjoin_np(...) hook_timedjoin(__VA_ARGS__, HOOK_HERE)
#endif
#endif

#endif
