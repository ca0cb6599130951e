/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "harness/measure/judge/losses.h"

const char *const losses_names[LOSSES_PARTS] = {
    "counting",
    "tasks of uneven size and waiting for the last one",
    "handing out tasks",
    "starting and stopping workers",
    "workers waiting for each other",
    "time in which a worker had no CPU",
    "tasks that were slower than in the serial run",
    "not explained",
};

enum { PART_COUNTING, PART_REST = LOSSES_PARTS - 1 };

static void add(char text[LOSSES_TEXT], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(char text[LOSSES_TEXT], const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, LOSSES_TEXT - used, format, arguments);
    va_end(arguments);
}

/* Twice the error of one round (NaN) hides nothing; but a hundredth of a speedup is nothing, or a
 * hundredth of all. */
static bool is_worth_saying(const struct losses *mean, const struct losses *error, int part,
                            int workers)
{
    double value = fabs(losses_part(mean, part));
    return value >= fmax(0.01, 0.002 * workers) && !(value < 2 * losses_part(error, part));
}

/* The largest part that is worth saying and not said yet; -1: there is none. `rest` comes last. */
static int next_part(const struct losses *mean, const struct losses *error, int workers,
                     const bool *said)
{
    int found = -1;
    for (int part = 0; part < PART_REST; part++)
        if (!said[part] && is_worth_saying(mean, error, part, workers) &&
            (found < 0 || losses_part(mean, part) > losses_part(mean, found)))
            found = part;
    if (found < 0 && !said[PART_REST] && is_worth_saying(mean, error, PART_REST, workers))
        found = PART_REST;
    return found;
}

void losses_text(const struct losses *mean, const struct losses *error, int tasks, int workers,
                 char text[LOSSES_TEXT])
{
    bool said[LOSSES_PARTS] = {false};
    int count = 0;
    text[0] = '\0';
    add(text, "%.2f times as fast on %d worker%s.", mean->speedup, workers,
        workers == 1 ? "" : "s");
    if (mean->gap < fmax(0.01, 0.002 * workers) || mean->gap < 2 * error->gap) {
        add(text, " What is missing to linear is within the noise.");
        return;
    }
    for (int part; (part = next_part(mean, error, workers, said)) >= 0; said[part] = true) {
        double value = losses_part(mean, part);
        if (count++ == 0)
            add(text, " Of the %.2f missing to linear, ", mean->gap);
        else
            add(text, ", ");
        if (value < 0 && part == PART_REST)
            add(text, "%.2f is counted twice", -value);
        else if (value < 0)
            add(text, "less %.2f for %s", -value, losses_names[part]);
        else
            add(text, "%.2f is %s", value, losses_names[part]);
        if (part == PART_COUNTING)
            add(text, " (%d tasks on %d workers)", tasks, workers);
    }
    if (count == 0)
        add(text, " No single cause of the %.2f missing to linear stands out of the noise",
            mean->gap);
    add(text, ".");
}
