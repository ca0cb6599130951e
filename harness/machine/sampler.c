/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/sampler.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/clock.h"

void sampler_start(struct sampler *sampler, pid_t first, enum sampler_scope scope)
{
    double now = clock_seconds();
    *sampler = (struct sampler){.first = first, .scope = scope, .began_s = now, .last_look_s = now};
}

void sampler_destroy(struct sampler *sampler)
{
    free(sampler->readings);
    free(sampler->members);
    free(sampler->all);
    *sampler = (struct sampler){0};
}

static const struct process *find(const struct process *list, size_t count, pid_t id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].id == id)
            return &list[i];
    return NULL;
}

/* Whether it belongs, as far as those found before and the first `chosen` of this look tell. */
static bool belongs(const struct sampler *sampler, const struct process *process, size_t chosen)
{
    const struct process *before = find(sampler->members, sampler->member_count, process->id);
    return process->id == sampler->first ||
           (sampler->scope == SAMPLER_GROUP && process->group == sampler->first) ||
           (sampler->scope == SAMPLER_CHILDREN && process->parent == getpid()) ||
           (before && before->started == process->started) ||
           find(sampler->all, chosen, process->parent) != NULL;
}

/* Brings those that belong to the front of the list; returns how many. Parents may be listed after
 * their children, so it goes on until a pass finds no more. */
static size_t choose(struct sampler *sampler, size_t count)
{
    size_t chosen = 0, before;
    do {
        before = chosen;
        for (size_t i = chosen; i < count; i++)
            if (belongs(sampler, &sampler->all[i], chosen)) {
                struct process process = sampler->all[i];
                sampler->all[i] = sampler->all[chosen];
                sampler->all[chosen++] = process;
            }
    } while (chosen > before);
    return chosen;
}

/* The time of a process that has ended goes to the parent that waited for it. Where that is none of
 * ours, it would be lost from the sum, so we keep what it had at the last look. */
static void keep_time_of_orphans(struct sampler *sampler, size_t chosen)
{
    for (size_t i = 0; i < sampler->member_count; i++) {
        const struct process *member = &sampler->members[i];
        if (!find(sampler->all, chosen, member->id) && member->id != sampler->first &&
            !find(sampler->members, sampler->member_count, member->parent))
            sampler->gone_cpu_s += member->cpu_s;
    }
}

static bool make_room(struct sampler *sampler, size_t members)
{
    struct process *room = realloc(sampler->members, members * sizeof *room);
    if (!room)
        return false;
    sampler->members = room;
    if (sampler->count < sampler->capacity)
        return true;
    size_t more = sampler->capacity ? 2 * sampler->capacity : 256;
    struct reading *readings = realloc(sampler->readings, more * sizeof *readings);
    if (!readings)
        return false;
    sampler->readings = readings;
    sampler->capacity = more;
    return true;
}

static long sum_of_memory(struct sampler *sampler, size_t count)
{
    long kib = 0;
    for (size_t i = 0; i < count; i++)
        if (sampler->all[i].threads > 0)
            kib += process_memory_kib(sampler->all[i].id, &sampler->shared_twice);
    return kib;
}

/* A process that ends between two of the readings leaves its share of common pages to those that
 * are read after it, and the sum is too high; so it is taken twice. */
static long memory_now(struct sampler *sampler, size_t count)
{
    long first = sum_of_memory(sampler, count), second = sum_of_memory(sampler, count);
    return first < second ? first : second;
}

void sampler_look(struct sampler *sampler)
{
    double now = clock_seconds(), passed = now - sampler->last_look_s;
    if (passed < 1e-3 * SAMPLER_INTERVAL_MS / 5)
        return;
    size_t chosen = choose(sampler, processes_list(&sampler->all, &sampler->all_capacity));
    if (chosen == 0)
        return;
    keep_time_of_orphans(sampler, chosen);
    if (!make_room(sampler, chosen)) {
        sampler->no_memory = true;
        return;
    }

    struct reading reading = {.time_s = now - sampler->began_s};
    double cpu_s = sampler->gone_cpu_s;
    for (size_t i = 0; i < chosen; i++) {
        const struct process *process = &sampler->all[i];
        cpu_s += process->cpu_s;
        reading.threads += process->threads;
        reading.processes += process->threads > 0;
    }
    reading.memory_kib = memory_now(sampler, chosen);
    /* What a process used is handed to its parent in whole ticks, so the sum may fall a little. */
    double used_s = cpu_s > sampler->last_cpu_s ? cpu_s - sampler->last_cpu_s : 0;
    reading.cpu_percent = passed > 0 ? 100 * used_s / passed : 0;
    sampler->readings[sampler->count++] = reading;
    sampler->last_look_s = now;
    sampler->last_cpu_s += used_s;
    memcpy(sampler->members, sampler->all, chosen * sizeof *sampler->members);
    sampler->member_count = chosen;
}

struct reading sampler_peak(const struct sampler *sampler)
{
    struct reading peak = {0};
    for (size_t i = 0; i < sampler->count; i++) {
        const struct reading *reading = &sampler->readings[i];
        if (reading->cpu_percent > peak.cpu_percent)
            peak.cpu_percent = reading->cpu_percent;
        if (reading->memory_kib > peak.memory_kib)
            peak.memory_kib = reading->memory_kib;
        if (reading->processes > peak.processes)
            peak.processes = reading->processes;
        if (reading->threads > peak.threads)
            peak.threads = reading->threads;
        peak.time_s = reading->time_s;
    }
    return peak;
}
