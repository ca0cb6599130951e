/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of a command that was watched: a line takes two readings of it while it runs. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/report/graphs/plot.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static const char HEADER[] =
    "filter,strategy,workers,time_s,cpu_percent,memory_kib,processes,threads,lock,blas_asked\n";
static const char RUNNING[] = "watch,command,1,0.05,100,2048,1,1,none,\n";
static const char ENDING[] = "watch,command,1,0.07,100,0,0,0,none,\n";

/* Whether it is drawn from these readings, and from nothing else. */
static void assert_drawn(bool expected, int running, bool ending)
{
    const struct topology topology = {.cores = 2, .threads = 2};
    struct error error;
    char text[600];
    int drawn;
    strcpy(text, HEADER);
    for (int i = 0; i < running; i++)
        strcat(text, RUNNING);
    strcat(text, ending ? ENDING : "");
    scratch_write("resources.csv", text, strlen(text));
    if (plot_watched(".", "true", &topology, &drawn, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(drawn, expected);
    assert_int_equal(access("resources.png", F_OK) == 0, expected);
    assert_int_equal(access("settings.gp", F_OK) == 0, expected);
}

static void one_reading_is_too_few(void **state)
{
    (void)state;
    assert_drawn(false, 0, false);
    assert_drawn(false, 1, false);
}

/* What a process that is just ending has given back is no reading of it; the program failed then,
 * and did not say why. */
static void the_end_is_no_reading(void **state)
{
    (void)state;
    assert_drawn(false, 1, true);
}

static void two_readings_make_a_line(void **state)
{
    (void)state;
    assert_drawn(true, 2, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_reading_is_too_few, scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(the_end_is_no_reading, scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(two_readings_make_a_line, scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests_name("watched", tests, NULL, NULL);
}
