/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/workload.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A NaN that no filter makes, so that pixels nobody wrote can be told from all others. */
static const uint64_t POISON = 0x7ff0dead0badf00d;

/* So that no two frames share a cache line, or a page, of the largest size in use. */
static const size_t ALIGNMENT = 65536;

static size_t align_up(size_t bytes)
{
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
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
    workload->frames = (struct frame *)(void *)(base + workload->header->frames_at);
    workload->tasks = (struct task *)(void *)(base + workload->header->tasks_at);
    workload->stamps = (struct stamp *)(void *)(base + workload->header->stamps_at);
}

/* Reserves room for `bytes` at the end of what is planned so far; returns where it starts. */
static size_t reserve(size_t *end, size_t bytes)
{
    size_t start = *end;
    *end += align_up(bytes);
    return start;
}

static void output_shape(const struct filter *filter, struct frame *frame)
{
    frame->output_ny = frame->ny;
    frame->output_nx = frame->nx;
    if (filter->output_shape)
        filter->output_shape(frame->ny, frame->nx, &frame->output_ny, &frame->output_nx);
}

int workload_create(struct workload *workload, const struct filter *filter, int bands, int count,
                    const size_t *ny, const size_t *nx, struct error *error)
{
    size_t number = (size_t)count, tasks = 0, end = 0;
    struct frame frame;

    for (size_t i = 0; i < number; i++) {
        frame = (struct frame){.ny = ny[i], .nx = nx[i]};
        output_shape(filter, &frame);
        tasks += tasks_of(filter, GRAIN_BAND, bands, frame.output_ny);
    }
    reserve(&end, sizeof(struct workload_header));
    size_t frames_at = reserve(&end, number * sizeof(struct frame));
    size_t tasks_at = reserve(&end, tasks * sizeof(struct task));
    size_t stamps_at = reserve(&end, tasks * sizeof(struct stamp));
    size_t pixels_at = end;
    for (size_t i = 0; i < number; i++) {
        frame = (struct frame){.ny = ny[i], .nx = nx[i]};
        output_shape(filter, &frame);
        reserve(&end, image_bytes(frame.ny, frame.nx));
        reserve(&end, image_bytes(frame.output_ny, frame.output_nx));
    }

    if (shared_create(&workload->memory, end, error) != 0)
        return -1;
    workload->header = workload->memory.address;
    *workload->header = (struct workload_header){.bytes = end,
                                                 .frames = count,
                                                 .tasks_at_most = (int)tasks,
                                                 .frames_at = frames_at,
                                                 .tasks_at = tasks_at,
                                                 .stamps_at = stamps_at,
                                                 .pixels_at = pixels_at};
    point_into(workload);
    end = pixels_at;
    for (size_t i = 0; i < number; i++) {
        frame = (struct frame){.ny = ny[i], .nx = nx[i]};
        output_shape(filter, &frame);
        frame.input = reserve(&end, image_bytes(frame.ny, frame.nx));
        frame.output = reserve(&end, image_bytes(frame.output_ny, frame.output_nx));
        workload->frames[i] = frame;
    }
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
    return (double *)(void *)((char *)workload->memory.address + offset);
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
    *bytes = (t->row_end - t->row_begin) * output.nx * sizeof(double);
    return output.pixels + t->row_begin * output.nx;
}

int workload_make_pixels_private(const struct workload *workload)
{
    size_t start = workload->header->pixels_at;
    void *pixels = (char *)workload->memory.address + start;
    void *mapped = mmap(pixels, workload->memory.bytes - start, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_FIXED, workload->memory.fd, (off_t)start);
    return mapped == MAP_FAILED ? -1 : 0;
}

static void poison(struct image image)
{
    for (size_t i = 0; i < image.ny * image.nx; i++)
        memcpy(&image.pixels[i], &POISON, sizeof POISON);
}

void workload_prepare(struct workload *workload, const struct filter *filter,
                      const struct config *config)
{
    struct workload_header *header = workload->header;
    header->config = *config;
    header->watched = false;
    header->figures = (struct run_figures){0};
    header->finished = header->crashed = false;
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

static size_t output_bytes(const struct workload *workload, int frame)
{
    return image_bytes(workload->frames[frame].output_ny, workload->frames[frame].output_nx);
}

int workload_keep_reference(const struct workload *workload, struct shared *reference,
                            struct error *error)
{
    size_t bytes = 0;
    for (int i = 0; i < workload->header->frames; i++)
        bytes += output_bytes(workload, i);
    if (shared_create(reference, bytes, error) != 0)
        return -1;
    char *to = reference->address;
    for (int i = 0; i < workload->header->frames; i++) {
        memcpy(to, workload_output(workload, i).pixels, output_bytes(workload, i));
        to += output_bytes(workload, i);
    }
    return 0;
}

/* Bit for bit the same, or near enough. Poison is a NaN, so it is near to nothing; and an infinity
 * is near to another one only by being the same. */
static bool is_right(double pixel, double expected, double tolerance)
{
    bool same = memcmp(&pixel, &expected, sizeof pixel) == 0;
    return same || (tolerance > 0 && isfinite(expected) && fabs(pixel - expected) <= tolerance);
}

static int check_pixels(struct image output, struct image expected, double tolerance, int frame,
                        struct error *error)
{
    char what[40];
    size_t i = 0, count = output.ny * output.nx;
    while (i < count && is_right(output.pixels[i], expected.pixels[i], tolerance))
        i++;
    if (i == count)
        return 0;
    bool missing = memcmp(&output.pixels[i], &POISON, sizeof POISON) == 0;
    snprintf(what, sizeof what, "image %d", frame);
    return error_set(error, what, "pixel (%zu, %zu) %s", i / output.nx, i % output.nx,
                     missing ? "was never written" : "differs from the serial result");
}

int workload_check(const struct workload *workload, const struct filter *filter,
                   const struct shared *reference, struct error *error)
{
    char what[40];
    for (int i = 0; i < workload->header->tasks; i++) {
        int times = atomic_load(&workload->stamps[i].times_run);
        snprintf(what, sizeof what, "task %d", i);
        if (times != 1)
            return error_set(error, what, "was run %d times instead of once", times);
    }
    struct image expected = {.pixels = reference->address};
    for (int i = 0; i < workload->header->frames; i++) {
        struct image input = workload_input(workload, i), output = workload_output(workload, i);
        double tolerance = 0;
        expected.ny = output.ny;
        expected.nx = output.nx;
        if (filter->tolerance)
            tolerance = filter->tolerance(&input, &expected);
        if (memcmp(output.pixels, expected.pixels, output_bytes(workload, i)) != 0 &&
            check_pixels(output, expected, tolerance, i, error) != 0)
            return -1;
        expected.pixels += expected.ny * expected.nx;
    }
    return 0;
}
