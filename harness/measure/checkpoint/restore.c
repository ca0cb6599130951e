/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/base/sum.h"
#include "harness/measure/checkpoint/format.h"

static int not_ours(const struct checkpoint *checkpoint, struct error *error)
{
    return error_set(error, checkpoint->path,
                     "was not written by this version of speedup on this kind of machine");
}

static bool is_name(const char *name, size_t size)
{
    return *name && memchr(name, '\0', size);
}

static int read_head(struct checkpoint *checkpoint, struct error *error)
{
    enum { CONFIGS_AT_MOST = 1000000 };
    struct checkpoint_head *head = &checkpoint->head;
    static const struct format ours = CHECKPOINT_FORMAT;
    struct format format;
    struct stat info;
    if (fread(&format, sizeof format, 1, checkpoint->file) != 1 ||
        memcmp(&format, &ours, sizeof format) != 0 ||
        fread(head, sizeof *head, 1, checkpoint->file) != 1 || head->config_count < 1 ||
        head->config_count > CONFIGS_AT_MOST || !is_name(head->benchmark, sizeof head->benchmark) ||
        fstat(fileno(checkpoint->file), &info) != 0)
        return not_ours(checkpoint, error);
    checkpoint->age_s = difftime(time(NULL), info.st_mtime);
    size_t count = (size_t)head->config_count;
    checkpoint->configs = calloc(count, sizeof *checkpoint->configs);
    if (!checkpoint->configs)
        return error_set(error, checkpoint->path, "no memory");
    if (fread(checkpoint->configs, sizeof *checkpoint->configs, count, checkpoint->file) != count)
        return not_ours(checkpoint, error);
    for (size_t i = 0; i < count; i++)
        if (!is_name(checkpoint->configs[i].strategy, NAME_MAX_LENGTH) ||
            !is_name(checkpoint->configs[i].filter, NAME_MAX_LENGTH) ||
            checkpoint->configs[i].workers < 1)
            return not_ours(checkpoint, error);
    return 0;
}

/* The bytes of the next round, to be freed; NULL where there is none that is whole. */
static char *next_round(struct checkpoint *checkpoint, off_t left, size_t *size)
{
    struct envelope envelope;
    char *bytes = NULL;
    if (left < (off_t)sizeof envelope ||
        fread(&envelope, sizeof envelope, 1, checkpoint->file) != 1 ||
        envelope.bytes > (uint64_t)left - sizeof envelope ||
        !(bytes = malloc((size_t)envelope.bytes + 1)))
        return NULL;
    *size = (size_t)envelope.bytes;
    if (fread(bytes, 1, *size, checkpoint->file) == *size &&
        sum_of_bytes(SUM_BEGIN, bytes, *size) == envelope.sum)
        return bytes;
    free(bytes);
    return NULL;
}

/* Counts the rounds that are whole, and cuts off what is not. Then the first of them is next. */
static int count_rounds(struct checkpoint *checkpoint, struct error *error)
{
    struct stat info;
    off_t first = ftello(checkpoint->file), at = first;
    size_t size;
    char *bytes;
    if (first < 0 || fstat(fileno(checkpoint->file), &info) != 0)
        return error_system(error, checkpoint->path, "cannot be read", errno);
    while ((bytes = next_round(checkpoint, info.st_size - at, &size))) {
        free(bytes);
        checkpoint->rounds++;
        at = ftello(checkpoint->file);
    }
    if (truncate(checkpoint->path, at) != 0 || fseeko(checkpoint->file, first, SEEK_SET) != 0)
        return error_system(error, checkpoint->path, "cannot be written", errno);
    return 0;
}

int checkpoint_open(struct checkpoint *checkpoint, const char *directory, struct error *error)
{
    *checkpoint = (struct checkpoint){.file = NULL};
    if (output_path(checkpoint->path, directory, CHECKPOINT_FILE, error) != 0)
        return -1;
    errno = 0;
    checkpoint->file = fopen(checkpoint->path, "a+");
    if (!checkpoint->file)
        return error_system(error, checkpoint->path, "cannot be read", errno);
    if (checkpoint_lock(checkpoint, error) != 0)
        return -1;
    rewind(checkpoint->file);
    checkpoint->reopened = true;
    if (read_head(checkpoint, error) == 0 && count_rounds(checkpoint, error) == 0)
        return 0;
    checkpoint_close(checkpoint, false);
    return -1;
}

/* The next `count` bytes, copied; -1 where there are not so many. */
static int take(const char **at, size_t *left, void *to, size_t count)
{
    if (count > *left)
        return -1;
    memcpy(to, *at, count);
    *at += count;
    *left -= count;
    return 0;
}

static int take_run(const char **at, size_t *left, struct checkpoint_round *round, int index)
{
    struct error no_memory;
    struct samples *samples = &round->samples[index];
    struct kept_run kept;
    struct kept_figures figures;
    struct task_time *trace = NULL;
    if (take(at, left, &kept, sizeof kept) != 0 || kept.status < RUN_OK ||
        kept.status > RUN_TIMEOUT || (kept.tasks != 0 && kept.tasks != samples->setup.tasks))
        return -1;
    samples->status = (enum run_status)kept.status;
    round->repeated[index] = kept.repeated != 0;
    if (!kept.good)
        return 0;
    size_t bytes = (size_t)kept.tasks * sizeof *trace;
    if (take(at, left, &figures, sizeof figures) != 0 || bytes > *left)
        return -1;
    if (kept.tasks > 0) {
        trace = malloc(bytes);
        if (!trace || take(at, left, trace, bytes) != 0) {
            free(trace);
            return -1;
        }
        for (int task = 0; task < kept.tasks; task++)
            if (trace[task].worker < 0 || trace[task].worker >= samples->setup.config.workers) {
                free(trace);
                return -1;
            }
    }
    return samples_put(samples, &figures.figures, &figures.sums, trace, &no_memory);
}

static int unpack(struct checkpoint *checkpoint, const char *bytes, size_t size,
                  struct checkpoint_round *round, struct error *error)
{
    struct kept_round *kept = malloc(sizeof *kept);
    int failed = !kept || take(&bytes, &size, kept, sizeof *kept) != 0 ||
                 kept->count != round->count || kept->done != round->done + 1;
    if (!failed) {
        round->done = kept->done;
        round->lost = kept->lost;
        round->elapsed_s = kept->elapsed_s;
        memcpy(checkpoint->order, kept->order, sizeof checkpoint->order);
        checkpoint->order[sizeof checkpoint->order - 1] = '\0';
        for (int i = 0; i < kept->warnings.count && i < WARNINGS_AT_MOST; i++) {
            kept->warnings.text[i][WARNING_LENGTH - 1] = '\0';
            warnings_keep(round->warnings, kept->warnings.text[i]);
        }
    }
    free(kept);
    for (int i = 0; i < round->count && !failed; i++)
        failed = take_run(&bytes, &size, round, i) != 0;
    return failed ? error_set(error, checkpoint->path, "does not fit what is to be measured") : 0;
}

int checkpoint_restore(struct checkpoint *checkpoint, struct checkpoint_round *round,
                       struct error *error)
{
    struct stat info;
    if (!checkpoint->reopened)
        return 0;
    if (fstat(fileno(checkpoint->file), &info) != 0)
        return error_system(error, checkpoint->path, "cannot be read", errno);
    for (int i = 0; i < checkpoint->rounds; i++) {
        size_t size;
        char *bytes = next_round(checkpoint, info.st_size - ftello(checkpoint->file), &size);
        if (!bytes)
            return error_set(error, checkpoint->path, "no memory for a round");
        int failed = unpack(checkpoint, bytes, size, round, error);
        free(bytes);
        if (failed)
            return -1;
    }
    checkpoint->reopened = false;
    /* Between reading and writing. */
    return fseeko(checkpoint->file, 0, SEEK_END) == 0
               ? 0
               : error_system(error, checkpoint->path, "cannot be read", errno);
}
