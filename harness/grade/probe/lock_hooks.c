/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks, conditions and semaphores of the file that is graded. */
#define _GNU_SOURCE
#include <string.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"

#define PLACE probe_place(hook_file, hook_line)

static void take(const void *lock, struct place place)
{
    struct thread *thread = probe_thread();
    if (thread && thread->held_count < LOCKS_MAX)
        thread->held[thread->held_count++] = (struct held){lock, place};
}

static bool let_go(struct thread *thread, const void *lock)
{
    for (int i = thread ? thread->held_count - 1 : -1; i >= 0; i--)
        if (thread->held[i].lock == lock) {
            memmove(&thread->held[i], &thread->held[i + 1],
                    (size_t)(thread->held_count - i - 1) * sizeof thread->held[0]);
            thread->held_count--;
            return true;
        }
    return false;
}

/* Who holds one lock and wants another gives others the time to do the same. */
static int locked(int problem, const void *lock, struct place place)
{
    probe_walk();
    if (problem != 0)
        return problem;
    take(lock, place);
    probe_pause();
    return 0;
}

int hook_lock(pthread_mutex_t *mutex, HOOK_PLACE)
{
    probe_pause();
    probe_stand(IN_LOCK, mutex, PLACE);
    int problem = pthread_mutex_lock(mutex);
    return locked(problem, mutex, PLACE);
}

int hook_trylock(pthread_mutex_t *mutex, HOOK_PLACE)
{
    int problem = pthread_mutex_trylock(mutex);
    if (problem == 0)
        take(mutex, PLACE);
    return problem;
}

/* Whoever else holds it loses it too: the lock is open afterwards. It may also have been locked in a
 * way that we do not see, or be one of more than we remember: then it is not free. */
static void judge_unlock(pthread_mutex_t *mutex, struct place place)
{
    struct thread *me = probe_thread();
    for (int i = 0; i < THREADS_MAX; i++) {
        struct thread *other = &probe->thread[i];
        if (other == me || atomic_load(&other->process) == 0 || !let_go(other, mutex))
            continue;
        probe_note("unlock-by-other", place,
                   "a thread unlocks what another thread has locked, on line %d", place.line);
        return;
    }
    if (pthread_mutex_trylock(mutex) == 0)
        probe_note("unlock-by-other", place, "a lock is unlocked that nobody holds");
}

int hook_unlock(pthread_mutex_t *mutex, HOOK_PLACE)
{
    if (!let_go(probe_thread(), mutex))
        judge_unlock(mutex, PLACE);
    int problem = pthread_mutex_unlock(mutex);
    probe_pause();
    return problem;
}

/* A wait may end without a signal, says POSIX; now and then this one does. */
static int wake_for_nothing(pthread_mutex_t *mutex)
{
    int problem = pthread_mutex_unlock(mutex);
    probe_pause();
    return problem ? problem : pthread_mutex_lock(mutex);
}

int hook_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, HOOK_PLACE)
{
    struct thread *thread = probe_thread();
    probe_pause(); /* a signal that comes now, without the lock, is lost */
    bool held = let_go(thread, mutex);
    probe_stand(IN_CONDITION, condition, PLACE);
    int problem =
        held && probe_by_chance(8) ? wake_for_nothing(mutex) : pthread_cond_wait(condition, mutex);
    probe_walk();
    if (held)
        take(mutex, PLACE);
    return problem;
}

int hook_condition_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                             const struct timespec *until, HOOK_PLACE)
{
    bool held = let_go(probe_thread(), mutex);
    atomic_store(&probe->looks_at_clock, true);
    probe_stand(IN_CONDITION, condition, PLACE);
    int problem = pthread_cond_timedwait(condition, mutex, until);
    probe_walk();
    if (held)
        take(mutex, PLACE);
    return problem;
}

int hook_signal(pthread_cond_t *condition, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    probe_pause();
    return pthread_cond_signal(condition);
}

int hook_broadcast(pthread_cond_t *condition, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    probe_pause();
    return pthread_cond_broadcast(condition);
}

int hook_sem_wait(sem_t *semaphore, HOOK_PLACE)
{
    probe_stand(IN_SEMAPHORE, semaphore, PLACE);
    int problem = sem_wait(semaphore);
    probe_walk();
    probe_pause(); /* it may be meant as a lock */
    return problem;
}

#ifndef __APPLE__
int hook_sem_timedwait(sem_t *semaphore, const struct timespec *until, HOOK_PLACE)
{
    atomic_store(&probe->looks_at_clock, true);
    probe_stand(IN_SEMAPHORE, semaphore, PLACE);
    int problem = sem_timedwait(semaphore, until);
    probe_walk();
    return problem;
}
#endif

/* ---- locks for readers and writers ---------------------------------------------------------- */

int hook_read_lock(pthread_rwlock_t *lock, HOOK_PLACE)
{
    probe_pause();
    probe_stand(IN_LOCK, lock, PLACE);
    return locked(pthread_rwlock_rdlock(lock), lock, PLACE);
}

int hook_write_lock(pthread_rwlock_t *lock, HOOK_PLACE)
{
    probe_pause();
    probe_stand(IN_LOCK, lock, PLACE);
    return locked(pthread_rwlock_wrlock(lock), lock, PLACE);
}

int hook_try_read_lock(pthread_rwlock_t *lock, HOOK_PLACE)
{
    int problem = pthread_rwlock_tryrdlock(lock);
    if (problem == 0)
        take(lock, PLACE);
    return problem;
}

int hook_try_write_lock(pthread_rwlock_t *lock, HOOK_PLACE)
{
    int problem = pthread_rwlock_trywrlock(lock);
    if (problem == 0)
        take(lock, PLACE);
    return problem;
}

int hook_read_write_unlock(pthread_rwlock_t *lock, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    let_go(probe_thread(), lock);
    int problem = pthread_rwlock_unlock(lock);
    probe_pause();
    return problem;
}

/* ---- what not every system has -------------------------------------------------------------- */

#ifdef PTHREAD_BARRIER_SERIAL_THREAD
int hook_timedlock(pthread_mutex_t *mutex, const struct timespec *until, HOOK_PLACE)
{
    atomic_store(&probe->looks_at_clock, true);
    probe_stand(IN_LOCK, mutex, PLACE);
    return locked(pthread_mutex_timedlock(mutex, until), mutex, PLACE);
}

int hook_barrier(pthread_barrier_t *barrier, HOOK_PLACE)
{
    probe_stand(IN_BARRIER, barrier, PLACE);
    int problem = pthread_barrier_wait(barrier);
    probe_walk();
    return problem;
}

/* The types are volatile on some systems. */
#define ADDRESS(lock) ((const void *)(uintptr_t)(lock))

int hook_spin_lock(pthread_spinlock_t *lock, HOOK_PLACE)
{
    probe_stand(IN_LOCK, ADDRESS(lock), PLACE);
    return locked(pthread_spin_lock(lock), ADDRESS(lock), PLACE);
}

int hook_spin_trylock(pthread_spinlock_t *lock, HOOK_PLACE)
{
    int problem = pthread_spin_trylock(lock);
    if (problem == 0)
        take(ADDRESS(lock), PLACE);
    return problem;
}

int hook_spin_unlock(pthread_spinlock_t *lock, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    let_go(probe_thread(), ADDRESS(lock));
    return pthread_spin_unlock(lock);
}
#endif
