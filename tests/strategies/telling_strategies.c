/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies that do all tasks rightly, one after the other, and tell on standard error what a run
 * has been given and what it did, so that a test can compare that with what the harness says. They
 * are in build/tests/speedup-broken, beside the broken ones. */
#include <hwloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "strategies/strategy.h"

extern const struct strategy telling_environment, telling_binding, telling_clock, telling_child;

static int run_all(struct job *job)
{
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

/* The variables that libraries read when they start. */
static int tell_environment(struct job *job, int workers, void *state)
{
    static const char *const names[] = {
        "OMP_NUM_THREADS",  "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",   "BLIS_NUM_THREADS",
        "OMP_DYNAMIC",      "OMP_PROC_BIND",        "OMP_PLACES",        "GOMP_CPU_AFFINITY",
        "OMP_THREAD_LIMIT", "OMP_SCHEDULE",         "SPEEDUP_TEST_OTHER"};
    (void)workers, (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        fprintf(stderr, "%s=%s\n", names[i], getenv(names[i]) ? getenv(names[i]) : "(none)");
    puts("said on standard output");
    fflush(stdout);
    return run_all(job);
}

/* Where this thread may run, before its first task and after the first task of each worker. */
static void tell_cores(hwloc_topology_t topology, const char *when)
{
    char text[256] = "?";
    hwloc_bitmap_t set = hwloc_bitmap_alloc();
    if (set && hwloc_get_cpubind(topology, set, HWLOC_CPUBIND_THREAD) == 0)
        hwloc_bitmap_list_snprintf(text, sizeof text, set);
    fprintf(stderr, "%s=%s\n", when, text);
    hwloc_bitmap_free(set);
}

static int tell_binding(struct job *job, int workers, void *state)
{
    hwloc_topology_t topology;
    char when[32];
    (void)state;
    if (hwloc_topology_init(&topology) != 0 || hwloc_topology_load(topology) != 0)
        return job_fail(job, "hwloc", 0);
    tell_cores(topology, "before");
    for (int task = 0; task < job->tasks; task++) {
        job_run(job, task, task % workers);
        snprintf(when, sizeof when, "worker%d", task);
        if (task < workers)
            tell_cores(topology, when);
    }
    hwloc_topology_destroy(topology);
    return 0;
}

/* When each of its three parts began and ended. Start and stop are long, so that either is missed
 * where it is not told from the run. */
static void tell_time(const char *what)
{
    fprintf(stderr, "%s=%.9f\n", what, clock_seconds());
}

static void sleep_for_50_ms(void)
{
    const struct timespec nap = {.tv_nsec = 50000000};
    nanosleep(&nap, NULL);
}

static int start_telling(struct job *job, int workers, void **state)
{
    (void)job, (void)workers, (void)state;
    tell_time("start_begins");
    sleep_for_50_ms();
    tell_time("start_ends");
    return 0;
}

static int run_telling(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    tell_time("run_begins");
    run_all(job);
    tell_time("run_ends");
    return 0;
}

static int stop_telling(struct job *job, void *state)
{
    (void)job, (void)state;
    tell_time("stop_begins");
    sleep_for_50_ms();
    tell_time("stop_ends");
    return 0;
}

/* A child takes 64 MiB, and processor time: 0.2 s and more of its own, as the processor's clock has
 * it, and some of the system's, which has to make the pages. It tells how much of each. */
enum { CHILD_BYTES = 64 << 20 };

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

static void take_pages(void)
{
    void *memory =
        mmap(NULL, CHILD_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        _exit(1);
    memset(memory, 1, CHILD_BYTES);
    munmap(memory, CHILD_BYTES);
}

static void be_busy(void)
{
    struct rusage used = {0};
    clock_t end = clock() + CLOCKS_PER_SEC / 5;
    for (int i = 0; i < 50 && seconds(used.ru_stime) < 0.1; i++) {
        take_pages();
        getrusage(RUSAGE_SELF, &used);
    }
    while (clock() < end)
        continue;
    getrusage(RUSAGE_SELF, &used);
    fprintf(stderr, "child_user=%.6f\nchild_sys=%.6f\n", seconds(used.ru_utime),
            seconds(used.ru_stime));
    _exit(0);
}

static int have_a_busy_child(struct job *job, int workers, void *state)
{
    int status = 0;
    (void)workers, (void)state;
    pid_t child = fork();
    if (child == 0)
        be_busy();
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        return job_fail(job, "the busy child", 0);
    return run_all(job);
}

const struct strategy telling_environment = {
    .name = "tells-environment", .summary = "", .run = tell_environment};
const struct strategy telling_binding = {
    .name = "tells-binding", .summary = "", .run = tell_binding};
const struct strategy telling_clock = {.name = "tells-clock",
                                       .summary = "",
                                       .start = start_telling,
                                       .run = run_telling,
                                       .stop = stop_telling};
const struct strategy telling_child = {
    .name = "has-a-busy-child", .summary = "", .run = have_a_busy_child};
