/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/checkpoint/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/base/sum.h"
#include "harness/measure/checkpoint/format.h"

/* The times of more tasks are not kept: a round of twenty runs would be 10 MB and more. The summary
 * is right without them; only the losses are then of the rounds after it went on. */
enum { TASKS_AT_MOST = 10000 };

static void put_run(FILE *stream, const struct checkpoint_round *round, int index)
{
    const struct samples *samples = &round->samples[index];
    int run = round->done - 1;
    bool good = samples->count == round->done;
    const struct task_time *trace = good ? samples->traces[run] : NULL;
    struct kept_run kept = {.status = (int)samples->status,
                            .repeated = round->repeated[index],
                            .good = good,
                            .tasks = samples->setup.tasks};
    if (!trace || kept.tasks > TASKS_AT_MOST)
        kept.tasks = 0;
    fwrite(&kept, sizeof kept, 1, stream);
    if (!good)
        return;
    const struct kept_figures figures = {
        samples->figures[run],
        {samples->task_s[run], samples->task_cpu_s[run], samples->task_queue_s[run]}};
    fwrite(&figures, sizeof figures, 1, stream);
    if (kept.tasks > 0)
        fwrite(trace, sizeof *trace, (size_t)kept.tasks, stream);
}

/* All bytes of a round, to be freed; NULL where there is no memory. */
static char *pack(const struct checkpoint *checkpoint, const struct checkpoint_round *round,
                  size_t *size)
{
    char *bytes = NULL;
    struct kept_round *kept = calloc(1, sizeof *kept);
    FILE *stream = kept ? open_memstream(&bytes, size) : NULL;
    if (!stream) {
        free(kept);
        return NULL;
    }
    kept->count = round->count;
    kept->done = round->done;
    kept->lost = round->lost;
    kept->elapsed_s = round->elapsed_s;
    kept->warnings = *round->warnings;
    memcpy(kept->order, checkpoint->order, sizeof kept->order);
    fwrite(kept, sizeof *kept, 1, stream);
    for (int i = 0; i < round->count; i++)
        put_run(stream, round, i);
    free(kept);
    bool failed = ferror(stream);
    if (fclose(stream) == 0 && !failed)
        return bytes;
    free(bytes);
    return NULL;
}

/* An fwrite() that failed has lost its bytes, and a flush can then succeed: so both are asked. */
static bool is_written(FILE *file)
{
    return fflush(file) == 0 && !ferror(file);
}

int checkpoint_add(struct checkpoint *checkpoint, const struct checkpoint_round *round,
                   struct error *error)
{
    size_t size;
    char *bytes = pack(checkpoint, round, &size);
    if (!bytes)
        return error_set(error, checkpoint->path, "no memory for a round");
    const struct envelope envelope = {.bytes = size, .sum = sum_of_bytes(SUM_BEGIN, bytes, size)};
    errno = 0;
    fwrite(&envelope, sizeof envelope, 1, checkpoint->file);
    fwrite(bytes, 1, size, checkpoint->file);
    free(bytes);
    if (!is_written(checkpoint->file))
        return error_system(error, checkpoint->path, "cannot be written", errno ? errno : EIO);
    checkpoint->rounds++;
    return 0;
}

/* Where a file system knows no locks, there is none. */
int checkpoint_lock(struct checkpoint *checkpoint, struct error *error)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fileno(checkpoint->file), F_SETLK, &lock) == 0 ||
        (errno != EACCES && errno != EAGAIN))
        return 0;
    error_set(error, checkpoint->path, "another speedup is measuring into this directory now");
    checkpoint_close(checkpoint, false);
    return -1;
}

bool checkpoint_is_held(const char *directory)
{
    char path[PATH_MAX];
    struct error ignored;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = -1;
    if (output_path(path, directory, CHECKPOINT_FILE, &ignored) == 0)
        file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return false;
    bool held = fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(file);
    return held;
}

int checkpoint_create(struct checkpoint *checkpoint, const char *directory,
                      const struct checkpoint_head *head, const struct config *configs,
                      struct error *error)
{
    static const struct format format = CHECKPOINT_FORMAT;
    size_t count = (size_t)head->config_count;
    *checkpoint = (struct checkpoint){.head = *head};
    if (output_path(checkpoint->path, directory, CHECKPOINT_FILE, error) != 0)
        return -1;
    checkpoint->configs = malloc((count ? count : 1) * sizeof *configs);
    if (!checkpoint->configs)
        return error_set(error, checkpoint->path, "no memory");
    memcpy(checkpoint->configs, configs, count * sizeof *configs);
    errno = 0;
    checkpoint->file = fopen(checkpoint->path, "w");
    if (checkpoint->file) {
        fwrite(&format, sizeof format, 1, checkpoint->file);
        fwrite(head, sizeof *head, 1, checkpoint->file);
        fwrite(configs, sizeof *configs, count, checkpoint->file);
    }
    if (checkpoint->file && is_written(checkpoint->file))
        return checkpoint_lock(checkpoint, error);
    error_system(error, checkpoint->path, "cannot be written", errno ? errno : EIO);
    checkpoint_close(checkpoint, false);
    return -1;
}

void checkpoint_close(struct checkpoint *checkpoint, bool done)
{
    if (checkpoint->file)
        fclose(checkpoint->file);
    if (checkpoint->file && done)
        unlink(checkpoint->path);
    free(checkpoint->configs);
    *checkpoint = (struct checkpoint){.file = NULL};
}
