/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/quota.h"

#include <limits.h>
#include <stdio.h>

#include "harness/machine/cgroup.h"

static double smaller_limit(double a, double b)
{
    if (a <= 0 || b <= 0)
        return a > b ? a : b; /* 0 is no limit */
    return a < b ? a : b;
}

/* One number out of a file; 0 where there is none ("max", or no such file). */
static double read_number(const char *directory, const char *name)
{
    char path[PATH_MAX + 64];
    double value = 0;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    if (fscanf(file, "%lf", &value) != 1)
        value = 0;
    fclose(file);
    return value;
}

static double limit_v2(const char *directory)
{
    char path[PATH_MAX + 64];
    double quota = 0, period = 0;
    snprintf(path, sizeof path, "%s/cpu.max", directory);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    int found = fscanf(file, "%lf %lf", &quota, &period); /* "150000 100000" or "max 100000" */
    fclose(file);
    return found == 2 && period > 0 ? quota / period : 0;
}

static double limit_v1(const char *directory)
{
    double quota = read_number(directory, "cpu.cfs_quota_us"); /* -1: no limit */
    double period = read_number(directory, "cpu.cfs_period_us");
    return quota > 0 && period > 0 ? quota / period : 0;
}

static bool take_limit(const char *directory, int version, void *context)
{
    double *smallest = context;
    *smallest = smaller_limit(*smallest, version == 2 ? limit_v2(directory) : limit_v1(directory));
    return true;
}

double quota_read(const char *membership, const char *root)
{
    double smallest = 0;
    cgroup_walk(membership, root, take_limit, &smallest);
    return smallest;
}
