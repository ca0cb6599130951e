/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/waiting/wait.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "filters/waiting/wait_server.h"

static const char NAME[] = "wait";

static size_t bands(size_t ny)
{
    (void)ny;
    return 1;
}

static void output_shape(size_t ny, size_t nx, size_t *output_ny, size_t *output_nx)
{
    (void)ny;
    (void)nx;
    *output_ny = *output_nx = 1;
}

static void *open_service(struct filter_parameters *parameters, struct error *error)
{
    return wait_server_start(parameters->latency_s, &parameters->port, error);
}

static void close_service(void *service)
{
    wait_server_stop(service);
}

/* All that a worker needs is to know whom to ask. */
static void *create(const struct filter_parameters *parameters, struct error *error)
{
    if (parameters->port == 0) {
        error_set(error, NAME, "there is no server to ask; `speedup bench` starts one");
        return NULL;
    }
    struct filter_parameters *workspace = malloc(sizeof *workspace);
    if (!workspace) {
        error_set(error, NAME, "no memory");
        return NULL;
    }
    *workspace = *parameters;
    return workspace;
}

static void destroy(void *workspace)
{
    free(workspace);
}

/* A connection to the server, which is given up when nothing comes for long after the latency. */
static int connect_to_server(const struct filter_parameters *parameters, struct error *error)
{
    enum { PATIENCE_S = 60 };
    struct timeval limit = {.tv_sec = (time_t)parameters->latency_s + PATIENCE_S};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)parameters->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return error_system(error, NAME, "no socket", errno);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
        connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        error_system(error, NAME, "cannot connect to the server", errno);
        close(fd);
        return -1;
    }
    return fd;
}

static int ask(int fd, double question, double *reply, struct error *error)
{
    size_t received = 0;
    if (send(fd, &question, sizeof question, 0) != (ssize_t)sizeof question)
        return error_system(error, NAME, "the question cannot be sent", errno);
    while (received < sizeof *reply) {
        ssize_t got = recv(fd, (char *)reply + received, sizeof *reply - received, 0);
        if (got == 0)
            return error_set(error, NAME, "the server hung up without an answer");
        if (got > 0)
            received += (size_t)got;
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return error_set(error, NAME, "the server does not answer");
        else if (errno != EINTR)
            return error_system(error, NAME, "the answer cannot be read", errno);
    }
    return 0;
}

static int apply(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    double question = input->pixels[0], expected = wait_server_answer(question), reply;
    if (row_begin >= row_end)
        return 0;
    int fd = connect_to_server(workspace, error);
    if (fd < 0)
        return -1;
    int failed = ask(fd, question, &reply, error);
    close(fd);
    if (failed)
        return -1;
    if (memcmp(&reply, &expected, sizeof reply) != 0)
        return error_set(error, NAME, "asked %.17g, the server answered %.17g instead of %.17g",
                         question, reply, expected);
    output->pixels[0] = reply;
    return 0;
}

static const struct filter_waiting waiting = {.open = open_service, .close = close_service};

const struct filter wait_filter = {
    .name = "wait",
    .summary = "no computing: asks a server on this machine and waits for its answer",
    .waiting = &waiting,
    .bands = bands,
    .output_shape = output_shape,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};
