/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C11 threads of the file that is graded: those of the GNU library are its POSIX threads, with the same
 * types behind other names, and answer in other numbers. */
#define _GNU_SOURCE
#include <errno.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"

#ifdef __GLIBC__
#include "harness/grade/probe/headers/threads.h"

#define PLACE probe_place(hook_file, hook_line)
#define HERE hook_file, hook_line

_Static_assert(sizeof(thrd_t) == sizeof(pthread_t), "a thread is a thread");

static pthread_mutex_t *mutex_of(mtx_t *mutex)
{
    return (pthread_mutex_t *)(void *)mutex;
}

static pthread_cond_t *condition_of(cnd_t *condition)
{
    return (pthread_cond_t *)(void *)condition;
}

static int answer(int problem)
{
    switch (problem) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    case EAGAIN:
    case ENOMEM:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

int hook_c11_create(thrd_t *thread, thrd_start_t start, void *argument, HOOK_PLACE)
{
    return answer(probe_create_thread(thread, NULL, NULL, start, argument, PLACE));
}

int hook_c11_join(thrd_t thread, int *result, HOOK_PLACE)
{
    void *value = NULL;
    int problem = hook_join(thread, &value, HERE);
    if (result)
        *result = (int)(intptr_t)value;
    return answer(problem);
}

int hook_c11_detach(thrd_t thread, HOOK_PLACE)
{
    return answer(hook_detach(thread, HERE));
}

int hook_c11_sleep(const struct timespec *duration, struct timespec *left, HOOK_PLACE)
{
    return hook_nanosleep(duration, left, HERE) == 0 ? 0 : errno == EINTR ? -1 : -2;
}

int hook_c11_lock(mtx_t *mutex, HOOK_PLACE)
{
    return answer(hook_lock(mutex_of(mutex), HERE));
}

int hook_c11_trylock(mtx_t *mutex, HOOK_PLACE)
{
    return answer(hook_trylock(mutex_of(mutex), HERE));
}

int hook_c11_timedlock(mtx_t *mutex, const struct timespec *until, HOOK_PLACE)
{
    return answer(hook_timedlock(mutex_of(mutex), until, HERE));
}

int hook_c11_unlock(mtx_t *mutex, HOOK_PLACE)
{
    return answer(hook_unlock(mutex_of(mutex), HERE));
}

int hook_c11_wait(cnd_t *condition, mtx_t *mutex, HOOK_PLACE)
{
    return answer(hook_condition_wait(condition_of(condition), mutex_of(mutex), HERE));
}

int hook_c11_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *until, HOOK_PLACE)
{
    return answer(hook_condition_timedwait(condition_of(condition), mutex_of(mutex), until, HERE));
}

int hook_c11_signal(cnd_t *condition, HOOK_PLACE)
{
    return answer(hook_signal(condition_of(condition), HERE));
}

int hook_c11_broadcast(cnd_t *condition, HOOK_PLACE)
{
    return answer(hook_broadcast(condition_of(condition), HERE));
}

void hook_c11_once(once_flag *flag, void (*function)(void))
{
    pthread_once((pthread_once_t *)(void *)flag, function);
}
#endif
