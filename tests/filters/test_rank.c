/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The innermost functions of highpass-rank: each vector version against plain C, and that against
 * what it says it computes. */
#include "tests/support/cmocka_all.h"

#include "filters/median/rank_tile.h"
#include "tests/support/median_images.h"

enum { ROUNDS = 20000 };

static uint8_t random_byte(uint64_t *seed)
{
    return (uint8_t)(median_random((*seed)++) >> 56);
}

static void test_inside(void **state)
{
    (void)state;
    uint64_t seed = 0;
    struct rank_group fast, portable;
    for (int round = 0; round < ROUNDS; round++) {
        /* Coordinates and windows up to the last byte; every fourth round with ties at the edge. */
        int window = random_byte(&seed) % 255 + 1;
        int x0 = random_byte(&seed) % (256 - window), y0 = random_byte(&seed) % (256 - window);
        uint64_t expected = 0;
        for (int k = 0; k < RANK_GROUP; k++) {
            int x = random_byte(&seed), y = round % 4 ? random_byte(&seed) : y0 + window - k % 2;
            y = y > 255 ? 255 : y < 0 ? 0 : y;
            fast.x[rank_slot(k)] = portable.x[rank_slot_portable(k)] = (uint8_t)x;
            fast.y[rank_slot(k)] = portable.y[rank_slot_portable(k)] = (uint8_t)y;
            if (x >= x0 && x < x0 + window && y >= y0 && y < y0 + window)
                expected |= UINT64_C(1) << k;
        }
        assert_true(rank_inside_portable(portable.x, portable.y, (uint8_t)x0, (uint8_t)y0,
                                         (uint8_t)window) == expected);
        assert_true(rank_inside(fast.x, fast.y, (uint8_t)x0, (uint8_t)y0, (uint8_t)window) ==
                    expected);
    }
}

static void test_step(void **state)
{
    (void)state;
    uint64_t seed = 1000000;
    uint8_t entering[RANK_CHUNK + RANK_SIDE] = {0}, leaving[RANK_CHUNK + RANK_SIDE] = {0};
    uint8_t bucket[RANK_CHUNK];
    for (int round = 0; round < 300; round++) {
        size_t window = round < 2 ? RANK_SIDE : random_byte(&seed) % RANK_SIDE + 1u;
        for (size_t i = 0; i < sizeof entering; i++) {
            entering[i] = round ? random_byte(&seed) : 0; /* all count: the most a byte must hold */
            leaving[i] = round ? random_byte(&seed) : 255;
        }
        int32_t expected[RANK_CHUNK], portable[RANK_CHUNK], fast[RANK_CHUNK];
        for (size_t c = 0; c < RANK_CHUNK; c++) {
            bucket[c] = round ? random_byte(&seed) : 255;
            expected[c] = portable[c] = fast[c] = (int32_t)c * 1000 - 30000;
            for (size_t i = c; i < c + window; i++)
                expected[c] += (leaving[i] < bucket[c]) - (entering[i] < bucket[c]);
        }
        rank_step_portable(entering, leaving, bucket, window, portable);
        rank_step(entering, leaving, bucket, window, fast);
        assert_memory_equal(portable, expected, sizeof expected);
        assert_memory_equal(fast, expected, sizeof expected);
    }
}

static void test_bits(void **state)
{
    uint8_t nth_bits[RANK_NTH_BITS];
    (void)state;
    rank_make_nth_bits(nth_bits);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        uint64_t bits = median_random(2000000 + round);
        if (round % 3 == 1)
            bits &= median_random(round) & median_random(~round); /* few */
        if (round % 3 == 2)
            bits |= median_random(round) | median_random(~round); /* many */
        if (round == 0)
            bits = UINT64_MAX;
        int set = 0;
        for (int i = 0; i < 64; i++)
            if (bits >> i & 1) {
                assert_int_equal(rank_find_bit_portable(bits, set, nth_bits), i);
                assert_int_equal(rank_find_bit(bits, set, nth_bits), i);
                set++;
            }
        assert_int_equal(rank_count_bits_portable(bits), set);
        assert_int_equal(rank_count_bits(bits), set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inside),
        cmocka_unit_test(test_step),
        cmocka_unit_test(test_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
