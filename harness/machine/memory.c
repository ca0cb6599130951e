/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/memory.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The number behind `name` in a file of lines "NAME NUMBER ..."; with the name "" the first number in
 * it. NaN where there is no number; `max`, which stands for no limit, is not one. */
static double number_in(const char *root, const char *path, const char *name)
{
    char full[PATH_MAX], line[256];
    double number = (double)NAN;
    snprintf(full, sizeof full, "%s%s", root, path);
    FILE *file = fopen(full, "r");
    if (!file)
        return number;
    while (isnan(number) && fgets(line, sizeof line, file)) {
        size_t length = strlen(name);
        if (strncmp(line, name, length) == 0 && sscanf(line + length, "%lf", &number) != 1)
            number = (double)NAN;
    }
    fclose(file);
    return number;
}

/* What a control group still allows: caches count as used there, and can be dropped. */
static double left_of(double limit, double used, double cache)
{
    double left = limit - used + (isnan(cache) ? 0 : cache);
    return isnan(left) ? (double)INFINITY : left > 0 ? left : 0;
}

static double container_left_bytes(const char *root)
{
    double second = left_of(number_in(root, "/sys/fs/cgroup/memory.max", ""),
                            number_in(root, "/sys/fs/cgroup/memory.current", ""),
                            number_in(root, "/sys/fs/cgroup/memory.stat", "inactive_file "));
    double first =
        left_of(number_in(root, "/sys/fs/cgroup/memory/memory.limit_in_bytes", ""),
                number_in(root, "/sys/fs/cgroup/memory/memory.usage_in_bytes", ""),
                number_in(root, "/sys/fs/cgroup/memory/memory.stat", "total_inactive_file "));
    return first < second ? first : second;
}

double memory_available_kib(const char *root)
{
    double available = number_in(root, "/proc/meminfo", "MemAvailable:");
    if (isnan(available)) {
        long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
        available = pages > 0 && page > 0 ? (double)pages * (double)page / 1024 : 0;
    }
    double left = container_left_bytes(root) / 1024;
    return left < available ? left : available;
}
