/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers against NumPy's: tests/reference/random.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "generator/random.h"

static struct random_stream *create(void)
{
    struct error error;
    struct random_stream *stream = random_create(&error);
    assert_non_null(stream);
    return stream;
}

static void seed_with(struct random_stream *stream, uint32_t seed)
{
    struct error error = {""};
    if (random_seed(stream, seed, &error) != 0)
        fail_msg("%s", error.text);
}

/* To the last bit, wherever in the sequence, and whether what came before was drawn or skipped. */
static void test_equals_numpy(void **state)
{
    (void)state;
    struct random_stream *stream = create();
    FILE *file = fopen("tests/reference/random.txt", "r");
    unsigned long seed;
    size_t index;
    double expected;
    int values = 0;
    if (!file)
        fail_msg("tests/reference/random.txt is missing: run the tests from the top directory");
    while (fscanf(file, "%lu %zu %lf", &seed, &index, &expected) == 3) {
        seed_with(stream, (uint32_t)seed);
        random_skip(stream, index);
        assert_true(random_uniform(stream) == expected);

        seed_with(stream, (uint32_t)seed);
        for (size_t i = 0; i < index; i++)
            random_uniform(stream);
        assert_true(random_uniform(stream) == expected);
        values++;
    }
    assert_true(feof(file));
    assert_int_equal(values, 40);
    fclose(file);
    random_destroy(stream);
}

/* GSL alone would give both the same sequence. */
static void test_seed_0_is_not_4357(void **state)
{
    (void)state;
    struct random_stream *stream = create();
    seed_with(stream, 0);
    double of_0 = random_uniform(stream);
    seed_with(stream, 4357);
    assert_true(of_0 != random_uniform(stream));
    random_destroy(stream);
}

static void test_streams_are_independent(void **state)
{
    (void)state;
    struct random_stream *a = create(), *b = create();
    seed_with(a, 3);
    seed_with(b, 3);
    double first = random_uniform(a), second = random_uniform(a);
    assert_true(random_uniform(b) == first);
    assert_true(random_uniform(b) == second);
    random_destroy(a);
    random_destroy(b);
    random_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equals_numpy),
        cmocka_unit_test(test_seed_0_is_not_4357),
        cmocka_unit_test(test_streams_are_independent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
