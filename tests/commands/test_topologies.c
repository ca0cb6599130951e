/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands say and plan on other machines, and under a restriction of this one. */
#include <stdlib.h>
#include <string.h>

#include "harness/commands/bench/bench_configs.h"
#include "harness/machine/topology.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

static void assert_says(const struct outcome *outcome, const char *what)
{
    if (outcome->code != 0 || !strstr(outcome->out, what))
        fail_msg("exit code %d; '%s' is not in: %s%s", outcome->code, what, outcome->out,
                 outcome->err);
}

static void the_plan_is_that_of_the_machine(void **unused)
{
    static const struct {
        const char *topology, *plan;
    } cases[] = {
        {"1", "  serial on 1, twice; fork on 1; pool on 1, twice\n"},
        {"1x4x2", "  serial on 1, twice; fork on 4; pool on 1, 2, 4, 8, twice\n"},
        {"2x64x1",
         "  serial on 1, twice; fork on 128; pool on 1, 2, 4, 8, 16, 32, 64, 128, twice\n"},
        {"pack:2 numa:2 core:6 pu:1",
         "  serial on 1, twice; fork on 24; pool on 1, 2, 4, 8, 16, 24, twice\n"},
        {"8P+16E", "  serial on 1, twice; fork on 24; pool on 1, 2, 4, 8, 16, 24, twice\n"},
        {"tests/machine/hybrid.xml",
         "  serial on 1, twice; fork on 12; pool on 1, 2, 4, 8, 12, 16, twice\n"},
        {"tests/machine/little_first.xml",
         "  serial on 1, twice; fork on 6; pool on 1, 2, 4, 6, twice\n"},
        {"tests/machine/container.xml",
         "  serial on 1, twice; fork on 2; pool on 1, 2, 4, twice\n"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome = run_speedup(
            "bench", "--images", "25", "--size", "20x20", "--window", "3", "--strategies",
            "fork,pool", "--budget", "1000", "--dry-run", "--topology", cases[i].topology);
        assert_says(&outcome, cases[i].plan);
        outcome_free(&outcome);
    }
}

/* A quota is a matter of this machine, and so no text can name it. */
static void the_plan_keeps_to_a_quota(void **unused)
{
    static char *words[] = {"bench", "--strategies", "fork,pool", NULL};
    static const int expected[] = {1, 3, 1, 2, 3};
    struct bench_options options = {.directory = NULL};
    struct command_line line;
    struct topology topology;
    struct config *configs;
    struct error error;
    int count;
    (void)unused;
    assert_int_equal(topology_load(&topology, "pack:1 core:8 pu:2", &error), 0);
    topology.quota = 2.5;
    assert_int_equal(options_read(bench_option_rows, &options, 3, words, &line, &error), 0);
    assert_int_equal(bench_options_settle(&options, &topology, &error), 0);
    assert_int_equal(bench_configs_list(&options, &topology, &configs, &count, &error), 0);
    assert_int_equal(count, 5);
    assert_string_equal(configs[0].strategy, "serial");
    assert_string_equal(configs[1].strategy, "fork");
    for (int i = 1; i < count; i++) {
        assert_int_equal(configs[i].workers, expected[i]);
        assert_string_equal(configs[i].strategy, i == 1 ? "fork" : "pool");
    }
    free(configs);
    command_line_free(&line);
    topology_destroy(&topology);
}

/* hwloc takes the machine from a file where this variable names one. */
static void topology_prints_the_machine(void **unused)
{
    static const struct {
        const char *file, *lines[4];
    } cases[] = {
        {"tests/machine/hybrid.xml",
         {"cores            12 usable of 12\n", "hardware threads 16 usable of 16\n",
          "core kinds       kind 0 (slower): 8 cores, 8 hardware threads\n",
          "core kinds       kind 1 (fastest): 4 cores, 8 hardware threads\n"}},
        {"tests/machine/container.xml",
         {"cores            2 usable of 4\n", "hardware threads 4 usable of 8\n",
          "core kinds       one, as far as the system tells\n", "NUMA nodes       1\n"}},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        setenv("HWLOC_XMLFILE", cases[i].file, 1);
        struct outcome outcome = run_speedup("topology");
        unsetenv("HWLOC_XMLFILE");
        for (size_t k = 0; k < 4; k++)
            assert_says(&outcome, cases[i].lines[k]);
        outcome_free(&outcome);
    }
}

/* As after `taskset -c 0`: a program inherits it. */
static void one_thread_is_left_by_an_affinity(void **unused)
{
    (void)unused;
    struct topology all;
    struct error error;
    assert_int_equal(topology_load(&all, NULL, &error), 0);
    if (!all.can_bind) {
        topology_destroy(&all);
        skip();
    }
    hwloc_obj_t first = hwloc_get_obj_by_type(all.handle, HWLOC_OBJ_PU, 0);
    hwloc_bitmap_t before = hwloc_bitmap_alloc();
    char line[60];
    snprintf(line, sizeof line, "hardware threads 1 usable of %d\n", all.machine_threads);
    assert_int_equal(hwloc_get_cpubind(all.handle, before, HWLOC_CPUBIND_PROCESS), 0);
    assert_int_equal(hwloc_set_cpubind(all.handle, first->cpuset, HWLOC_CPUBIND_PROCESS), 0);
    struct outcome topology = run_speedup("topology");
    struct outcome plan = run_speedup("bench", "--size", "20x20", "--window", "3", "--strategies",
                                      "fork,pool", "--dry-run");
    assert_int_equal(hwloc_set_cpubind(all.handle, before, HWLOC_CPUBIND_PROCESS), 0);
    assert_says(&topology, line);
    assert_says(&plan, "  serial on 1, twice; fork on 1; pool on 1, twice\n");
    outcome_free(&topology);
    outcome_free(&plan);
    hwloc_bitmap_free(before);
    topology_destroy(&all);
}

/* hwloc takes the file, and finds out only when it loads it that there is no machine in it. */
static void a_file_without_a_machine_is_refused(void **unused)
{
    static const char empty[] = "<?xml version=\"1.0\"?>\n<topology/>\n";
    (void)unused;
    scratch_write("empty.xml", empty, sizeof empty - 1);
    assert_speedup_says(2,
                        "--topology: 'empty.xml' is no machine; say \"4\", \"2x32x2\", \"8P+16E\", "
                        "a file.xml of lstopo, or \"pack:2 core:8 pu:2\"",
                        "bench", "--dry-run", "--topology", "empty.xml");
    assert_speedup_says(2,
                        "--topology: 'none.xml' is no machine; say \"4\", \"2x32x2\", \"8P+16E\", "
                        "a file.xml of lstopo, or \"pack:2 core:8 pu:2\"",
                        "bench", "--dry-run", "--topology", "none.xml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_is_that_of_the_machine),
        cmocka_unit_test(the_plan_keeps_to_a_quota),
        cmocka_unit_test(topology_prints_the_machine),
        cmocka_unit_test(one_thread_is_left_by_an_affinity),
        cmocka_unit_test_setup_teardown(a_file_without_a_machine_is_refused, scratch_enter,
                                        scratch_leave),
    };
    return cmocka_run_group_tests_name("topologies", tests, NULL, NULL);
}
