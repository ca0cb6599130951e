/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/machine.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/output.h"
#include "harness/machine/build.h"

void warnings_add(struct warnings *warnings, const char *format, ...)
{
    char text[WARNING_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (int i = 0; i < warnings->count; i++)
        if (strcmp(warnings->text[i], text) == 0)
            return;
    fprintf(stderr, "speedup: warning: %s\n", text);
    if (warnings->count < WARNINGS_AT_MOST)
        memcpy(warnings->text[warnings->count++], text, sizeof text);
}

/* Of all CPUs together, in seconds, as the first line of /proc/stat has them. */
struct cpu_times {
    double busy_s;  /* anybody's work */
    double steal_s; /* the host of this virtual machine ran something else while we wanted to run */
};

/* NaN where the system does not tell. */
static struct cpu_times read_cpu_times(void)
{
    struct cpu_times times = {(double)NAN, (double)NAN};
    double user, nice, system, irq, softirq, steal, tick_s = 1.0 / (double)sysconf(_SC_CLK_TCK);
    FILE *file = fopen("/proc/stat", "r");
    if (!file)
        return times;
    if (fscanf(file, "cpu %lf %lf %lf %*f %*f %lf %lf %lf", &user, &nice, &system, &irq, &softirq,
               &steal) == 6) {
        times.busy_s = (user + nice + system + irq + softirq) * tick_s;
        times.steal_s = steal * tick_s;
    }
    fclose(file);
    return times;
}

/* CPUs that others keep busy while we do nothing. Not the load average: that remembers for minutes,
 * and so still has our own compilation in it. Where the system does not tell the one, it is the
 * other. */
static double foreign_load(void)
{
    const struct timespec pause = {.tv_nsec = 200000000};
    double load[1], before = read_cpu_times().busy_s, began = clock_seconds();
    nanosleep(&pause, NULL);
    double busy = (read_cpu_times().busy_s - before) / (clock_seconds() - began);
    if (isnan(busy))
        busy = getloadavg(load, 1) == 1 ? load[0] : 0;
    return busy;
}

static void look_at_governor(struct warnings *warnings)
{
    char governor[32] = "";
    FILE *file = fopen("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "r");
    if (!file)
        return;
    if (fscanf(file, "%31s", governor) == 1 && strcmp(governor, "powersave") == 0)
        warnings_add(warnings, "the frequency governor is powersave, so clocks follow the load; "
                               "plug in the charger or choose `performance`");
    fclose(file);
}

struct disturbance machine_look(const struct topology *topology, struct warnings *warnings)
{
    double busy = foreign_load();
    if (busy > 0.2)
        warnings_add(warnings,
                     "other programs keep %.1f of %d cores busy; close them for figures that you "
                     "can trust",
                     busy, topology->cores);
    if (topology->quota > 0 && topology->quota < topology->threads)
        warnings_add(warnings,
                     "a quota limits this container to %.2f CPUs although it sees %d; more "
                     "workers than that only wait",
                     topology->quota, topology->threads);
    if (!topology->can_bind)
        warnings_add(warnings, "workers can not be bound to cores on this system; expect more "
                               "spread");
    look_at_governor(warnings);
    return (struct disturbance){.steal_s = read_cpu_times().steal_s, .when_s = clock_seconds()};
}

void machine_look_again(const struct disturbance *before, const struct topology *topology,
                        struct warnings *warnings)
{
    double elapsed = clock_seconds() - before->when_s;
    double stolen = (read_cpu_times().steal_s - before->steal_s) / (elapsed * topology->cores);
    if (stolen > 0.01) /* false for NaN */
        warnings_add(warnings,
                     "the host of this virtual machine took %.0f %% of the CPU time; measure again "
                     "when it is quieter",
                     100 * stolen);
}

const char *const machine_text_names[MACHINE_TEXTS] = {"date",     "command", "order",    "commit",
                                                       "compiler", "flags",   "libraries"};
static const size_t text_offsets[MACHINE_TEXTS] = {
    offsetof(struct machine_facts, date),     offsetof(struct machine_facts, command),
    offsetof(struct machine_facts, order),    offsetof(struct machine_facts, commit),
    offsetof(struct machine_facts, compiler), offsetof(struct machine_facts, flags),
    offsetof(struct machine_facts, libraries)};

const char *machine_text(const struct machine_facts *facts, int number)
{
    return (const char *)facts + text_offsets[number];
}

static void set_text(char *text, const char *value)
{
    snprintf(text, MACHINE_TEXT_LENGTH, "%s", value);
}

void machine_set_text(struct machine_facts *facts, int number, const char *text)
{
    set_text((char *)facts + text_offsets[number], text);
}

void machine_describe(struct machine_facts *facts, const struct topology *topology,
                      const char *command)
{
    time_t now = time(NULL);
    struct tm *utc = gmtime(&now);

    snprintf(facts->host, sizeof facts->host, "%s", topology->host);
    snprintf(facts->cpu, sizeof facts->cpu, "%s", topology->cpu);
    facts->cores = topology->cores;
    facts->threads = topology->threads;
    facts->quota = topology->quota;
    set_text(facts->date, "unknown");
    if (utc)
        strftime(facts->date, sizeof facts->date, "%Y-%m-%d %H:%M UTC", utc);
    set_text(facts->command, command);
    set_text(facts->commit, build_commit());
    set_text(facts->compiler, build_compiler());
    set_text(facts->flags, build_flags());
    build_libraries(facts->libraries, sizeof facts->libraries);
}

int machine_write(const char *directory, const struct topology *topology,
                  const struct machine_facts *facts, struct error *error)
{
    struct output output;
    const struct warnings *warnings = &facts->warnings;
    if (output_open(&output, directory, "machine.txt", error) != 0)
        return -1;
    topology_print(topology, output.stream);
    for (int i = 0; i < MACHINE_TEXTS; i++)
        fprintf(output.stream, "%-16s %s\n", machine_text_names[i], machine_text(facts, i));
    if (warnings->count == 0)
        fprintf(output.stream, "%-16s none\n", "warnings");
    for (int i = 0; i < warnings->count; i++)
        fprintf(output.stream, "%-16s %s\n", "warning", warnings->text[i]);
    return output_commit(&output, error);
}

static void take_line(struct machine_facts *facts, const char *name, const char *value)
{
    struct warnings *warnings = &facts->warnings;
    for (int i = 0; i < MACHINE_TEXTS; i++)
        if (strcmp(name, machine_text_names[i]) == 0)
            machine_set_text(facts, i, value);
    if (strcmp(name, "warning") == 0 && warnings->count < WARNINGS_AT_MOST)
        snprintf(warnings->text[warnings->count++], WARNING_LENGTH, "%.*s", WARNING_LENGTH - 1,
                 value);
}

int machine_read(const char *directory, struct machine_facts *facts, struct error *error)
{
    char path[PATH_MAX], line[2 * MACHINE_TEXT_LENGTH];
    for (int i = 0; i < MACHINE_TEXTS; i++)
        machine_set_text(facts, i, "");
    facts->warnings.count = 0;
    if (output_path(path, directory, "machine.txt", error) != 0)
        return -1;
    FILE *file = fopen(path, "r");
    if (!file)
        return errno == ENOENT ? 0 : error_system(error, path, "cannot be read", errno);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        size_t length = strcspn(line, " ");
        const char *value = line + length + strspn(line + length, " ");
        line[length] = '\0';
        take_line(facts, line, value);
    }
    int failed = ferror(file) ? error_set(error, path, "cannot be read") : 0;
    fclose(file);
    return failed;
}
