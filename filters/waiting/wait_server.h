/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that takes its time: what the tasks of `wait` ask.
 *
 * It listens on a port of the loopback interface that the system chooses, in a process of its own,
 * and serves all connections at the same time with one poll(): a thousand that wait cost it no more
 * than a thousand entries of a table. The protocol, one question a connection: the client sends a
 * float64, `latency_s` seconds later the server sends wait_server_answer() of it and hangs up.
 * (Both ends are on one machine, so the bytes need no translation.)
 */
#ifndef FILTERS_WAITING_WAIT_SERVER_H
#define FILTERS_WAITING_WAIT_SERVER_H

#include "harness/base/error.h"

struct wait_server;

/* Starts a server and raises the limit of open files of this process as far as it may, because each
 * waiting worker needs one. When this returns the server listens on *port. It ends by itself when
 * all processes that were forked from this one have ended, however they did. NULL with *error set
 * on failure. */
struct wait_server *wait_server_start(double latency_s, int *port, struct error *error);

/* Ends the server and returns when it is gone; legal on NULL. */
void wait_server_stop(struct wait_server *server);

/* The right answer: the square of the question. */
double wait_server_answer(double question);

/* Listens on a port of the loopback interface that the system chooses. The socket, not blocking; or
 * -1 with *error set. */
int wait_server_listen(int *port, struct error *error);

#endif
