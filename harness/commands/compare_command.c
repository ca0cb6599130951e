/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/directory.h"
#include "harness/commands/command.h"
#include "harness/report/class/class.h"
#include "harness/report/compare.h"

struct settings {
    bool all;
    const char *me, *out;
};

static const struct option_row options[] = {
    {"me", "NAME", NULL, "point out this machine", OPTION_TEXT, OPTION_INTO(struct settings, me)},
    {"all", NULL, NULL,
     "compare all strategies of a few result directories, in compare.png, compare.svg and "
     "compare.csv; where there are more than 40 lines the graph has the fastest of each result",
     OPTION_FLAG, OPTION_INTO(struct settings, all)},
    {"out", "DIR", ".", "where the files go, made where it is missing", OPTION_TEXT,
     OPTION_INTO(struct settings, out)},
    {0},
};

static enum exit_code compare_all(char *const *directories, int count, const char *out,
                                  struct error *error)
{
    struct comparison comparison;
    if (compare_open(&comparison, count, directories, error) != 0)
        return EXIT_CODE_FAILED;
    compare_print(&comparison, stdout);
    fflush(stdout);
    int failed = directory_create(out, error) != 0 || compare_draw(&comparison, out, error) != 0;
    compare_close(&comparison);
    if (failed)
        return EXIT_CODE_FAILED;
    printf("\n%s/compare.png\n%s/compare.svg\n%s/compare.csv\n", out, out, out);
    return EXIT_CODE_DONE;
}

static int gather(struct roster *roster, const struct command_line *line, struct error *error)
{
    for (int i = 0; i < line->operand_count; i++)
        if (roster_add(roster, line->operands[i], error) != 0)
            return -1;
    for (size_t i = 0; i < roster->skipped_count; i++)
        fprintf(stderr, "speedup: skipped: %s\n", roster->skipped[i].why);
    if (roster->count == 0)
        return error_set(error, "compare", "none of these is a result");
    roster_settle(roster);
    return 0;
}

static int show(const struct roster *roster, const struct settings *settings, struct error *error)
{
    struct ranking ranking;
    const struct entry *me = settings->me ? roster_find(roster, settings->me) : NULL;
    if (settings->me && !me)
        return error_set(error, "--me", "no machine has the name '%s'", settings->me);
    if (ranking_make(&ranking, roster, error) != 0)
        return -1;
    class_print(&ranking, me, stdout);
    fflush(stdout);
    int failed = directory_create(settings->out, error) != 0 ||
                 class_write_csv(&ranking, settings->out, error) != 0 ||
                 class_write_page(&ranking, roster, me, settings->out, error) != 0;
    ranking_free(&ranking);
    return failed ? -1 : 0;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    struct roster roster = {.count = 0};
    if (settings->all)
        return compare_all(line->operands, line->operand_count, settings->out, error);
    int failed = gather(&roster, line, error) != 0 || show(&roster, settings, error) != 0;
    roster_free(&roster);
    if (failed)
        return EXIT_CODE_FAILED;
    printf("\n%s/%s\n%s/%s\n", settings->out, CLASS_PAGE, settings->out, CLASS_CSV);
    return EXIT_CODE_DONE;
}

const struct command compare_command = {
    .name = "compare",
    .summary = "a class: results of any number of machines in one table and one page",
    .arguments = "[OPTION]... RESULT...",
    .about = "Ranks machines by speed and by how well they scale, prints the table with medians, "
             "and writes class.html (one page, graphs inside) and class.csv. A RESULT is a result "
             "directory, a summary.csv, a file that `speedup submit` has made, or a directory of "
             "such. Noisy and wrong results are marked and not ranked; files that are no results "
             "are named and skipped.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_least = 1,
    .operands_at_most = OPERANDS_ANY,
    .wants = "takes one result or more",
    .run = run,
};
