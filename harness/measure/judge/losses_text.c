/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/text/append.h"
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

/* How many errors a mean over so many rounds may be away from 0 by accident. */
static double errors_by_accident(int rounds)
{
    return rounds < 2 ? (double)NAN
                      : gsl_cdf_tdist_Qinv(0.05 / 2 / LOSSES_PARTS, (double)(rounds - 1));
}

/* The least that is worth a word: a hundredth of a speedup, or 0.2 % of that of many workers. */
static double least_of(int workers)
{
    return fmax(0.01, 0.002 * workers);
}

/* An error that is not known (NaN) hides nothing. */
static bool stands_out(const struct losses *mean, const struct losses *error, int rounds,
                       int workers, int part)
{
    double value = fabs(losses_part(mean, part));
    return value >= least_of(workers) &&
           !(value < errors_by_accident(rounds) * losses_part(error, part));
}

int losses_largest(const struct losses *mean, const struct losses *error, int rounds, int workers,
                   const bool *said)
{
    int found = -1;
    for (int part = 0; part < PART_REST; part++)
        if (!(said && said[part]) && stands_out(mean, error, rounds, workers, part) &&
            (found < 0 || losses_part(mean, part) > losses_part(mean, found)))
            found = part;
    if (found < 0 && !(said && said[PART_REST]) &&
        stands_out(mean, error, rounds, workers, PART_REST))
        found = PART_REST;
    return found;
}

void losses_text(const struct losses *mean, const struct losses *error, int rounds, int tasks,
                 int workers, char text[LOSSES_TEXT])
{
    bool said[LOSSES_PARTS] = {false};
    int count = 0;
    text[0] = '\0';
    text_append(text, LOSSES_TEXT, "%.2f times as fast on %d worker%s.", mean->speedup, workers,
                workers == 1 ? "" : "s");
    if (mean->gap < least_of(workers) || mean->gap < 2 * error->gap) {
        text_append(text, LOSSES_TEXT, " What is missing to linear is within the noise.");
        return;
    }
    for (int part; (part = losses_largest(mean, error, rounds, workers, said)) >= 0;
         said[part] = true) {
        double value = losses_part(mean, part);
        if (count++ == 0)
            text_append(text, LOSSES_TEXT, " Of the %.2f missing to linear, ", mean->gap);
        else
            text_append(text, LOSSES_TEXT, ", ");
        if (value < 0 && part == PART_REST)
            text_append(text, LOSSES_TEXT, "%.2f is counted twice", -value);
        else if (value < 0)
            text_append(text, LOSSES_TEXT, "less %.2f for %s", -value, losses_names[part]);
        else
            text_append(text, LOSSES_TEXT, "%.2f is %s", value, losses_names[part]);
        if (part == PART_COUNTING)
            text_append(text, LOSSES_TEXT, " (%d tasks on %d workers)", tasks, workers);
    }
    if (count == 0)
        text_append(text, LOSSES_TEXT,
                    " No single cause of the %.2f missing to linear stands out of the noise",
                    mean->gap);
    text_append(text, LOSSES_TEXT, ".");
}
