/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times fake images one by one, for tests/bench/numpy_generate.py, which alternates with NumPy:
 *
 *     time_fake NY NX
 *
 * Prints the seconds that the plan and the workspace took; then, for each line that comes in, which
 * is a seed, makes that image in memory and prints the seconds it took. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "generator/fake.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    struct error error = {"time_fake: give the number of rows and of columns"};
    struct fake_plan *plan = NULL;
    struct fake_workspace *workspace = NULL;
    struct image image = {0};
    unsigned long seed;
    int failed = 1;

    size_t ny = argc == 3 ? strtoul(argv[1], NULL, 10) : 0;
    size_t nx = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    if (ny < 1 || nx < 1)
        goto end;
    double start = seconds();
    plan = fake_plan_create(ny, nx, &error);
    workspace = plan ? fake_workspace_create(plan, &error) : NULL;
    if (!workspace || image_create(&image, ny, nx, &error) != 0)
        goto end;
    printf("%.9f\n", seconds() - start);
    fflush(stdout);
    while (scanf("%lu", &seed) == 1) {
        start = seconds();
        if (fake_image(plan, workspace, (uint32_t)seed, &image, &error) != 0)
            goto end;
        printf("%.9f\n", seconds() - start);
        fflush(stdout);
    }
    failed = 0;
end:
    if (failed)
        fprintf(stderr, "%s\n", error.text);
    image_destroy(&image);
    fake_workspace_destroy(workspace);
    fake_plan_destroy(plan);
    return failed;
}
