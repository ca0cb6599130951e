/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/cores/stream.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { NUMBERS = STREAM_MIB * 1024 * 1024 / 8, PART = 32768 };

struct stream {
    const struct topology *topology;
    int place;
    double *numbers;
    pthread_t thread;
    atomic_bool is_on, is_to_end;
};

static void add(double *numbers)
{
    for (int i = 0; i < PART; i++)
        numbers[i] += 1;
}

/* It is asked to end between two parts. Before the first round is done its pages are not there yet. */
static void *flow(void *given)
{
    struct stream *stream = given;
    topology_bind_worker(stream->topology, stream->place);
    for (long part = 0; !atomic_load(&stream->is_to_end); part++) {
        add(stream->numbers + part * PART % NUMBERS);
        if (part * PART == NUMBERS)
            atomic_store(&stream->is_on, true);
    }
    return NULL;
}

struct stream *stream_start(const struct topology *topology, int place, struct error *error)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream)
        stream->numbers = calloc(NUMBERS, sizeof *stream->numbers);
    if (!stream || !stream->numbers) {
        free(stream);
        error_set(error, "stream", "no memory");
        return NULL;
    }
    stream->topology = topology;
    stream->place = place;
    if (pthread_create(&stream->thread, NULL, flow, stream) != 0) {
        free(stream->numbers);
        free(stream);
        error_set(error, "stream", "no thread for it");
        return NULL;
    }
    while (!atomic_load(&stream->is_on))
        sched_yield();
    return stream;
}

void stream_stop(struct stream *stream)
{
    atomic_store(&stream->is_to_end, true);
    pthread_join(stream->thread, NULL);
    free(stream->numbers);
    free(stream);
}
