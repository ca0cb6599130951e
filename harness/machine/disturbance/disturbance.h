/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What disturbs the machine: read from the system before, during and after a measurement, and judged.
 *
 *     machine_state_read()                        once: governor, battery, turbo, ...
 *     counters_read() before, between, after      what others used, what the host stole, ...
 *     disturbance_judge()                         findings in words, each with what to do
 *
 * Everything is counted on the CPUs that this process may use, and less its own use. Linux tells it
 * in /proc and /sys (other directories for tests); where the system does not tell, a finding says
 * `not known here` and never that all is well. */
#ifndef HARNESS_MACHINE_DISTURBANCE_DISTURBANCE_H
#define HARNESS_MACHINE_DISTURBANCE_DISTURBANCE_H

#include <stdbool.h>
#include <stddef.h>

/* Where to read: "/proc" and "/sys"; and which CPUs we may use, as the system numbers them. */
struct machine_view {
    const char *proc, *sys;
    const int *cpus;
    int cpu_count;
    int machine_cpus; /* that the machine has */
    double quota;     /* CPUs that a container's limit allows at a time; 0: no limit */
};

enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

/* What does not change while we measure. */
struct machine_state {
    char governor[32]; /* of the first of our CPUs; "" where it is not known */
    enum answer turbo; /* clocks may rise above the nominal one */
    enum answer on_battery;
    enum answer huge_pages;   /* transparent huge pages are available */
    enum answer windows;      /* WSL: Linux inside Windows */
    enum answer virtual_host; /* a virtual machine */
    enum answer hybrid;       /* fast and slow cores */
};

/* Counters at one moment: only differences mean something, except for `mhz`. NaN: not known. */
struct counters {
    double when_s;      /* as given */
    double own_s;       /* CPU seconds of ourselves and our children, as given */
    double busy_s;      /* of our CPUs, anybody's work, CPU seconds */
    double steal_s;     /* that the host of a virtual machine took from them */
    double pressure_s;  /* in which somebody waited for a CPU (PSI) */
    double throttled_s; /* in which a quota held our group back, of all its CPUs together */
    double hot;         /* how often a core of ours was slowed because it was too hot */
    double swapped;     /* pages, in and out */
    double mhz;         /* mean clock of our CPUs, now */
    bool left_out;      /* what was done since the look before does not count */
};

/* What the system does not tell is ANSWER_UNKNOWN, or "". */
struct machine_state machine_state_read(const struct machine_view *view);

/* The counters now. `when_s` and `own_s` are the caller's clock and CPU time at this moment. */
struct counters counters_read(const struct machine_view *view, double when_s, double own_s);

enum finding_level {
    FINDING_FINE,    /* looked at, nothing found */
    FINDING_UNKNOWN, /* not known here */
    FINDING_NOTE,    /* worth knowing; disturbs nothing by itself */
    FINDING_DISTURBS
};
extern const char *const finding_levels[]; /* "fine", "not known here", "note", "disturbs", NULL */

enum { FINDING_TEXT = 256, FINDINGS_AT_MOST = 20 };

struct finding {
    const char *topic; /* "load by others" */
    enum finding_level level;
    char seen[FINDING_TEXT]; /* "others kept 1.0 of 2 CPUs busy"; "" where it is unknown or fine */
    const char *meaning;     /* why it matters, a sentence */
    const char *remedy;      /* what to do, without a full stop; "" where there is nothing */
};

struct disturbance {
    struct finding findings[FINDINGS_AT_MOST];
    int count;
};

/* Whether others worked on our CPUs between two looks, enough to matter. No, where it is not known. */
bool disturbance_between(const struct machine_view *view, const struct counters *from,
                         const struct counters *to);

/* Judges what was seen. `looks` has `count` >= 1 counters in the order of time: two before the
 * measurement (a moment of rest), then one after each round; where one is missing, what it would
 * say stays open. */
void disturbance_judge(const struct machine_view *view, const struct machine_state *state,
                       const struct counters *looks, size_t count, struct disturbance *disturbance);

/* All that disturbs in one text ("others keep 1.0 of 2 CPUs busy; ..."), and the remedy of the first;
 * both "" where nothing does. Each has `size` bytes. Returns how many there are. */
int disturbance_text(const struct disturbance *disturbance, char *seen, char *remedy, size_t size);

#endif
