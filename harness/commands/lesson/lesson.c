/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "harness/base/clock.h"
#include "harness/commands/bench/bench_present.h"
#include "harness/commands/bench/bench_run.h"
#include "harness/commands/lesson/planning.h"
#include "harness/measure/run/launch.h"

enum { BENCHES_AT_MOST = 16 };

/* Lines on the terminal: all of the lesson is to be read on one screen. LINES_OF_END are for what
 * to post, the verdict, where the report is, and where an earlier result went. A section needs its
 * title and a table of three; one with a BLAS says, too, which it is and what its threads do. */
enum { LINES_AT_MOST = 35, LINES_OF_END = 9, LINES_OF_SECTION = 4, LINES_OF_BLAS = 2 };

struct lesson {
    const struct bench_options *options;
    struct bench *benches;
    int count;
    double began_s;
    double over_s; /* that sections took beyond their time because they were disturbed */
};

/* The sections that are asked for, or one benchmark that is none. */
static enum exit_code open_all(struct lesson *lesson, const struct command_line *line,
                               struct error *error)
{
    const char *wanted = lesson->options->section;
    enum exit_code code = EXIT_CODE_DONE;
    if (!wanted)
        return bench_open(&lesson->benches[lesson->count++], NULL, lesson->options, line, error);
    bool all = strcmp(wanted, "all") == 0;
    for (const struct section *section = sections; section->name && !code; section++)
        if (all || strcmp(wanted, section->name) == 0)
            code = bench_open(&lesson->benches[lesson->count++], section, lesson->options, line,
                              error);
    for (int i = 0; i < lesson->count && all; i++)
        snprintf(lesson->benches[i].where, sizeof lesson->benches[i].where, "section %d of %d",
                 i + 1, lesson->count);
    return code;
}

/* Of all of them, seconds. A section that is measured alone has its share. */
static double budget_of(const struct lesson *lesson)
{
    const struct bench *first = &lesson->benches[0];
    bool alone = first->section && lesson->count == 1;
    return first->options.budget_s * (alone ? first->section->share : 1);
}

/* Only where there is an end of time, and something that we can cut. */
static bool can_plan(const struct lesson *lesson)
{
    const struct bench_options *options = &lesson->benches[0].options;
    return !options->command && (options->dry_run || planning_is_bounded(options));
}

/* Plans all sections from number `next` on. */
static int plan(const struct lesson *lesson, int next, struct error *error)
{
    double left_s = budget_of(lesson) + lesson->over_s - (clock_seconds() - lesson->began_s);
    return can_plan(lesson)
               ? planning_do(lesson->benches + next, lesson->count - next, left_s, error)
               : 0;
}

static enum exit_code print_plan(const struct lesson *lesson, struct error *error)
{
    if (lesson->options->command)
        return bench_run(&lesson->benches[0], error);
    if (plan(lesson, 0, error) != 0)
        return EXIT_CODE_FAILED;
    planning_print(lesson->benches, lesson->count, budget_of(lesson), stdout);
    return EXIT_CODE_DONE;
}

static int lines_needed(const struct bench *bench)
{
    bool uses_blas = filter_find(bench->options.config.filter)->uses_blas;
    return bench->options.notices + LINES_OF_SECTION + uses_blas * LINES_OF_BLAS;
}

/* How many lines section `number` may print: what those before it have left and those after it will
 * not need. */
static int lines_for(const struct lesson *lesson, int number)
{
    int lines = LINES_AT_MOST - LINES_OF_END;
    for (int i = 0; i < lesson->count; i++)
        if (i != number)
            lines -=
                i < number ? bench_lines(&lesson->benches[i]) : lines_needed(&lesson->benches[i]);
    return lines;
}

/* A section that goes on until enough of its rounds are good makes the whole longer; those after it
 * keep the time that they were to have. */
static void note_overrun(struct lesson *lesson, const struct bench *bench)
{
    double over_s = clock_seconds() - bench->deadline_s;
    if (bench->deadline_s > 0 && over_s > 0 && !machine_is_fit(&bench->set.machine))
        lesson->over_s += over_s;
}

static enum exit_code run_all(struct lesson *lesson, struct error *error)
{
    enum exit_code worst = EXIT_CODE_DONE;
    for (int i = 0; i < lesson->count; i++) {
        struct error own;
        enum exit_code code = EXIT_CODE_FAILED;
        lesson->benches[i].lines = lines_for(lesson, i);
        if (bench_begin(&lesson->benches[i], &own) == 0 && plan(lesson, i, &own) == 0)
            code = bench_run(&lesson->benches[i], &own);
        note_overrun(lesson, &lesson->benches[i]);
        if (code == EXIT_CODE_DONE)
            continue;
        if (worst != EXIT_CODE_DONE)
            fprintf(stderr, "speedup: %s\n", error->text); /* main() prints the last one */
        *error = own;
        worst = code;
        if (launch_interrupted())
            break;
    }
    return worst;
}

/* What to post, and whether it is fit for that. A benchmark that is no section, or that prints all
 * its rows, has said so already. */
static void print_end(const struct lesson *lesson)
{
    const struct bench *first = &lesson->benches[0];
    if (lesson->count > 1)
        bench_present_end(lesson->options->directory, lesson->options->effort_h);
    else if (first->section && !first->options.wide)
        bench_present_end(first->options.directory, first->options.effort_h);
}

enum exit_code lesson_run(const struct bench_options *options, const struct command_line *line,
                          struct error *error)
{
    struct lesson lesson = {.options = options,
                            .benches = calloc(BENCHES_AT_MOST, sizeof *lesson.benches),
                            .began_s = clock_seconds()};
    if (!lesson.benches) {
        error_set(error, "bench", "no memory");
        return EXIT_CODE_FAILED;
    }
    enum exit_code code = open_all(&lesson, line, error);
    bool opened = code == EXIT_CODE_DONE;
    if (opened)
        code = options->dry_run ? print_plan(&lesson, error) : run_all(&lesson, error);
    if (opened && !options->dry_run && !launch_interrupted())
        print_end(&lesson);
    for (int i = 0; i < lesson.count; i++)
        bench_close(&lesson.benches[i]);
    free(lesson.benches);
    return code;
}
