/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resources.csv: a line of a graph takes two readings. */
#include <stdio.h>
#include <string.h>

#include "harness/results/resources.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static void two_readings_can_be_drawn(void **state)
{
    (void)state;
    static const char header[] =
        "filter,strategy,workers,time_s,cpu_percent,memory_kib,processes,threads,lock,blas_asked\n";
    static const char row[] = "highpass,pool,2,0.5,150,2048,1,3,none,\n";
    char text[400] = "";
    assert_false(resources_can_be_drawn("."));
    strcat(text, header);
    for (int rows = 0; rows < 4; rows++) {
        scratch_write("resources.csv", text, strlen(text));
        assert_int_equal(resources_can_be_drawn("."), rows >= 2);
        strcat(text, row);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_readings_can_be_drawn, scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests_name("resources", tests, NULL, NULL);
}
