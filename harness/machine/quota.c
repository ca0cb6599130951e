/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/quota.h"

#include <stdio.h>
#include <string.h>

enum { PATH_LENGTH = 1024 };

static double smaller_limit(double a, double b)
{
    if (a <= 0 || b <= 0)
        return a > b ? a : b; /* 0 is no limit */
    return a < b ? a : b;
}

/* One number out of a file; 0 where there is none ("max", or no such file). */
static double read_number(const char *directory, const char *name)
{
    char path[PATH_LENGTH + 64];
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
    char path[PATH_LENGTH + 64];
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

/* The smallest limit of a group and all groups above it, up to the root itself. */
static double limit_upwards(const char *root, const char *group, double (*limit)(const char *))
{
    char directory[PATH_LENGTH];
    int length = snprintf(directory, sizeof directory, "%s%s", root, group);
    if (length < 0 || (size_t)length >= sizeof directory)
        return 0;
    double smallest = 0;
    for (;;) {
        smallest = smaller_limit(smallest, limit(directory));
        char *slash = strrchr(directory, '/');
        if (!slash || (size_t)(slash - directory) < strlen(root))
            return smallest;
        *slash = '\0';
    }
}

double quota_read(const char *membership, const char *root)
{
    char line[PATH_LENGTH], cpu_root[PATH_LENGTH + 8];
    double smallest = 0;
    FILE *file = fopen(membership, "r");
    if (!file)
        return 0;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':'); /* "4:cpu,cpuacct:/group", or "0::/group" */
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group)
            continue;
        *group++ = '\0';
        controllers++;
        if (*controllers == '\0') {
            smallest = smaller_limit(smallest, limit_upwards(root, group, limit_v2));
        } else if (strcmp(controllers, "cpu") == 0 || strcmp(controllers, "cpu,cpuacct") == 0 ||
                   strcmp(controllers, "cpuacct,cpu") == 0) {
            snprintf(cpu_root, sizeof cpu_root, "%s/cpu", root);
            smallest = smaller_limit(smallest, limit_upwards(cpu_root, group, limit_v1));
        }
    }
    fclose(file);
    return smallest;
}
