/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter `wait`: right answers, never early, to many at a time; errors in one line; a server
 * that is gone when it should be. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filters/waiting/wait.h"
#include "filters/waiting/wait_server.h"
#include "harness/base/clock.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

enum { PATIENCE_MS = 20000 }; /* a test that needs it has failed */

static void *open_server(struct filter_parameters *parameters)
{
    struct error error = {""};
    void *service = wait_filter.waiting->open(parameters, &error);
    if (!service)
        fail_msg("%s", error.text);
    return service;
}

/* One task as a worker runs it. */
static int ask(const struct filter_parameters *parameters, double question, double *reply,
               struct error *error)
{
    struct image input = {.ny = 1, .nx = 1, .pixels = &question};
    struct image output = {.ny = 1, .nx = 1, .pixels = reply};
    void *workspace = wait_filter.create(parameters, error);
    if (!workspace)
        return -1;
    int failed = wait_filter.apply(workspace, &input, 0, 1, &output, error);
    wait_filter.destroy(workspace);
    return failed;
}

static int connect_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void answers_are_right_and_not_early(void **unused)
{
    (void)unused;
    struct filter_parameters parameters = {.latency_s = 0.02};
    struct error error = {""};
    double reply;
    void *service = open_server(&parameters);
    for (int i = 0; i < 5; i++) {
        double began = clock_seconds();
        if (ask(&parameters, 3 + i, &reply, &error) != 0)
            fail_msg("%s", error.text);
        assert_true(reply == (3 + i) * (3 + i));
        assert_true(clock_seconds() - began >= parameters.latency_s);
    }
    wait_filter.waiting->close(service);
}

static void nothing_listens_after_close(void **unused)
{
    (void)unused;
    struct filter_parameters parameters = {.latency_s = 0};
    struct error error = {""};
    double reply;
    wait_filter.waiting->close(open_server(&parameters));
    assert_int_equal(ask(&parameters, 1, &reply, &error), -1);
    assert_string_equal(error.text, "wait: cannot connect to the server: Connection refused");
    wait_server_stop(NULL);
}

/* One after the other they would take CLIENTS times the latency, 20 s. */
static void many_wait_at_the_same_time(void **unused)
{
    (void)unused;
    enum { CLIENTS = 200 };
    struct filter_parameters parameters = {.latency_s = 0.1};
    int fds[CLIENTS];
    double question, reply;
    void *service = open_server(&parameters);
    double began = clock_seconds();
    for (int i = 0; i < CLIENTS; i++)
        fds[i] = connect_to(parameters.port);
    for (int i = CLIENTS - 1; i >= 0; i--) {
        question = i;
        assert_int_equal(send(fds[i], &question, 3, 0), 3); /* also in two pieces */
        assert_int_equal(send(fds[i], (char *)&question + 3, 5, 0), 5);
    }
    for (int i = 0; i < CLIENTS; i++) {
        assert_int_equal(recv(fds[i], &reply, sizeof reply, MSG_WAITALL), sizeof reply);
        assert_true(reply == (double)i * i);
        assert_int_equal(recv(fds[i], &reply, sizeof reply, 0), 0); /* then it hangs up */
        close(fds[i]);
    }
    assert_true(clock_seconds() - began < 0.5 * CLIENTS * parameters.latency_s);
    wait_filter.waiting->close(service);
}

/* A client that leaves before its answer, or with half a question, is no trouble to the others. */
static void clients_may_leave(void **unused)
{
    (void)unused;
    struct filter_parameters parameters = {.latency_s = 0.02};
    struct error error = {""};
    double question = 1, reply;
    void *service = open_server(&parameters);
    int early = connect_to(parameters.port), half = connect_to(parameters.port);
    close(connect_to(parameters.port));
    assert_int_equal(send(early, &question, sizeof question, 0), sizeof question);
    assert_int_equal(send(half, &question, 3, 0), 3);
    close(early);
    close(half);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ask(&parameters, 12, &reply, &error), 0);
        assert_true(reply == 144);
    }
    wait_filter.waiting->close(service);
}

/* A server that reads a question and sends `bytes` of a wrong answer. */
static void expect_error(size_t bytes, const char *expected)
{
    struct filter_parameters parameters = {.latency_s = 0};
    struct error error = {""};
    double reply;
    int status, listener = wait_server_listen(&parameters.port, &error);
    assert_true(listener >= 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        double question, wrong = 4;
        struct pollfd door = {.fd = listener, .events = POLLIN};
        int fd = poll(&door, 1, PATIENCE_MS) == 1 ? accept(listener, NULL, NULL) : -1;
        _exit(fd < 0 || recv(fd, &question, sizeof question, MSG_WAITALL) != sizeof question ||
              send(fd, &wrong, bytes, 0) != (ssize_t)bytes);
    }
    close(listener);
    int failed = ask(&parameters, 3, &reply, &error);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(failed, -1);
    assert_string_equal(error.text, expected);
}

static void wrong_and_missing_answers_are_errors(void **unused)
{
    (void)unused;
    expect_error(8, "wait: asked 3, the server answered 4 instead of 9");
    expect_error(5, "wait: the server hung up without an answer");
    expect_error(0, "wait: the server hung up without an answer");
}

static void without_a_server_there_is_no_worker(void **unused)
{
    (void)unused;
    struct filter_parameters parameters = {.latency_s = 0};
    struct error error = {""};
    assert_null(wait_filter.create(&parameters, &error));
    assert_string_equal(error.text, "wait: there is no server to ask; `speedup bench` starts one");
}

static void a_server_that_cannot_start_is_an_error(void **unused)
{
    (void)unused;
    int status;
    pid_t child = fork(); /* because a lower limit cannot be raised again */
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit none = {.rlim_cur = 3, .rlim_max = 3};
        struct filter_parameters parameters = {.latency_s = 0};
        struct error error = {""};
        _exit(setrlimit(RLIMIT_NOFILE, &none) != 0 ||
              wait_filter.waiting->open(&parameters, &error) ||
              strcmp(error.text, "wait: no socket for the server: Too many open files") != 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* The server inherits our pipe; when it reads as ended, the last holder is gone. */
static void the_server_dies_with_its_parent(void **unused)
{
    (void)unused;
    int ends[2];
    char ready;
    assert_int_equal(pipe(ends), 0);
    pid_t parent = fork();
    assert_true(parent >= 0);
    if (parent == 0) {
        struct filter_parameters parameters = {.latency_s = 1000};
        struct error error;
        if (!wait_filter.waiting->open(&parameters, &error) || write(ends[1], "", 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &ready, 1), 1);
    struct pollfd end = {.fd = ends[0], .events = POLLIN};
    assert_int_equal(poll(&end, 1, 50), 0); /* both are there */
    kill(parent, SIGKILL);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    assert_int_equal(poll(&end, 1, PATIENCE_MS), 1);
    assert_int_equal(read(ends[0], &ready, 1), 0);
    close(ends[0]);
}

static void a_benchmark_goes_beyond_the_cores(void **unused)
{
    (void)unused;
    static const char *const workers[] = {"1", "1", "2", "4", "8", "11"};
    struct outcome outcome =
        run_speedup("bench", "--filter", "wait", "--images", "11", "--latency", "1.5", "--rounds",
                    "1", "--strategies", "pthreads", "--out", "r");
    assert_int_equal(outcome.code, 0);
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    assert_int_equal(summary.rows, sizeof workers / sizeof workers[0]);
    for (size_t row = 0; row < summary.rows; row++) {
        assert_string_equal(table_field(&summary, row, "workers"), workers[row]);
        assert_string_equal(table_field(&summary, row, "status"), "ok");
        assert_true(table_value(&summary, row, "latency_s") == 0.0015);
        assert_true(table_value(&summary, row, "t0_s") >= 0.0015);
    }
    table_free(&summary);
    assert_int_not_equal(access("r/images.png", F_OK), 0);
    assert_int_equal(access("r/speedup.png", F_OK), 0);
}

static void it_takes_no_files(void **unused)
{
    (void)unused;
    assert_speedup_says(2, "--filter: wait works on no files", "bench", "--filter", "wait", "--io",
                        "files");
    assert_speedup_says(2, "--filter: wait works on no files", "bench", "--filter", "wait",
                        "a.fits");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_right_and_not_early),
        cmocka_unit_test(nothing_listens_after_close),
        cmocka_unit_test(many_wait_at_the_same_time),
        cmocka_unit_test(clients_may_leave),
        cmocka_unit_test(wrong_and_missing_answers_are_errors),
        cmocka_unit_test(without_a_server_there_is_no_worker),
        cmocka_unit_test(a_server_that_cannot_start_is_an_error),
        cmocka_unit_test(the_server_dies_with_its_parent),
        cmocka_unit_test_setup_teardown(a_benchmark_goes_beyond_the_cores, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test(it_takes_no_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
