/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/stopwatch.h"

#include <time.h>

static const double SELDOM_S = 100e-6;

/* From one task to the next, where nothing has to be waited for. Waking up takes longer, and so does
 * a fork: a child does not go on with its parent's watch. */
static const double NO_BREAK_S = 2e-6;

static void ask(struct stopwatch *watch, double now_s)
{
    struct timespec cpu;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu) == 0)
        watch->cpu_s = (double)cpu.tv_sec + 1e-9 * (double)cpu.tv_nsec;
    watch->asked_s = watch->known_s = now_s;
}

static void assume(struct stopwatch *watch, double now_s)
{
    watch->cpu_s += now_s - watch->known_s;
    watch->known_s = now_s;
}

void stopwatch_begin(struct stopwatch *watch, double now_s)
{
    pthread_t self = pthread_self();
    if (now_s - watch->known_s < NO_BREAK_S && pthread_equal(self, watch->thread)) {
        assume(watch, now_s);
        return;
    }
    watch->thread = self;
    ask(watch, now_s);
}

double stopwatch_end(struct stopwatch *watch, double now_s)
{
    double began_cpu_s = watch->cpu_s, wall_s = now_s - watch->known_s;
    if (now_s - watch->asked_s < SELDOM_S)
        assume(watch, now_s);
    else
        ask(watch, now_s);
    double used_s = watch->cpu_s - began_cpu_s;
    return used_s < 0 ? 0 : used_s > wall_s ? wall_s : used_s;
}
