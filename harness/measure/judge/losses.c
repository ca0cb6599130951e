/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/judge/losses.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A gap that ends this soon (as a share of it) after another worker's task has ended was spent
 * waiting for that task. */
static const double SOON = 0.1;

/* Which causes a replay still has in it. */
struct causes {
    bool start, handout, waiting, taken, slower;
};

/* One round made ready for replays. */
struct replay {
    const struct loss_round *round;
    const double *serial_s; /* of each task in the serial run, without what was taken from it */
    int tasks, workers;
    bool fixed;
    int *order;      /* the tasks by start */
    double *handout; /* of each task: the gap before it, in two kinds; 0 before a worker's first */
    double *waiting;
    double *queued; /* what of the time before each task its worker stood in the run queue */
    double *first;  /* of each worker: when its first task began; NaN: it had none */
    double *ends;   /* all ends, sorted */
    double *free;   /* of each worker, while replaying */
};

static void free_replay(struct replay *replay)
{
    free(replay->order);
    free(replay->handout);
    free(replay->waiting);
    free(replay->queued);
    free(replay->first);
    free(replay->ends);
    free(replay->free);
}

static int make_replay(struct replay *replay, int tasks, int workers, bool fixed)
{
    size_t n = (size_t)tasks, w = (size_t)workers;
    *replay = (struct replay){.tasks = tasks,
                              .workers = workers,
                              .fixed = fixed,
                              .order = calloc(n, sizeof *replay->order),
                              .handout = calloc(n, sizeof *replay->handout),
                              .waiting = calloc(n, sizeof *replay->waiting),
                              .queued = calloc(n, sizeof *replay->queued),
                              .first = calloc(w, sizeof *replay->first),
                              .ends = calloc(n, sizeof *replay->ends),
                              .free = calloc(w, sizeof *replay->free)};
    if (replay->order && replay->handout && replay->waiting && replay->queued && replay->first &&
        replay->ends && replay->free)
        return 0;
    free_replay(replay);
    return -1;
}

/* ---- what the trace says ------------------------------------------------------------------------ */

struct start_of {
    double start_s;
    int task;
};

static int compare_starts(const void *a, const void *b)
{
    const struct start_of *p = a, *q = b;
    if (p->start_s != q->start_s)
        return p->start_s < q->start_s ? -1 : 1;
    return p->task - q->task;
}

static int compare_numbers(const void *a, const void *b)
{
    const double *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

static int sort_tasks(struct replay *replay)
{
    size_t n = (size_t)replay->tasks;
    struct start_of *starts = calloc(n, sizeof *starts);
    if (!starts)
        return -1;
    for (int i = 0; i < replay->tasks; i++) {
        starts[i] = (struct start_of){replay->round->tasks[i].start_s, i};
        replay->ends[i] = replay->round->tasks[i].end_s;
    }
    qsort(starts, n, sizeof *starts, compare_starts);
    qsort(replay->ends, n, sizeof *replay->ends, compare_numbers);
    for (int i = 0; i < replay->tasks; i++)
        replay->order[i] = starts[i].task;
    free(starts);
    return 0;
}

/* How many tasks had ended by then. */
static int ended_until(const struct replay *replay, double then)
{
    int low = 0, high = replay->tasks; /* ends[low - 1] <= then < ends[high] */
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (replay->ends[middle] <= then)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The latest end of a task in (from, to]; `from` where there is none. */
static double last_end(const struct replay *replay, double from, double to)
{
    int low = ended_until(replay, to);
    return low > 0 && replay->ends[low - 1] > from ? replay->ends[low - 1] : from;
}

/* What lies before each task of a worker: its start, or a gap, which is hand-out unless it ends as
 * soon as somebody else's task does; but not what of it the worker was ready and had no CPU. The
 * worker's own last task ended where the gap begins. */
static void find_gaps(struct replay *replay)
{
    for (int w = 0; w < replay->workers; w++)
        replay->first[w] = replay->free[w] = (double)NAN;
    for (int k = 0; k < replay->tasks; k++) {
        int i = replay->order[k];
        const struct loss_task *task = &replay->round->tasks[i];
        double before = replay->free[task->worker];
        double gap = task->start_s - (isnan(before) ? 0 : before);
        double queued = task->queue_before_s > 0 ? fmin(task->queue_before_s, gap) : 0;
        replay->handout[i] = replay->waiting[i] = 0;
        replay->queued[i] = queued;
        if (isnan(before) && k > 0 && ended_until(replay, task->start_s) == k) {
            replay->first[task->worker] = 0; /* nothing else was running: it had to wait for that */
            replay->waiting[i] = gap - queued;
        } else if (isnan(before)) {
            replay->first[task->worker] = gap - queued;
        } else {
            double other = last_end(replay, before, task->start_s);
            bool waited = other > before && task->start_s - other < SOON * gap;
            *(waited ? &replay->waiting[i] : &replay->handout[i]) = gap - queued;
        }
        replay->free[task->worker] = task->end_s;
    }
}

/* Time that a task was off the CPU, and how much of it nobody took away: it waited by itself, for a
 * lock. Where the run queue is not known, all was taken away. */
static double off_cpu(const struct loss_task *task, double *by_itself)
{
    double off = task->end_s - task->start_s - task->cpu_s;
    *by_itself = 0;
    if (isnan(off) || off < 0)
        return 0;
    if (!isnan(task->queue_s) && task->queue_s < off)
        *by_itself = off - task->queue_s;
    return off;
}

static double duration(const struct replay *replay, int i, const struct causes *causes)
{
    const struct loss_task *task = &replay->round->tasks[i];
    double by_itself, off = off_cpu(task, &by_itself), taken = off - by_itself;
    double on = causes->slower ? task->end_s - task->start_s - off : replay->serial_s[i];
    return on + (causes->taken ? taken : 0) + (causes->waiting ? by_itself : 0);
}

/* CPU times, where all of both runs are known. */
static const double *serial_tasks(const struct loss_round *round, int tasks)
{
    for (int i = 0; i < tasks && round->serial_cpu_s; i++)
        if (isnan(round->serial_cpu_s[i]) || isnan(round->tasks[i].cpu_s))
            return round->serial_task_s;
    return round->serial_cpu_s ? round->serial_cpu_s : round->serial_task_s;
}

/* ---- the replay --------------------------------------------------------------------------------- */

static int earliest(const struct replay *replay)
{
    int found = 0;
    for (int w = 1; w < replay->workers; w++)
        if (replay->free[w] < replay->free[found])
            found = w;
    return found;
}

/* When the last task ends, with only these causes left in. Fixed shares stay with their workers; else
 * tasks are dealt out in the order in which they were, each to the worker that is free first. */
static double run_replay(struct replay *replay, const struct causes *causes)
{
    double last = 0;
    for (int w = 0; w < replay->workers; w++) {
        double first = replay->first[w];
        /* One that got no task was kept from it by the others, where there were enough. */
        if (isnan(first))
            replay->free[w] = causes->waiting ? (double)INFINITY : 0;
        else
            replay->free[w] = causes->start ? first : 0;
    }
    for (int k = 0; k < replay->tasks; k++) {
        int i = replay->order[k];
        int w = replay->fixed ? replay->round->tasks[i].worker : earliest(replay);
        double *at = &replay->free[w];
        *at += (causes->handout ? replay->handout[i] : 0) +
               (causes->waiting ? replay->waiting[i] : 0) +
               (causes->taken ? replay->queued[i] : 0) + duration(replay, i, causes);
        last = fmax(last, *at);
    }
    return last;
}

static double equal_tasks(const struct replay *replay, double serial_s)
{
    int turns = (replay->tasks + replay->workers - 1) / replay->workers;
    return serial_s / replay->tasks * turns;
}

/* What the serial run took beside its tasks made this run's speedup larger. */
static void set_serial_against(const struct loss_round *round, double serial_task_s,
                               struct losses *losses)
{
    double within_s = round->serial_end_s - round->serial_start_s;
    if (within_s > 0) {
        losses->handout = (serial_task_s - within_s) / round->wall_s;
        losses->start_stop += (within_s - round->serial_wall_s) / round->wall_s;
    } else {
        losses->rest = (serial_task_s - round->serial_wall_s) / round->wall_s;
    }
}

static struct losses split_round(struct replay *replay)
{
    const struct loss_round *round = replay->round;
    struct causes causes = {true, true, true, true, true};
    double serial_s = 0, serial_task_s = 0, unit = replay->workers / round->wall_s;
    double end = replay->ends[replay->tasks - 1];
    struct losses losses = {.speedup = round->serial_wall_s / round->wall_s};
    for (int i = 0; i < replay->tasks; i++) {
        serial_s += replay->serial_s[i];
        serial_task_s += round->serial_task_s[i];
    }

    losses.gap = replay->workers - losses.speedup;
    losses.start_stop = unit * (round->wall_s - end);
    double now = run_replay(replay, &causes), next;
    /* Tasks dealt out to whoever is free end sooner: so somebody was idle although there were tasks. */
    losses.waiting = unit * (end - now);
    set_serial_against(round, serial_task_s, &losses);
    losses.taken_away = (serial_s - serial_task_s) / round->wall_s;
#define TAKE_OUT(cause, part)                                                                      \
    causes.cause = false;                                                                          \
    next = run_replay(replay, &causes);                                                            \
    losses.part += unit * (now - next);                                                            \
    now = next
    TAKE_OUT(start, start_stop);
    TAKE_OUT(handout, handout);
    TAKE_OUT(waiting, waiting);
    TAKE_OUT(taken, taken_away);
    TAKE_OUT(slower, slower_tasks);
#undef TAKE_OUT
    next = equal_tasks(replay, serial_s);
    losses.uneven = unit * (now - next);
    losses.counting = unit * (next - serial_s / replay->workers);
    return losses;
}

/* ---- fixed shares ------------------------------------------------------------------------------- */

static bool same_shares(const struct loss_task *a, const struct loss_task *b, int tasks)
{
    for (int i = 0; i < tasks; i++)
        if (a[i].worker != b[i].worker)
            return false;
    return true;
}

/* Where there are enough tasks, nobody deals out fixed shares of nothing. */
static bool has_idle_worker(const struct loss_task *run, int tasks, int workers)
{
    for (int w = 0; w < workers; w++) {
        bool idle = true;
        for (int i = 0; i < tasks && idle; i++)
            idle = run[i].worker != w;
        if (idle)
            return true;
    }
    return false;
}

bool losses_fixed_shares(const struct loss_round *rounds, size_t count, int tasks, int workers)
{
    if (workers == 1)
        return true;
    if (tasks >= workers && has_idle_worker(rounds[0].tasks, tasks, workers))
        return false;
    for (size_t k = 1; k < count; k++)
        if (!same_shares(rounds[0].tasks, rounds[k].tasks, tasks))
            return false;
    if (count > 1)
        return true;
    bool turns = true, blocks = true;
    for (int i = 1; i < tasks; i++) {
        int step = rounds[0].tasks[i].worker - rounds[0].tasks[i - 1].worker;
        blocks = blocks && (step == 0 || step == 1);
        turns = turns && (step == 1 || step == 1 - workers);
    }
    return turns || blocks;
}

/* ---- all rounds --------------------------------------------------------------------------------- */

/* Adds every figure of *value, times `factor`, to that of *sum; or, where a mean is given, the
 * square of its distance from that. A struct losses is an array of doubles here. */
static void accumulate(struct losses *sum, const struct losses *value, double factor,
                       const struct losses *mean)
{
    double *to = (double *)(void *)sum;
    const double *from = (const double *)(const void *)value;
    const double *centre = (const double *)(const void *)mean;
    for (size_t i = 0; i < sizeof *sum / sizeof(double); i++) {
        double away = centre ? from[i] - centre[i] : 0;
        to[i] += factor * (centre ? away * away : from[i]);
    }
}

static void take_roots(struct losses *squares)
{
    double *figures = (double *)(void *)squares;
    for (size_t i = 0; i < sizeof *squares / sizeof(double); i++)
        figures[i] = sqrt(figures[i]);
}

int losses_split(const struct loss_round *rounds, size_t count, int tasks, int workers,
                 struct losses *mean, struct losses *error)
{
    struct replay replay;
    struct losses *each = calloc(count, sizeof *each);
    bool fixed = losses_fixed_shares(rounds, count, tasks, workers);
    if (!each || make_replay(&replay, tasks, workers, fixed) != 0) {
        free(each);
        return -1;
    }
    int failed = 0;
    double n = (double)count;
    *mean = *error = (struct losses){0};
    for (size_t i = 0; i < count && !failed; i++) {
        replay.round = &rounds[i];
        replay.serial_s = serial_tasks(&rounds[i], tasks);
        failed = sort_tasks(&replay);
        if (failed)
            break;
        find_gaps(&replay);
        each[i] = split_round(&replay);
        accumulate(mean, &each[i], 1 / n, NULL);
    }
    for (size_t i = 0; i < count && !failed; i++) /* 0 / 0 of one round is NaN */
        accumulate(error, &each[i], 1 / (n - 1) / n, mean);
    take_roots(error);
    free_replay(&replay);
    free(each);
    return failed;
}

struct losses losses_unknown(void)
{
    const double nothing = (double)NAN;
    return (struct losses){nothing, nothing, nothing, nothing, nothing,
                           nothing, nothing, nothing, nothing, nothing};
}

double losses_part(const struct losses *losses, int part)
{
    const double parts[LOSSES_PARTS] = {losses->counting,     losses->uneven,  losses->handout,
                                        losses->start_stop,   losses->waiting, losses->taken_away,
                                        losses->slower_tasks, losses->rest};
    return parts[part];
}
