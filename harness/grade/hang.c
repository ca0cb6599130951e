/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/hang.h"

#include <stdio.h>
#include <string.h>

#include "harness/base/text/append.h"
#include "harness/grade/build/addresses.h"

enum { CHAIN_MAX = 16, FIRST_OF_ENDS = 5 };

static bool stands_in(const struct stance *stance, const char *call)
{
    return strcmp(stance->stand, call) == 0;
}

int hang_line(const struct stance *stance, const char *program, const char *source)
{
    if (!stands_in(stance, "way"))
        return stance->line;
    return addresses_line(program, source, stance->address, stance->addresses);
}

static const struct stance *find(const struct observation *observation, int thread)
{
    for (int i = 0; i < observation->stances; i++)
        if (observation->stance[i].thread == thread)
            return &observation->stance[i];
    return NULL;
}

static const struct stance *first_in(const struct observation *observation, const char *call)
{
    for (int i = 0; i < observation->stances; i++)
        if (stands_in(&observation->stance[i], call))
            return &observation->stance[i];
    return NULL;
}

/* From a thread that waits for a lock to the one that keeps everybody waiting: the holder of the
 * lock, the holder of the lock that this one waits for, ... The last is one that waits for
 * something else, or has ended, or was met before. */
static const struct stance *follow(const struct observation *observation,
                                   const struct stance *stance)
{
    for (int steps = 0; steps < CHAIN_MAX && stands_in(stance, "lock"); steps++) {
        const struct stance *next = find(observation, stance->holder);
        if (!next || next == stance)
            return stance;
        stance = next;
    }
    return stance;
}

/* Whether a thread goes round in a loop, asleep now and then or not. One that sleeps on its way waits
 * in a call that has no hook. */
static bool goes_round(const struct stance *stance)
{
    return stands_in(stance, "sleep") || (stands_in(stance, "way") && stance->state != 'S');
}

static bool waits_unseen(const struct stance *stance)
{
    return stands_in(stance, "way") && stance->state == 'S';
}

/* The line of the student's file where the first such thread stands; 0: there is none. */
static int find_line(const struct observation *observation, const char *program, const char *source,
                     bool (*is_one)(const struct stance *stance))
{
    for (int i = 0; i < observation->stances; i++) {
        const struct stance *stance = &observation->stance[i];
        int line = is_one(stance) ? hang_line(stance, program, source) : 0;
        if (line > 0)
            return line;
    }
    return 0;
}

static void say(struct fault *fault, const char *kind, const char *source, int line,
                const char *text)
{
    memset(fault, 0, sizeof *fault);
    snprintf(fault->kind, sizeof fault->kind, "%s", kind);
    snprintf(fault->file, sizeof fault->file, "%s", source);
    snprintf(fault->text, sizeof fault->text, "%s", text);
    fault->line = line;
}

static void judge_lock(const struct stance *stance, const char *source, struct fault *fault)
{
    char text[FAULT_TEXT_MAX];
    if (stance->holder == stance->thread)
        snprintf(text, sizeof text, "a thread waits for a lock that it took itself on line %d",
                 stance->locked_line);
    else if (stance->holder < 0)
        snprintf(text, sizeof text,
                 "a thread waits for a lock that one took on line %d and never released",
                 stance->locked_line);
    else if (stance->holder > 0)
        snprintf(text, sizeof text,
                 "a thread waits for a lock that another, which waits too, took on line %d",
                 stance->locked_line);
    else
        snprintf(text, sizeof text, "a thread waits for a lock that nobody releases");
    say(fault, "deadlock", source, stance->line, text);
}

void hang_judge(const struct observation *observation, const char *program, const char *source,
                struct fault *fault)
{
    static const struct {
        const char *call, *kind, *text;
    } waits[] = {
        {"condition", "lost-wakeup", "threads wait for a signal that does not come (any more)"},
        {"semaphore", "lost-wakeup", "threads wait for a semaphore that nobody posts (any more)"},
        {"barrier", "deadlock", "threads wait at a barrier that not all come to"},
        {"read", "deadlock",
         "somebody reads from a pipe that nobody writes to, and somebody keeps "
         "open"},
        {"write", "deadlock", "somebody writes into a pipe that is full, and nobody reads"},
        {"join", "deadlock", "a thread is waited for that does not end"},
        {"wait", "deadlock", "a child is waited for that does not end"},
        {"task", "endless-loop", "tasks are run again and again, without an end"},
    };
    const struct stance *lock = first_in(observation, "lock");
    const struct stance *last = lock ? follow(observation, lock) : NULL;
    int line;
    if (last && stands_in(last, "lock")) {
        judge_lock(last, source, fault);
        return;
    }
    if (last && !stands_in(last, "way") && !stands_in(last, "sleep")) {
        judge_lock(lock, source, fault);
        return;
    }
    if ((line = find_line(observation, program, source, goes_round)) > 0) {
        say(fault, "endless-loop", source, line, "a thread goes round in a loop that does not end");
        return;
    }
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        const struct stance *stance = first_in(observation, waits[i].call);
        if (i ==
                FIRST_OF_ENDS && /* who waits for the end of another waits for what that waits for */
            (line = find_line(observation, program, source, waits_unseen)) > 0) {
            say(fault, "deadlock", source, line, "a thread waits for something that does not come");
            return;
        }
        if (stance) {
            say(fault, waits[i].kind, source, stance->line, waits[i].text);
            return;
        }
    }
    say(fault, "endless-loop", source, 0, "it does not end, and where it stands is not known");
}

void hang_describe(const struct stance *stance, const char *program, const char *source, char *text,
                   size_t size)
{
    static const struct {
        const char *call, *text;
    } calls[] = {{"way", "runs"},
                 {"task", "is in a task"},
                 {"lock", "waits for a lock"},
                 {"condition", "waits for a condition"},
                 {"semaphore", "waits for a semaphore"},
                 {"barrier", "waits at a barrier"},
                 {"join", "waits for a thread to end"},
                 {"wait", "waits for a child to end"},
                 {"read", "reads"},
                 {"write", "writes"},
                 {"sleep", "sleeps"}};
    int line = hang_line(stance, program, source);
    const char *does = "stands";
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (stands_in(stance, calls[i].call))
            does = calls[i].text;
    text[0] = '\0';
    text_append(text, size, "process %d, thread %d %s", stance->process, stance->thread, does);
    if (line > 0)
        text_append(text, size, " at %s:%d", source, line);
    if (stance->locked_line > 0 && stance->holder < 0)
        text_append(text, size, "; one that has ended took it on line %d", stance->locked_line);
    else if (stance->locked_line > 0)
        text_append(text, size, "; thread %d took it on line %d", stance->holder,
                    stance->locked_line);
}
