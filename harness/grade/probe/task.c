/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job of a case: what job_run() does when a strategy is graded. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/base/clock.h"
#include "harness/grade/probe/hooks.h"
#include "harness/grade/probe/probe.h"
#include "strategies/job_more.h"

/* Longer than anybody sleeps who takes that for long enough, and not so long that it seems to hang. */
static const double LATE_S = 2.4;

/* Every task has a result of its own, made from its number. */
void probe_expected(int task, double result[RESULT_DOUBLES])
{
    double value = 1.0 + task;
    for (int i = 0; i < RESULT_DOUBLES; i++) {
        value = value * 1.0000001 + 0.5 * i;
        result[i] = value;
    }
}

bool probe_result_is_right(int job, int task)
{
    double expected[RESULT_DOUBLES];
    probe_expected(task, expected);
    return memcmp(expected, probe_result[job * TASKS_MAX + task], sizeof expected) == 0;
}

static void note_most(atomic_int *most, int now)
{
    int before = atomic_load(most);
    while (now > before && !atomic_compare_exchange_weak(most, &before, now))
        continue;
}

/* A number of steps and not a time: a thread that is off its core does not get on. About 4 ms. */
static void compute_steps(void)
{
    volatile double value = 1;
    for (int step = 0; step < 1000000; step++)
        value = value * 1.0000001 + 1e-9;
}

static double milliseconds(double number)
{
    return 1e-3 * number;
}

/* Lets time go by as the kind of task has it. */
static void spend_time(int task)
{
    switch (probe->plan.kind) {
    case TASKS_EVEN:
    case TASKS_FAIL:
        probe_pause();
        break;
    case TASKS_UNEVEN:
        if (task % 8 == 0)
            probe_sleep(milliseconds(3));
        break;
    case TASKS_SLEEP:
        probe_sleep(milliseconds(10));
        break;
    case TASKS_RAMP:
        probe_sleep(milliseconds(1 + task));
        break;
    case TASKS_ONE:
        probe_sleep(milliseconds(task == 0 ? 300 : 1));
        break;
    case TASKS_BUSY:
        compute_steps();
        break;
    case TASKS_LATE:
        probe_sleep(task == 0 ? LATE_S : 0);
        break;
    }
}

/* Through the worker's workspace, as the filters do: two threads with the same worker number spoil
 * each other's results here too. */
static void compute(int task, struct worker_record *worker)
{
    probe_expected(task, worker->workspace);
    spend_time(task);
    memcpy(probe_result[probe->job * TASKS_MAX + task], worker->workspace,
           sizeof worker->workspace);
}

static void note_run(struct task_record *record, int task, struct place place)
{
    int before = atomic_fetch_add(&record->begun, 1);
    if (before < 2)
        atomic_store(&record->process[before], (int)getpid());
    if (before > 0)
        probe_note("task-twice", place, "task %d of %d was run twice", task, probe->plan.tasks);
}

static bool is_failing(int task)
{
    return probe->plan.kind == TASKS_FAIL && task % 5 == 3;
}

/* Jobs that were made in this process, or in the one that it was forked from; the last is the one to do. */
static const struct job *made[JOBS_MAX + 1];
static int jobs_made;

static int run_task_of(struct job *job, int task, int worker);

/* What lies behind a job in memory is its maker's: a copy has nothing there. */
static void judge_job(const struct job *job, struct place place)
{
    if (jobs_made == 0 || job == made[jobs_made - 1])
        return;
    for (int i = 0; i < jobs_made; i++)
        if (job == made[i]) {
            if (probe->job > 0)
                probe_note("stale-state", place,
                           "a task of the job before was run in the second one");
            return;
        }
    if (job->run_task == run_task_of)
        probe_note("memory-error", place,
                   "job_run() was given a copy of the job, which ends where the copy ends, and not "
                   "the job");
}

/* Threads and processes that never run a task are no workers. */
static void note_worker(struct thread *thread)
{
    static atomic_int counted; /* this process, as one that runs tasks */
    int process = (int)getpid();
    if (thread && thread->is_created && !thread->has_run) {
        thread->has_run = true;
        atomic_fetch_add(&probe->threads_ran, 1);
    }
    if (probe_is_forked && atomic_exchange(&counted, process) != process)
        atomic_fetch_add(&probe->processes_ran, 1);
    if (thread && thread->has_done)
        note_most(&probe->threads_most, atomic_fetch_add(&probe->threads, 1) + 1);
    if (thread)
        thread->has_done = false;
}

static int run_task(struct job *job, int task, int worker, struct place place)
{
    static const char beyond[] = "task %d was run, of %d tasks on %d workers";
    atomic_fetch_add(&probe->progress, 1);
    probe->last_task = place;
    judge_job(job, place);
    if (task < 0 || task >= job->tasks) {
        probe_note("wrong-bounds", place, beyond, task, job->tasks, probe->plan.workers);
        return -1;
    }
    if (worker < 0 || worker >= probe->plan.workers) {
        probe_note("wrong-worker", place, "worker number %d was used, of %d", worker,
                   probe->plan.workers);
        return -1;
    }
    struct task_record *record = &probe->task[probe->job * TASKS_MAX + task];
    struct worker_record *slot = &probe->worker[worker];
    struct thread *thread = probe_thread();
    unsigned long me = probe_identity(), nobody = 0;
    bool entered = atomic_compare_exchange_strong(&slot->user, &nobody, me);
    if (!entered && nobody != me)
        probe_note("same-worker", place,
                   "two at the same time ran tasks as worker %d (the other %s)", worker,
                   slot->place.line == place.line ? "on the same line" : "on another line");
    slot->place = place;
    if (thread && thread->held_count > 0)
        probe->locked_task = thread->held[0].place;
    note_run(record, task, place);
    note_worker(thread);
    note_most(&probe->running_most, atomic_fetch_add(&probe->running, 1) + 1);

    probe_stand(IN_TASK, NULL, place);
    double began_s = clock_seconds();
    compute(task, slot);
    atomic_fetch_add(&probe->task_ns, (long long)(1e9 * (clock_seconds() - began_s)));
    probe_walk();

    atomic_fetch_sub(&probe->running, 1);
    if (entered)
        atomic_store(&slot->user, 0);
    if (is_failing(task))
        atomic_fetch_add(&record->failed, 1);
    atomic_fetch_add(&record->done, 1);
    if (thread && thread->is_created) {
        thread->has_done = true;
        atomic_fetch_sub(&probe->threads, 1);
    }
    atomic_fetch_add(&probe->progress, 1);
    if (probe->plan.kind == TASKS_EVEN)
        probe_pause();
    return is_failing(task) ? -1 : 0;
}

int hook_job_run(struct job *job, int task, int worker, HOOK_PLACE)
{
    return run_task(job, task, worker, probe_place(hook_file, hook_line));
}

/* For those who call job_run() from a file that is compiled without the hooks. */
static int run_task_of(struct job *job, int task, int worker)
{
    return run_task(job, task, worker, (struct place){NULL, 0});
}

/* That it failed is no fault, where tasks fail; it is quoted where none does. */
static int fail(struct job *job, const char *what, int error_number)
{
    (void)job;
    snprintf(probe->said, sizeof probe->said, "%s%s%s", what, error_number > 0 ? ": " : "",
             error_number > 0 ? strerror(error_number) : "");
    return -1;
}

void probe_make_job(struct job *job, int tasks)
{
    static struct job_result of[TASKS_MAX];
    static struct job_results results;
    for (int task = 0; task < tasks; task++)
        of[task] = (struct job_result){probe_result[probe->job * TASKS_MAX + task],
                                       sizeof probe_result[0]};
    results = (struct job_results){of, probe_result, RESULT_BYTES};
    *job = (struct job){.tasks = tasks,
                        .chunk = 1,
                        .results = &results,
                        .anew = probe_anew(probe->program),
                        .run_task = run_task_of,
                        .fail = fail};
    if (jobs_made <= JOBS_MAX)
        made[jobs_made++] = job;
}
