/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads, locks and conditions of the file that is graded. */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"

#define PLACE probe_place(hook_file, hook_line)

/* What a new thread is told; taken from a table, as malloc() would be seen by the sanitizers. */
struct start {
    atomic_bool taken;
    void *(*start)(void *);
    void *argument;
};
static struct start starts[THREADS_MAX];

static void note_most(atomic_int *most, int now)
{
    int before = atomic_load(most);
    while (now > before && !atomic_compare_exchange_weak(most, &before, now))
        continue;
}

static struct start *new_start(void)
{
    for (int i = 0; i < THREADS_MAX; i++) {
        bool taken = false;
        if (atomic_compare_exchange_strong(&starts[i].taken, &taken, true))
            return &starts[i];
    }
    return NULL;
}

/* However the thread ends, by return, pthread_exit() or pthread_cancel(). */
static void say_goodbye(void *unused)
{
    (void)unused;
    atomic_fetch_sub(&probe->threads, 1);
    probe_thread_leaves();
}

static void *begin(void *argument)
{
    struct start *start = argument;
    void *(*function)(void *) = start->start;
    void *handed = start->argument, *result;
    atomic_store(&start->taken, false);
    probe_thread();
    probe_pause();
    pthread_cleanup_push(say_goodbye, NULL);
    result = function(handed);
    pthread_cleanup_pop(1);
    return result;
}

/* Plain bytes, read past the sanitizers: other threads may be writing there, and that is theirs. */
static void look_at_argument(const volatile unsigned char *argument)
{
    unsigned char bytes[sizeof probe->argument_bytes];
    const unsigned char here = 0;
    uintptr_t below = (uintptr_t)&here, address = (uintptr_t)argument;
    if (address < below || address > below + 65536)
        return; /* not in the function that creates the threads */
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = argument[i];
    if (probe->argument == (const void *)argument) {
        probe->argument_shared = true;
        if (memcmp(bytes, probe->argument_bytes, sizeof bytes) != 0)
            probe->argument_changed = true;
    }
    probe->argument = (const void *)argument;
    memcpy(probe->argument_bytes, bytes, sizeof bytes);
}

int hook_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                void *argument, HOOK_PLACE)
{
    struct start *told = new_start();
    int detached = PTHREAD_CREATE_JOINABLE;
    if (!told)
        return pthread_create(thread, attributes, start, argument);
    if (attributes)
        pthread_attr_getdetachstate(attributes, &detached);
    probe_thread();
    look_at_argument(argument);
    told->start = start;
    told->argument = argument;
    probe->created = PLACE;
    note_most(&probe->threads_most, atomic_fetch_add(&probe->threads, 1) + 1);
    int problem = pthread_create(thread, attributes, begin, told);
    if (problem) {
        atomic_fetch_sub(&probe->threads, 1);
        atomic_store(&told->taken, false);
        return problem;
    }
    atomic_fetch_add(&probe->threads_created, 1);
    if (detached == PTHREAD_CREATE_JOINABLE)
        probe_keep(BLOCK_THREAD, (uintptr_t)*thread, 0, PLACE);
    return 0;
}

int hook_join(pthread_t thread, void **result, HOOK_PLACE)
{
    probe_stand(IN_JOIN, NULL, PLACE);
    int problem = pthread_join(thread, result);
    probe_walk();
    if (problem == 0 && probe_give_back(BLOCK_THREAD, (uintptr_t)thread))
        probe->joined_place = PLACE;
    return problem;
}

int hook_detach(pthread_t thread, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    probe_give_back(BLOCK_THREAD, (uintptr_t)thread);
    return pthread_detach(thread);
}

/* ---- locks ---------------------------------------------------------------------------------- */

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

int hook_lock(pthread_mutex_t *mutex, HOOK_PLACE)
{
    probe_pause();
    probe_stand(IN_LOCK, mutex, PLACE);
    int problem = pthread_mutex_lock(mutex);
    probe_walk();
    if (problem == 0) {
        take(mutex, PLACE);
        probe_pause();
    }
    return problem;
}

int hook_trylock(pthread_mutex_t *mutex, HOOK_PLACE)
{
    int problem = pthread_mutex_trylock(mutex);
    if (problem == 0)
        take(mutex, PLACE);
    return problem;
}

/* Whoever else holds it loses it too: the lock is open afterwards. */
static void judge_unlock(const void *mutex, struct place place)
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

int hook_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, HOOK_PLACE)
{
    struct thread *thread = probe_thread();
    probe_pause(); /* a signal that comes now, without the lock, is lost */
    bool held = let_go(thread, mutex);
    probe_stand(IN_CONDITION, condition, PLACE);
    int problem = pthread_cond_wait(condition, mutex);
    probe_walk();
    if (held)
        take(mutex, PLACE);
    return problem;
}

int hook_condition_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                             const struct timespec *until, HOOK_PLACE)
{
    bool held = let_go(probe_thread(), mutex);
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
    return problem;
}

#ifdef PTHREAD_BARRIER_SERIAL_THREAD
int hook_barrier(pthread_barrier_t *barrier, HOOK_PLACE)
{
    probe_stand(IN_BARRIER, barrier, PLACE);
    int problem = pthread_barrier_wait(barrier);
    probe_walk();
    return problem;
}
#endif
