/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/timeline.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/report/table.h"
#include "harness/results/results.h"

enum { STRATEGIES_DRAWN = 32 };

struct lane {
    char name[LABEL_LENGTH];
    int workers;
    double end_s; /* of its last task */
};

static struct lane *lane_of(struct lane *lanes, int *count, const char *name)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(lanes[i].name, name) == 0)
            return &lanes[i];
    if (*count == STRATEGIES_DRAWN)
        return NULL;
    struct lane *lane = &lanes[(*count)++];
    *lane = (struct lane){.workers = 0};
    snprintf(lane->name, sizeof lane->name, "%s", name);
    return lane;
}

/* Rows of fewer workers come before or after those of more: the order is the experiment's. */
static int find_lanes(const struct trace_row *trace, size_t rows, struct lane *lanes)
{
    int count = 0;
    for (size_t row = 0; row < rows; row++) {
        char name[LABEL_LENGTH];
        int workers = trace[row].workers;
        double end_s = trace[row].time.end_s;
        config_word(trace[row].strategy, trace[row].lock, trace[row].blas_asked, name, sizeof name);
        struct lane *lane = lane_of(lanes, &count, name);
        if (!lane || workers < lane->workers)
            continue;
        if (workers > lane->workers || end_s > lane->end_s)
            lane->end_s = end_s;
        lane->workers = workers;
    }
    return count;
}

int timeline_write(const char *directory, FILE *settings, int *made, struct error *error)
{
    struct trace_row *trace;
    size_t rows;
    struct lane lanes[STRATEGIES_DRAWN];
    char path[PATH_MAX];

    *made = 0;
    if (output_path(path, directory, "trace.csv", error) != 0)
        return -1;
    if (access(path, F_OK) != 0)
        return 0;
    if (results_read_trace(directory, &trace, &rows, error) != 0)
        return -1;
    int count = find_lanes(trace, rows, lanes);
    free(trace);

    fputs("timeline_names = '", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%s", i ? " " : "", lanes[i].name);
    fputs("'\ntimeline_workers = '", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%d", i ? " " : "", lanes[i].workers);
    fputs("'\ntimeline_ends = '", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%.9g", i ? " " : "", lanes[i].end_s);
    fputs("'\n", settings);
    *made = count > 0;
    return 0;
}
