/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that all processes of a case see, and workers that are fresh processes: this program
 * started anew, which finds that memory behind descriptors. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/shared.h"
#include "harness/grade/probe/probe.h"
#include "strategies/job_more.h"

enum { NUMBER = 12 };
static const char WORKER[] = "--worker";

static struct shared memory, results;
static bool is_anew;

int probe_create(struct error *error)
{
    if (shared_create(&memory, sizeof *probe, error) != 0 ||
        shared_create(&results, RESULT_BYTES, error) != 0)
        return -1;
    probe = memory.address;
    probe_result = results.address;
    return 0;
}

/* PROGRAM --worker DESCRIPTOR DESCRIPTOR; the strategy sends it its tasks on standard input. */
const struct job_anew *probe_anew(char *program)
{
    static char word[sizeof WORKER], number[2][NUMBER];
    static char *arguments[] = {NULL, word, number[0], number[1], NULL};
    static int kept[] = {-1, -1, -1};
    static struct job_anew anew = {.arguments = arguments, .kept = kept};
    arguments[0] = program;
    anew.program = program;
    memcpy(word, WORKER, sizeof WORKER);
    kept[0] = memory.fd;
    kept[1] = results.fd;
    for (int i = 0; i < 2; i++)
        snprintf(number[i], NUMBER, "%d", kept[i]);
    return &anew;
}

bool probe_is_worker(int argc, char **argv)
{
    return argc == 4 && strcmp(argv[1], WORKER) == 0;
}

/* For the linker, where what is graded starts no fresh processes; strategies/spawn.c has the one
 * that works. */
__attribute__((weak)) int spawn_serve(struct job *job, int messages)
{
    (void)job, (void)messages;
    return -1;
}

int probe_serve(char **argv, bool keep_signals)
{
    struct error error;
    struct job job;
    is_anew = true;
    if (shared_attach(&memory, atoi(argv[2]), &error) != 0 ||
        shared_attach(&results, atoi(argv[3]), &error) != 0)
        return 1;
    probe = memory.address;
    probe_result = results.address;
    if (!keep_signals)
        probe_install_signals();
    probe_make_job(&job, probe->tasks);
    int failed = spawn_serve(&job, STDIN_FILENO);
    probe_thread_leaves();
    return failed ? 1 : 0;
}

struct place probe_place(const char *file, int line)
{
    return (struct place){is_anew ? NULL : file, line};
}
