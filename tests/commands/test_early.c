/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to see while a benchmark goes on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/commands/lesson/early.h"
#include "harness/machine/topology.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

static bool file_says(const char *path, const char *words)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return strstr(text, words) != NULL;
}

/* Two files more, and nothing that looks like a result; not again at once. */
static void it_is_marked_and_leaves_nothing_else(void **unused)
{
    (void)unused;
    struct topology topology;
    struct error error;
    static struct machine_facts machine;
    struct summary rows[] = {summary_given("serial", 1, only(1), only(1)),
                             summary_given("pool", 2, only(0.5), only(2))};
    const struct result_set set = {.summaries = rows, .count = 2, .rounds = 2};
    assert_int_equal(topology_load(&topology, "core:2 pu:1", &error), 0);
    machine_describe(&machine, &topology, "speedup bench");
    struct early early = {.directory = ".", .machine = &machine, .topology = &topology};
    early_show(&early, &set);
    assert_true(file_says("report.html", "unfinished: 2 rounds so far"));
    assert_false(file_says("report.html", "To copy and post"));
    assert_int_equal(access("walltime.png", F_OK), 0);
    assert_int_equal(access("summary.csv", F_OK), -1);
    assert_int_equal(scratch_count("."), 4); /* and walltime.svg, report.md */
    unlink("report.html");
    early_show(&early, &set);
    assert_int_equal(access("report.html", F_OK), -1);
    early.next_s = 0;
    early_show(&early, &set);
    assert_int_equal(access("report.html", F_OK), 0);
    topology_destroy(&topology);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_marked_and_leaves_nothing_else, scratch_enter,
                                        scratch_leave),
    };
    return cmocka_run_group_tests_name("early", tests, NULL, NULL);
}
