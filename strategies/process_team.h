/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team of worker processes that wait for messages, each at the other end of a socket pair. */
#ifndef STRATEGIES_PROCESS_TEAM_H
#define STRATEGIES_PROCESS_TEAM_H

#include <poll.h>
#include <sys/types.h>

#include "strategies/job.h"

/* What a worker process does until its end of the socket pair is closed at the other side; it ends
 * when this returns. */
typedef void team_duty(struct job *job, int worker, int socket_end);

struct process_team {
    int workers;
    struct pollfd *sockets; /* our ends, for poll(); fd -1 for workers that have died */
    pid_t *processes;       /* 0 for workers that have died */
};

/* Starts `workers` processes. 0, or -1 after job_fail(), with none of them left. */
int process_team_start(struct process_team *team, struct job *job, int workers, team_duty *duty);

/* Closes the sockets, and waits until all have ended. 0, or -1 after job_fail(). */
int process_team_stop(struct process_team *team, struct job *job);

/* Takes leave of a worker whose socket says that it has died: reports how, and the `count` tasks
 * from `first` on that are lost with it. Returns -1: something went wrong. */
int process_team_bury(struct process_team *team, struct job *job, int worker, int first, int count);

#endif
