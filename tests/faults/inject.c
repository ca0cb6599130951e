/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* RTLD_NEXT, dladdr(), memfd_create() */
#include "tests/faults/inject_private.h"

#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* A library that is preloaded has no caller who could hold this for it. */
static struct fault_state *state;
static int wanted_kind;
static long wanted_call;
static bool of_all;
static struct range {
    uintptr_t begin, end;
} program, fits; /* where their code lies: the program itself, and the library for FITS files */

static struct range range_of(const struct dl_phdr_info *info)
{
    struct range range = {.begin = info->dlpi_addr, .end = info->dlpi_addr};
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
        if (info->dlpi_phdr[i].p_type == PT_LOAD && end > range.end)
            range.end = end;
    }
    return range;
}

/* The program itself comes first. */
static int find_code(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size, (void)unused;
    if (!program.end)
        program = range_of(info);
    else if (strstr(info->dlpi_name, "libcfitsio"))
        fits = range_of(info);
    return 0;
}

static bool is_in(struct range range, uintptr_t place)
{
    return place >= range.begin && place < range.end;
}

static void *map_state(const char *path)
{
    int fd = NEXT(open)(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    void *address = NEXT(mmap)(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return address == MAP_FAILED ? NULL : address;
}

__attribute__((constructor)) static void begin(void)
{
    const char *order = getenv("SPEEDUP_FAULT"), *own = getenv("SPEEDUP_FAULT_PROGRAM"),
               *file = getenv("SPEEDUP_FAULT_STATE");
    char self[PATH_MAX], who[8] = "";
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (!order || !own || !file || length < 0)
        return;
    self[length] = '\0';
    if (strcmp(self, own) != 0 || sscanf(order, "%d %ld %7s", &wanted_kind, &wanted_call, who) != 3)
        return;
    of_all = strcmp(who, "all") == 0;
    dl_iterate_phdr(find_code, NULL);
    state = map_state(file);
}

/* Who it was, for the report. */
static void remember(uintptr_t from)
{
    Dl_info info;
    const char *name = "unknown";
    uintptr_t base = 0;
    if (dladdr((void *)from, &info) && info.dli_fname) {
        const char *slash = strrchr(info.dli_fname, '/');
        name = slash ? slash + 1 : info.dli_fname;
        base = (uintptr_t)info.dli_fbase;
    }
    for (int i = 0; i < FAULT_MODULE_MAX - 1 && name[i]; i++)
        state->module[i] = name[i];
    state->place = from - base;
}

/* The same for one place in all processes, wherever its file has been loaded. */
static uintptr_t place_of(uintptr_t from)
{
    if (is_in(program, from))
        return from - program.begin;
    return is_in(fits, from) ? from - fits.begin + FAULT_FITS : from;
}

bool inject_fails(enum fault_kind kind, const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    bool is_file = kind >= FAULT_WRITE && kind <= FAULT_RENAME;
    bool own = is_in(program, from) || (is_file && is_in(fits, from));
    if (!state || (int)kind != wanted_kind || (!of_all && !own))
        return false;
    long number = atomic_fetch_add(&state->calls, 1) + 1;
    if (number <= FAULT_CALLS_KEPT)
        state->places[number - 1] = place_of(from);
    if (number != wanted_call)
        return false;
    int before = errno;
    remember(from);
    errno = before;
    atomic_fetch_add(&state->failed, 1);
    return true;
}

/* ---- memory: glibc's own names, for dlsym() needs memory itself ---------------------------------- */

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *old, size_t bytes);

void *malloc(size_t bytes)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? NULL : __libc_realloc(old, bytes);
}

int posix_memalign(void **result, size_t alignment, size_t bytes)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? ENOMEM : NEXT(posix_memalign)(result, alignment, bytes);
}

char *strdup(const char *text)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? NULL : NEXT(strdup)(text);
}

FILE *open_memstream(char **text, size_t *size)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? NULL : NEXT(open_memstream)(text, size);
}

ssize_t getline(char **line, size_t *size, FILE *stream)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? -1 : NEXT(getline)(line, size, stream);
}

char *realpath(const char *path, char *resolved)
{
    return FAILS(FAULT_MALLOC, ENOMEM) ? NULL : NEXT(realpath)(path, resolved);
}

void *mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t offset)
{
    return FAILS(FAULT_MMAP, ENOMEM) ? MAP_FAILED
                                     : NEXT(mmap)(address, bytes, protection, flags, fd, offset);
}

/* ---- processes and threads ------------------------------------------------------------------------ */

pid_t fork(void)
{
    return FAILS(FAULT_FORK, EAGAIN) ? -1 : NEXT(fork)();
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument)
{
    return FAILS(FAULT_THREAD, EAGAIN) ? EAGAIN
                                       : NEXT(pthread_create)(thread, attributes, start, argument);
}

int execv(const char *path, char *const arguments[])
{
    return FAILS(FAULT_EXEC, ENOENT) ? -1 : NEXT(execv)(path, arguments);
}

int execvp(const char *name, char *const arguments[])
{
    return FAILS(FAULT_EXEC, ENOENT) ? -1 : NEXT(execvp)(name, arguments);
}

int posix_spawn(pid_t *child, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const arguments[],
                char *const environment[])
{
    if (FAILS(FAULT_FORK, EAGAIN) || FAILS(FAULT_EXEC, ENOENT))
        return errno;
    return NEXT(posix_spawn)(child, path, actions, attributes, arguments, environment);
}

int posix_spawnp(pid_t *child, const char *name, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[],
                 char *const environment[])
{
    if (FAILS(FAULT_FORK, EAGAIN) || FAILS(FAULT_EXEC, ENOENT))
        return errno;
    return NEXT(posix_spawnp)(child, name, actions, attributes, arguments, environment);
}

pid_t waitpid(pid_t process, int *status, int options)
{
    return FAILS(FAULT_WAIT, EINTR) ? -1 : NEXT(waitpid)(process, status, options);
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    return FAILS(FAULT_WAIT, EINTR) ? -1 : NEXT(waitid)(type, id, info, options);
}
