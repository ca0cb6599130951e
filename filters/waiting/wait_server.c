/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/waiting/wait_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/clock.h"

static const char NAME[] = "wait";

struct wait_server {
    pid_t process;
    int lifeline; /* the server lives as long as somebody holds this open */
};

/* A client, from accept() to the answer. */
struct client {
    char question[sizeof(double)];
    size_t received; /* bytes of the question so far */
    double due_s;    /* when to answer, clock_seconds(); infinite until the question is complete */
};

/* polled[0] is the lifeline, polled[1] the listening socket, polled[2 + i] is clients[i]. */
enum { LIFELINE, LISTENER, FIRST_CLIENT };

struct table {
    struct pollfd *polled;
    struct client *clients;
    size_t count, capacity; /* of clients */
    double latency_s;
};

double wait_server_answer(double question)
{
    return question * question;
}

static int make_room(struct table *table)
{
    size_t capacity = table->capacity ? 2 * table->capacity : 64;
    if (table->count < table->capacity)
        return 0;
    struct pollfd *polled =
        realloc(table->polled, (FIRST_CLIENT + capacity) * sizeof *table->polled);
    if (!polled)
        return -1;
    table->polled = polled;
    struct client *clients = realloc(table->clients, capacity * sizeof *table->clients);
    if (!clients)
        return -1;
    table->clients = clients;
    table->capacity = capacity;
    return 0;
}

/* Takes everybody who is at the door. One for whom there is no room stays there and is taken when
 * another has left. */
static void accept_clients(struct table *table)
{
    while (make_room(table) == 0) {
        int fd = accept(table->polled[LISTENER].fd, NULL, NULL);
        if (fd < 0)
            return;
        if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
            close(fd);
            continue;
        }
        table->clients[table->count] = (struct client){.due_s = (double)INFINITY};
        table->polled[FIRST_CLIENT + table->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
}

/* The last client takes the place of the one that leaves. */
static void dismiss(struct table *table, size_t i)
{
    close(table->polled[FIRST_CLIENT + i].fd);
    table->count--;
    table->clients[i] = table->clients[table->count];
    table->polled[FIRST_CLIENT + i] = table->polled[FIRST_CLIENT + table->count];
}

/* True when the client has gone, or will send no more of a question that is not complete. */
static bool hear(struct table *table, size_t i)
{
    struct client *client = &table->clients[i];
    struct pollfd *polled = &table->polled[FIRST_CLIENT + i];
    ssize_t got = recv(polled->fd, client->question + client->received,
                       sizeof client->question - client->received, 0);
    if (got < 0)
        return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
    client->received += (size_t)got;
    if (client->received == sizeof client->question) {
        client->due_s = clock_seconds() + table->latency_s;
        polled->events = 0; /* POLLHUP and POLLERR come unasked */
    }
    return got == 0;
}

/* The few bytes of an answer always fit into the empty buffer of a socket. A client that does not
 * get it will say so itself. */
static void answer(struct table *table, size_t i)
{
    double question;
    memcpy(&question, table->clients[i].question, sizeof question);
    double reply = wait_server_answer(question);
    ssize_t sent = send(table->polled[FIRST_CLIENT + i].fd, &reply, sizeof reply, 0);
    (void)sent;
}

/* Milliseconds until the next answer is due, rounded up, so that none comes early; -1: none is. */
static int time_to_next(const struct table *table)
{
    enum { AT_MOST_MS = 60000 }; /* so that it fits into an int whatever the latency */
    double next_s = (double)INFINITY;
    for (size_t i = 0; i < table->count; i++)
        next_s = fmin(next_s, table->clients[i].due_s);
    if (isinf(next_s))
        return -1;
    double wait_ms = ceil(1e3 * (next_s - clock_seconds()));
    return (int)fmax(0, fmin(wait_ms, AT_MOST_MS));
}

static int serve(struct table *table)
{
    for (;;) {
        nfds_t count = (nfds_t)(FIRST_CLIENT + table->count);
        if (poll(table->polled, count, time_to_next(table)) < 0 && errno != EINTR)
            return 1;
        if (table->polled[LIFELINE].revents)
            return 0;
        double now = clock_seconds();
        /* Backwards, because of how clients leave. */
        for (size_t i = table->count; i-- > 0;) {
            short events = table->polled[FIRST_CLIENT + i].revents;
            bool leaves = events & POLLIN ? hear(table, i) : (events & (POLLHUP | POLLERR)) != 0;
            if (!leaves && table->clients[i].due_s <= now) {
                answer(table, i);
                leaves = true;
            }
            if (leaves)
                dismiss(table, i);
        }
        if (table->polled[LISTENER].revents)
            accept_clients(table);
    }
}

/* In the child. */
static _Noreturn void be_server(int listener, int lifeline, double latency_s)
{
    struct table table = {.latency_s = latency_s};
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_IGN); /* a client that has gone is no reason to go too */
    if (make_room(&table) != 0)
        _exit(1);
    table.polled[LIFELINE] = (struct pollfd){.fd = lifeline, .events = POLLIN};
    table.polled[LISTENER] = (struct pollfd){.fd = listener, .events = POLLIN};
    _exit(serve(&table));
}

int wait_server_listen(int *port, struct error *error)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return error_system(error, NAME, "no socket for the server", errno);
    if (bind(fd, (struct sockaddr *)&address, length) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0 ||
        fcntl(fd, F_SETFL, O_NONBLOCK) != 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
        error_system(error, NAME, "the server cannot listen on 127.0.0.1", errno);
        close(fd);
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

/* A thousand waiting workers need a thousand sockets at each end; the usual limit is 1024 files. */
static void raise_file_limit(void)
{
    enum { ENOUGH = 10240 }; /* the most that macOS allows */
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= ENOUGH)
        return;
    limit.rlim_cur = limit.rlim_max < ENOUGH ? limit.rlim_max : ENOUGH;
    setrlimit(RLIMIT_NOFILE, &limit); /* if not, the worker that lacks a file reports it */
}

struct wait_server *wait_server_start(double latency_s, int *port, struct error *error)
{
    int lifeline[2] = {-1, -1}, listener = -1;
    struct wait_server *server = calloc(1, sizeof *server);
    if (!server) {
        error_set(error, NAME, "no memory for the server");
        return NULL;
    }
    raise_file_limit();
    listener = wait_server_listen(port, error);
    if (listener < 0)
        goto failed;
    if (pipe(lifeline) != 0) {
        error_system(error, NAME, "no pipe for the server", errno);
        goto failed;
    }
    fcntl(lifeline[1], F_SETFD, FD_CLOEXEC);
    server->process = fork();
    if (server->process < 0) {
        error_system(error, NAME, "no process for the server", errno);
        goto failed;
    }
    if (server->process == 0) {
        close(lifeline[1]);
        be_server(listener, lifeline[0], latency_s);
    }
    server->lifeline = lifeline[1];
    close(lifeline[0]);
    close(listener);
    return server;

failed:
    for (int i = 0; i < 2; i++)
        if (lifeline[i] >= 0)
            close(lifeline[i]);
    if (listener >= 0)
        close(listener);
    free(server);
    return NULL;
}

void wait_server_stop(struct wait_server *server)
{
    if (!server)
        return;
    close(server->lifeline);
    kill(server->process, SIGTERM); /* a worker that a strategy left behind may hold its lifeline */
    while (waitpid(server->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    free(server);
}
