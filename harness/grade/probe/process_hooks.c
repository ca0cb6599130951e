/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes, pipes and memory of the file that is graded, and its sleep. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"

#define PLACE probe_place(hook_file, hook_line)

/* So many at the same time and no more: a fork bomb is to end its own grading only. */
enum { PROCESSES_MAX = 1500 };

/* What a process that has ended leaves in our records. */
static void bury(pid_t child, struct place place)
{
    for (int i = 0; i < THREADS_MAX; i++)
        if (atomic_load(&probe->thread[i].process) == (int)child)
            atomic_store(&probe->thread[i].process, 0);
    if (probe_give_back(BLOCK_PROCESS, (uintptr_t)child)) {
        atomic_fetch_sub(&probe->processes, 1);
        probe->joined_place = place;
    }
}

/* Children whose end nobody asks for, since SIGCHLD is ignored. */
static void bury_those_who_are_gone(struct place place)
{
    for (int i = 0; i < BLOCKS_MAX; i++) {
        const struct block *block = &probe->block[i];
        if (atomic_load(&block->kind) == BLOCK_PROCESS && block->owner == (int)getpid() &&
            kill((pid_t)block->name, 0) != 0)
            bury((pid_t)block->name, place);
    }
}

bool probe_is_forked;

pid_t hook_fork(HOOK_PLACE)
{
    if (atomic_load(&probe->processes) >= probe->plan.workers)
        bury_those_who_are_gone(PLACE);
    if (atomic_load(&probe->processes) >= PROCESSES_MAX) {
        errno = EAGAIN;
        return -1;
    }
    pid_t child = fork();
    if (child == 0) {
        probe_is_forked = true;
        probe_thread();
        probe->forked = PLACE;
        probe_pause();
    } else if (child > 0) {
        atomic_fetch_add(&probe->processes_created, 1);
        int now = atomic_fetch_add(&probe->processes, 1) + 1;
        if (now > atomic_load(&probe->processes_most))
            atomic_store(&probe->processes_most, now);
        probe->forked = PLACE;
        probe_keep(BLOCK_PROCESS, (uintptr_t)child, 0, PLACE);
    }
    return child;
}

/* The signals of a mistake; by any other a process was ended on purpose. */
static bool is_crash(int signal_number)
{
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL, SIGPIPE, SIGSYS};
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
        if (signal_number == fatal[i])
            return true;
    return false;
}

static void note_end(pid_t child, int crash, struct place place)
{
    bury(child, place);
    if (is_crash(crash))
        probe_note("crashed-child", place, "a child was ended by signal %d", crash);
}

pid_t hook_wait(pid_t process, int *status, int options, struct rusage *usage, HOOK_PLACE)
{
    int seen = 0;
    probe_stand(IN_WAIT, NULL, PLACE);
    pid_t ended = wait4(process, &seen, options, usage);
    probe_walk();
    if (status)
        *status = seen;
    if (ended > 0 && (WIFEXITED(seen) || WIFSIGNALED(seen)))
        note_end(ended, WIFSIGNALED(seen) ? WTERMSIG(seen) : 0, PLACE);
    return ended;
}

int hook_waitid(idtype_t type, id_t id, siginfo_t *info, int options, HOOK_PLACE)
{
    siginfo_t seen;
    memset(&seen, 0, sizeof seen);
    probe_stand(IN_WAIT, NULL, PLACE);
    int problem = waitid(type, id, &seen, options);
    probe_walk();
    if (info)
        *info = seen;
    bool killed = seen.si_code == CLD_KILLED || seen.si_code == CLD_DUMPED;
    if (problem == 0 && seen.si_pid > 0 && !(options & WNOWAIT) &&
        (killed || seen.si_code == CLD_EXITED))
        note_end(seen.si_pid, killed ? seen.si_status : 0, PLACE);
    return problem;
}

/* ---- the end of the program ------------------------------------------------------------------ */

static void note_exit(const char *call, int status, struct place place)
{
    if (getpid() == probe->process)
        probe_note("ended-early", place, "%s(%d) ended the whole program", call, status);
}

_Noreturn void hook_exit(int status, HOOK_PLACE)
{
    note_exit("exit", status, PLACE);
    exit(status);
}

_Noreturn void hook_exit_at_once(int status, HOOK_PLACE)
{
    note_exit("_exit", status, PLACE);
    _exit(status);
}

/* ---- reading, writing, sleeping -------------------------------------------------------------- */

ssize_t hook_read(int fd, void *buffer, size_t bytes, HOOK_PLACE)
{
    probe_stand(IN_READ, NULL, PLACE);
    ssize_t got = read(fd, buffer, bytes);
    probe_walk();
    return got;
}

ssize_t hook_write(int fd, const void *buffer, size_t bytes, HOOK_PLACE)
{
    probe_stand(IN_WRITE, NULL, PLACE);
    ssize_t put = write(fd, buffer, bytes);
    probe_walk();
    return put;
}

int hook_nanosleep(const struct timespec *duration, struct timespec *left, HOOK_PLACE)
{
    atomic_store(&probe->looks_at_clock, true);
    probe_stand(IN_SLEEP, NULL, PLACE);
    int problem = nanosleep(duration, left);
    probe_walk();
    return problem;
}

unsigned hook_sleep(unsigned seconds, HOOK_PLACE)
{
    struct timespec duration = {.tv_sec = seconds}, left = duration;
    if (hook_nanosleep(&duration, &left, hook_file, hook_line) == 0)
        return 0;
    return (unsigned)left.tv_sec + (left.tv_nsec > 0);
}

int hook_usleep(unsigned microseconds, HOOK_PLACE)
{
    const struct timespec duration = {.tv_sec = microseconds / 1000000,
                                      .tv_nsec = (long)(microseconds % 1000000) * 1000};
    return hook_nanosleep(&duration, NULL, hook_file, hook_line);
}

static void keep_ends(const int ends[2], struct place place)
{
    for (int i = 0; i < 2; i++) {
        /* One of the same number was closed, which we do not see. */
        probe_give_back(BLOCK_DESCRIPTOR, (uintptr_t)ends[i]);
        probe_keep(BLOCK_DESCRIPTOR, (uintptr_t)ends[i], 0, place);
    }
}

int hook_pipe(int ends[2], HOOK_PLACE)
{
    int problem = pipe(ends);
    if (problem == 0)
        keep_ends(ends, PLACE);
    return problem;
}

int hook_socketpair(int domain, int type, int protocol, int ends[2], HOOK_PLACE)
{
    int problem = socketpair(domain, type, protocol, ends);
    if (problem == 0)
        keep_ends(ends, PLACE);
    return problem;
}

/* ---- memory --------------------------------------------------------------------------------- */

void *hook_malloc(size_t bytes, HOOK_PLACE)
{
    void *block = malloc(bytes);
    if (block)
        probe_keep(BLOCK_MEMORY, (uintptr_t)block, bytes, PLACE);
    return block;
}

void *hook_calloc(size_t count, size_t bytes, HOOK_PLACE)
{
    void *block = calloc(count, bytes);
    if (block)
        probe_keep(BLOCK_MEMORY, (uintptr_t)block, count * bytes, PLACE);
    return block;
}

void *hook_realloc(void *block, size_t bytes, HOOK_PLACE)
{
    uintptr_t before = (uintptr_t)block;
    void *moved = realloc(block, bytes);
    if (moved) {
        probe_give_back(BLOCK_MEMORY, before);
        probe_keep(BLOCK_MEMORY, (uintptr_t)moved, bytes, PLACE);
    }
    return moved;
}

void hook_free(void *block)
{
    if (block)
        probe_give_back(BLOCK_MEMORY, (uintptr_t)block);
    free(block);
}

/* Where free() is handed over as an address, as to pthread_key_create(), the linker's --wrap leads
 * here. */
#ifndef __APPLE__
void __real_free(void *block);
void __wrap_free(void *block);
void __wrap_free(void *block)
{
    if (block && probe)
        probe_give_back(BLOCK_MEMORY, (uintptr_t)block);
    __real_free(block);
}
#endif

void *hook_mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t offset,
                HOOK_PLACE)
{
    void *block = mmap(address, bytes, protection, flags, fd, offset);
    if (block != MAP_FAILED)
        probe_keep(BLOCK_MAPPING, (uintptr_t)block, bytes, PLACE);
    return block;
}

int hook_munmap(void *address, size_t bytes, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    probe_give_back(BLOCK_MAPPING, (uintptr_t)address);
    return munmap(address, bytes);
}
