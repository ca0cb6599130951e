/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/faults.h"

#include <stddef.h>
#include <string.h>

const struct fault_kind fault_kinds[] = {
    {"compile-error", "the compiler does not understand this",
     "Mend the first error; the later ones often come from it."},
    {"loop-variable", "all threads get the address of the same variable, which the loop changes",
     "Give each thread the address of a struct of its own: an array with one for each worker."},
    {"child-without-exit", "a child comes out of run() and goes on as a second program",
     "End the child with _exit(0) when it has done its tasks."},
    {"private-copy", "after fork() each process has a copy of its own of the variable",
     "Put what the processes are to share into mmap(MAP_SHARED), or deal out fixed shares."},
    {"forgotten-join", "run() returns before its workers are done",
     "Wait for every thread (pthread_join) and every child (waitpid) before run() returns."},
    {"unlock-by-other", "a lock is released by a thread that does not hold it",
     "Lock and unlock in the same thread, as a pair."},
    {"data-race", "threads use the same memory at the same time without a lock, and one writes",
     "Make the variable atomic (<stdatomic.h>), or take one lock around every use of it."},
    {"memory-error", "memory is used out of bounds, or after it is gone",
     "Look at the index, and at who frees what and when."},
    {"crashed-child", "a child process crashes, and its tasks are lost",
     "Find the crash: run the child's code in run() itself, without fork()."},
    {"crash", "the program crashes", "Look at the pointers on this line: which is not set?"},
    {"deadlock", "threads or processes wait for each other, and none goes on",
     "Release the lock on every way out; always take several locks in the same order."},
    {"lost-wakeup", "a thread sleeps, and the signal that was to wake it has come already",
     "Wait in a loop that checks the condition under the lock that the other sets it under."},
    {"endless-loop", "a loop never ends",
     "What has to become true for the loop to end, and who makes it true?"},
    {"wrong-worker", "there is no worker with that number",
     "Worker numbers go from 0 to workers - 1."},
    {"leaked-thread", "a thread is never joined", "Join every thread that you create, each once."},
    {"leaked-process", "a child is never waited for",
     "Wait for every child that you fork, each once."},
    {"too-many-threads", "more threads or processes than workers",
     "Create `workers` threads, and let each do several tasks."},
    {"fixed-workers", "it takes a number of workers for granted",
     "Use `workers`, the number that run() is given, instead of your own."},
    {"same-worker", "two threads use the same worker number at the same time",
     "Give each thread a number of its own, from 0 to workers - 1."},
    {"wrong-bounds", "there is no task with that number",
     "Tasks go from 0 to job->tasks - 1: is it `<` or `<=`?"},
    {"task-twice", "a task is run more than once",
     "Whose task is it? Each number must belong to exactly one worker."},
    {"work-skipped", "tasks are never run",
     "Every task from 0 to job->tasks - 1 has to be run, whatever their number."},
    {"dropped-remainder", "the tasks that are left over after dividing are never run",
     "Let the last worker go to job->tasks, or deal out w, w + workers, w + 2 * workers, ..."},
    {"stale-state", "what a first job left behind spoils the second",
     "Set counters to their first value in run(), not where they are defined."},
    {"ended-early", "the program ends inside run()",
     "Let run() and its threads return: exit() ends the whole program."},
    {"undefined-behaviour", "C does not say what this does",
     "Look at the values that this line computes with."},
    {"wrong-result", "a task was run, and its result is not right",
     "Do two threads use the same worker number?"},
    {"wrong-return", "run() says that it failed, but all tasks were done",
     "Return 0 when all is done."},
    {"leaked-memory", "memory is never given back",
     "free() what run() allocates, on every way out."},
    {"leaked-descriptor", "a file or pipe is never closed",
     "Close both ends of every pipe, in the parent and in the child."},
    {"lock-held", "a lock is held while a task runs, so all others wait",
     "Release the lock before job_run(): it is needed for taking a number, not for the work."},
    {"not-parallel", "one task runs at a time",
     "Create `workers` threads that each run their tasks, then join them all."},
    {"uneven-split", "some workers are done while others still have much to do",
     "Let whoever is free take the next task: a counter that all share."},
    {"spinning", "a worker that has nothing to do loops, and keeps a core busy",
     "Sleep until there is something: pthread_join, a condition, a semaphore."},
    {"slow", "it is parallel, and still slower than it could be",
     "Look at the timeline of `speedup bench --strategies pool,mine`: where is the grey?"},
    {NULL, NULL, NULL},
};

const struct fault_kind *fault_find(const char *name)
{
    for (size_t i = 0; fault_kinds[i].name; i++)
        if (strcmp(fault_kinds[i].name, name) == 0)
            return &fault_kinds[i];
    return NULL;
}

const char *fault_next(const struct fault_kind *kind, const char *seen)
{
    static const struct {
        const char *kind, *seen, *next;
    } more[] = {
        {"deadlock", "pipe",
         "Read a pipe before you wait for those who write into it, and close the ends that nobody "
         "uses."},
        {"deadlock", "barrier",
         "All threads that it counts must come to the barrier, equally often."},
        {"deadlock", "waited for",
         "Why does it not end? What is said above tells where it stands."},
        {"deadlock", "does not come", "Who was to bring what this call waits for?"},
        {"crash", "signal 6",
         "A check has failed here, or abort() was called: what was not expected?"},
        {"undefined-behaviour", "division by zero",
         "Which value is 0 here: with one worker, or without any task?"},
        {"undefined-behaviour", "variable length array",
         "An array must have an element: what if there is no task, or one worker?"},
        {"wrong-bounds", "of 0 tasks", "What does the loop do where there is no task at all?"},
        {"memory-error", "copy of the job",
         "Hand on the pointer that run() is given: `struct job *job`, and not `struct job job`."},
        {"stale-state", "job before", "Set the job anew each time that run() is called."},
    };
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        if (strcmp(kind->name, more[i].kind) == 0 && strstr(seen, more[i].seen))
            return more[i].next;
    return kind->next;
}
