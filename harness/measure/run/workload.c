/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/workload.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "filters/file_task.h"

/* A NaN that no filter makes, so that pixels nobody wrote can be told from all others. */
static const uint64_t POISON = 0x7ff0dead0badf00d;

/* A small frame begins with a cache line, of the largest size in use; a large one with a page. So no
 * two workers write to one line, and a hundred thousand frames of 8x8 take what they hold. */
enum { LINE = 128, PAGE = 65536, LARGE = 8 * PAGE };

static size_t align_up(size_t at, size_t alignment)
{
    return (at + alignment - 1) / alignment * alignment;
}

/* How many tasks a frame is cut into. */
static size_t tasks_of(const struct filter *filter, enum grain grain, int bands, size_t output_ny)
{
    if (grain == GRAIN_IMAGE)
        return 1;
    size_t number = bands > 0 ? (size_t)bands : filter->bands(output_ny);
    return number < output_ny ? number : output_ny;
}

static void point_into(struct workload *workload)
{
    char *base = workload->memory.address;
    workload->header = workload->memory.address;
    const struct workload_places *at = &workload->header->at;
    workload->frames = (struct frame *)(void *)(base + at->frames);
    workload->tasks = (struct task *)(void *)(base + at->tasks);
    workload->stamps = (struct stamp *)(void *)(base + at->stamps);
    workload->seats = (struct seat *)(void *)(base + at->seats);
}

/* Reserves room for `bytes` at the end of what is planned so far; returns where it starts. */
static size_t reserve(size_t *end, size_t bytes)
{
    size_t start = align_up(*end, bytes >= LARGE ? PAGE : LINE);
    *end = start + bytes;
    return start;
}

/* The same for a text, which lies close to the one before. */
static size_t reserve_text(size_t *end, const char *text)
{
    size_t start = *end;
    if (!text)
        return 0;
    *end += strlen(text) + 1;
    return start;
}

char **workload_command(const struct workload *workload)
{
    size_t count = (size_t)workload->header->command_words, at = workload->header->at.command;
    char **words = calloc(count + 1, sizeof *words);
    for (size_t i = 0; words && i < count; i++) {
        words[i] = workload_text(workload, at);
        at += strlen(words[i]) + 1;
    }
    return words;
}

static struct frame frame_of(const struct filter *filter, const struct workload_contents *contents,
                             int i)
{
    struct frame frame = {.ny = contents->ny[i], .nx = contents->nx[i]};
    frame.output_ny = frame.ny;
    frame.output_nx = frame.nx;
    if (filter->output_shape)
        filter->output_shape(frame.ny, frame.nx, &frame.output_ny, &frame.output_nx);
    return frame;
}

/* Where everything lies. `frames` is NULL while only the places of the parts are asked for. */
static struct workload_places lay_out(const struct filter *filter,
                                      const struct workload_contents *contents, size_t tasks,
                                      struct frame *frames)
{
    size_t number = (size_t)contents->frames, end = sizeof(struct workload_header);
    struct workload_places at = {
        .frames = reserve(&end, number * sizeof(struct frame)),
        .tasks = reserve(&end, tasks * sizeof(struct task)),
        .stamps = reserve(&end, tasks * sizeof(struct stamp)),
        .seats = reserve(&end, (size_t)contents->workers * sizeof(struct seat))};
    at.texts = end;
    at.result_directory = reserve_text(&end, contents->result_directory);
    at.sshlogin = reserve_text(&end, contents->hosts.sshlogin);
    at.sshloginfile = reserve_text(&end, contents->hosts.sshloginfile);
    at.hostfile = reserve_text(&end, contents->hosts.hostfile);
    at.command = end;
    for (char *const *word = contents->command; word && *word; word++)
        reserve_text(&end, *word);
    for (int i = 0; i < contents->frames; i++) {
        struct frame frame = frame_of(filter, contents, i);
        frame.file = reserve_text(&end, contents->files ? contents->files[i] : NULL);
        if (frames)
            frames[i] = frame;
    }
    int frames_here = contents->io == IO_FILES ? 0 : contents->frames;
    for (int i = 0; i < frames_here; i++) {
        size_t input = reserve(&end, image_bytes(contents->ny[i], contents->nx[i]));
        if (frames)
            frames[i].input = input;
    }
    at.outputs = end = align_up(end, PAGE);
    for (int i = 0; i < frames_here; i++) {
        struct frame frame = frame_of(filter, contents, i);
        size_t output = reserve(&end, image_bytes(frame.output_ny, frame.output_nx));
        if (frames)
            frames[i].output = output;
    }
    at.end = end > at.outputs ? align_up(end, PAGE) : at.outputs + PAGE;
    return at;
}

static void put_text(const struct workload *workload, size_t at, const char *text)
{
    if (at)
        strcpy(workload_text(workload, at), text);
}

static void put_texts(const struct workload *workload, const struct workload_contents *contents)
{
    const struct workload_places *at = &workload->header->at;
    put_text(workload, at->result_directory, contents->result_directory);
    put_text(workload, at->sshlogin, contents->hosts.sshlogin);
    put_text(workload, at->sshloginfile, contents->hosts.sshloginfile);
    put_text(workload, at->hostfile, contents->hosts.hostfile);
    size_t command = at->command;
    for (char *const *word = contents->command; word && *word; word++) {
        workload->header->command_words++;
        put_text(workload, reserve_text(&command, *word), *word);
    }
    for (int i = 0; contents->files && i < contents->frames; i++)
        put_text(workload, workload->frames[i].file, contents->files[i]);
}

int workload_create(struct workload *workload, const struct filter *filter,
                    const struct workload_contents *contents, struct error *error)
{
    size_t tasks = 0;
    for (int i = 0; i < contents->frames; i++)
        tasks +=
            tasks_of(filter, GRAIN_BAND, contents->bands, frame_of(filter, contents, i).output_ny);
    if (tasks > INT_MAX)
        return error_set(error, "bands", "%zu tasks are more than %d", tasks, INT_MAX);
    struct workload_places at = lay_out(filter, contents, tasks, NULL);
    if (shared_create(&workload->memory, at.end, error) != 0)
        return -1;
    workload->header = workload->memory.address;
    workload->header->frames = contents->frames;
    workload->header->at = at;
    point_into(workload);
    lay_out(filter, contents, tasks, workload->frames);
    put_texts(workload, contents);
    return 0;
}

int workload_attach(struct workload *workload, int fd, struct error *error)
{
    if (shared_attach(&workload->memory, fd, error) != 0)
        return -1;
    point_into(workload);
    return 0;
}

void workload_destroy(struct workload *workload)
{
    shared_destroy(&workload->memory);
    workload->header = NULL;
}

void workload_hand_over(struct workload *workload)
{
    workload->header->watched = true;
#ifdef __linux__
    /* Elsewhere this may throw the contents away. A failure costs nothing but accuracy. */
    madvise(workload->memory.address, workload->memory.bytes, MADV_DONTNEED);
#endif
}

void workload_touch(const struct workload *workload)
{
    const volatile char *memory = workload->memory.address;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (size_t at = 0; workload->header->watched && at < workload->memory.bytes; at += page)
        (void)memory[at];
}

static double *pixels_at(const struct workload *workload, size_t offset)
{
    return offset ? (double *)(void *)((char *)workload->memory.address + offset) : NULL;
}

struct image workload_input(const struct workload *workload, int frame)
{
    const struct frame *f = &workload->frames[frame];
    return (struct image){.ny = f->ny, .nx = f->nx, .pixels = pixels_at(workload, f->input)};
}

struct image workload_output(const struct workload *workload, int frame)
{
    const struct frame *f = &workload->frames[frame];
    return (struct image){
        .ny = f->output_ny, .nx = f->output_nx, .pixels = pixels_at(workload, f->output)};
}

double *workload_result(const struct workload *workload, int task, size_t *bytes)
{
    const struct task *t = &workload->tasks[task];
    struct image output = workload_output(workload, t->frame);
    *bytes = output.pixels ? (t->row_end - t->row_begin) * output.nx * sizeof(double) : 0;
    return output.pixels ? output.pixels + t->row_begin * output.nx : NULL;
}

char *workload_text(const struct workload *workload, size_t at)
{
    return at ? (char *)workload->memory.address + at : NULL;
}

char *workload_file(const struct workload *workload, int frame)
{
    return workload_text(workload, workload->frames[frame].file);
}

int workload_result_path(const struct workload *workload, int frame, char *path,
                         struct error *error)
{
    return file_task_result(workload_file(workload, frame),
                            workload_text(workload, workload->header->at.result_directory), path,
                            error);
}

bool workload_is_poison(double pixel)
{
    return memcmp(&pixel, &POISON, sizeof POISON) == 0;
}

static void poison(struct image image)
{
    for (size_t i = 0; image.pixels && i < image.ny * image.nx; i++)
        memcpy(&image.pixels[i], &POISON, sizeof POISON);
}

void workload_prepare(struct workload *workload, const struct filter *filter,
                      const struct config *config)
{
    struct workload_header *header = workload->header;
    header->config = *config;
    header->watched = false;
    atomic_store(&header->phase, PHASE_START);
    for (int worker = 0; worker < config->workers; worker++)
        atomic_store(&workload->seats[worker].task, 0);
    header->figures = (struct run_figures){0};
    atomic_store(&header->finished, false);
    atomic_store(&header->crashed, false);
    atomic_store(&header->blas_threads, 0);
    atomic_store(&header->failed, false);
    header->error.text[0] = '\0';

    header->tasks = 0;
    for (int frame = 0; frame < header->frames; frame++) {
        size_t ny = workload->frames[frame].output_ny;
        size_t tasks = tasks_of(filter, config->grain, config->bands, ny);
        for (size_t i = 0; i < tasks; i++) {
            workload->stamps[header->tasks] = (struct stamp){0};
            workload->tasks[header->tasks++] =
                (struct task){frame, i * ny / tasks, (i + 1) * ny / tasks};
        }
        poison(workload_output(workload, frame));
    }
}

int workload_fail(struct workload *workload, const struct error *error)
{
    if (!atomic_exchange(&workload->header->failed, true))
        workload->header->error = *error;
    return -1;
}
