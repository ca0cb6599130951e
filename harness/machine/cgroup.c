/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/cgroup.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* A group and all above it, up to the root itself. */
static void walk_upwards(const char *root, const char *group, int version, cgroup_visit *visit,
                         void *context)
{
    char directory[PATH_MAX];
    int length = snprintf(directory, sizeof directory, "%s%s", root, group);
    if (length < 0 || (size_t)length >= sizeof directory)
        return;
    while (visit(directory, version, context)) {
        char *slash = strrchr(directory, '/');
        if (!slash || (size_t)(slash - directory) < strlen(root))
            return;
        *slash = '\0';
    }
}

void cgroup_walk(const char *membership, const char *root, cgroup_visit *visit, void *context)
{
    char line[PATH_MAX], cpu_root[PATH_MAX];
    int length = snprintf(cpu_root, sizeof cpu_root, "%s/cpu", root);
    FILE *file = fopen(membership, "r");
    if (!file)
        return;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':'); /* "4:cpu,cpuacct:/group", or "0::/group" */
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group)
            continue;
        *group++ = '\0';
        controllers++;
        if (*controllers == '\0')
            walk_upwards(root, group, 2, visit, context);
        else if (length < PATH_MAX &&
                 (strcmp(controllers, "cpu") == 0 || strcmp(controllers, "cpu,cpuacct") == 0 ||
                  strcmp(controllers, "cpuacct,cpu") == 0))
            walk_upwards(cpu_root, group, 1, visit, context);
    }
    fclose(file);
}
