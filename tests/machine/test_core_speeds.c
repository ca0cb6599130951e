/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of cores: of machines that hwloc imagines, as text, and in words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/machine/cores/core_speeds.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static void assume(struct core_speeds *speeds, const char *machine)
{
    struct topology topology;
    struct error error;
    if (topology_load(&topology, machine, &error) != 0)
        fail_msg("%s", error.text);
    core_speeds_assume(&topology, speeds);
    topology_destroy(&topology);
}

static void cores_alike_are_one_kind(void **unused)
{
    (void)unused;
    struct core_speeds speeds;
    char text[CORE_SPEEDS_TEXT];
    assume(&speeds, "pack:1 core:4 pu:1");
    assert_int_equal(speeds.kinds, 1);
    assert_int_equal(speeds.kind[0].cores, 4);
    assert_int_equal(speeds.second_place[0], -1);
    assert_false(core_speeds_differ(&speeds));
    core_speeds_sentence(&speeds, text);
    assert_string_equal(text, "");
    core_speeds_text(&speeds, text);
    assert_string_equal(text, "4 cores, 4 threads: 1 (alike)");
}

static void second_threads_share_a_core(void **unused)
{
    (void)unused;
    struct core_speeds speeds;
    char text[CORE_SPEEDS_TEXT];
    assume(&speeds, "pack:2 core:4 pu:2");
    assert_int_equal(speeds.kinds, 1);
    assert_int_equal(speeds.kind[0].cores, 8);
    assert_int_equal(speeds.kind[0].threads, 16);
    assert_int_equal(speeds.second_place[0], 0);
    assert_int_equal(speeds.second_place[1], 8); /* places: all first threads, then second ones */
    assert_true(core_speeds_differ(&speeds));
    core_speeds_sentence(&speeds, text);
    assert_string_equal(text, "8 cores; the second thread of a core adds 25 % (assumed)");
}

#if HWLOC_API_VERSION >= 0x00020400
/* 2 cores of 2 threads and 3 slower ones of one, as lstopo would have written them. */
static void write_hybrid(const char *path)
{
    hwloc_topology_t handle;
    hwloc_bitmap_t slow = hwloc_bitmap_alloc(), fast = hwloc_bitmap_alloc();
    assert_int_equal(hwloc_topology_init(&handle), 0);
    assert_int_equal(hwloc_topology_set_synthetic(handle, "core:5 pu:2"), 0);
    assert_int_equal(hwloc_topology_load(handle), 0);
    hwloc_bitmap_t kept = hwloc_bitmap_alloc();
    for (unsigned pu = 0; pu < 10; pu++) /* cores 0 to 2 lose their second threads */
        if (pu >= 6 || pu % 2 == 0)
            hwloc_bitmap_set(kept, pu);
    assert_int_equal(hwloc_topology_restrict(handle, kept, 0), 0);
    hwloc_bitmap_set_range(slow, 0, 5);
    hwloc_bitmap_set_range(fast, 6, 9);
    assert_int_equal(hwloc_cpukinds_register(handle, slow, 0, 0, NULL, 0), 0);
    assert_int_equal(hwloc_cpukinds_register(handle, fast, 1, 0, NULL, 0), 0);
    assert_int_equal(hwloc_topology_export_xml(handle, path, 0), 0);
    hwloc_bitmap_free(kept);
    hwloc_bitmap_free(slow);
    hwloc_bitmap_free(fast);
    hwloc_topology_destroy(handle);
}

static void fast_kinds_come_first(void **unused)
{
    (void)unused;
    struct core_speeds speeds;
    char text[CORE_SPEEDS_TEXT];
    write_hybrid("hybrid.xml");
    assume(&speeds, "hybrid.xml");
    assert_int_equal(speeds.kinds, 2);
    assert_int_equal(speeds.kind[0].cores, 2);
    assert_int_equal(speeds.kind[0].threads, 4);
    assert_true(speeds.kind[0].speed == 1);
    assert_int_equal(speeds.kind[0].place, 0);
    assert_int_equal(speeds.kind[1].cores, 3);
    assert_int_equal(speeds.kind[1].threads, 3);
    assert_true(speeds.kind[1].speed == ASSUMED_SLOW_CORE);
    assert_int_equal(speeds.kind[1].place, 2); /* after the two fast cores */
    assert_int_equal(speeds.second_place[1], 5);
    speeds.kind[1].speed = 0.5;
    speeds.kind[1].measured = true;
    core_speeds_sentence(&speeds, text);
    assert_string_equal(text, "2 fast cores and 3 at 50 % of their speed (measured); the second "
                              "thread of a core adds 25 % (assumed)");
}
#endif

static void a_line_is_read_as_it_was_written(void **unused)
{
    (void)unused;
    struct core_speeds written = {.kinds = 2, .second_thread = 0.3, .second_measured = true}, read;
    char text[CORE_SPEEDS_TEXT], again[CORE_SPEEDS_TEXT];
    written.kind[0] = (struct core_kind){.cores = 8, .threads = 16, .speed = 1, .measured = true};
    written.kind[1] = (struct core_kind){.cores = 16, .threads = 16, .speed = 0.55};
    written.together = 0.97;
    written.beside = 0.92;
    written.seconds = 0.6;
    core_speeds_text(&written, text);
    assert_string_equal(text, "8 cores, 16 threads: 1 (measured); 16 cores, 16 threads: 0.55 "
                              "(assumed); second thread: 0.3 (measured); all at once: 0.97; "
                              "beside a stream: 0.92; measured in 0.6 s");
    assert_true(core_speeds_read(text, &read));
    core_speeds_text(&read, again);
    assert_string_equal(again, text);
    assert_true(read.kind[0].measured && !read.kind[1].measured);
}

static void what_is_no_such_line_is_refused(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "",
        "many",
        ";;;",
        "0 cores, 0 threads: 1 (alike)",
        "4 cores, 2 threads: 1 (alike)",
        "4 cores, 4 threads: nan (alike)",
        "4 cores, 4 threads: -1 (alike)",
        "999999999 cores, 999999999 threads: 1 (alike)",
        "4 cores, 4 threads: 1 (alike); second thread: 1e99 (measured)",
    };
    struct core_speeds speeds;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (core_speeds_read(texts[i], &speeds))
            fail_msg("'%s' was read", texts[i]);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cores_alike_are_one_kind),
        cmocka_unit_test(second_threads_share_a_core),
#if HWLOC_API_VERSION >= 0x00020400
        TEST(fast_kinds_come_first),
#endif
        cmocka_unit_test(a_line_is_read_as_it_was_written),
        cmocka_unit_test(what_is_no_such_line_is_refused),
    };
    return cmocka_run_group_tests_name("core speeds", tests, NULL, NULL);
}
