/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/disturbance/looks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "harness/base/clock.h"

static double cpu_seconds(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) != 0)
        return 0;
    return clock_timeval_seconds(usage.ru_utime) + clock_timeval_seconds(usage.ru_stime);
}

static struct counters look(const struct looks *looks)
{
    double own_s = cpu_seconds(RUSAGE_SELF) + cpu_seconds(RUSAGE_CHILDREN);
    return counters_read(&looks->view, clock_seconds(), own_s);
}

int looks_add(struct looks *looks, struct error *error)
{
    if (looks->count == looks->capacity) {
        size_t capacity = 2 * looks->capacity + 8;
        struct counters *more = realloc(looks->counters, capacity * sizeof *more);
        if (!more)
            return error_set(error, "machine", "no memory");
        looks->counters = more;
        looks->capacity = capacity;
    }
    looks->counters[looks->count++] = look(looks);
    return 0;
}

static int see_cpus(struct looks *looks, const struct topology *topology, struct error *error)
{
    looks->cpus = calloc((size_t)topology->threads, sizeof *looks->cpus);
    if (!looks->cpus)
        return error_set(error, "machine", "no memory");
    for (int i = 0; i < topology->threads; i++)
        looks->cpus[i] =
            (int)hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, (unsigned)i)->os_index;
    looks->view = (struct machine_view){.proc = "/proc",
                                        .sys = "/sys",
                                        .cpus = looks->cpus,
                                        .cpu_count = topology->threads,
                                        .machine_cpus = topology->machine_threads,
                                        .quota = topology->quota};
    return 0;
}

int looks_begin(struct looks *looks, const struct topology *topology, struct error *error)
{
    const struct timespec rest = {.tv_nsec = 300000000};
    *looks = (struct looks){.count = 0};
    int failed = see_cpus(looks, topology, error) != 0;
    if (!failed) {
        looks->state = machine_state_read(&looks->view);
        failed = looks_add(looks, error) != 0;
    }
    if (!failed) {
        nanosleep(&rest, NULL);
        failed = looks_add(looks, error) != 0;
    }
    if (failed)
        looks_destroy(looks);
    return failed ? -1 : 0;
}

bool looks_last_is_busy(const struct looks *looks)
{
    const struct counters *last = &looks->counters[looks->count - 1];
    return looks->count > 2 && disturbance_between(&looks->view, last - 1, last);
}

void looks_leave_out_last(struct looks *looks)
{
    looks->counters[looks->count - 1].left_out = true;
}

void looks_judge(const struct looks *looks, struct disturbance *disturbance)
{
    disturbance_judge(&looks->view, &looks->state, looks->counters, looks->count, disturbance);
}

static bool is_warned_of(const struct finding *finding)
{
    bool can_do = finding->level == FINDING_NOTE && finding->remedy[0];
    return finding->level == FINDING_DISTURBS || can_do;
}

static bool is_said(const struct disturbance *disturbance, int number)
{
    for (int i = 0; i < number; i++)
        if (is_warned_of(&disturbance->findings[i]) &&
            strcmp(disturbance->findings[i].remedy, disturbance->findings[number].remedy) == 0)
            return true;
    return false;
}

void looks_warn(const struct disturbance *disturbance, bool brief, struct warnings *warnings)
{
    bool silent = warnings->silent;
    for (int i = 0; i < disturbance->count; i++) {
        const struct finding *finding = &disturbance->findings[i];
        if (!is_warned_of(finding))
            continue;
        warnings->silent = silent || is_said(disturbance, i);
        warnings_add(warnings, "%s.%s%s To do: %s", finding->seen, brief ? "" : " ",
                     brief ? "" : finding->meaning,
                     finding->remedy[0] ? finding->remedy : "nothing");
    }
    warnings->silent = silent;
}

void looks_destroy(struct looks *looks)
{
    free(looks->cpus);
    free(looks->counters);
    *looks = (struct looks){.count = 0};
}
