/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads of the file that is graded. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"

#define PLACE probe_place(hook_file, hook_line)

/* What a new thread is told; taken from a table, as malloc() would be seen by the sanitizers. */
struct start {
    atomic_bool taken, known;
    void *(*posix)(void *); /* one of the two */
    int (*c11)(void *);
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
        if (!atomic_compare_exchange_strong(&starts[i].taken, &taken, true))
            continue;
        atomic_store(&starts[i].known, false);
        return &starts[i];
    }
    return NULL;
}

/* However the thread ends, by return, pthread_exit() or pthread_cancel(). */
static void say_goodbye(void *unused)
{
    (void)unused;
    struct thread *thread = probe_thread();
    if (!thread || !thread->has_done)
        atomic_fetch_sub(&probe->threads, 1);
    probe_thread_leaves();
}

static void *call(struct start *start)
{
    /* It may detach itself at once: then whoever created it must have written it down. */
    while (!atomic_load(&start->known))
        probe_sleep(1e-6);
    const struct start told = {
        .posix = start->posix, .c11 = start->c11, .argument = start->argument};
    atomic_store(&start->taken, false);
    struct thread *thread = probe_thread();
    if (thread)
        thread->is_created = true;
    probe_pause();
    return told.c11 ? (void *)(intptr_t)told.c11(told.argument) : told.posix(told.argument);
}

static void *begin(void *start)
{
    void *result;
    pthread_cleanup_push(say_goodbye, NULL);
    result = call(start);
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

int probe_create_thread(pthread_t *thread, const pthread_attr_t *attributes, void *(*posix)(void *),
                        int (*c11)(void *), void *argument, struct place place)
{
    struct start *told = new_start();
    int detached = PTHREAD_CREATE_JOINABLE;
    if (!told)
        return EAGAIN;
    if (attributes)
        pthread_attr_getdetachstate(attributes, &detached);
    probe_thread();
    look_at_argument(argument);
    told->posix = posix;
    told->c11 = c11;
    told->argument = argument;
    probe->created = place;
    note_most(&probe->threads_most, atomic_fetch_add(&probe->threads, 1) + 1);
    int problem = pthread_create(thread, attributes, begin, told);
    if (problem) {
        atomic_fetch_sub(&probe->threads, 1);
        atomic_store(&told->taken, false);
        return problem;
    }
    atomic_fetch_add(&probe->threads_created, 1);
    if (detached == PTHREAD_CREATE_JOINABLE)
        probe_keep(BLOCK_THREAD, (uintptr_t)*thread, 0, place);
    atomic_store(&told->known, true);
    return 0;
}

int hook_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                void *argument, HOOK_PLACE)
{
    return probe_create_thread(thread, attributes, start, NULL, argument, PLACE);
}

static int joined(int problem, pthread_t thread, struct place place)
{
    probe_walk();
    if (problem == 0 && probe_give_back(BLOCK_THREAD, (uintptr_t)thread))
        probe->joined_place = place;
    return problem;
}

int hook_join(pthread_t thread, void **result, HOOK_PLACE)
{
    probe_stand(IN_JOIN, NULL, PLACE);
    return joined(pthread_join(thread, result), thread, PLACE);
}

#ifdef __GLIBC__
int hook_tryjoin(pthread_t thread, void **result, HOOK_PLACE)
{
    return joined(pthread_tryjoin_np(thread, result), thread, PLACE);
}

int hook_timedjoin(pthread_t thread, void **result, const struct timespec *until, HOOK_PLACE)
{
    atomic_store(&probe->looks_at_clock, true);
    probe_stand(IN_JOIN, NULL, PLACE);
    return joined(pthread_timedjoin_np(thread, result, until), thread, PLACE);
}
#endif

int hook_detach(pthread_t thread, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    probe_give_back(BLOCK_THREAD, (uintptr_t)thread);
    return pthread_detach(thread);
}

/* In run() itself it ends the thread that called run(), and nobody returns to its caller. */
_Noreturn void hook_thread_exit(void *result, HOOK_PLACE)
{
    if (probe_thread() == probe->runner)
        probe_note("ended-early", PLACE, "pthread_exit() ended the thread that called run()");
    pthread_exit(result);
}
