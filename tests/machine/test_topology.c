/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines that hwloc imagines, and quotas from files that look like cgroups. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/machine/quota.h"
#include "harness/machine/topology.h"
#include "tests/support/cmocka_all.h"

static void load(struct topology *topology, const char *synthetic)
{
    struct error error;
    if (topology_load(topology, synthetic, &error) != 0)
        fail_msg("%s", error.text);
}

static void counts_what_the_machine_has(void **unused)
{
    (void)unused;
    struct topology topology;
    load(&topology, "pack:2 numa:1 core:4 pu:2");
    assert_int_equal(topology.packages, 2);
    assert_int_equal(topology.numa_nodes, 2);
    assert_int_equal(topology.cores, 8);
    assert_int_equal(topology.threads, 16);
    topology_destroy(&topology);
}

static void cores_come_before_their_second_threads(void **unused)
{
    (void)unused;
    struct topology topology;
    load(&topology, "pack:1 core:3 pu:2"); /* logical PUs 0 1 | 2 3 | 4 5 */
    const int expected[] = {0, 2, 4, 1, 3, 5};
    for (int i = 0; i < 6; i++)
        assert_int_equal(topology.places[i], expected[i]);
    topology_destroy(&topology);
}

static void sweep_doubles_to_the_cores_then_the_threads(void **unused)
{
    (void)unused;
    static const struct {
        const char *machine;
        double quota;
        int expected[8]; /* ended by 0 */
    } cases[] = {
        {"pack:1 core:1 pu:1", 0, {1}},          {"pack:1 core:2 pu:1", 0, {1, 2}},
        {"pack:1 core:4 pu:2", 0, {1, 2, 4, 8}}, {"pack:1 core:6 pu:2", 0, {1, 2, 4, 6, 12}},
        {"pack:2 core:8 pu:1", 2, {1, 2}},       {"pack:1 core:4 pu:2", 0.5, {1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct topology topology;
        int workers[16], number, k;
        load(&topology, cases[i].machine);
        topology.quota = cases[i].quota;
        number = topology_sweep(&topology, workers, 16);
        for (k = 0; cases[i].expected[k]; k++)
            assert_int_equal(workers[k], cases[i].expected[k]);
        assert_int_equal(number, k);
        topology_destroy(&topology);
    }
    struct topology topology;
    int two[2];
    load(&topology, "pack:1 core:16 pu:1");
    assert_int_equal(topology_sweep(&topology, two, 2), 2); /* no more than there is room for */
    topology_destroy(&topology);
}

static void write_file(const char *directory, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void make_directory(const char *parent, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", parent, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void quota_is_the_smallest_of_all_groups_above(void **unused)
{
    (void)unused;
    char root[] = "/tmp/speedup-test-XXXXXX", membership[300], remove[300];
    assert_non_null(mkdtemp(root));
    snprintf(membership, sizeof membership, "%s/self", root);
    make_directory(root, "a");
    make_directory(root, "a/b");
    make_directory(root, "cpu");
    make_directory(root, "cpu/job");
    write_file(root, "a/cpu.max", "150000 100000\n");
    write_file(root, "a/b/cpu.max", "max 100000\n");
    write_file(root, "cpu/job/cpu.cfs_quota_us", "50000\n");
    write_file(root, "cpu/job/cpu.cfs_period_us", "100000\n");

    write_file(root, "self", "0::/a/b\n");
    assert_true(fabs(quota_read(membership, root) - 1.5) < 1e-12);
    write_file(root, "self", "4:memory:/x\n3:cpu,cpuacct:/job\n");
    assert_true(fabs(quota_read(membership, root) - 0.5) < 1e-12);
    write_file(root, "self", "3:cpu:/job\n0::/a\n");
    assert_true(fabs(quota_read(membership, root) - 0.5) < 1e-12);
    write_file(root, "cpu/job/cpu.cfs_quota_us", "-1\n"); /* no limit */
    write_file(root, "self", "3:cpu:/job\n");
    assert_true(quota_read(membership, root) == 0);
    assert_true(quota_read("/nosuch/file", root) == 0);

    static const char *const files[] = {"a/b/cpu.max",
                                        "a/b",
                                        "a/cpu.max",
                                        "a",
                                        "cpu/job/cpu.cfs_quota_us",
                                        "cpu/job/cpu.cfs_period_us",
                                        "cpu/job",
                                        "cpu",
                                        "self",
                                        "."};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(remove, sizeof remove, "%s/%s", root, files[i]);
        if (unlink(remove) != 0)
            rmdir(remove);
    }
    rmdir(root);
}

/* Found by fuzzing: hwloc would take minutes over them. */
static void machines_that_cannot_be_are_refused(void **state)
{
    static const char *const texts[] = {"pack:30 core:8 44444", "0x3221", "core:8193 pu:1"};
    struct topology topology;
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(topology_load(&topology, texts[i], &error), -1);
        assert_string_equal(error.text,
                            "topology: has more hardware threads than any system manages");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_the_machine_has),
        cmocka_unit_test(cores_come_before_their_second_threads),
        cmocka_unit_test(sweep_doubles_to_the_cores_then_the_threads),
        cmocka_unit_test(quota_is_the_smallest_of_all_groups_above),
        cmocka_unit_test(machines_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests_name("topology", tests, NULL, NULL);
}
