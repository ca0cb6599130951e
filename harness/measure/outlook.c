/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/outlook.h"

#include <math.h>
#include <stdio.h>

int outlook_rounds(const struct outlook *outlook)
{
    if (outlook->rounds_done == 0)
        return 0;
    double round_s = outlook->elapsed_s / outlook->rounds_done;
    double fit = round_s > 0 ? floor(outlook->budget_s / round_s) - 1 : (double)INFINITY;
    fit = fmin(fit, outlook->rounds_at_most);
    /* The one that has begun is finished. */
    return (int)fmax(fit, fmin(outlook->rounds_done + 1, outlook->rounds_at_most));
}

/* Infinite where nothing is known. */
static double seconds_left(const struct outlook *outlook)
{
    if (outlook->rounds_done == 0)
        return outlook->budget_s + outlook->later_s;
    double round_s = outlook->elapsed_s / outlook->rounds_done;
    int rounds = outlook_rounds(outlook) - outlook->rounds_done + 1; /* and the watched one */
    return round_s * rounds + outlook->later_s;
}

void outlook_text(const struct outlook *outlook, char *text, size_t size)
{
    char rounds[32] = "", left[48] = "";
    double seconds = seconds_left(outlook);
    if (outlook->rounds_done > 0)
        snprintf(rounds, sizeof rounds, " of %d", outlook_rounds(outlook));
    if (seconds < 1e6)
        snprintf(left, sizeof left, ", %d:%02d left", (int)(seconds + 0.5) / 60,
                 (int)(seconds + 0.5) % 60);
    snprintf(text, size, "%s%sround %d%s%s", outlook->where ? outlook->where : "",
             outlook->where ? ", " : "", outlook->rounds_done + 1, rounds, left);
}

bool outlook_run_text(const char *strategy, int workers, int done, int tasks, double elapsed_s,
                      char *text, size_t size)
{
    const double LONG_S = 10;
    char left[32] = "";
    double all_s = done > 0 ? elapsed_s * tasks / done : elapsed_s;
    if (all_s < LONG_S)
        return false;
    int left_s = (int)(all_s - elapsed_s + 0.5);
    if (done > 0)
        snprintf(left, sizeof left, ", %d:%02d left", left_s / 60, left_s % 60);
    snprintf(text, size, "%s on %d: %d of %d tasks%s", strategy, workers, done, tasks, left);
    return true;
}
