/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines of other people, as hwloc imagines them or has noted them (*.xml beside this file): what is
 * counted, how many workers are tried, where they are bound, what counting allows them, and what
 * `speedup topology` prints. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/machine/topology.h"
#include "harness/measure/statistics.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

enum { MOST = 16 };

static const struct machine {
    const char *topology;
    int packages, numa_nodes, cores, threads;
    int workers[MOST];    /* that are tried, ended by 0 */
    double ceiling[MOST]; /* of each of these, with 25 images */
    int bound[MOST]; /* the first workers' hardware threads, in the system's numbers; ended by -1 */
    const char *prints[4];
} machines[] = {
    {"core:1 pu:1", 1, 1, 1, 1, {1}, {1}, {0, -1}, {"cores            1 usable of 1\n"}},
    {"pack:1 core:4 pu:2(indexes=0,4,1,5,2,6,3,7)",
     1,
     1,
     4,
     8,
     {1, 2, 4, 8},
     {1, 25. / 13, 25. / 7, 25. / 4},
     {0, 1, 2, 3, 4, 5, 6, 7, -1}, /* as Linux counts: the second thread of core 0 is number 4 */
     {"cores            4 usable of 4\n", "hardware threads 8 usable of 8\n"}},
    {"pack:2 core:64 pu:1",
     2,
     1,
     128,
     128,
     {1, 2, 4, 8, 16, 32, 64, 128},
     {1, 25. / 13, 25. / 7, 25. / 4, 25. / 2, 25, 25, 25},
     {0, 1, 2, 3, -1},
     {"packages         2\n", "cores            128 usable of 128\n"}},
    {"pack:2 numa:2 core:6 pu:1",
     2,
     4,
     24,
     24,
     {1, 2, 4, 8, 16, 24},
     {1, 25. / 13, 25. / 7, 25. / 4, 25. / 2, 25. / 2},
     {0, 1, 2, -1},
     {"NUMA nodes       4\n"}},
    /* 4 P cores of two hardware threads, 8 E cores of one, as a laptop of 2022 has them. (In the files
     * there is no comment: without libxml2 hwloc cannot read one.) */
    {"tests/machine/hybrid.xml",
     1,
     1,
     12,
     16,
     {1, 2, 4, 8, 12, 16},
     {1, 25. / 13, 25. / 7, 25. / 4, 25. / 3, 25. / 2},
     {0, 2, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 1, 3, 5, -1},
     {"core kinds       kind 0 (slower): 8 cores, 8 hardware threads\n",
      "core kinds       kind 1 (fastest): 4 cores, 8 hardware threads\n"}},
    /* A board of 2020: the slow cores have the lowest numbers. */
    {"tests/machine/little_first.xml",
     1,
     1,
     6,
     6,
     {1, 2, 4, 6},
     {1, 25. / 13, 25. / 7, 25. / 5},
     {4, 5, 0, 1, 2, 3, -1},
     {"core kinds       kind 0 (slower): 4 cores, 4 hardware threads\n",
      "core kinds       kind 1 (fastest): 2 cores, 2 hardware threads\n"}},
    /* 4 cores of two hardware threads, of which a container may use two cores. */
    {"tests/machine/container.xml",
     1,
     1,
     2,
     4,
     {1, 2, 4},
     {1, 25. / 13, 25. / 7},
     {2, 4, 3, 5, -1},
     {"hardware threads 4 usable of 4\n"}},
};
enum { MACHINES = sizeof machines / sizeof machines[0] };

static void load(struct topology *topology, const char *text)
{
    struct error error;
    if (topology_load(topology, text, &error) != 0)
        fail_msg("%s: %s", text ? text : "here", error.text);
}

static void what_there_is_is_counted(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < MACHINES; i++) {
        struct topology topology;
        load(&topology, machines[i].topology);
        assert_int_equal(topology.packages, machines[i].packages);
        assert_int_equal(topology.numa_nodes, machines[i].numa_nodes);
        assert_int_equal(topology.cores, machines[i].cores);
        assert_int_equal(topology.threads, machines[i].threads);
        assert_int_equal(topology_most_workers(&topology), machines[i].threads);
        topology_destroy(&topology);
    }
}

static void workers_go_up_to_all_and_have_their_ceiling(void **unused)
{
    (void)unused;
    double images[25];
    for (size_t i = 0; i < 25; i++)
        images[i] = 1;
    for (size_t i = 0; i < MACHINES; i++) {
        struct topology topology;
        int workers[MOST], count, k = 0;
        load(&topology, machines[i].topology);
        count = topology_sweep(&topology, workers, MOST);
        for (; machines[i].workers[k]; k++) {
            assert_int_equal(workers[k], machines[i].workers[k]);
            assert_true(fabs(statistics_ceiling(images, 25, workers[k]) - machines[i].ceiling[k]) <
                        1e-12);
        }
        assert_int_equal(count, k);
        topology_destroy(&topology);
    }
}

static void fast_cores_come_first_and_second_threads_last(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < MACHINES; i++) {
        struct topology topology;
        load(&topology, machines[i].topology);
        for (int worker = 0; machines[i].bound[worker] >= 0; worker++) {
            hwloc_obj_t thread = hwloc_get_obj_by_type(topology.handle, HWLOC_OBJ_PU,
                                                       (unsigned)topology.places[worker]);
            if (thread->os_index != (unsigned)machines[i].bound[worker])
                fail_msg("%s: worker %d is bound to %u", machines[i].topology, worker,
                         thread->os_index);
        }
        topology_destroy(&topology);
    }
}

static char *printed(const struct topology *topology)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    topology_print(topology, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void assert_printed(const struct topology *topology, const char *line)
{
    char *text = printed(topology);
    if (!strstr(text, line))
        fail_msg("'%s' is not in: %s", line, text);
    free(text);
}

static void it_is_printed(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < MACHINES; i++) {
        struct topology topology;
        load(&topology, machines[i].topology);
        for (int k = 0; k < 4 && machines[i].prints[k]; k++)
            assert_printed(&topology, machines[i].prints[k]);
        topology_destroy(&topology);
    }
}

static void put(const char *path, const char *text)
{
    scratch_write(path, text, strlen(text));
}

/* A container on a machine of 8 cores with 16 hardware threads. */
static void a_quota_limits_the_workers(void **state)
{
    static const struct {
        const char *membership;
        double quota;
        int workers[6];
        const char *prints;
    } cases[] = {
        {"0::/two\n", 2, {1, 2}, "CPU quota        2.00 CPUs at a time, set for this container\n"},
        {"0::/two/more\n", 1.5, {1, 2}, "CPU quota        1.50 CPUs at a time, set"},
        {"4:memory:/x\n3:cpu,cpuacct:/old\n", 0.5, {1}, "CPU quota        0.50 CPUs at a time"},
        {"3:cpu:/old\n0::/two\n", 0.5, {1}, "CPU quota        0.50 CPUs at a time"},
        {"3:cpuacct,cpu:/large\n", 12, {1, 2, 4, 8, 12}, "CPU quota        12.00 CPUs at a time"},
        {"0::/\n", 0, {1, 2, 4, 8, 16}, "CPU quota        none\n"},
        {"", 0, {1, 2, 4, 8, 16}, "CPU quota        none\n"},
    };
    (void)state;
    assert_int_equal(mkdir("two", 0700) | mkdir("two/more", 0700) | mkdir("cpu", 0700) |
                         mkdir("cpu/old", 0700) | mkdir("cpu/large", 0700),
                     0);
    put("two/cpu.max", "200000 100000\n");
    put("two/more/cpu.max", "75000 50000\n");
    put("cpu/old/cpu.cfs_quota_us", "50000\n");
    put("cpu/old/cpu.cfs_period_us", "100000\n");
    put("cpu/large/cpu.cfs_quota_us", "1200000\n");
    put("cpu/large/cpu.cfs_period_us", "100000\n");
    setenv("HWLOC_SYNTHETIC", "pack:1 core:8 pu:2", 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct topology topology;
        struct error error;
        int workers[MOST], count, k = 0;
        put("self", cases[i].membership);
        assert_int_equal(topology_load_within(&topology, "self", ".", &error), 0);
        assert_int_equal(topology.cores, 8);
        assert_true(fabs(topology.quota - cases[i].quota) < 1e-12);
        count = topology_sweep(&topology, workers, MOST);
        for (; k < 6 && cases[i].workers[k]; k++)
            assert_int_equal(workers[k], cases[i].workers[k]);
        assert_int_equal(count, k);
        assert_printed(&topology, cases[i].prints);
        topology_destroy(&topology);
    }
    unsetenv("HWLOC_SYNTHETIC");
}

/* As after `taskset`: what is left is all there is, and workers are bound to it. */
static void an_affinity_restricts_the_machine(void **unused)
{
    (void)unused;
    struct topology all, one;
    load(&all, NULL);
    if (!all.can_bind) {
        topology_destroy(&all);
        skip();
    }
    hwloc_obj_t last = hwloc_get_obj_by_type(all.handle, HWLOC_OBJ_PU, (unsigned)all.threads - 1);
    hwloc_bitmap_t before = hwloc_bitmap_alloc(), now = hwloc_bitmap_alloc();
    assert_int_equal(hwloc_get_cpubind(all.handle, before, HWLOC_CPUBIND_PROCESS), 0);
    assert_int_equal(hwloc_set_cpubind(all.handle, last->cpuset, HWLOC_CPUBIND_PROCESS), 0);
    load(&one, NULL);
    assert_int_equal(one.cores, 1);
    assert_int_equal(one.threads, 1);
    assert_int_equal(one.machine_threads, all.machine_threads);
    assert_int_equal(topology_most_workers(&one), 1);
    topology_destroy(&one);
    assert_int_equal(hwloc_set_cpubind(all.handle, before, HWLOC_CPUBIND_PROCESS), 0);
    for (int worker = 0; worker < 2 * all.threads && worker < 8; worker++) {
        hwloc_obj_t thread = hwloc_get_obj_by_type(all.handle, HWLOC_OBJ_PU,
                                                   (unsigned)all.places[worker % all.threads]);
        topology_bind_worker(&all, worker);
        assert_int_equal(hwloc_get_cpubind(all.handle, now, HWLOC_CPUBIND_THREAD), 0);
        assert_true(hwloc_bitmap_isequal(now, thread->cpuset));
    }
    assert_int_equal(hwloc_set_cpubind(all.handle, before, HWLOC_CPUBIND_PROCESS), 0);
    hwloc_bitmap_free(before);
    hwloc_bitmap_free(now);
    topology_destroy(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_there_is_is_counted),
        cmocka_unit_test(workers_go_up_to_all_and_have_their_ceiling),
        cmocka_unit_test(fast_cores_come_first_and_second_threads_last),
        cmocka_unit_test(it_is_printed),
        cmocka_unit_test_setup_teardown(a_quota_limits_the_workers, scratch_enter, scratch_leave),
        cmocka_unit_test(an_affinity_restricts_the_machine),
    };
    return cmocka_run_group_tests_name("machines", tests, NULL, NULL);
}
