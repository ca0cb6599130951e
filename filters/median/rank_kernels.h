/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small functions in which highpass-rank spends most of its time.
 *
 * Each is written twice: `..._portable` in plain C, which says what is computed, and again with the
 * vector instructions of the machine that the compiler builds for (AVX-512BW, AVX2 or NEON; BMI2
 * for the bits). The name without suffix is the fastest one there is. `-DPORTABLE` leaves only
 * plain C (with the compilers' own vector type where bytes are counted).
 * tests/filters/test_rank.c compares the twins.
 */
#ifndef FILTERS_MEDIAN_RANK_KERNELS_H
#define FILTERS_MEDIAN_RANK_KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(PORTABLE) && defined(__AVX512BW__)
#define RANK_AVX512 1
#elif !defined(PORTABLE) && defined(__AVX2__)
#define RANK_AVX2 1
#elif !defined(PORTABLE) && defined(__ARM_NEON) && defined(__aarch64__)
#define RANK_NEON 1
#else
#define RANK_PLAIN_C 1
#endif
/* AMD's first two Zen generations have pdep, but in slow microcode. */
#if !defined(PORTABLE) && defined(__BMI__) && defined(__BMI2__) && !defined(__znver1__) &&         \
    !defined(__znver2__)
#define RANK_BMI2 1
#endif

#if defined(RANK_AVX512) || defined(RANK_AVX2) || defined(RANK_BMI2)
#include <immintrin.h>
#endif
#ifdef RANK_NEON
#include <arm_neon.h>
#endif

enum {
    RANK_GROUP = 64, /* members of a bucket whose test makes one word of bits */
    RANK_CHUNK = 64, /* columns that are counted together */
    RANK_SIDE = 255  /* most rows, or columns, of the input of a tile: they are counted in bytes */
};

/* ---- which members of a bucket lie in a window -------------------------------------------------
 *
 * Member k = 0 ... 63 of a group is kept in slot s = rank_slot(k) of x and y. Bit k of the result
 * is set where x0 <= x[s] < x0 + window and y0 <= y[s] < y0 + window. In bytes, where x[s] - x0
 * wraps round to a large number for x[s] < x0, that is one comparison an axis.
 *
 * Plain C has no instruction that gathers 64 answers into 64 bits. But any order of slots will do,
 * and with member 8 i + j in slot 8 j + i the answers only have to be laid over each other: slots
 * 8 j ... 8 j + 7 give bit j of the eight bytes of the result. */
static inline int rank_slot_portable(int k)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return (k & 7) << 3 | (7 - (k >> 3));
#else
    return (k & 7) << 3 | k >> 3;
#endif
}

static inline uint64_t rank_inside_portable(const uint8_t *x, const uint8_t *y, uint8_t x0,
                                            uint8_t y0, uint8_t window)
{
#define EIGHT(bit) bit, bit, bit, bit, bit, bit, bit, bit
    static const uint8_t bit_of_slot[RANK_GROUP] = {EIGHT(1),  EIGHT(2),  EIGHT(4),  EIGHT(8),
                                                    EIGHT(16), EIGHT(32), EIGHT(64), EIGHT(128)};
#undef EIGHT
    uint8_t inside[RANK_GROUP], last = (uint8_t)(window - 1);
    uint64_t row[8];
    for (int s = 0; s < RANK_GROUP; s++) {
        /* Written with maxima and one test for equality, which every vector unit has for bytes. */
        uint8_t dx = (uint8_t)(x[s] - x0), dy = (uint8_t)(y[s] - y0);
        uint8_t d = dx > dy ? dx : dy;
        inside[s] = (d > last ? d : last) == last ? bit_of_slot[s] : 0;
    }
    memcpy(row, inside, sizeof row);
    return (row[0] | row[1]) | (row[2] | row[3]) | (row[4] | row[5]) | (row[6] | row[7]);
}

#if defined(RANK_AVX512)
static inline uint64_t rank_inside(const uint8_t *x, const uint8_t *y, uint8_t x0, uint8_t y0,
                                   uint8_t window)
{
    __m512i w = _mm512_set1_epi8((char)window);
    __m512i dx = _mm512_sub_epi8(_mm512_loadu_si512(x), _mm512_set1_epi8((char)x0));
    __m512i dy = _mm512_sub_epi8(_mm512_loadu_si512(y), _mm512_set1_epi8((char)y0));
    return _mm512_cmplt_epu8_mask(_mm512_max_epu8(dx, dy), w);
}
#elif defined(RANK_AVX2)
static inline uint64_t rank_inside(const uint8_t *x, const uint8_t *y, uint8_t x0, uint8_t y0,
                                   uint8_t window)
{
    /* AVX2 compares bytes for equality only: d <= last where max(d, last) == last. */
    __m256i last = _mm256_set1_epi8((char)(window - 1));
    __m256i left = _mm256_set1_epi8((char)x0), top = _mm256_set1_epi8((char)y0);
    uint64_t bits = 0;
    for (int i = 0; i < RANK_GROUP; i += 32) {
        __m256i dx =
            _mm256_sub_epi8(_mm256_loadu_si256((const __m256i *)(const void *)(x + i)), left);
        __m256i dy =
            _mm256_sub_epi8(_mm256_loadu_si256((const __m256i *)(const void *)(y + i)), top);
        __m256i d = _mm256_max_epu8(_mm256_max_epu8(dx, dy), last);
        bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(d, last)) << i;
    }
    return bits;
}
#elif defined(RANK_NEON)
static inline uint64_t rank_inside(const uint8_t *x, const uint8_t *y, uint8_t x0, uint8_t y0,
                                   uint8_t window)
{
    static const uint8_t bit_of[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t part[4], bit = vld1q_u8(bit_of);
    for (int i = 0; i < 4; i++) {
        uint8x16_t dx = vsubq_u8(vld1q_u8(x + 16 * i), vdupq_n_u8(x0));
        uint8x16_t dy = vsubq_u8(vld1q_u8(y + 16 * i), vdupq_n_u8(y0));
        part[i] = vandq_u8(vcltq_u8(vmaxq_u8(dx, dy), vdupq_n_u8(window)), bit);
    }
    /* Each addition of neighbours gathers twice as many bits in half as many bytes. */
    uint8x16_t sum = vpaddq_u8(vpaddq_u8(part[0], part[1]), vpaddq_u8(part[2], part[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}
#else
#define rank_inside rank_inside_portable
#define rank_slot rank_slot_portable
#endif
#ifndef rank_slot
#define rank_slot(k) (k)
#endif

/* ---- a step down -------------------------------------------------------------------------------
 *
 * For RANK_CHUNK columns c: subtracts from index[c] how many of entering[c] ... entering[c + window
 * - 1] are less than bucket[c], and adds how many of leaving[c] ... are. `entering` and `leaving`
 * must be readable for RANK_CHUNK + window - 1 bytes; window <= RANK_SIDE, so that a byte can
 * count it. */
typedef uint8_t rank_bytes __attribute__((vector_size(16))); /* gcc and clang, any machine */

static inline void rank_step_portable(const uint8_t *entering, const uint8_t *leaving,
                                      const uint8_t *bucket, size_t window, int32_t *index)
{
    enum { PART = sizeof(rank_bytes) };
    for (size_t c = 0; c < RANK_CHUNK; c += PART) {
        rank_bytes b, in, out, more = {0}, less = {0};
        memcpy(&b, bucket + c, PART);
        for (size_t i = c; i < c + window; i++) {
            memcpy(&in, entering + i, PART);
            memcpy(&out, leaving + i, PART);
            /* The others, window less those, since that comparison is the cheaper one. A
             * comparison gives -1 where it is true. */
            more -= (rank_bytes)(out >= b);
            less -= (rank_bytes)(in >= b);
        }
        for (size_t k = 0; k < PART; k++)
            index[c + k] += less[k] - more[k];
    }
}

#if defined(RANK_AVX512)
static inline void rank_step(const uint8_t *entering, const uint8_t *leaving, const uint8_t *bucket,
                             size_t window, int32_t *index)
{
    __m512i b = _mm512_loadu_si512(bucket), one = _mm512_set1_epi8(1);
    __m512i more = _mm512_setzero_si512(), less = more;
    for (size_t i = 0; i < window; i++) {
        __mmask64 in = _mm512_cmplt_epu8_mask(_mm512_loadu_si512(entering + i), b);
        __mmask64 out = _mm512_cmplt_epu8_mask(_mm512_loadu_si512(leaving + i), b);
        more = _mm512_mask_add_epi8(more, in, more, one);
        less = _mm512_mask_add_epi8(less, out, less, one);
    }
    uint8_t counts[2][RANK_CHUNK];
    _mm512_storeu_si512(counts[0], more);
    _mm512_storeu_si512(counts[1], less);
    for (size_t k = 0; k < RANK_CHUNK; k++)
        index[k] += counts[1][k] - counts[0][k];
}
#else
#define rank_step rank_step_portable
#endif

/* ---- bits --------------------------------------------------------------------------------------
 *
 * How many bits of a word are set. */
static inline int rank_count_bits_portable(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (int)(bits * UINT64_C(0x0101010101010101) >> 56);
}

#if !defined(PORTABLE) && (defined(__POPCNT__) || defined(__aarch64__))
#define rank_count_bits(bits) __builtin_popcountll(bits)
#else
#define rank_count_bits rank_count_bits_portable
#endif

/* For the portable version of the next function: the place of set bit number k of each byte b is at
 * 8 b + k. Small enough to stay in the cache. */
enum { RANK_NTH_BITS = 256 * 8 };

static inline void rank_make_nth_bits(uint8_t nth_bits[RANK_NTH_BITS])
{
    for (int byte = 0; byte < 256; byte++)
        for (int place = 0, k = 0; place < 8; place++)
            if (byte >> place & 1)
                nth_bits[8 * byte + k++] = (uint8_t)place;
}

/* The place of the set bit number k = 0, 1, ... from the lowest; undefined where there is none. */
static inline int rank_find_bit_portable(uint64_t bits, int k, const uint8_t *nth_bits)
{
    /* Sums of neighbouring bits, of pairs, of nibbles; then of the bytes up to each. Without a
     * branch: its outcome would be a coin's. */
    uint64_t of_2 = bits - (bits >> 1 & UINT64_C(0x5555555555555555));
    uint64_t of_4 =
        (of_2 & UINT64_C(0x3333333333333333)) + (of_2 >> 2 & UINT64_C(0x3333333333333333));
    uint64_t of_8 = (of_4 + (of_4 >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    uint64_t upto = of_8 * UINT64_C(0x0101010101010101); /* byte i: bits set in bytes 0 ... i */
    /* Byte i of `passed` is 1 where no more than k bits are set up to its end. */
    uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t passed = (((uint64_t)k * ones | high) - upto) >> 7 & ones;
    int place = (int)(passed * ones >> 56) * 8;
    int rest = k - (int)(upto << 8 >> place & 0xff);
    return place + nth_bits[8 * (bits >> place & 0xff) + (unsigned)rest];
}

#if defined(RANK_BMI2)
static inline int rank_find_bit(uint64_t bits, int k, const uint8_t *nth_bits)
{
    (void)nth_bits;
    return (int)_tzcnt_u64(_pdep_u64(UINT64_C(1) << k, bits));
}
#else
#define rank_find_bit rank_find_bit_portable
#endif

#endif
