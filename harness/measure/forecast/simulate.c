/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/simulate.h"

#include <math.h>
#include <stdlib.h>

enum phase { COMING, QUEUED, WORKING, GONE };

struct sim_worker {
    enum phase phase;
    double at;   /* COMING: when it is ready to work; QUEUED: since when it waits for the lock */
    double left; /* WORKING: seconds of work on a fast core */
    int task;    /* that it is about to do, or does */
    int last;    /* of its chunk, or of its block */
};

struct simulation {
    const struct machine_model *machine;
    const struct strategy_model *strategy;
    const double *task_s;
    int tasks, workers, next; /* next: the first task that nobody has taken */
    double now;
    struct sim_worker *all;
    int *on_place, *on_core; /* how many are working there */
};

/* The share of a worker begins here, for blocks that differ by one task at most. */
static int block_begin(const struct simulation *sim, int worker)
{
    return (int)((long)sim->tasks * worker / sim->workers);
}

/* Gives the worker its next task; false where there is none for it. */
static bool take_task(struct simulation *sim, int number, bool first)
{
    const struct strategy_model *strategy = sim->strategy;
    struct sim_worker *worker = &sim->all[number];
    if (strategy->fixed && strategy->blocks) {
        worker->task = first ? block_begin(sim, number) : worker->task + 1;
        return worker->task < block_begin(sim, number + 1);
    }
    if (strategy->fixed) {
        worker->task = first ? number : worker->task + sim->workers;
        return worker->task < sim->tasks;
    }
    if (!first && worker->task < worker->last) {
        worker->task++;
        return true;
    }
    if (sim->next >= sim->tasks)
        return false;
    worker->task = sim->next;
    sim->next += strategy->chunk;
    worker->last = (sim->next < sim->tasks ? sim->next : sim->tasks) - 1;
    return true;
}

static const struct model_place *place_of(const struct simulation *sim, int number)
{
    return &sim->machine->places[number % sim->machine->count];
}

static void count_working(struct simulation *sim, int number, int change)
{
    sim->on_place[number % sim->machine->count] += change;
    sim->on_core[place_of(sim, number)->core] += change;
}

/* How fast a working worker works: its core's speed, shared. Two threads of a core do more together
 * than one, but not twice as much; several workers on one thread take turns. */
static double rate(const struct simulation *sim, int number, int working)
{
    const struct model_place *place = place_of(sim, number);
    int here = sim->on_place[number % sim->machine->count], core = sim->on_core[place->core];
    double all = core > here ? 1 + sim->machine->speeds.second_thread : 1;
    double quota = sim->machine->quota;
    double allowed = quota > 0 && working > quota ? quota / working : 1;
    return place->speed * all / core * allowed;
}

/* Whoever is ready begins to work; behind a lock only the one who waits longest. */
static void begin_work(struct simulation *sim)
{
    int holder = -1, longest = -1;
    for (int w = 0; w < sim->workers; w++) {
        struct sim_worker *worker = &sim->all[w];
        if (worker->phase == COMING && worker->at <= sim->now)
            worker->phase = QUEUED;
        if (worker->phase == WORKING)
            holder = w;
        if (worker->phase == QUEUED && (longest < 0 || worker->at < sim->all[longest].at))
            longest = w;
    }
    for (int w = 0; w < sim->workers; w++) {
        struct sim_worker *worker = &sim->all[w];
        if (worker->phase != QUEUED ||
            (sim->strategy->one_at_a_time && (holder >= 0 || w != longest)))
            continue;
        worker->phase = WORKING;
        worker->left = sim->task_s[worker->task];
        count_working(sim, w, +1);
    }
}

/* Its task is done: the next one, after what handing it out costs, or none. Within a chunk it goes on
 * at once. */
static void end_task(struct simulation *sim, int number)
{
    struct sim_worker *worker = &sim->all[number];
    bool in_chunk = !sim->strategy->fixed && worker->task < worker->last;
    count_working(sim, number, -1);
    worker->at = sim->now + (in_chunk ? 0 : sim->strategy->handout_s);
    worker->phase = take_task(sim, number, false) ? COMING : GONE;
}

/* One step to the next event; false where nothing is left to happen. */
static bool step(struct simulation *sim, double *last_end)
{
    double soonest = (double)INFINITY;
    int working = 0;
    begin_work(sim);
    for (int w = 0; w < sim->workers; w++)
        working += sim->all[w].phase == WORKING;
    for (int w = 0; w < sim->workers; w++) {
        const struct sim_worker *worker = &sim->all[w];
        if (worker->phase == COMING)
            soonest = fmin(soonest, worker->at - sim->now);
        else if (worker->phase == WORKING)
            soonest = fmin(soonest, worker->left / rate(sim, w, working));
    }
    if (!isfinite(soonest))
        return false;
    double before = sim->now;
    sim->now += soonest;
    for (int w = 0; w < sim->workers; w++)
        if (sim->all[w].phase == WORKING)
            sim->all[w].left -= soonest * rate(sim, w, working);
    for (int w = 0; w < sim->workers; w++) {
        struct sim_worker *worker = &sim->all[w];
        if (worker->phase == WORKING && worker->left <= 1e-12 * (sim->now + 1e-3)) {
            *last_end = sim->now;
            end_task(sim, w);
        }
        if (worker->phase == COMING && worker->at - sim->now < 1e-15 * before)
            worker->at = sim->now; /* too small a step for a double */
    }
    return true;
}

double simulate_run(const struct machine_model *machine, const struct strategy_model *strategy,
                    const double *task_s, int tasks, int workers)
{
    struct simulation sim = {.machine = machine,
                             .strategy = strategy,
                             .task_s = task_s,
                             .tasks = tasks,
                             .workers = workers,
                             .all = calloc((size_t)workers, sizeof *sim.all),
                             .on_place = calloc((size_t)machine->count, sizeof *sim.on_place),
                             .on_core = calloc((size_t)machine->count, sizeof *sim.on_core)};
    double last_end = (double)NAN;
    if (sim.all && sim.on_place && sim.on_core) {
        for (int w = 0; w < workers; w++) {
            sim.all[w].at = strategy->start_s + w * strategy->start_each_s;
            sim.all[w].phase = take_task(&sim, w, true) ? COMING : GONE;
        }
        last_end = 0;
        while (step(&sim, &last_end))
            continue;
        last_end += strategy->join_s;
    }
    free(sim.all);
    free(sim.on_place);
    free(sim.on_core);
    return last_end;
}
