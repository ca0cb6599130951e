/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two threads count, each in a number of its own: side by side in one cache line, then apart.
 *
 *     cc -O1 -pthread -o build/false_sharing tests/exercises/false_sharing.c
 *
 * A question to think about: nobody reads what the other writes, so why does it matter?
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

enum { TURNS = 50000000, NEAR = 1, FAR = 16 /* of 8 bytes: 128 bytes, two cache lines */ };

static _Alignas(128) volatile uint64_t numbers[2 * FAR];

static void *count(void *number)
{
    volatile uint64_t *mine = number;
    for (int turn = 0; turn < TURNS; turn++)
        *mine += 1;
    return NULL;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Seconds that two threads take whose numbers lie `apart` places from each other. */
static double measure(int apart)
{
    pthread_t other;
    double began = seconds();
    if (pthread_create(&other, NULL, count, (void *)(uintptr_t)&numbers[apart]) != 0)
        return -1;
    count((void *)(uintptr_t)&numbers[0]);
    pthread_join(other, NULL);
    return seconds() - began;
}

int main(void)
{
    double near_s = measure(NEAR), far_s = measure(FAR);
    if (near_s <= 0 || far_s <= 0) {
        fprintf(stderr, "false_sharing: a thread could not be created\n");
        return 1;
    }
    printf("side by side  %.3f s\n128 bytes off %.3f s\nratio         %.2f\n", near_s, far_s,
           near_s / far_s);
    return 0;
}
