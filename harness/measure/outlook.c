/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/outlook.h"

#include <math.h>
#include <stdio.h>

#include "harness/measure/statistics.h"

static double round_s(const struct outlook *outlook)
{
    return outlook->elapsed_s / (outlook->rounds_done + outlook->rounds_lost);
}

/* Too few for an interval. */
static bool lacks_good_ones(const struct outlook *outlook)
{
    return outlook->rounds_good < SAMPLES_FOR_INTERVAL;
}

static double longest_s(const struct outlook *outlook)
{
    return (lacks_good_ones(outlook) ? OUTLOOK_OVERRUN : 1) * outlook->budget_s;
}

bool outlook_goes_on(const struct outlook *outlook)
{
    int most = lacks_good_ones(outlook) ? outlook->rounds_possible : outlook->rounds_at_most;
    if (outlook->rounds_done + outlook->rounds_lost == 0)
        return true;
    return outlook->rounds_done < most &&
           outlook->elapsed_s + 2 * round_s(outlook) <= longest_s(outlook);
}

/* How many rounds fit into so many seconds, beside the one that is watched. */
static double fit(const struct outlook *outlook, double seconds)
{
    double one_s = round_s(outlook);
    return one_s > 0 ? floor(seconds / one_s) - 1 : (double)INFINITY;
}

bool outlook_can_repeat(const struct outlook *outlook)
{
    int quiet = outlook->rounds_quiet, lost = outlook->rounds_lost + 1; /* with this one */
    return quiet == outlook->rounds_done - 1 && lost <= 2 + quiet &&
           2 * lost <= outlook->rounds_at_most &&
           fit(outlook, OUTLOOK_OVERRUN * outlook->budget_s) - lost >= SAMPLES_FOR_INTERVAL;
}

/* Whether the rounds that were planned are done, or there is no more time for them. */
static bool is_beyond_plan(const struct outlook *outlook)
{
    return outlook->rounds_done >= outlook->rounds_at_most ||
           outlook->rounds_done >= fit(outlook, outlook->budget_s);
}

int outlook_rounds(const struct outlook *outlook)
{
    int done = outlook->rounds_done, most = outlook->rounds_at_most;
    double rounds = fit(outlook, outlook->budget_s);
    if (done == 0)
        return 0;
    if (is_beyond_plan(outlook) && lacks_good_ones(outlook)) {
        most = outlook->rounds_possible;
        rounds = fmin(done + SAMPLES_FOR_INTERVAL - outlook->rounds_good,
                      fit(outlook, longest_s(outlook)));
    }
    /* The one that has begun is finished. */
    return (int)fmin(fmax(rounds, done + 1), most);
}

/* Infinite where nothing is known. */
static double seconds_left(const struct outlook *outlook)
{
    if (outlook->rounds_done == 0)
        return outlook->budget_s + outlook->later_s;
    int rounds = outlook_rounds(outlook) - outlook->rounds_done + 1; /* and the watched one */
    return round_s(outlook) * rounds + outlook->later_s;
}

void outlook_text(const struct outlook *outlook, char *text, size_t size)
{
    char rounds[48] = "", left[48] = "";
    double seconds = seconds_left(outlook);
    int done = outlook->rounds_done, good = outlook->rounds_good;
    bool enough = done >= SAMPLES_FOR_INTERVAL || done >= outlook->rounds_at_most;
    if (is_beyond_plan(outlook) && lacks_good_ones(outlook) && enough && good < done)
        snprintf(rounds, sizeof rounds, ": only %d of %d %s good", good, done,
                 good == 1 ? "was" : "were");
    else if (done > 0)
        snprintf(rounds, sizeof rounds, " of %d", outlook_rounds(outlook));
    if (seconds < 1e6)
        snprintf(left, sizeof left, ", %d:%02d left", (int)(seconds + 0.5) / 60,
                 (int)(seconds + 0.5) % 60);
    snprintf(text, size, "%s%sround %d%s%s", outlook->where ? outlook->where : "",
             outlook->where ? ", " : "", done + 1, rounds, left);
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
