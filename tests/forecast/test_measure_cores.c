/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cores are measured: on this machine, with two of its hardware threads taken for two kinds and for two
 * threads of one core. How fast they are is theirs; what is done with the figures is ours. */
#include <math.h>
#include <string.h>

#include "harness/measure/cores/measure_cores.h"
#include "tests/support/cmocka_all.h"

static struct topology topology;
static struct image input;

static int prepare(void **unused)
{
    (void)unused;
    struct error error;
    if (topology_load(&topology, NULL, &error) != 0 || image_create(&input, 64, 64, &error) != 0)
        return -1;
    for (size_t i = 0; i < 64 * 64; i++)
        input.pixels[i] = (double)(i * 7919 % 1009);
    return 0;
}

static int finish(void **unused)
{
    (void)unused;
    image_destroy(&input);
    topology_destroy(&topology);
    return 0;
}

static struct core_speeds two_kinds(void)
{
    struct core_speeds speeds = {.kinds = 2,
                                 .second_thread = ASSUMED_SECOND_THREAD,
                                 .second_place = {0, 1},
                                 .together = (double)NAN,
                                 .beside = (double)NAN};
    speeds.kind[0] = (struct core_kind){.cores = 1, .threads = 1, .speed = 1, .place = 0};
    speeds.kind[1] =
        (struct core_kind){.cores = 1, .threads = 1, .speed = ASSUMED_SLOW_CORE, .place = 1};
    return speeds;
}

static void measure(const char *filter, struct core_speeds *speeds)
{
    const struct filter_parameters parameters = {.window = 9, .latency_s = 0.01};
    const struct core_probe probe = {&topology, filter_find(filter), &parameters, &input};
    struct error error;
    *speeds = two_kinds();
    if (cores_measure(&probe, speeds, &error) != 0)
        fail_msg("%s", error.text);
}

static void speeds_are_ratios_to_the_first_kind(void **unused)
{
    (void)unused;
    struct core_speeds speeds;
    if (topology.threads < 2 || !topology.can_bind)
        skip();
    measure("highpass", &speeds);
    assert_true(speeds.kind[0].measured && speeds.kind[1].measured && speeds.second_measured);
    assert_true(speeds.kind[0].speed == 1); /* beside itself */
    assert_true(speeds.kind[1].speed > 0 && isfinite(speeds.kind[1].speed));
    assert_true(speeds.second_thread > -1 && isfinite(speeds.second_thread));
    assert_true(speeds.together > 0 && isfinite(speeds.together));
    assert_true(speeds.beside > 0 && isfinite(speeds.beside));
    /* Three turns of six looks of 0.08 s each. */
    assert_true(speeds.seconds >= 3 * 6 * 0.08);
}

static void waiting_is_not_measured(void **unused)
{
    (void)unused;
    struct core_speeds speeds;
    measure("wait", &speeds);
    assert_false(speeds.kind[1].measured || speeds.second_measured);
    assert_true(speeds.kind[1].speed == ASSUMED_SLOW_CORE);
    assert_true(speeds.seconds == 0 && isnan(speeds.together) && isnan(speeds.beside));
    measure("dot", &speeds); /* a BLAS may have threads of its own */
    assert_false(speeds.kind[1].measured);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speeds_are_ratios_to_the_first_kind),
        cmocka_unit_test(waiting_is_not_measured),
    };
    return cmocka_run_group_tests_name("measure cores", tests, prepare, finish);
}
