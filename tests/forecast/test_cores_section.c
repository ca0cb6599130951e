/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the report says of kinds of cores, from results made by hand. */
#include <stdio.h>
#include <string.h>

#include "harness/report/cores/cores_section.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/summaries.h"

static const char HYBRID[] =
    "8 cores, 16 threads: 1 (measured); 16 cores, 16 threads: 0.55 (measured); second thread: 0.3 "
    "(assumed); all at once: 0.97; measured in 0.6 s";

static void assert_says(const char *speeds, double machine_ceiling, const char *wanted)
{
    struct summary summaries[] = {
        summary_given("serial", 1, only(24), only(1)),
        summary_given("pool", 24, only(24.0 / 15), only(15)),
        summary_given("fork", 8, only(24.0 / 8), only(8)),
    };
    struct result_set set = {.summaries = summaries, .count = 3};
    char text[CORES_TEXT];
    summaries[0].machine_ceiling = 1;
    summaries[1].machine_ceiling = machine_ceiling;
    summaries[2].machine_ceiling = 8;
    snprintf(set.machine.core_speeds, sizeof set.machine.core_speeds, "%s", speeds);
    cores_text(&set, text);
    assert_string_equal(text, wanted);
    snprintf(set.machine.verdict, sizeof set.machine.verdict, "disturbed: others");
    cores_text(&set, text);
    assert_null(strstr(text, "With all cores busy"));
    assert_null(strstr(text, "streams"));
}

static void each_part_is_said_where_it_is_known(void **unused)
{
    (void)unused;
    assert_says(HYBRID, 16.8,
                "The cores: 8 fast cores and 16 at 55 % of their speed (measured); the second "
                "thread of a core adds 30 % (assumed). On 24 workers counting allows 24.00, but "
                "this machine 16.80. With all cores busy each worked at 97 % of the speed that it "
                "had alone (measured before, in 0.6 s).");
    assert_says("24 cores, 24 threads: 1 (alike)", 24, "");
    assert_says("24 cores, 24 threads: 1 (alike)", 4,
                "On 24 workers counting allows 24.00, but this machine 4.00.");
    assert_says("24 cores, 24 threads: 1 (alike); beside a stream: 0.81; measured in 0.9 s", 24,
                "Beside a core that streams through memory all the time one kept 81 %: so much can "
                "memory, which all cores share, slow its tasks down.");
    assert_says("", 16.8, ""); /* an earlier version has measured nothing */
}

static void fast_cores_end_where_slow_ones_begin(void **unused)
{
    (void)unused;
    struct machine_facts facts = {.cores = 24};
    assert_int_equal(cores_fast(&facts), 0);
    snprintf(facts.core_speeds, sizeof facts.core_speeds, "%s", HYBRID);
    assert_int_equal(cores_fast(&facts), 8);
    snprintf(facts.core_speeds, sizeof facts.core_speeds, "24 cores, 48 threads: 1 (alike)");
    assert_int_equal(cores_fast(&facts), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_is_said_where_it_is_known),
        cmocka_unit_test(fast_cores_end_where_slow_ones_begin),
    };
    return cmocka_run_group_tests_name("cores section", tests, NULL, NULL);
}
