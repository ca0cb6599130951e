/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes, pipes and memory of the file that is graded. */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"

#define PLACE probe_place(hook_file, hook_line)

pid_t hook_fork(HOOK_PLACE)
{
    pid_t child = fork();
    if (child == 0) {
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

/* Frees the records of a process that has ended. */
static void bury(pid_t child)
{
    for (int i = 0; i < THREADS_MAX; i++)
        if (atomic_load(&probe->thread[i].process) == (int)child)
            atomic_store(&probe->thread[i].process, 0);
}

pid_t hook_wait(pid_t process, int *status, int options, HOOK_PLACE)
{
    int seen = 0;
    probe_stand(IN_WAIT, NULL, PLACE);
    pid_t ended = waitpid(process, &seen, options);
    probe_walk();
    if (status)
        *status = seen;
    if (ended <= 0 || !(WIFEXITED(seen) || WIFSIGNALED(seen)))
        return ended;
    bury(ended);
    if (probe_give_back(BLOCK_PROCESS, (uintptr_t)ended)) {
        atomic_fetch_sub(&probe->processes, 1);
        probe->joined_place = PLACE;
    }
    if (WIFSIGNALED(seen) && WTERMSIG(seen) != SIGTERM && WTERMSIG(seen) != SIGKILL)
        probe_note("crashed-child", PLACE, "a child was ended by signal %d", WTERMSIG(seen));
    return ended;
}

ssize_t hook_read(int fd, void *buffer, size_t bytes, HOOK_PLACE)
{
    probe_stand(IN_READ, NULL, PLACE);
    ssize_t got = read(fd, buffer, bytes);
    probe_walk();
    return got;
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

void hook_free(void *block, HOOK_PLACE)
{
    (void)hook_file, (void)hook_line;
    if (block)
        probe_give_back(BLOCK_MEMORY, (uintptr_t)block);
    free(block);
}

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
