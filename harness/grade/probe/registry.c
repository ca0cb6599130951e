/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there, where does each thread stand, and what has been created. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif
#if defined __GLIBC__ || defined __APPLE__
#include <execinfo.h>
#else /* musl has none: findings name no line then */
static int backtrace(void **frame, int most)
{
    (void)frame, (void)most;
    return 0;
}
#endif

#include "harness/grade/probe/probe.h"

struct probe *probe;
double (*probe_result)[RESULT_DOUBLES];

static _Thread_local struct thread *mine;
static _Thread_local unsigned chance;

static struct finding *new_finding(const char *kind, struct place place)
{
    for (int i = 0; i < FINDINGS_MAX && i < atomic_load(&probe->findings_begun); i++)
        if (strcmp(probe->finding[i].kind, kind) == 0)
            return NULL;
    int number = atomic_fetch_add(&probe->findings_begun, 1);
    if (number >= FINDINGS_MAX)
        return NULL;
    struct finding *finding = &probe->finding[number];
    snprintf(finding->kind, sizeof finding->kind, "%s", kind);
    finding->place = place;
    return finding;
}

void probe_note(const char *kind, struct place place, const char *format, ...)
{
    struct finding *finding = new_finding(kind, place);
    if (!finding)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding->text, sizeof finding->text, format, arguments);
    va_end(arguments);
}

static int thread_number(void)
{
#ifdef __linux__
    return (int)syscall(SYS_gettid);
#else
    return (int)getpid();
#endif
}

unsigned long probe_identity(void)
{
    static _Thread_local char here;
    return (unsigned long)(uintptr_t)&here * 31 + (unsigned long)getpid();
}

struct thread *probe_thread(void)
{
    int process = (int)getpid();
    if (mine && atomic_load(&mine->process) == process)
        return mine;
    for (int i = 0; i < THREADS_MAX; i++) {
        int nobody = 0;
        if (!atomic_compare_exchange_strong(&probe->thread[i].process, &nobody, process))
            continue;
        mine = &probe->thread[i];
        mine->number = thread_number();
        mine->held_count = 0;
        mine->place = (struct place){NULL, 0};
        mine->ended = mine->is_created = mine->has_run = mine->has_done = false;
        atomic_store(&mine->stand, ON_ITS_WAY);
        atomic_store(&mine->frames, 0);
        return mine;
    }
    return NULL;
}

void probe_thread_leaves(void)
{
    struct thread *thread = probe_thread();
    mine = NULL;
    if (!thread)
        return;
    if (thread->held_count > 0)
        thread->ended = true;
    else
        atomic_store(&thread->process, 0);
}

void probe_stand(enum stand stand, const void *object, struct place place)
{
    struct thread *thread = probe_thread();
    if (!thread)
        return;
    thread->place = place;
    thread->object = object;
    atomic_store(&thread->stand, stand);
}

void probe_walk(void)
{
    struct thread *thread = probe_thread();
    if (thread)
        atomic_store(&thread->stand, ON_ITS_WAY);
}

void probe_keep(enum block_kind kind, uintptr_t name, size_t bytes, struct place place)
{
    for (int i = 0; i < BLOCKS_MAX; i++) {
        struct block *block = &probe->block[i];
        int none = BLOCK_NONE;
        if (atomic_load(&block->kind) != BLOCK_NONE ||
            !atomic_compare_exchange_strong(&block->kind, &none, -1))
            continue;
        block->owner = (int)getpid();
        block->name = name;
        block->bytes = bytes;
        block->place = place;
        atomic_store(&block->kind, (int)kind);
        return;
    }
}

bool probe_give_back(enum block_kind kind, uintptr_t name)
{
    for (int i = 0; i < BLOCKS_MAX; i++) {
        struct block *block = &probe->block[i];
        if (atomic_load(&block->kind) == (int)kind && block->name == name &&
            block->owner == (int)getpid()) {
            atomic_store(&block->kind, BLOCK_NONE);
            return true;
        }
    }
    return false;
}

void probe_sleep(double seconds)
{
    struct timespec left = {.tv_sec = (time_t)seconds,
                            .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&left, &left) != 0)
        continue;
}

/* A linear congruential generator for each thread: no two share anything. */
static unsigned draw(void)
{
    if (chance == 0)
        chance = probe->plan.seed * 2654435761U + (unsigned)thread_number() * 40503U + 1;
    chance = chance * 1664525U + 1013904223U;
    return chance >> 16;
}

bool probe_by_chance(unsigned one_in)
{
    return probe->plan.kind <= TASKS_FAIL && draw() % one_in == 0;
}

void probe_pause(void)
{
    if (probe->plan.kind > TASKS_FAIL)
        return; /* these measure */
    unsigned lot = draw() % 8;
    if (lot < 2)
        probe_sleep(1e-6 * (double)(draw() % 300));
    else if (lot == 2)
        nanosleep(&(struct timespec){0, 1}, NULL);
}

/* The frame that was interrupted holds the address of an instruction, all others that of the next
 * one; one more makes them alike. */
static void mark_interrupted(void **frame, int count, const void *context)
{
    uintptr_t here = 0;
#if defined __linux__ && defined __x86_64__
    here = (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined __linux__ && defined __aarch64__
    here = (uintptr_t)((const ucontext_t *)context)->uc_mcontext.pc;
#else
    (void)context;
#endif
    for (int i = 0; i < count; i++)
        if (here != 0 && (uintptr_t)frame[i] == here)
            frame[i] = (void *)(here + 1);
}

/* Does only what a signal handler may, once backtrace() has been called before. */
static void tell_stack(int signal_number, siginfo_t *info, void *context)
{
    (void)signal_number, (void)info;
    if (!mine || atomic_load(&mine->process) != (int)getpid())
        return;
    int count = backtrace(mine->frame, FRAMES_MAX);
    mark_interrupted(mine->frame, count, context);
    atomic_store(&mine->frames, count);
}

static void tell_crash(int signal_number, siginfo_t *info, void *context)
{
    bool child = getpid() != probe->process, divides = signal_number == SIGFPE;
    (void)info;
    const char *kind = child ? "crashed-child" : divides ? "undefined-behaviour" : "crash";
    struct finding *finding = new_finding(kind, (struct place){NULL, 0});
    if (finding) {
        snprintf(finding->text, sizeof finding->text, "%s was ended by signal %d%s",
                 child ? "a child" : "the program", signal_number,
                 divides ? ": a division by zero" : "");
        finding->frames = backtrace(finding->frame, FRAMES_MAX);
        mark_interrupted(finding->frame, finding->frames, context);
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void probe_install_signals(void)
{
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL};
    void *frame[2];
    backtrace(frame, 2); /* the first call loads a library: not in a handler */
    struct sigaction stack = {.sa_sigaction = tell_stack, .sa_flags = SA_RESTART | SA_SIGINFO};
    struct sigaction crash = {.sa_sigaction = tell_crash,
                              .sa_flags = (int)SA_RESETHAND | SA_NODEFER | SA_SIGINFO};
    sigemptyset(&stack.sa_mask);
    sigemptyset(&crash.sa_mask);
    sigaction(SIGUSR2, &stack, NULL);
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
        sigaction(fatal[i], &crash, NULL);
}
