/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/process_team.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "strategies/process.h"

static int start_one(struct process_team *team, struct job *job, team_duty *duty)
{
    int ends[2], worker = team->workers;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return job_fail(job, "socketpair", errno);
    pid_t process = fork();
    if (process == 0) {
        /* The ends of the others too, or they would not see the team being dissolved. */
        for (int i = 0; i < worker; i++)
            close(team->sockets[i].fd);
        close(ends[0]);
        duty(job, worker, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (process < 0) {
        int why = errno;
        close(ends[0]);
        return job_fail(job, "fork", why);
    }
    team->sockets[worker] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    team->processes[worker] = process;
    team->workers++;
    return 0;
}

int process_team_start(struct process_team *team, struct job *job, int workers, team_duty *duty)
{
    *team = (struct process_team){.sockets = calloc((size_t)workers, sizeof *team->sockets),
                                  .processes = calloc((size_t)workers, sizeof *team->processes)};
    int failed = team->sockets && team->processes ? 0 : job_fail(job, "process team", ENOMEM);
    while (!failed && team->workers < workers)
        failed = start_one(team, job, duty);
    if (failed)
        process_team_stop(team, job);
    return failed;
}

int process_team_stop(struct process_team *team, struct job *job)
{
    int failed = 0;
    for (int worker = 0; worker < team->workers; worker++)
        if (team->sockets[worker].fd >= 0)
            close(team->sockets[worker].fd);
    for (int worker = 0; worker < team->workers; worker++)
        if (team->processes[worker] > 0 &&
            process_join(job, team->processes[worker], worker, NO_TASK, 0) != 0)
            failed = -1;
    free(team->sockets);
    free(team->processes);
    *team = (struct process_team){.workers = 0};
    return failed;
}

int process_team_bury(struct process_team *team, struct job *job, int worker, int first, int count)
{
    close(team->sockets[worker].fd);
    team->sockets[worker].fd = -1;
    if (process_join(job, team->processes[worker], worker, first, count) == 0)
        job_fail(job, "a worker left before its time", 0);
    team->processes[worker] = 0;
    return -1;
}
