/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* RUSAGE_THREAD of Linux */
#include "harness/measure/run/stopwatch.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const double SELDOM_S = 200e-6;

/* From one task to the next, where nothing has to be waited for. Waking up takes longer, and so does
 * a fork: a child does not go on with its parent's watch. */
static const double NO_BREAK_S = 2e-6;

enum { NO_FILE = -1, FILES_TO_SPARE = 128 };

/* Every watch keeps its file open, as long as there are enough to be had: opening takes longer than
 * reading. */
static int open_schedstat(void)
{
    int file = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    if (file >= 0 && file + FILES_TO_SPARE > sysconf(_SC_OPEN_MAX)) {
        close(file);
        file = NO_FILE;
    }
    return file;
}

/* "on the CPU, in the queue, times on the CPU": nanoseconds. */
static double queued_s(struct stopwatch *watch)
{
    char text[80], *after;
    pid_t process = getpid();
    if (watch->owner != process || !pthread_equal(watch->of, watch->thread)) {
        if (watch->owner == process)
            stopwatch_close(watch);
        watch->file = open_schedstat();
        watch->owner = process;
        watch->of = watch->thread;
    }
    ssize_t length = watch->file < 0 ? 0 : pread(watch->file, text, sizeof text - 1, 0);
    if (length <= 0)
        return (double)NAN;
    text[length] = '\0';
    strtod(text, &after);
    return strtod(after, NULL) * 1e-9;
}

static long times_blocked(void)
{
#ifdef RUSAGE_THREAD
    struct rusage usage;
    if (getrusage(RUSAGE_THREAD, &usage) == 0)
        return usage.ru_nvcsw;
#endif
    return 0;
}

static void ask(struct stopwatch *watch, double now_s)
{
    struct timespec cpu;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu) == 0)
        watch->cpu_s = (double)cpu.tv_sec + 1e-9 * (double)cpu.tv_nsec;
    watch->queued_s = queued_s(watch);
    watch->blocked = times_blocked();
    watch->asked_s = watch->known_s = now_s;
}

static void assume(struct stopwatch *watch, double now_s)
{
    watch->cpu_s += now_s - watch->known_s;
    watch->known_s = now_s;
}

static double within(double value, double most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

/* Off the CPU for off_s, of which `queued` are known to have been in the queue. Who never blocked has
 * not waited by itself: what the queue does not know, a host or a quota took. */
static double taken_s(double off_s, double queued, bool has_blocked)
{
    return isnan(queued) ? queued : has_blocked ? within(queued, off_s) : off_s;
}

/* Where one short task follows another, the time between them counts with the one at whose end the
 * system is asked: to ask before each would cost more than they take. */
void stopwatch_begin(struct stopwatch *watch, double now_s)
{
    bool same = pthread_equal(pthread_self(), watch->thread) && watch->asked_s > 0;
    const struct stopwatch last = *watch;
    double gap_s = now_s - last.known_s;
    watch->before_s = 0;
    if (same && gap_s < NO_BREAK_S) {
        assume(watch, now_s);
    } else if (same && watch->is_short && gap_s < SELDOM_S) {
        watch->known_s = now_s;
    } else {
        watch->thread = pthread_self();
        ask(watch, now_s);
        watch->before_s = watch->queued_s;
        if (same)
            watch->before_s =
                taken_s(gap_s - within(watch->cpu_s - last.cpu_s, gap_s),
                        watch->queued_s - last.queued_s, watch->blocked != last.blocked);
    }
}

double stopwatch_end(struct stopwatch *watch, double now_s)
{
    const struct stopwatch last = *watch;
    double wall_s = now_s - last.known_s;
    watch->is_short = wall_s < SELDOM_S;
    if (now_s - watch->asked_s < SELDOM_S) {
        assume(watch, now_s);
        watch->queue_s = 0;
        return within(watch->cpu_s - last.cpu_s, wall_s);
    }
    ask(watch, now_s);
    double used_s = within(watch->cpu_s - last.cpu_s, wall_s);
    double queued = watch->queued_s - last.queued_s;
    watch->queue_s = taken_s(wall_s - used_s, queued, watch->blocked != last.blocked);
    /* It may have lost its core since now_s, while we asked: that comes after the task. */
    if (queued > watch->queue_s)
        watch->queued_s = last.queued_s + watch->queue_s;
    return used_s;
}

double stopwatch_queue(const struct stopwatch *watch)
{
    return watch->queue_s;
}

double stopwatch_queue_before(const struct stopwatch *watch)
{
    return watch->before_s;
}

void stopwatch_close(struct stopwatch *watch)
{
    if (watch->owner == getpid() && watch->file >= 0)
        close(watch->file);
    watch->owner = 0;
}
