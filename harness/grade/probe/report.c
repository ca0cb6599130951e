/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the watcher says of a case: a line each, with tabs between the fields.
 *
 *     fault    KIND FILE LINE FRAMES TEXT        something was done wrong
 *     thread   PROCESS NUMBER STAND FILE LINE HOLDER LOCKED_LINE STATE FRAMES    where a thread stands
 *     place    NAME FILE LINE                    a line that may explain a fault
 *     value    NAME NUMBER
 *
 * FRAMES are return addresses in this program, from its beginning, in hexadecimal; `-` for none. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "harness/grade/probe/probe.h"

static uintptr_t beginning(void)
{
    Dl_info here;
    return dladdr((void *)(uintptr_t)probe_report, &here) ? (uintptr_t)here.dli_fbase : 0;
}

static void put_frames(int fd, void *const *frame, int count)
{
    uintptr_t base = beginning();
    for (int i = 0; i < count; i++)
        dprintf(fd, "%s%lx", i ? "," : "", (unsigned long)((uintptr_t)frame[i] - base));
    if (count == 0)
        dprintf(fd, "-");
}

static const char *file_of(struct place place)
{
    return place.file ? place.file : "-";
}

static void put_findings(int fd)
{
    int count = atomic_load(&probe->findings_begun);
    for (int i = 0; i < count && i < FINDINGS_MAX; i++) {
        const struct finding *finding = &probe->finding[i];
        dprintf(fd, "fault\t%s\t%s\t%d\t", finding->kind, file_of(finding->place),
                finding->place.line);
        put_frames(fd, finding->frame, finding->frames);
        dprintf(fd, "\t%s\n", finding->text);
    }
}

/* Which thread holds `lock`; NULL: none that we know. */
static const struct thread *holder(const void *lock, const struct held **held)
{
    for (int i = 0; lock && i < THREADS_MAX; i++) {
        const struct thread *thread = &probe->thread[i];
        for (int k = 0; atomic_load(&thread->process) != 0 && k < thread->held_count; k++)
            if (thread->held[k].lock == lock) {
                *held = &thread->held[k];
                return thread;
            }
    }
    return NULL;
}

char probe_state(int process, int thread)
{
    char path[64], text[256] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", process, thread);
    FILE *file = fopen(path, "r");
    if (!file)
        return '-';
    const char *end = fgets(text, sizeof text, file) ? strrchr(text, ')') : NULL;
    fclose(file);
    return end && end[1] == ' ' && end[2] ? end[2] : '-';
}

void probe_report_threads(int fd)
{
    static const char *const stands[] = {"way",     "lock",  "condition", "semaphore",
                                         "barrier", "join",  "wait",      "read",
                                         "write",   "sleep", "task"};
    for (int i = 0; i < THREADS_MAX; i++) {
        const struct thread *thread = &probe->thread[i];
        const struct held *held = NULL;
        int stand = atomic_load(&thread->stand);
        if (atomic_load(&thread->process) == 0 || thread->ended)
            continue;
        const struct thread *other = stand == IN_LOCK ? holder(thread->object, &held) : NULL;
        dprintf(fd, "thread\t%d\t%d\t%s\t%s\t%d\t%d\t%d\t%c\t", atomic_load(&thread->process),
                thread->number, stands[stand], file_of(thread->place), thread->place.line,
                !other         ? 0
                : other->ended ? -1
                               : other->number,
                held ? held->place.line : 0,
                probe_state(atomic_load(&thread->process), thread->number));
        put_frames(fd, thread->frame, atomic_load(&thread->frames));
        dprintf(fd, "\n");
    }
}

static void put_place(int fd, const char *name, struct place place)
{
    if (place.file)
        dprintf(fd, "place\t%s\t%s\t%d\n", name, place.file, place.line);
}

/* ---- tasks that were left out, or done by everybody ------------------------------------------- */

static int tasks_of(int job)
{
    return job == 0 ? probe->plan.tasks : probe->plan.tasks / 2 + 1;
}

static const struct task_record *record_of(int job, int task)
{
    return &probe->task[job * TASKS_MAX + task];
}

static bool judge_missing(int fd, int job)
{
    int tasks = tasks_of(job), missing = 0, first = -1, tail = 0;
    for (int task = 0; task < tasks; task++) {
        bool is_missing = atomic_load(&record_of(job, task)->begun) == 0;
        missing += is_missing;
        tail = is_missing ? tail + 1 : 0;
        if (is_missing && first < 0)
            first = task;
    }
    if (missing == 0)
        return false;
    int workers = probe->plan.workers;
    const char *kind = job > 0 ? "stale-state" : "work-skipped";
    if (job == 0 && tail == missing && missing < workers && missing == tasks % workers)
        kind = "dropped-remainder";
    dprintf(fd, "fault\t%s\t%s\t%d\t-\t%d of %d tasks %s never run%s, the first is task %d\n", kind,
            file_of(probe->last_task), probe->last_task.line, missing, tasks,
            missing == 1 ? "was" : "were", job > 0 ? ", in a second job" : "", first);
    return true;
}

static void judge_results(int fd, int job)
{
    for (int task = 0; task < tasks_of(job); task++)
        if (atomic_load(&record_of(job, task)->done) == 1 &&
            atomic_load(&record_of(job, task)->failed) == 0 && !probe_result_is_right(job, task)) {
            dprintf(fd, "fault\twrong-result\t%s\t%d\t-\tthe result of task %d of %d is wrong\n",
                    file_of(probe->last_task), probe->last_task.line, task, tasks_of(job));
            return;
        }
}

/* Where every child has done every task, each has its own copy of what was to share the tasks
 * out. */
static void judge_copies(int fd, int job)
{
    int by_several = 0, begun = 0;
    for (int task = 0; task < tasks_of(job); task++) {
        const struct task_record *record = record_of(job, task);
        int other = atomic_load(&record->process[1]);
        begun += atomic_load(&record->begun) > 0;
        by_several += other != 0 && other != atomic_load(&record->process[0]);
    }
    if (by_several > 1 && by_several == begun)
        dprintf(fd,
                "fault\tprivate-copy\t%s\t%d\t-\teach process did all %d tasks: what they were "
                "to share is a copy of its own in each\n",
                file_of(probe->forked), probe->forked.line, begun);
}

/* Where tasks fail on purpose (TASKS_FAIL), missing ones are no fault: after a failure a strategy
 * may go on or give up. */
static void judge_tasks(int fd)
{
    if (atomic_load(&probe->returned) < probe->plan.jobs)
        return;           /* run() never said that it was done */
    bool missing = false; /* said of a job before */
    for (int job = 0; job < probe->plan.jobs; job++) {
        judge_copies(fd, job);
        if (probe->plan.kind != TASKS_FAIL && !missing)
            missing = judge_missing(fd, job);
        judge_results(fd, job);
    }
}

/* Of those that were there at the same time the ones that ever ran a task. */
static void judge_number(int fd)
{
    int threads = atomic_load(&probe->threads_most) - atomic_load(&probe->threads_created) +
                  atomic_load(&probe->threads_ran),
        processes = atomic_load(&probe->processes_most) - atomic_load(&probe->processes_created) +
                    atomic_load(&probe->processes_ran);
    int tasks = atomic_load(&probe->running_most), workers = probe->plan.workers;
    if (threads > workers + 1)
        dprintf(fd,
                "fault\ttoo-many-threads\t%s\t%d\t-\t%d threads at the same time, for %d workers\n",
                file_of(probe->created), probe->created.line, threads, workers);
    else if (processes > workers + 1)
        dprintf(
            fd,
            "fault\ttoo-many-threads\t%s\t%d\t-\t%d processes at the same time, for %d workers\n",
            file_of(probe->forked), probe->forked.line, processes, workers);
    else if (tasks > workers)
        dprintf(
            fd,
            "fault\ttoo-many-threads\t%s\t%d\t-\t%d tasks ran at the same time, on %d workers\n",
            file_of(probe->last_task), probe->last_task.line, tasks, workers);
}

void probe_report(int fd, bool hangs, int status)
{
    put_findings(fd);
    if (!hangs && WIFEXITED(status) && atomic_load(&probe->returned) < probe->plan.jobs &&
        atomic_load(&probe->findings_begun) == 0)
        dprintf(fd,
                "fault\tended-early\t-\t0\t-\trun() did not return: the program ended with exit "
                "status %d\n",
                WEXITSTATUS(status));
    judge_tasks(fd);
    judge_number(fd);
    put_place(fd, "task", probe->last_task);
    put_place(fd, "locked", probe->locked_task);
    put_place(fd, "created", probe->created);
    put_place(fd, "forked", probe->forked);
    put_place(fd, "joined", probe->joined_place);
    dprintf(fd, "value\thangs\t%d\n", hangs);
    dprintf(fd, "value\tsignal\t%d\n", !hangs && WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    dprintf(fd, "value\tstatus\t%d\n", !hangs && WIFEXITED(status) ? WEXITSTATUS(status) : 0);
    dprintf(fd, "value\twall_s\t%.9f\nvalue\tcpu_s\t%.9f\n", probe->wall_s, probe->cpu_s);
    dprintf(fd, "value\ttask_s\t%.9f\n", 1e-9 * (double)atomic_load(&probe->task_ns));
    dprintf(fd, "value\tlooks_at_clock\t%d\n", atomic_load(&probe->looks_at_clock));
    dprintf(fd, "value\trunning_most\t%d\n", atomic_load(&probe->running_most));
    dprintf(fd, "value\tthreads_most\t%d\nvalue\tprocesses_most\t%d\n",
            atomic_load(&probe->threads_most), atomic_load(&probe->processes_most));
    dprintf(fd, "value\tcreated\t%d\n",
            atomic_load(&probe->threads_created) + atomic_load(&probe->processes_created));
    dprintf(fd, "value\targument_again\t%d\n", probe->argument_shared);
    dprintf(fd, "value\targument_shared\t%d\n", probe->argument_shared && probe->argument_changed);
}
