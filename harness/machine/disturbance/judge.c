/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "harness/machine/disturbance/disturbance.h"

const char *const finding_levels[] = {"fine", "not known here", "note", "disturbs", NULL};

/* What is enough to matter. Shares are of the time of all our CPUs; that of pressure is of the time
 * that passed, and that of the clock is of its first frequency. */
static const double LOAD_CPUS = 0.5, LOAD_SHARE = 0.05; /* whichever is less */
static const double STEAL_SHARE = 0.02, THROTTLED_SHARE = 0.01, PRESSURE_SHARE = 0.10;
static const double CLOCK_LOSS = 0.10;
enum { SWAPPED_PAGES = 256 }; /* 1 MiB */

static struct finding *add(struct disturbance *disturbance, const char *topic, const char *meaning,
                           const char *remedy)
{
    struct finding *finding = &disturbance->findings[disturbance->count++];
    *finding = (struct finding){
        .topic = topic, .level = FINDING_UNKNOWN, .meaning = meaning, .remedy = remedy};
    return finding;
}

static void set(struct finding *finding, enum finding_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void set(struct finding *finding, enum finding_level level, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding->seen, sizeof finding->seen, format, arguments);
    va_end(arguments);
    finding->level = level;
}

/* For what is measured: unknown where it is NaN, fine where it is not above the limit. True where
 * something is to be said. */
static bool exceeds(struct finding *finding, double value, double limit)
{
    if (isnan(value))
        return false;
    finding->level = FINDING_FINE;
    return value > limit;
}

static void note_answer(struct finding *finding, enum answer answer, enum answer notable,
                        enum finding_level level, const char *text)
{
    if (answer == ANSWER_UNKNOWN)
        return;
    finding->level = FINDING_FINE;
    if (answer == notable)
        set(finding, level, "%s", text);
}

/* CPUs that others kept busy between two looks, on average; at least 0. */
static double others(const struct counters *from, const struct counters *to)
{
    double cpus =
        (to->busy_s - from->busy_s - (to->own_s - from->own_s)) / (to->when_s - from->when_s);
    return cpus < 0 ? 0 : cpus;
}

static double load_limit(const struct machine_view *view)
{
    return fmin(LOAD_CPUS, LOAD_SHARE * view->cpu_count);
}

bool disturbance_between(const struct machine_view *view, const struct counters *from,
                         const struct counters *to)
{
    return others(from, to) > load_limit(view); /* false for NaN */
}

static void judge_before(const struct machine_view *view, const struct counters *looks,
                         size_t count, struct disturbance *disturbance)
{
    struct finding *load =
        add(disturbance, "load before", "Others work on the CPUs that the runs are to have.",
            "close other programs");
    struct finding *pressure =
        add(disturbance, "CPU pressure before", "Somebody waited for a CPU while we did nothing.",
            "close other programs");
    if (count < 2)
        return;
    double busy = others(&looks[0], &looks[1]);
    if (exceeds(load, busy, load_limit(view)))
        set(load, FINDING_DISTURBS, "before it began others kept %.1f of %d CPUs busy", busy,
            view->cpu_count);
    double waited =
        (looks[1].pressure_s - looks[0].pressure_s) / (looks[1].when_s - looks[0].when_s);
    if (exceeds(pressure, waited, PRESSURE_SHARE))
        set(pressure, FINDING_NOTE, "somebody waited for a CPU in %.0f %% of the time before",
            100 * waited);
}

/* Over the whole measurement, and in the worst interval, since load may begin in the middle: its runs may
 * look good and were slower all the same, in memory and caches that are shared. A median over all rounds
 * hides one of them, but its interval does not. So each one that counts is held against all; the experiment
 * puts another in the place of one that it knows of. */
static void judge_load(const struct machine_view *view, const struct counters *looks, size_t count,
                       struct disturbance *disturbance)
{
    struct finding *finding =
        add(disturbance, "load by others", "Runs shared their CPUs with other programs.",
            "close other programs");
    double limit = load_limit(view), worst = 0, busy_s = 0, seconds = 0;
    int bad = 0;
    for (size_t i = 2; i < count; i++) {
        double busy = others(&looks[i - 1], &looks[i]),
               lasted_s = looks[i].when_s - looks[i - 1].when_s;
        if (looks[i].left_out)
            continue;
        bad += busy > limit;
        worst = fmax(worst, busy);
        busy_s += busy * lasted_s;
        seconds += lasted_s;
    }
    double mean = busy_s / seconds;
    if (isnan(mean))
        return;
    finding->level = FINDING_FINE;
    if (mean > limit)
        set(finding, FINDING_DISTURBS, "others kept %.1f of %d CPUs busy", mean, view->cpu_count);
    else if (bad > 0)
        set(finding, FINDING_DISTURBS, "others kept %.1f of %d CPUs busy for a time", worst,
            view->cpu_count);
}

static void judge_taken(const struct machine_view *view, const struct counters *first,
                        const struct counters *last, struct disturbance *disturbance)
{
    struct finding *steal =
        add(disturbance, "steal", "The host of this virtual machine ran something else meanwhile.",
            "measure at another time, or on a machine of your own");
    double seconds = last->when_s - first->when_s;
    double share = (last->steal_s - first->steal_s) / (seconds * view->cpu_count);
    if (exceeds(steal, share, STEAL_SHARE))
        set(steal, FINDING_DISTURBS, "the host took %.0f %% of the CPUs' time", 100 * share);
    struct finding *throttled =
        add(disturbance, "throttling", "A quota stops all workers when it is used up.",
            "ask for no more workers than the quota, by --workers");
    share = (last->throttled_s - first->throttled_s) / (seconds * view->cpu_count);
    if (exceeds(throttled, share, THROTTLED_SHARE))
        set(throttled, FINDING_DISTURBS, "a quota held the CPUs back for %.0f %% of the time",
            100 * share);
    struct finding *swap = add(disturbance, "swap", "Memory was short, and a disk stood in for it.",
                               "close other programs, or take smaller or fewer images");
    double pages = last->swapped - first->swapped;
    if (exceeds(swap, pages, SWAPPED_PAGES))
        set(swap, FINDING_DISTURBS, "%.0f pages were swapped", pages);
}

static void judge_clock(const struct counters *looks, size_t count, struct disturbance *disturbance)
{
    /* The look before the first round found the CPUs at rest, where they may be slow. */
    const struct counters *first = &looks[count > 2 ? 2 : 0], *last = &looks[count - 1];
    struct finding *clock =
        add(disturbance, "clock", "Later runs had a slower processor than earlier ones.",
            "let the machine cool down, and measure again");
    if (count > 3 && exceeds(clock, 1 - last->mhz / first->mhz, CLOCK_LOSS))
        set(clock, FINDING_DISTURBS, "clocks fell from %.0f to %.0f MHz", first->mhz, last->mhz);
    struct finding *heat = add(disturbance, "heat", "Cores that are too hot slow themselves down.",
                               "let the machine cool down, and measure again");
    if (exceeds(heat, last->hot - looks[0].hot, 0))
        set(heat, FINDING_DISTURBS, "cores were too hot %.0f times", last->hot - looks[0].hot);
}

static void judge_state(const struct machine_view *view, const struct machine_state *state,
                        struct disturbance *disturbance)
{
    struct finding *finding =
        add(disturbance, "affinity", "Workers beyond these CPUs only take turns.",
            "start without taskset, or ask for no more workers than these, by --workers");
    finding->level = FINDING_FINE;
    if (view->cpu_count < view->machine_cpus)
        set(finding, FINDING_NOTE, "we may use %d of the machine's %d CPUs", view->cpu_count,
            view->machine_cpus);
    finding = add(disturbance, "quota", "More workers than the quota allows only take turns.",
                  "ask for no more workers than the quota, by --workers");
    finding->level = FINDING_FINE;
    if (view->quota > 0 && view->quota < view->cpu_count)
        set(finding, FINDING_NOTE, "a quota allows %.4g of %d CPUs at a time", view->quota,
            view->cpu_count);
    finding = add(disturbance, "governor", "Clocks follow the load, so short runs are slow.",
                  "plug in the charger, or choose the governor `performance`");
    if (state->governor[0] && strcmp(state->governor, "powersave") != 0)
        finding->level = FINDING_FINE;
    else if (state->governor[0])
        set(finding, FINDING_NOTE, "the frequency governor is powersave");
    finding =
        add(disturbance, "turbo",
            "One core alone runs at a higher clock than all together: part of what is missing "
            "to linear.",
            "");
    note_answer(finding, state->turbo, ANSWER_YES, FINDING_NOTE, "clocks may rise by turbo");
    finding = add(disturbance, "battery", "On battery clocks are low, and change.",
                  "plug in the charger");
    note_answer(finding, state->on_battery, ANSWER_YES, FINDING_DISTURBS, "it runs on battery");
    finding = add(disturbance, "huge pages", "Memory comes in small pages, which costs time.", "");
    note_answer(finding, state->huge_pages, ANSWER_NO, FINDING_NOTE, "huge pages are switched off");
    finding =
        add(disturbance, "WSL", "Windows shares the CPUs, and its load is not seen from here.",
            "close other programs in Windows, too");
    note_answer(finding, state->windows, ANSWER_YES, FINDING_NOTE, "it runs inside Windows (WSL)");
    finding = add(disturbance, "virtual machine", "Its host may give the CPUs to others.", "");
    note_answer(finding, state->virtual_host, ANSWER_YES, FINDING_NOTE, "it is a virtual machine");
    finding = add(disturbance, "kinds of cores",
                  "Slow cores add less than fast ones, so a line to all cores is none of equal "
                  "steps.",
                  "");
    note_answer(finding, state->hybrid, ANSWER_YES, FINDING_NOTE, "it has fast and slow cores");
}

void disturbance_judge(const struct machine_view *view, const struct machine_state *state,
                       const struct counters *looks, size_t count, struct disturbance *disturbance)
{
    *disturbance = (struct disturbance){.count = 0};
    judge_load(view, looks, count, disturbance);
    judge_before(view, looks, count, disturbance);
    judge_taken(view, &looks[count > 2 ? 1 : 0], &looks[count - 1], disturbance);
    judge_clock(looks, count, disturbance);
    judge_state(view, state, disturbance);
}

int disturbance_text(const struct disturbance *disturbance, char *seen, char *remedy, size_t size)
{
    int found = 0;
    size_t used = 0;
    seen[0] = remedy[0] = '\0';
    for (int i = 0; i < disturbance->count; i++) {
        const struct finding *finding = &disturbance->findings[i];
        if (finding->level != FINDING_DISTURBS)
            continue;
        if (found++ == 0)
            snprintf(remedy, size, "%s", finding->remedy);
        if (used < size)
            used += (size_t)snprintf(seen + used, size - used, "%s%s", found > 1 ? "; " : "",
                                     finding->seen);
    }
    return found;
}
