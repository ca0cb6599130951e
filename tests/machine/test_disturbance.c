/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What disturbs, from /proc and /sys that are made up in a scratch directory, and judged from
 * made-up counters. Nothing of the real machine is looked at but the length of its clock tick. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/machine/disturbance/disturbance.h"
#include "harness/machine/disturbance/looks.h"
#include "harness/machine/machine.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

/* Writes a file, and makes the directories above it. */
static void put(const char *path, const char *text)
{
    char directory[256];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(directory, sizeof directory, "%.*s", (int)(slash - path), path);
        assert_true(mkdir(directory, 0700) == 0 || errno == EEXIST);
    }
    scratch_write(path, text, strlen(text));
}

static const int two_cpus[] = {1, 3};
static const struct machine_view view = {
    .proc = "proc", .sys = "sys", .cpus = two_cpus, .cpu_count = 2, .machine_cpus = 4};

static void counts_only_the_cpus_that_are_ours(void **unused)
{
    (void)unused;
    double tick_s = 1.0 / (double)sysconf(_SC_CLK_TCK);
    put("proc/stat", "cpu  9999 9 9 9 9 9 9 9 0 0\n"
                     "cpu0 5000 0 0 0 0 0 0 70 0 0\n"
                     "cpu1 100 20 30 4000 50 6 7 8 0 0\n"
                     "cpu2 5000 0 0 0 0 0 0 70 0 0\n"
                     "cpu3 200 0 0 0 0 0 0 2 0 0\n"
                     "intr 12345\n");
    put("proc/pressure/cpu", "some avg10=1.00 avg60=0.00 avg300=0.00 total=2500000\n"
                             "full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
    put("proc/vmstat", "pgpgin 5\npswpin 30\npswpout 12\n");
    put("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "2000000\n");
    put("sys/devices/system/cpu/cpu3/cpufreq/scaling_cur_freq", "3000000\n");
    put("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "4\n");
    put("sys/devices/system/cpu/cpu3/thermal_throttle/core_throttle_count", "1\n");
    struct counters c = counters_read(&view, 12, 3);
    NEAR(c.busy_s, (100 + 20 + 30 + 6 + 7 + 200) * tick_s);
    NEAR(c.steal_s, 10 * tick_s);
    NEAR(c.pressure_s, 2.5);
    NEAR(c.swapped, 42.0);
    NEAR(c.mhz, 2500.0);
    NEAR(c.hot, 5.0);
    NEAR(c.when_s, 12.0);
    NEAR(c.own_s, 3.0);
}

static void what_the_system_does_not_tell_is_not_known(void **unused)
{
    (void)unused;
    struct disturbance d;
    struct counters looks[4];
    struct machine_state state = machine_state_read(&view);
    for (int i = 0; i < 4; i++)
        looks[i] = counters_read(&view, i, 0);
    assert_true(isnan(looks[0].busy_s) && isnan(looks[0].mhz) && isnan(looks[0].throttled_s));
    disturbance_judge(&view, &state, looks, 4, &d);
    for (int i = 0; i < d.count; i++) /* but the CPUs and the quota are known from elsewhere */
        if (strcmp(d.findings[i].topic, "affinity") != 0 &&
            strcmp(d.findings[i].topic, "quota") != 0 && d.findings[i].level != FINDING_UNKNOWN)
            fail_msg("%s is %s", d.findings[i].topic, finding_levels[d.findings[i].level]);
    assert_true(d.count > 12);
}

static void throttling_is_read_from_both_versions_of_cgroups(void **unused)
{
    (void)unused;
    put("proc/self/cgroup", "0::/a/b\n");
    put("sys/fs/cgroup/a/cpu.stat", "usage_usec 1\nnr_throttled 2\nthrottled_usec 3000000\n");
    NEAR(counters_read(&view, 0, 0).throttled_s, 3.0); /* the nearest group above that tells */
    put("sys/fs/cgroup/a/b/cpu.stat", "usage_usec 1\nthrottled_usec 500000\n");
    NEAR(counters_read(&view, 0, 0).throttled_s, 0.5);
    put("proc/self/cgroup", "9:name=systemd:/\n1:cpu,cpuacct:/job\n0::/\n");
    put("sys/fs/cgroup/cpu/job/cpu.stat",
        "nr_periods 9\nnr_throttled 1\nthrottled_time 2000000000\n");
    NEAR(counters_read(&view, 0, 0).throttled_s, 2.0);
}

static void the_state_of_a_laptop(void **unused)
{
    (void)unused;
    put("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
    put("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
    put("sys/class/power_supply/AC/type", "Mains\n");
    put("sys/class/power_supply/AC/online", "1\n");
    put("sys/class/power_supply/BAT0/type", "Battery\n");
    put("sys/class/power_supply/BAT0/status", "Charging\n");
    put("sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]\n");
    put("sys/devices/cpu_atom/cpus", "4-7\n");
    put("proc/sys/kernel/osrelease", "5.15.90.1-Microsoft-standard-WSL2\n");
    put("proc/cpuinfo", "processor : 0\nflags\t: fpu sse2 hypervisor lm\n");
    struct machine_state s = machine_state_read(&view);
    assert_string_equal(s.governor, "powersave");
    assert_int_equal(s.turbo, ANSWER_YES);
    assert_int_equal(s.on_battery, ANSWER_NO);
    assert_int_equal(s.huge_pages, ANSWER_NO);
    assert_int_equal(s.hybrid, ANSWER_YES);
    assert_int_equal(s.windows, ANSWER_YES);
    assert_int_equal(s.virtual_host, ANSWER_YES);
    put("sys/class/power_supply/AC/online", "0\n");
    assert_int_equal(machine_state_read(&view).on_battery, ANSWER_YES);
}

/* ---- judging ------------------------------------------------------------------------------------ */

/* Looks at a machine of `cpus` CPUs, a second apart, in which we use one CPU from the second look on
 * and others keep `others[i]` busy in the second before look i. */
static void look(struct counters *looks, size_t count, const double *others)
{
    for (size_t i = 0; i < count; i++) {
        double own = i < 2 ? 0 : 1;
        looks[i] = (struct counters){.when_s = (double)i, .mhz = 3000};
        if (i > 0) {
            looks[i].own_s = looks[i - 1].own_s + own;
            looks[i].busy_s = looks[i - 1].busy_s + own + others[i];
        }
    }
}

static const struct finding *find(const struct disturbance *disturbance, const char *topic)
{
    for (int i = 0; i < disturbance->count; i++)
        if (strcmp(disturbance->findings[i].topic, topic) == 0)
            return &disturbance->findings[i];
    fail_msg("no finding about %s", topic);
    return NULL;
}

static struct disturbance judge(const struct machine_view *of, const struct counters *looks,
                                size_t count)
{
    struct disturbance disturbance;
    struct machine_state state = {.governor = ""};
    disturbance_judge(of, &state, looks, count, &disturbance);
    return disturbance;
}

static void our_own_work_disturbs_nobody(void **unused)
{
    (void)unused;
    struct counters looks[6];
    char seen[FINDING_TEXT], remedy[FINDING_TEXT];
    look(looks, 6, (const double[]){0, 0.02, 0.03, 0, 0.02, 0.01});
    struct disturbance d = judge(&view, looks, 6);
    assert_int_equal(find(&d, "load by others")->level, FINDING_FINE);
    assert_int_equal(find(&d, "load before")->level, FINDING_FINE);
    assert_int_equal(find(&d, "clock")->level, FINDING_FINE);
    assert_int_equal(disturbance_text(&d, seen, remedy, sizeof seen), 0);
    assert_string_equal(seen, "");
    assert_string_equal(remedy, "");
    assert_string_equal(find(&d, "affinity")->seen, "we may use 2 of the machine's 4 CPUs");
}

static void others_are_seen_before_during_and_in_the_middle(void **unused)
{
    (void)unused;
    struct counters looks[8];
    char seen[FINDING_TEXT], remedy[FINDING_TEXT];
    look(looks, 8, (const double[]){0, 1, 1, 1, 1, 1, 1, 1});
    struct disturbance d = judge(&view, looks, 8);
    assert_string_equal(find(&d, "load by others")->seen, "others kept 1.0 of 2 CPUs busy");
    assert_string_equal(find(&d, "load before")->seen,
                        "before it began others kept 1.0 of 2 CPUs busy");
    assert_int_equal(disturbance_text(&d, seen, remedy, sizeof seen), 2);
    assert_string_equal(seen, "others kept 1.0 of 2 CPUs busy; before it began others kept 1.0 of "
                              "2 CPUs busy");
    assert_string_equal(remedy, "close other programs");

    look(looks, 8, (const double[]){0, 0, 0, 0, 0.4, 0, 0, 0});
    d = judge(&view, looks, 8);
    assert_int_equal(find(&d, "load before")->level, FINDING_FINE);
    assert_string_equal(find(&d, "load by others")->seen,
                        "others kept 0.4 of 2 CPUs busy for a time");
}

static void a_round_that_is_left_out_is_held_against_none(void **unused)
{
    (void)unused;
    struct counters looks[8];
    look(looks, 8, (const double[]){0, 0, 0, 0.4, 0.02, 1.5, 0, 0});
    assert_false(disturbance_between(&view, &looks[3], &looks[4]));
    assert_true(disturbance_between(&view, &looks[4], &looks[5]));
    looks[5].left_out = true;
    struct disturbance d = judge(&view, looks, 8);
    assert_string_equal(find(&d, "load by others")->seen,
                        "others kept 0.4 of 2 CPUs busy for a time");
    looks[3].left_out = true;
    d = judge(&view, looks, 8);
    assert_int_equal(find(&d, "load by others")->level, FINDING_FINE);
    looks[4].busy_s = (double)NAN;
    assert_false(disturbance_between(&view, &looks[3], &looks[4]));
}

static void load_counts_in_relation_to_the_cores(void **unused)
{
    (void)unused;
    struct counters looks[4];
    int cpus[64];
    for (int i = 0; i < 64; i++)
        cpus[i] = i;
    const struct machine_view large = {.cpus = cpus, .cpu_count = 64, .machine_cpus = 64};
    look(looks, 4, (const double[]){0, 0.2, 0.2, 0.2});
    struct disturbance d = judge(&large, looks, 4);
    assert_int_equal(find(&d, "load by others")->level, FINDING_FINE);
    d = judge(&view, looks, 4); /* of 2 it is a tenth */
    assert_int_equal(find(&d, "load by others")->level, FINDING_DISTURBS);
    look(looks, 4, (const double[]){0, 1, 1, 1}); /* one of 64 makes one worker late, and so all */
    d = judge(&large, looks, 4);
    assert_int_equal(find(&d, "load by others")->level, FINDING_DISTURBS);
}

static void what_is_taken_away_disturbs(void **unused)
{
    (void)unused;
    struct counters looks[5];
    look(looks, 5, (const double[]){0, 0, 0, 0, 0});
    looks[4].steal_s = 0.3; /* of 3 seconds of 2 CPUs */
    looks[4].throttled_s = 0.6;
    looks[4].swapped = 1000;
    looks[4].hot = 3;
    looks[4].mhz = 2400;
    struct disturbance d = judge(&view, looks, 5);
    assert_string_equal(find(&d, "steal")->seen, "the host took 5 % of the CPUs' time");
    assert_string_equal(find(&d, "throttling")->seen,
                        "a quota held the CPUs back for 10 % of the time");
    assert_string_equal(find(&d, "swap")->seen, "1000 pages were swapped");
    assert_string_equal(find(&d, "heat")->seen, "cores were too hot 3 times");
    assert_string_equal(find(&d, "clock")->seen, "clocks fell from 3000 to 2400 MHz");
    looks[2].mhz = looks[4].mhz; /* slow at rest before, and no slower later */
    d = judge(&view, looks, 5);
    assert_int_equal(find(&d, "clock")->level, FINDING_FINE);
}

static void battery_and_quota_come_with_what_to_do(void **unused)
{
    (void)unused;
    struct counters looks[3];
    struct disturbance d;
    struct machine_view limited = view;
    struct machine_state state = {.governor = "powersave", .on_battery = ANSWER_YES};
    limited.quota = 1.5;
    look(looks, 3, (const double[]){0, 0, 0});
    disturbance_judge(&limited, &state, looks, 3, &d);
    assert_int_equal(find(&d, "battery")->level, FINDING_DISTURBS);
    assert_string_equal(find(&d, "battery")->remedy, "plug in the charger");
    assert_int_equal(find(&d, "governor")->level, FINDING_NOTE);
    assert_string_equal(find(&d, "quota")->seen, "a quota allows 1.5 of 2 CPUs at a time");
}

/* What is to be done is printed once; all is kept. */
static void one_remedy_is_one_warning(void **unused)
{
    (void)unused;
    static struct warnings warnings = {.count = 0};
    const struct disturbance d = {
        .findings = {{"load", FINDING_DISTURBS, "others are busy", "They are.", "close them"},
                     {"clock", FINDING_NOTE, "it is slow", "It is.", ""},
                     {"pressure", FINDING_NOTE, "somebody waited", "For us.", "close them"},
                     {"heat", FINDING_DISTURBS, "it is hot", "Too hot.", "wait"}},
        .count = 4};
    looks_warn(&d, true, &warnings);
    assert_int_equal(warnings.count, 3);
    assert_int_equal(warnings.lines, 2);
    assert_string_equal(warnings.text[0], "others are busy. To do: close them");
    assert_string_equal(warnings.text[1], "somebody waited. To do: close them");
    assert_string_equal(warnings.text[2], "it is hot. To do: wait");
    assert_false(warnings.silent);
    warnings.silent = true;
    looks_warn(&d, false, &warnings);
    assert_int_equal(warnings.lines, 2);
    assert_int_equal(warnings.count, 6);
    assert_string_equal(warnings.text[3], "others are busy. They are. To do: close them");
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(counts_only_the_cpus_that_are_ours),
        IN_SCRATCH(what_the_system_does_not_tell_is_not_known),
        IN_SCRATCH(throttling_is_read_from_both_versions_of_cgroups),
        IN_SCRATCH(the_state_of_a_laptop),
        cmocka_unit_test(our_own_work_disturbs_nobody),
        cmocka_unit_test(others_are_seen_before_during_and_in_the_middle),
        cmocka_unit_test(a_round_that_is_left_out_is_held_against_none),
        cmocka_unit_test(load_counts_in_relation_to_the_cores),
        cmocka_unit_test(what_is_taken_away_disturbs),
        cmocka_unit_test(one_remedy_is_one_warning),
        cmocka_unit_test(battery_and_quota_come_with_what_to_do),
    };
    return cmocka_run_group_tests_name("disturbance", tests, NULL, NULL);
}
