/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/processes.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The whole of a small file under /proc as text. False when there is none, which is what becomes of
 * a process while we look. */
static bool read_text(pid_t id, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/%s", (long)id, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    size_t length = 0;
    ssize_t got = 0;
    while (length < size - 1 && (got = read(fd, text + length, size - 1 - length)) > 0)
        length += (size_t)got;
    close(fd);
    text[length] = '\0';
    return length > 0 && got >= 0;
}

/* CPU time of the process itself to the nanosecond; the ticks in /proc are hundredths of a second,
 * too coarse for twenty looks a second. Where there is no such clock, the ticks. */
static double own_cpu_s(pid_t id, double ticks_s)
{
#ifdef __linux__
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(id, &clock) == 0 && clock_gettime(clock, &time) == 0)
        return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
#else
    (void)id;
#endif
    return ticks_s;
}

/* Reads /proc/ID/stat, see proc_pid_stat(5). The name in it may hold anything, brackets and blanks
 * too, so the fields are counted from the last bracket on. */
static bool look_at(pid_t id, struct process *process)
{
    char text[1024], state;
    long parent, group;
    unsigned long long user, system;
    long long children_user, children_system;
    *process = (struct process){.id = id};
    if (!read_text(id, "stat", text, sizeof text) || !strrchr(text, ')'))
        return false;
    if (sscanf(strrchr(text, ')') + 1,
               " %c %ld %ld %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %lld %lld %*d %*d %d %*d "
               "%llu",
               &state, &parent, &group, &user, &system, &children_user, &children_system,
               &process->threads, &process->started) != 9)
        return false;
    process->parent = (pid_t)parent;
    process->group = (pid_t)group;
    double tick_s = 1.0 / (double)sysconf(_SC_CLK_TCK);
    process->cpu_s = own_cpu_s(id, (double)(user + system) * tick_s) +
                     (double)(children_user + children_system) * tick_s;
    if (state == 'Z' || state == 'X')
        process->threads = 0;
    return true;
}

bool processes_available(void)
{
    struct process self;
    return look_at(getpid(), &self);
}

size_t processes_list(struct process **list, size_t *capacity)
{
    size_t count = 0;
    struct dirent *entry;
    DIR *directory = opendir("/proc");
    while (directory && (entry = readdir(directory))) {
        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        if (count == *capacity) {
            size_t more = *capacity ? 2 * *capacity : 256;
            struct process *larger = realloc(*list, more * sizeof **list);
            if (!larger)
                break;
            *list = larger;
            *capacity = more;
        }
        count += look_at((pid_t)strtol(entry->d_name, NULL, 10), &(*list)[count]);
    }
    if (directory)
        closedir(directory);
    return count;
}

long process_memory_kib(pid_t id, bool *shared_twice)
{
    char text[2048];
    long kib, pages;
    const char *line;
    if (read_text(id, "smaps_rollup", text, sizeof text) && (line = strstr(text, "\nPss:")) &&
        sscanf(line, "\nPss: %ld", &kib) == 1)
        return kib;
    if (!read_text(id, "statm", text, sizeof text) || sscanf(text, "%*d %ld", &pages) != 1 ||
        pages == 0)
        return 0;
    *shared_twice = true;
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}
