/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sampler on children whose memory, CPU time, processes and threads are known. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/machine/sampler.h"
#include "tests/support/cmocka_all.h"

enum { MIB = 1 << 20, OWN_MIB_AT_MOST = 12 /* what a process has anyway */ };

/* Writes to every page of so many new MiB. In children only: no assertions there. */
static char *take_memory(int mib)
{
    size_t bytes = (size_t)mib * MIB;
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        _exit(1);
    memset(memory, 1, bytes);
    return memory;
}

/* A child that calls `prepare`, says that it has, and waits to be killed with its whole process
 * group; returns when it is ready. */
struct child {
    pid_t id;
    int end; /* reads as ended when the child and all that come from it have */
};

static pid_t group; /* of the child that is running; 0: none */

static void tell(int ready)
{
    ssize_t told = write(ready, "", 1);
    (void)told;
}

static struct child start_child(void (*prepare)(int ready), int expected)
{
    int ends[2];
    char byte;
    if (!processes_available())
        skip(); /* this system has no /proc as Linux has it */
    assert_int_equal(pipe(ends), 0);
    struct child child = {.id = fork(), .end = ends[0]};
    assert_true(child.id >= 0);
    if (child.id == 0) {
        setpgid(0, 0);
        close(ends[0]);
        prepare(ends[1]);
        tell(ends[1]);
        for (;;)
            pause();
    }
    setpgid(child.id, child.id);
    group = child.id;
    close(ends[1]);
    for (int i = 0; i < expected; i++)
        assert_int_equal(read(child.end, &byte, 1), 1);
    return child;
}

/* CPU time of all children that have been waited for. */
static double children_s(void)
{
    struct rusage used;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/* Returns the CPU time of the child itself. */
static double end_child(struct child child)
{
    char byte;
    double before_s = children_s();
    kill(-child.id, SIGKILL);
    group = 0;
    assert_int_equal(waitpid(child.id, NULL, 0), child.id);
    assert_int_equal(read(child.end, &byte, 1), 0);
    close(child.end);
    return children_s() - before_s;
}

static void nap_ms(int ms)
{
    const struct timespec nap = {.tv_nsec = ms * 1000000L};
    nanosleep(&nap, NULL);
}

/* One reading of a child that is ready. */
static struct reading look_once(struct sampler *sampler, struct child child,
                                enum sampler_scope scope)
{
    sampler_start(sampler, child.id, scope);
    nap_ms(SAMPLER_INTERVAL_MS);
    sampler_look(sampler);
    assert_int_equal(sampler->count, 1);
    return sampler->readings[0];
}

static void assert_mib(const struct sampler *sampler, long kib, int mib)
{
    if (sampler->shared_twice)
        skip(); /* this system does not tell shared pages from others */
    if (kib < mib * 1024L || kib > (mib + OWN_MIB_AT_MOST) * 1024L)
        fail_msg("%ld KiB are not %d MiB and a little", kib, mib);
}

static void hold_100_mib(int ready)
{
    (void)ready;
    take_memory(100);
}

static void it_sees_memory(void **unused)
{
    (void)unused;
    struct sampler sampler;
    struct child child = start_child(hold_100_mib, 1);
    struct reading reading = look_once(&sampler, child, SAMPLER_CHILDREN);
    end_child(child);
    assert_int_equal(reading.processes, 1);
    assert_int_equal(reading.threads, 1);
    assert_mib(&sampler, reading.memory_kib, 100);
    sampler_destroy(&sampler);
}

static void share_100_mib(int ready)
{
    take_memory(100);
    for (int i = 0; i < 3; i++)
        if (fork() == 0) {
            take_memory(20); /* of its own */
            tell(ready);
            for (;;)
                pause();
        }
}

static void shared_pages_count_once(void **unused)
{
    (void)unused;
    struct sampler sampler;
    struct child child = start_child(share_100_mib, 4);
    struct reading reading = look_once(&sampler, child, SAMPLER_CHILDREN);
    end_child(child);
    assert_int_equal(reading.processes, 4);
    assert_int_equal(reading.threads, 4);
    assert_mib(&sampler, reading.memory_kib, 100 + 3 * 20);
    sampler_destroy(&sampler);
}

static void *wait_for_ever(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static void have_five_threads(int ready)
{
    pthread_t thread;
    (void)ready;
    for (int i = 0; i < 4; i++)
        if (pthread_create(&thread, NULL, wait_for_ever, NULL) != 0)
            _exit(1);
}

static void it_counts_threads(void **unused)
{
    (void)unused;
    struct sampler sampler;
    struct child child = start_child(have_five_threads, 1);
    struct reading reading = look_once(&sampler, child, SAMPLER_CHILDREN);
    end_child(child);
    assert_int_equal(reading.processes, 1);
    assert_int_equal(reading.threads, 5);
    sampler_destroy(&sampler);
}

static _Noreturn void burn(void)
{
    for (volatile unsigned long i = 0;; i++)
        continue;
}

static void burn_and_fork(int ready)
{
    if (fork() == 0)
        burn(); /* of the grandchild nobody waits for its time */
    tell(ready);
    burn();
}

/* What the readings add up to is what the system says in the end. How much that is depends on what
 * else the machine does; so it is not asked for 200 %. */
static void it_sees_cpu_time(void **unused)
{
    (void)unused;
    struct sampler sampler;
    double sum_s = 0, last_s = 0, first_s = 0;
    struct child child = start_child(burn_and_fork, 1);
    sampler_start(&sampler, child.id, SAMPLER_GROUP);
    for (int i = 0; i < 8; i++) {
        nap_ms(SAMPLER_INTERVAL_MS);
        sampler_look(&sampler);
    }
    for (size_t i = 0; i < sampler.member_count; i++)
        if (sampler.members[i].id == child.id)
            first_s = sampler.members[i].cpu_s;
    double in_the_end_s = end_child(child);
    assert_int_equal(sampler.count, 8);
    for (size_t i = 0; i < sampler.count; i++) {
        const struct reading *reading = &sampler.readings[i];
        assert_int_equal(reading->processes, 2);
        sum_s += 1e-2 * reading->cpu_percent * (reading->time_s - last_s);
        last_s = reading->time_s;
    }
    assert_true(first_s > 0 && first_s <= in_the_end_s + 0.001);
    assert_true(sum_s > first_s); /* the grandchild's time is in it too */
    assert_float_equal(sum_s, sampler.last_cpu_s, 1e-6);
    assert_true(sampler_peak(&sampler).cpu_percent >= 100 * sum_s / last_s);
    sampler_destroy(&sampler);
}

static void leave_an_orphan(int ready)
{
    pid_t middle = fork();
    if (middle == 0) {
        if (fork() == 0) {
            take_memory(30);
            tell(ready);
            for (;;)
                pause();
        }
        _exit(0);
    }
    waitpid(middle, NULL, 0);
}

/* Its parent was gone before the first look; its process group gives it away. */
static void an_orphan_is_found_by_its_group(void **unused)
{
    (void)unused;
    struct sampler sampler;
    struct child child = start_child(leave_an_orphan, 2);
    struct reading reading = look_once(&sampler, child, SAMPLER_GROUP);
    end_child(child);
    assert_int_equal(reading.processes, 2);
    assert_mib(&sampler, reading.memory_kib, 30);
    sampler_destroy(&sampler);
}

static void have_a_child(int ready)
{
    if (fork() == 0) {
        tell(ready);
        for (;;)
            pause();
    }
}

static void once_found_it_stays(void **unused)
{
    (void)unused;
    struct sampler sampler;
    struct child child = start_child(have_a_child, 2);
    assert_int_equal(look_once(&sampler, child, SAMPLER_CHILDREN).processes, 2);
    kill(child.id, SIGKILL);
    nap_ms(SAMPLER_INTERVAL_MS);
    sampler_look(&sampler); /* the first one has ended, nobody has waited for it yet */
    assert_int_equal(sampler.count, 2);
    assert_int_equal(sampler.readings[1].processes, 1);
    assert_int_equal(sampler.readings[1].threads, 1);
    end_child(child);
    nap_ms(SAMPLER_INTERVAL_MS);
    sampler_look(&sampler);
    if (sampler.count == 3) /* init has not yet waited for the orphan */
        assert_int_equal(sampler.readings[2].processes + sampler.readings[2].threads, 0);
    assert_int_equal(sampler_peak(&sampler).processes, 2);
    sampler_destroy(&sampler);
}

static void looks_in_quick_succession_are_one(void **unused)
{
    (void)unused;
    struct sampler sampler;
    struct child child = start_child(have_five_threads, 1);
    look_once(&sampler, child, SAMPLER_CHILDREN);
    double last_s = sampler.last_look_s;
    sampler_look(&sampler);
    if (clock_seconds() - last_s < 0.009) /* else we were held up, and it was right to look */
        assert_int_equal(sampler.count, 1);
    end_child(child);
    sampler_destroy(&sampler);
}

/* What a test that failed has left behind. */
static int end_what_is_left(void **unused)
{
    (void)unused;
    if (group) {
        kill(-group, SIGKILL);
        waitpid(group, NULL, 0);
        group = 0;
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(it_sees_memory, end_what_is_left),
        cmocka_unit_test_teardown(shared_pages_count_once, end_what_is_left),
        cmocka_unit_test_teardown(it_counts_threads, end_what_is_left),
        cmocka_unit_test_teardown(it_sees_cpu_time, end_what_is_left),
        cmocka_unit_test_teardown(an_orphan_is_found_by_its_group, end_what_is_left),
        cmocka_unit_test_teardown(once_found_it_stays, end_what_is_left),
        cmocka_unit_test_teardown(looks_in_quick_succession_are_one, end_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
