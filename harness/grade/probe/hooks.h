/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Put in front of the file that is graded (`cc -include`): every call that creates a thread or a
 * process, waits, or takes memory goes through the probe, with the line it stands on.
 *
 * Macros with arguments, so that a member or variable of the same name is left alone. A file that
 * cannot be compiled this way is graded without; then fewer lines are known. */
#ifndef HARNESS_GRADE_PROBE_HOOKS_H
#define HARNESS_GRADE_PROBE_HOOKS_H

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "strategies/strategy.h"

#define HOOK_PLACE const char *hook_file, int hook_line
int hook_job_run(struct job *job, int task, int worker, HOOK_PLACE);

int hook_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                void *argument, HOOK_PLACE);
int hook_join(pthread_t thread, void **result, HOOK_PLACE);
int hook_detach(pthread_t thread, HOOK_PLACE);

int hook_lock(pthread_mutex_t *mutex, HOOK_PLACE);
int hook_trylock(pthread_mutex_t *mutex, HOOK_PLACE);
int hook_unlock(pthread_mutex_t *mutex, HOOK_PLACE);
int hook_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, HOOK_PLACE);
int hook_condition_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                             const struct timespec *until, HOOK_PLACE);
int hook_signal(pthread_cond_t *condition, HOOK_PLACE);
int hook_broadcast(pthread_cond_t *condition, HOOK_PLACE);
int hook_sem_wait(sem_t *semaphore, HOOK_PLACE);

pid_t hook_fork(HOOK_PLACE);
pid_t hook_wait(pid_t process, int *status, int options, HOOK_PLACE);
ssize_t hook_read(int fd, void *buffer, size_t bytes, HOOK_PLACE);
int hook_pipe(int ends[2], HOOK_PLACE);
int hook_socketpair(int domain, int type, int protocol, int ends[2], HOOK_PLACE);

void *hook_malloc(size_t bytes, HOOK_PLACE);
void *hook_calloc(size_t count, size_t bytes, HOOK_PLACE);
void *hook_realloc(void *block, size_t bytes, HOOK_PLACE);
void hook_free(void *block, HOOK_PLACE);
void *hook_mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t offset,
                HOOK_PLACE);
int hook_munmap(void *address, size_t bytes, HOOK_PLACE);

/* The strategy that is graded, -DHOOKS_GRADED=strategy_mine on the grader's command line. Weak, as
 * each file says it where there are several. */
#ifdef HOOKS_GRADED
extern const struct strategy HOOKS_GRADED;
extern const struct strategy *const probe_graded;
__attribute__((weak)) const struct strategy *const probe_graded = &HOOKS_GRADED;
#endif

#define HOOK_HERE __FILE__, __LINE__
#if !defined HOOKS_FOR_THE_PROBE_ITSELF && !defined HOOKS_OFF
#define job_run(...) hook_job_run(__VA_ARGS__, HOOK_HERE)
#define pthread_create(...) hook_create(__VA_ARGS__, HOOK_HERE)
#define pthread_join(...) hook_join(__VA_ARGS__, HOOK_HERE)
#define pthread_detach(...) hook_detach(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_lock(...) hook_lock(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_trylock(...) hook_trylock(__VA_ARGS__, HOOK_HERE)
#define pthread_mutex_unlock(...) hook_unlock(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_wait(...) hook_condition_wait(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_timedwait(...) hook_condition_timedwait(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_signal(...) hook_signal(__VA_ARGS__, HOOK_HERE)
#define pthread_cond_broadcast(...) hook_broadcast(__VA_ARGS__, HOOK_HERE)
#define sem_wait(...) hook_sem_wait(__VA_ARGS__, HOOK_HERE)
#define fork() hook_fork(HOOK_HERE)
#define wait(status) hook_wait(-1, status, 0, HOOK_HERE)
#define waitpid(...) hook_wait(__VA_ARGS__, HOOK_HERE)
#define read(...) hook_read(__VA_ARGS__, HOOK_HERE)
#define pipe(...) hook_pipe(__VA_ARGS__, HOOK_HERE)
#define socketpair(...) hook_socketpair(__VA_ARGS__, HOOK_HERE)
#define malloc(...) hook_malloc(__VA_ARGS__, HOOK_HERE)
#define calloc(...) hook_calloc(__VA_ARGS__, HOOK_HERE)
#define realloc(...) hook_realloc(__VA_ARGS__, HOOK_HERE)
#define free(...) hook_free(__VA_ARGS__, HOOK_HERE)
#define mmap(...) hook_mmap(__VA_ARGS__, HOOK_HERE)
#define munmap(...) hook_munmap(__VA_ARGS__, HOOK_HERE)
/* Not every system has barriers. */
#ifdef PTHREAD_BARRIER_SERIAL_THREAD
int hook_barrier(pthread_barrier_t *barrier, HOOK_PLACE);
#define pthread_barrier_wait(...) hook_barrier(__VA_ARGS__, HOOK_HERE)
#endif
#endif

#endif
