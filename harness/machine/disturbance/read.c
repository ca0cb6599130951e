/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "harness/machine/cgroup.h"
#include "harness/machine/disturbance/disturbance.h"

enum { LINE_LENGTH = 4096 };

static FILE *open_below(const char *directory, const char *name)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return NULL;
    return fopen(path, "r");
}

/* The first line of a file, without its end; false where there is none. */
static bool read_line(const char *directory, const char *name, char *line, size_t size)
{
    FILE *file = open_below(directory, name);
    if (!file)
        return false;
    bool found = fgets(line, (int)size, file) != NULL;
    fclose(file);
    if (found)
        line[strcspn(line, "\n")] = '\0';
    return found;
}

static double read_number(const char *directory, const char *name)
{
    char line[LINE_LENGTH], *end;
    if (!read_line(directory, name, line, sizeof line))
        return (double)NAN;
    double value = strtod(line, &end);
    return end == line ? (double)NAN : value;
}

/* The number after `key` in a file of lines "key number"; NaN where there is none. */
static double find_number(const char *directory, const char *name, const char *key)
{
    char line[LINE_LENGTH];
    double value = (double)NAN;
    size_t length = strlen(key);
    FILE *file = open_below(directory, name);
    if (!file)
        return value;
    while (isnan(value) && fgets(line, sizeof line, file))
        if (strncmp(line, key, length) == 0 && line[length] == ' ')
            value = strtod(line + length, NULL);
    fclose(file);
    return value;
}

/* The sum, or the mean, of the files that have one number for each of our CPUs; NaN where one is
 * missing. */
static double of_cpus(const struct machine_view *view, const char *name, bool mean)
{
    char path[128];
    double sum = 0;
    for (int i = 0; i < view->cpu_count; i++) {
        snprintf(path, sizeof path, "devices/system/cpu/cpu%d/%s", view->cpus[i], name);
        sum += read_number(view->sys, path);
    }
    return mean ? sum / view->cpu_count : sum;
}

static enum answer yes_where(double number, double yes)
{
    return isnan(number) ? ANSWER_UNKNOWN : number == yes ? ANSWER_YES : ANSWER_NO;
}

static enum answer turbo(const struct machine_view *view)
{
    enum answer no_turbo =
        yes_where(read_number(view->sys, "devices/system/cpu/intel_pstate/no_turbo"), 0);
    if (no_turbo != ANSWER_UNKNOWN)
        return no_turbo;
    return yes_where(read_number(view->sys, "devices/system/cpu/cpufreq/boost"), 1);
}

/* A mains adapter that is not plugged in, or a battery that is being emptied. */
static enum answer on_battery(const struct machine_view *view)
{
    char directory[PATH_MAX], name[300], text[64];
    enum answer answer = ANSWER_UNKNOWN;
    if (snprintf(directory, sizeof directory, "%s/class/power_supply", view->sys) >=
        (int)sizeof directory)
        return answer;
    DIR *supplies = opendir(directory);
    if (!supplies)
        return answer;
    for (struct dirent *entry = readdir(supplies); entry; entry = readdir(supplies)) {
        snprintf(name, sizeof name, "%s/online", entry->d_name);
        enum answer unplugged = yes_where(read_number(directory, name), 0);
        snprintf(name, sizeof name, "%s/status", entry->d_name);
        bool discharging =
            read_line(directory, name, text, sizeof text) && strcmp(text, "Discharging") == 0;
        snprintf(name, sizeof name, "%s/type", entry->d_name);
        bool mains = read_line(directory, name, text, sizeof text) && strcmp(text, "Mains") == 0;
        if (discharging || (mains && unplugged == ANSWER_YES))
            answer = ANSWER_YES;
        else if (mains && answer == ANSWER_UNKNOWN)
            answer = ANSWER_NO;
    }
    closedir(supplies);
    return answer;
}

static enum answer huge_pages(const struct machine_view *view)
{
    char line[LINE_LENGTH];
    if (!read_line(view->sys, "kernel/mm/transparent_hugepage/enabled", line, sizeof line))
        return ANSWER_UNKNOWN;
    return strstr(line, "[never]") ? ANSWER_NO : ANSWER_YES;
}

/* "5.15.90.1-microsoft-standard-WSL2" */
static enum answer windows(const struct machine_view *view)
{
    char line[LINE_LENGTH];
    if (!read_line(view->proc, "sys/kernel/osrelease", line, sizeof line))
        return ANSWER_UNKNOWN;
    for (const char *at = line; *at; at++)
        if (strncasecmp(at, "microsoft", 9) == 0)
            return ANSWER_YES;
    return ANSWER_NO;
}

/* x86 says so among the flags of a processor. */
static enum answer virtual_host(const struct machine_view *view)
{
    char line[LINE_LENGTH];
    enum answer answer = ANSWER_UNKNOWN;
    FILE *file = open_below(view->proc, "cpuinfo");
    if (!file)
        return answer;
    while (answer == ANSWER_UNKNOWN && fgets(line, sizeof line, file))
        if (strncmp(line, "flags", 5) == 0)
            answer = strstr(line, " hypervisor") ? ANSWER_YES : ANSWER_NO;
    fclose(file);
    return answer;
}

static enum answer hybrid(const struct machine_view *view)
{
    char line[LINE_LENGTH];
    if (read_line(view->sys, "devices/cpu_atom/cpus", line, sizeof line))
        return ANSWER_YES;
    double first = (double)NAN;
    for (int i = 0; i < view->cpu_count; i++) { /* elsewhere the cores tell how able they are */
        char name[64];
        snprintf(name, sizeof name, "devices/system/cpu/cpu%d/cpu_capacity", view->cpus[i]);
        double capacity = read_number(view->sys, name);
        if (capacity != first && !isnan(first) && !isnan(capacity))
            return ANSWER_YES;
        first = capacity;
    }
    return isnan(first) ? ANSWER_UNKNOWN : ANSWER_NO;
}

struct machine_state machine_state_read(const struct machine_view *view)
{
    struct machine_state state = {.turbo = turbo(view),
                                  .on_battery = on_battery(view),
                                  .huge_pages = huge_pages(view),
                                  .windows = windows(view),
                                  .virtual_host = virtual_host(view),
                                  .hybrid = hybrid(view)};
    char name[96];
    snprintf(name, sizeof name, "devices/system/cpu/cpu%d/cpufreq/scaling_governor",
             view->cpu_count ? view->cpus[0] : 0);
    if (!read_line(view->sys, name, state.governor, sizeof state.governor))
        state.governor[0] = '\0';
    return state;
}

static bool is_ours(const struct machine_view *view, int cpu)
{
    for (int i = 0; i < view->cpu_count; i++)
        if (view->cpus[i] == cpu)
            return true;
    return false;
}

/* Lines "cpu3 user nice system idle iowait irq softirq steal ...", in ticks. */
static void read_stat(const struct machine_view *view, struct counters *counters)
{
    char line[LINE_LENGTH];
    double tick_s = 1.0 / (double)sysconf(_SC_CLK_TCK), busy = 0, stolen = 0;
    int found = 0;
    FILE *file = open_below(view->proc, "stat");
    if (!file)
        return;
    while (fgets(line, sizeof line, file)) {
        double user, nice, system, irq, softirq, steal;
        int cpu;
        if (sscanf(line, "cpu%d %lf %lf %lf %*f %*f %lf %lf %lf", &cpu, &user, &nice, &system, &irq,
                   &softirq, &steal) != 7 ||
            !is_ours(view, cpu))
            continue;
        busy += user + nice + system + irq + softirq;
        stolen += steal;
        found++;
    }
    fclose(file);
    if (found == view->cpu_count) {
        counters->busy_s = busy * tick_s;
        counters->steal_s = stolen * tick_s;
    }
}

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345", microseconds. */
static double pressure_s(const struct machine_view *view)
{
    char line[LINE_LENGTH];
    if (!read_line(view->proc, "pressure/cpu", line, sizeof line) || strncmp(line, "some", 4) != 0)
        return (double)NAN;
    const char *total = strstr(line, "total=");
    return total ? strtod(total + 6, NULL) * 1e-6 : (double)NAN;
}

/* What cpu.stat of a group says, or of the nearest group above it that is to be seen from here: a
 * container sees its own group as the root. Version 1 counts nanoseconds, version 2 microseconds. */
static bool take_throttled(const char *directory, int version, void *context)
{
    double *most_s = context;
    double seconds = version == 2 ? 1e-6 * find_number(directory, "cpu.stat", "throttled_usec")
                                  : 1e-9 * find_number(directory, "cpu.stat", "throttled_time");
    *most_s = fmax(*most_s, seconds); /* fmax passes NaN over */
    return isnan(seconds);
}

static double throttled_s(const struct machine_view *view)
{
    char membership[PATH_MAX], root[PATH_MAX];
    double most_s = (double)NAN;
    if (snprintf(membership, sizeof membership, "%s/self/cgroup", view->proc) < PATH_MAX &&
        snprintf(root, sizeof root, "%s/fs/cgroup", view->sys) < PATH_MAX)
        cgroup_walk(membership, root, take_throttled, &most_s);
    return most_s;
}

/* The mean over the processors of /proc/cpuinfo, where nobody tells the clock of each. */
static double cpuinfo_mhz(const struct machine_view *view)
{
    char line[LINE_LENGTH];
    double sum = 0;
    int cpu = -1, found = 0;
    FILE *file = open_below(view->proc, "cpuinfo");
    if (!file)
        return (double)NAN;
    while (fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (colon && strncmp(line, "processor", 9) == 0)
            cpu = atoi(colon + 1);
        if (colon && strncmp(line, "cpu MHz", 7) == 0 && is_ours(view, cpu)) {
            sum += strtod(colon + 1, NULL);
            found++;
        }
    }
    fclose(file);
    return found ? sum / found : (double)NAN;
}

struct counters counters_read(const struct machine_view *view, double when_s, double own_s)
{
    const double nothing = (double)NAN;
    struct counters counters = {.when_s = when_s,
                                .own_s = own_s,
                                .busy_s = nothing,
                                .steal_s = nothing,
                                .pressure_s = pressure_s(view),
                                .throttled_s = throttled_s(view),
                                .hot = of_cpus(view, "thermal_throttle/core_throttle_count", false),
                                .swapped = find_number(view->proc, "vmstat", "pswpin") +
                                           find_number(view->proc, "vmstat", "pswpout"),
                                .mhz = of_cpus(view, "cpufreq/scaling_cur_freq", true) / 1000};
    read_stat(view, &counters);
    if (isnan(counters.mhz))
        counters.mhz = cpuinfo_mhz(view);
    return counters;
}
