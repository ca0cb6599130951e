/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* A channel whose functions have the names of system calls, in headers that it does not include. */
#include <pthread.h>

#include "strategies/strategy.h"

enum { ROOM = 8 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int sent, received, closed, number[ROOM];
} channel = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
static struct job *current;

static void send(int number, int last)
{
    pthread_mutex_lock(&channel.lock);
    while (channel.sent - channel.received == ROOM)
        pthread_cond_wait(&channel.changed, &channel.lock);
    if (!last)
        channel.number[channel.sent++ % ROOM] = number;
    channel.closed = last;
    pthread_cond_broadcast(&channel.changed);
    pthread_mutex_unlock(&channel.lock);
}

static int read(int *number)
{
    pthread_mutex_lock(&channel.lock);
    while (channel.sent == channel.received && !channel.closed)
        pthread_cond_wait(&channel.changed, &channel.lock);
    int got = channel.sent > channel.received;
    if (got)
        *number = channel.number[channel.received++ % ROOM];
    pthread_cond_broadcast(&channel.changed);
    pthread_mutex_unlock(&channel.lock);
    return got;
}

static void *work(void *worker)
{
    for (int task; read(&task);)
        job_run(current, task, *(int *)worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64];
    (void)state;
    current = job;
    channel.sent = channel.received = channel.closed = 0;
    for (int i = 0; i < workers; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, work, &numbers[i]);
    }
    for (int task = 0; task < job->tasks; task++)
        send(task, 0);
    send(0, 1);
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};
