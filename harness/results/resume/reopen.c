/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/results/csv.h"
#include "harness/results/results.h"

/* What is kept of runs.csv, and what is dropped. */
struct cut {
    long kept;        /* bytes, from the beginning */
    int rows, halves; /* dropped: whole lines, and one that was half-written */
};

static bool is_whole(const char *line)
{
    return strchr(line, '\n') != NULL;
}

/* Rounds come one after the other, so everything from the first row of a later one on is
 * dropped. */
static int find_cut(FILE *file, int rounds, struct cut *cut)
{
    char *line = NULL;
    size_t room = 0;
    int number = -1;
    *cut = (struct cut){.kept = 0};
    if (getline(&line, &room, file) > 0 && is_whole(line))
        number = csv_field_number(line, "round");
    if (number >= 0)
        cut->kept = ftell(file);
    while (number >= 0 && getline(&line, &room, file) > 0) {
        const char *round = csv_field(line, number);
        if (!is_whole(line))
            cut->halves = 1;
        else if (cut->rows > 0 || !round || strtol(round, NULL, 10) > rounds)
            cut->rows++;
        else
            cut->kept = ftell(file);
    }
    free(line);
    return number >= 0 && !ferror(file) ? 0 : -1;
}

static void tell(const char *path, const struct cut *cut)
{
    if (cut->halves > 0)
        fprintf(stderr, "speedup: %s: its last line was half-written, and is dropped\n", path);
    if (cut->rows > 0)
        fprintf(stderr,
                "speedup: %s: %d run%s of the round under way %s dropped: it is measured "
                "again\n",
                path, cut->rows, cut->rows == 1 ? "" : "s", cut->rows == 1 ? "is" : "are");
}

int results_reopen(struct results *results, const char *directory,
                   const struct machine_facts *machine, int rounds, struct error *error)
{
    char path[PATH_MAX];
    struct cut cut;
    *results = (struct results){.directory = directory, .machine = machine};
    if (output_path(path, directory, runs_file.name, error) != 0 ||
        output_remove(directory, resources_file.name, error) != 0)
        return -1;
    FILE *file = fopen(path, "r");
    if (!file)
        return error_system(error, path, "cannot be resumed", errno);
    int failed = find_cut(file, rounds, &cut);
    fclose(file);
    if (failed)
        return error_set(error, path, "is not what a benchmark has written");
    if (truncate(path, cut.kept) != 0 || !(results->runs = fopen(path, "a")))
        return error_system(error, path, "cannot be written", errno);
    results->whole = cut.kept; /* or a failure before the next row would take the file away */
    tell(path, &cut);
    return 0;
}
