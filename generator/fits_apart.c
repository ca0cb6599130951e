/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compressed files are read in a process of their own. What is in them is decoded by cfitsio, which
 * believes what the compressed bytes say about themselves (4.2: HCOMPRESS_1 writes as far as they tell
 * it to), and no look at the header can help that. The process may crash; we read its answer. */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "generator/fits.h"
#include "generator/fits_private.h"
#include "harness/base/process/pipe.h"

/* What comes through the pipe, before the pixels. */
struct answer {
    int failed;
    size_t ny, nx;
    struct error error;
};

/* The whole life of the child. */
static _Noreturn void answer_and_exit(const char *path, int to)
{
    struct image image;
    struct answer answer = {.error = {""}};
    answer.failed = fits_read_image(path, &image, &answer.error) != 0;
    answer.ny = image.ny;
    answer.nx = image.nx;
    int lost = pipe_write(to, &answer, sizeof answer) != 0;
    if (!answer.failed && !lost)
        lost = pipe_write(to, image.pixels, image_bytes(image.ny, image.nx)) != 0;
    _exit(lost);
}

/* 0; -1 with *error set; or 1 where the answer is cut short, as it is when the child crashes. */
static int take_answer(int from, const char *path, struct image *image, struct error *error)
{
    struct answer answer;
    if (pipe_read(from, &answer, sizeof answer) != 1)
        return 1;
    if (answer.failed) {
        *error = answer.error;
        return -1;
    }
    if (image_create(image, answer.ny, answer.nx, error) != 0)
        return error_set(error, path, "no memory for its %zu x %zu pixels", answer.ny, answer.nx);
    return pipe_read(from, image->pixels, image_bytes(answer.ny, answer.nx)) != 1;
}

/* Starts the child; its answer will come through *from. The process, or -1 with *error set. */
static pid_t begin(const char *path, int *from, struct error *error)
{
    int ends[2];
    if (pipe(ends) != 0) {
        error_system(error, path, "cannot be read", errno);
        return -1;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        answer_and_exit(path, ends[1]);
    }
    if (child < 0) {
        error_system(error, path, "cannot be read in a process of its own", errno);
        close(ends[0]);
    }
    close(ends[1]);
    *from = ends[0];
    return child;
}

int fits_read_image_apart(const char *path, struct image *image, struct error *error)
{
    int from, status = 0, packed = fits_private_check(path, error);
    *image = (struct image){0};
    if (packed < 0)
        return -1;
    if (!packed)
        return fits_read_image(path, image, error);
    pid_t child = begin(path, &from, error);
    if (child < 0)
        return -1;
    int failed = take_answer(from, path, image, error);
    close(from);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (failed > 0)
        failed =
            error_set(error, path, "is damaged: reading its compressed pixels ended with %s %d",
                      WIFSIGNALED(status) ? "signal" : "exit code",
                      WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    if (failed)
        image_destroy(image);
    return failed;
}
