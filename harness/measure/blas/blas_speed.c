/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/blas/blas_speed.h"

#include <limits.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filters/matrix/dot.h"
#include "harness/base/clock.h"
#include "harness/base/self.h"
#include "harness/base/spawn.h"

/* Large enough that a tuned library is near its best, small enough for the reference one. */
enum { NY = 256, NX = 384 };
static const double MEASURE_S = 0.1;

/* Products for MEASURE_S; the fastest counts, for what disturbs can only make them slower. */
static int measure(const struct filter *filter, const struct image *input, struct image *output,
                   double *gflops, struct error *error)
{
    const struct filter_parameters parameters = {0};
    double begun = clock_seconds(), now = begun, fastest_s = 1e9;
    void *workspace = filter->create(&parameters, error);
    int failed = workspace ? 0 : -1;
    for (int i = 0; !failed && (i < 2 || now - begun < MEASURE_S); i++) {
        double before = clock_seconds();
        failed = filter->apply(workspace, input, 0, NY, output, error);
        now = clock_seconds();
        if (now - before < fastest_s)
            fastest_s = now - before;
    }
    filter->destroy(workspace);
    *gflops = 1e-9 * dot_operations(NY, NX, NY) / fastest_s;
    return failed;
}

int blas_speed_measure(struct blas_speed *speed, struct error *error)
{
    struct image input, output;
    if (image_create(&input, NY, NX, error) != 0)
        return -1;
    if (image_create(&output, NY, NY, error) != 0) {
        image_destroy(&input);
        return -1;
    }
    for (size_t i = 0; i < NY * NX; i++)
        input.pixels[i] = (double)(i % 7) - 3;
    blas_library_set_threads(1);
    int failed = measure(&dot_gemm, &input, &output, &speed->library_gflops, error) != 0 ||
                 measure(&dot_blocked, &input, &output, &speed->plain_gflops, error) != 0;
    image_destroy(&input);
    image_destroy(&output);
    return failed ? -1 : 0;
}

int blas_speed_print(struct error *error)
{
    struct blas_speed speed;
    if (blas_speed_measure(&speed, error) != 0)
        return -1;
    printf("%.17g %.17g\n", speed.library_gflops, speed.plain_gflops);
    return 0;
}

/* Reads what the process says, and waits for its end. */
static int hear(pid_t process, int from, struct blas_speed *speed, struct error *error)
{
    int status, count = 0;
    FILE *stream = fdopen(from, "r");
    if (stream) {
        count = fscanf(stream, "%lf %lf", &speed->library_gflops, &speed->plain_gflops);
        fclose(stream);
    } else {
        close(from);
    }
    if (spawn_wait(process, &status, error) != 0)
        return -1;
    if (count != 2 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return error_set(error, "blas", "the measurement in a process of its own failed");
    return 0;
}

int blas_speed_with_kernel(const char *kernel, struct blas_speed *speed, struct error *error)
{
    char program[PATH_MAX], variable[64];
    int ends[2];
    char *const arguments[] = {"speedup", "blas", "--" BLAS_SPEED_OPTION, NULL};
    char *const environment[] = {variable, "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", NULL};
    snprintf(variable, sizeof variable, "OPENBLAS_CORETYPE=%s", kernel);
    if (self_program(program, sizeof program, error) != 0)
        return -1;
    if (pipe(ends) != 0)
        return error_set(error, "blas", "cannot make a pipe");
    const struct spawn spawn = {.arguments = arguments,
                                .program = program,
                                .out = ends[1],
                                .err = SPAWN_NOTHING,
                                .environment = environment};
    pid_t process = spawn_start(&spawn, error);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return -1;
    }
    return hear(process, ends[0], speed, error);
}
