/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells ThreadSanitizer about the order that GNU's OpenMP library brings about.
 *
 * That library is not compiled with the sanitizer and waits by system calls, so the sanitizer does
 * not see that a barrier is one and finds races where there are none. The linker's --wrap sends
 * what gcc makes of each pragma through here, where we say what happens before what:
 *
 *     the threads of a region begin after it, and it ends after them
 *     nobody leaves a barrier before all have come to it
 *     who enters a critical section comes after those who have left it
 *     a task begins after whoever created it had come so far; who waits for tasks comes after them
 *
 * Where there is no sanitizer, the two functions below are NULL, and nothing is said. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

static char begun, ended, barrier, critical, tasks_created, tasks_done;

static void after(void *what)
{
    if (__tsan_acquire)
        __tsan_acquire(what);
}

static void before(void *what)
{
    if (__tsan_release)
        __tsan_release(what);
}

/* What a thread of a region is given in the place of the region's body. */
struct region {
    void (*body)(void *);
    void *data;
};

static void run_region(void *argument)
{
    const struct region *region = argument;
    after(&begun);
    region->body(region->data);
    before(&ended);
}

static void region_begins(void)
{
    before(&begun);
}

static void region_has_ended(void)
{
    after(&ended);
    after(&tasks_done);
}

#define REGION(name, parameters, ...)                                                              \
    void __real_##name parameters;                                                                 \
    void __wrap_##name parameters;                                                                 \
    void __wrap_##name parameters                                                                  \
    {                                                                                              \
        struct region region = {body, data};                                                       \
        region_begins();                                                                           \
        __real_##name(run_region, &region, __VA_ARGS__);                                           \
        region_has_ended();                                                                        \
    }

#define BODY void (*body)(void *), void *data, unsigned threads
#define LOOP BODY, long from, long to, long step

REGION(GOMP_parallel, (BODY, unsigned flags), threads, flags)
REGION(GOMP_parallel_sections, (BODY, unsigned count, unsigned flags), threads, count, flags)
REGION(GOMP_parallel_loop_static, (LOOP, long chunk, unsigned flags), threads, from, to, step,
       chunk, flags)
REGION(GOMP_parallel_loop_dynamic, (LOOP, long chunk, unsigned flags), threads, from, to, step,
       chunk, flags)
REGION(GOMP_parallel_loop_guided, (LOOP, long chunk, unsigned flags), threads, from, to, step,
       chunk, flags)
REGION(GOMP_parallel_loop_nonmonotonic_dynamic, (LOOP, long chunk, unsigned flags), threads, from,
       to, step, chunk, flags)
REGION(GOMP_parallel_loop_nonmonotonic_guided, (LOOP, long chunk, unsigned flags), threads, from,
       to, step, chunk, flags)
REGION(GOMP_parallel_loop_runtime, (LOOP, unsigned flags), threads, from, to, step, flags)
REGION(GOMP_parallel_loop_nonmonotonic_runtime, (LOOP, unsigned flags), threads, from, to, step,
       flags)
REGION(GOMP_parallel_loop_maybe_nonmonotonic_runtime, (LOOP, unsigned flags), threads, from, to,
       step, flags)

#define BARRIER(name)                                                                              \
    void __real_##name(void);                                                                      \
    void __wrap_##name(void);                                                                      \
    void __wrap_##name(void)                                                                       \
    {                                                                                              \
        before(&barrier);                                                                          \
        before(&tasks_created);                                                                    \
        __real_##name();                                                                           \
        after(&barrier);                                                                           \
        after(&tasks_done);                                                                        \
    }

BARRIER(GOMP_barrier)
BARRIER(GOMP_loop_end)
BARRIER(GOMP_sections_end)
BARRIER(GOMP_taskwait)
BARRIER(GOMP_taskgroup_end)

/* The same where a loop may be cancelled: they say whether it was. */
#define BARRIER_CANCEL(name)                                                                       \
    bool __real_##name(void);                                                                      \
    bool __wrap_##name(void);                                                                      \
    bool __wrap_##name(void)                                                                       \
    {                                                                                              \
        before(&barrier);                                                                          \
        before(&tasks_created);                                                                    \
        bool cancelled = __real_##name();                                                          \
        after(&barrier);                                                                           \
        after(&tasks_done);                                                                        \
        return cancelled;                                                                          \
    }

BARRIER_CANCEL(GOMP_barrier_cancel)
BARRIER_CANCEL(GOMP_loop_end_cancel)
BARRIER_CANCEL(GOMP_sections_end_cancel)

/* What one thread has found out is copied by all others. */
void *__real_GOMP_single_copy_start(void);
void *__wrap_GOMP_single_copy_start(void);
void *__wrap_GOMP_single_copy_start(void)
{
    void *copied = __real_GOMP_single_copy_start();
    after(&barrier);
    return copied;
}

void __real_GOMP_single_copy_end(void *data);
void __wrap_GOMP_single_copy_end(void *data);
void __wrap_GOMP_single_copy_end(void *data)
{
    before(&barrier);
    __real_GOMP_single_copy_end(data);
    after(&barrier);
}

#define ENTER(name, parameters, arguments, lock)                                                   \
    void __real_##name parameters;                                                                 \
    void __wrap_##name parameters;                                                                 \
    void __wrap_##name parameters                                                                  \
    {                                                                                              \
        __real_##name arguments;                                                                   \
        after(lock);                                                                               \
    }
#define LEAVE(name, parameters, arguments, lock)                                                   \
    void __real_##name parameters;                                                                 \
    void __wrap_##name parameters;                                                                 \
    void __wrap_##name parameters                                                                  \
    {                                                                                              \
        before(lock);                                                                              \
        __real_##name arguments;                                                                   \
    }

ENTER(GOMP_critical_start, (void), (), &critical)
LEAVE(GOMP_critical_end, (void), (), &critical)
ENTER(GOMP_critical_name_start, (void **name), (name), name)
LEAVE(GOMP_critical_name_end, (void **name), (name), name)
ENTER(GOMP_atomic_start, (void), (), &critical)
LEAVE(GOMP_atomic_end, (void), (), &critical)
ENTER(GOMP_ordered_start, (void), (), &critical)
LEAVE(GOMP_ordered_end, (void), (), &critical)
ENTER(omp_set_lock, (void *lock), (lock), lock)
LEAVE(omp_unset_lock, (void *lock), (lock), lock)
ENTER(omp_set_nest_lock, (void *lock), (lock), lock)
LEAVE(omp_unset_nest_lock, (void *lock), (lock), lock)

/* Whether they got it they say by a number, 0 for not. */
#define TRY(name)                                                                                  \
    int __real_##name(void *lock);                                                                 \
    int __wrap_##name(void *lock);                                                                 \
    int __wrap_##name(void *lock)                                                                  \
    {                                                                                              \
        int got = __real_##name(lock);                                                             \
        if (got)                                                                                   \
            after(lock);                                                                           \
        return got;                                                                                \
    }

TRY(omp_test_lock)
TRY(omp_test_nest_lock)

/* ---- tasks ---------------------------------------------------------------------------------- */

enum { ALIGNMENT = 16, TASK_BYTES_MAX = 1024 };

/* In front of a task's data, and as long as an alignment. */
union task_head {
    void (*body)(void *);
    char room[ALIGNMENT];
};

static void run_task(void *argument)
{
    char *block = argument;
    after(&tasks_created);
    ((union task_head *)argument)->body(block + sizeof(union task_head));
    before(&tasks_done);
}

void __real_GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long bytes,
                      long alignment, bool run_later, unsigned flags, void **depend, int priority,
                      void *detach);
void __wrap_GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long bytes,
                      long alignment, bool run_later, unsigned flags, void **depend, int priority,
                      void *detach);
void __wrap_GOMP_task(void (*body)(void *), void *data, void (*copy)(void *, void *), long bytes,
                      long alignment, bool run_later, unsigned flags, void **depend, int priority,
                      void *detach)
{
    struct {
        union task_head head;
        char data[TASK_BYTES_MAX];
    } block;
    before(&tasks_created);
    if (copy || bytes > TASK_BYTES_MAX || alignment > ALIGNMENT) {
        __real_GOMP_task(body, data, copy, bytes, alignment, run_later, flags, depend, priority,
                         detach);
        return;
    }
    block.head.body = body;
    memcpy(block.data, data, (size_t)bytes);
    __real_GOMP_task(run_task, &block, NULL, (long)sizeof block.head + bytes, ALIGNMENT, run_later,
                     flags, depend, priority, detach);
}
