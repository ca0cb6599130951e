/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/prove/quota.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/prove/causes.h"

/* Short, so that a run of some 50 ms sees several. */
enum { PERIOD_US = 5000 };

/* Where version 1 and version 2 have their groups. */
static const char *const roots[] = {"/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct",
                                    "/sys/fs/cgroup"};
static const char group[] = "speedup-prove";

static int put(const char *directory, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    if (!file)
        return -1;
    int failed = fputs(text, file) < 0;
    failed = fclose(file) != 0 || failed;
    return failed ? -1 : 0;
}

/* The group that there is. */
static const char *find(char path[200])
{
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        snprintf(path, 200, "%s/%s/cgroup.procs", roots[i], group);
        if (access(path, W_OK) == 0) {
            snprintf(path, 200, "%s/%s", roots[i], group);
            return roots[i];
        }
    }
    errno = ENOENT;
    return NULL;
}

static int limit(const char *directory, double cpus)
{
    char text[64];
    snprintf(text, sizeof text, "%d", PERIOD_US);
    int first = put(directory, "cpu.cfs_period_us", text);
    snprintf(text, sizeof text, "%.0f", cpus * PERIOD_US);
    if (first == 0)
        return put(directory, "cpu.cfs_quota_us", text);
    snprintf(text, sizeof text, "%.0f %d", cpus * PERIOD_US, PERIOD_US);
    return put(directory, "cpu.max", text);
}

int quota_create(struct error *error)
{
    char path[200];
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", roots[i], group);
        if (mkdir(path, 0755) != 0 && errno != EEXIST)
            continue;
        if (limit(path, 1) == 0)
            return 0;
        rmdir(path);
    }
    return error_system(error, "quota", "a group with a limit of CPU time", errno);
}

void quota_remove(void)
{
    char path[200];
    if (find(path))
        rmdir(path);
}

int quota_enter(double cpus)
{
    char path[200];
    if (!find(path) || limit(path, cpus) != 0)
        return -1;
    return put(path, "cgroup.procs", "0");
}

int quota_leave(void)
{
    char path[200];
    const char *root = find(path);
    return root ? put(root, "cgroup.procs", "0") : -1;
}
