/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/lesson/early.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/directory.h"
#include "harness/base/output.h"
#include "harness/base/process/leftovers.h"
#include "harness/report/graphs/plot.h"
#include "harness/report/report.h"
#include "harness/results/results.h"

/* Pauses between two pictures: at least PAUSE_S, and PAUSE_OF_COST times as long as drawing took,
 * so that drawing takes no more than a few hundredths of all time. */
static const double PAUSE_S = 15, PAUSE_OF_COST = 30;

static const char *const shown[] = {"walltime.png", "walltime.svg", "report.html", "report.md"};

static void move(const char *from, const char *to, const char *name)
{
    char source[PATH_MAX], target[PATH_MAX];
    struct error ignored;
    if (output_path(source, from, name, &ignored) == 0 &&
        output_path(target, to, name, &ignored) == 0 && access(source, F_OK) == 0 &&
        rename(source, target) != 0)
        return; /* the earlier one stays */
}

static void make(const struct early *early, const struct result_set *set, const char *place)
{
    const struct disturbance none = {0};
    struct machine_facts facts = *early->machine;
    struct error ignored;
    snprintf(facts.verdict, sizeof facts.verdict, "unfinished: %d round%s so far", set->rounds,
             set->rounds == 1 ? "" : "s");
    if (directory_create(place, &ignored) != 0 ||
        results_write_summary(place, &facts, set, &ignored) != 0 ||
        machine_write(place, early->topology, &facts, &none, &ignored) != 0)
        return;
    plot_walltime(place, &ignored); /* the report does without */
    if (report_write(place, early->effort_h, &ignored) != 0)
        return;
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        move(place, early->directory, shown[i]);
}

void early_show(struct early *early, const struct result_set *set)
{
    char place[PATH_MAX];
    double began_s = clock_seconds();
    if (began_s < early->next_s)
        return;
    /* Called as those that leftovers_remove() knows. */
    int length =
        snprintf(place, sizeof place, "%s/.files-%ld-early", early->directory, (long)getpid());
    if (length < 0 || (size_t)length >= sizeof place)
        return;
    make(early, set, place);
    leftovers_remove_directory(place);
    double now_s = clock_seconds(), pause_s = PAUSE_OF_COST * (now_s - began_s);
    early->next_s = now_s + (pause_s > PAUSE_S ? pause_s : PAUSE_S);
}
