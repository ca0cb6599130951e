/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prove: are causes of loss found again that were put in?
 *
 *     prove FIRST LAST [TIMES]    blocks of the causes of these numbers (from 1), TIMES of each (1)
 *     prove same TIMES            benchmarks of the same strategy under two names
 *     prove list                  the causes
 *
 * A line a run to standard output; tests/prove/table.sh makes tables of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/process/start.h"
#include "harness/measure/run/isolated_run.h"
#include "harness/measure/run/launch.h"
#include "tests/prove/blocks.h"
#include "tests/prove/causes.h"
#include "tests/prove/work.h"

static int list(void)
{
    for (int i = 0; causes[i].name; i++)
        printf("%d\t%s\t%s\n", i + 1, causes[i].name, causes[i].part);
    return 0;
}

static int run_causes(int first, int last, int times, struct error *error)
{
    double million_s = work_million_s();
    struct error why;
    bool quota = quota_create(&why) == 0;
    int failed = 0;
    for (int time = 0; time < times && !failed; time++)
        for (int i = 0; causes[i].name && !failed; i++) {
            if (i + 1 < first || i + 1 > last)
                continue;
            if (strcmp(causes[i].strategy, "quota") == 0 && !quota)
                fprintf(stderr, "prove: %s: no group can be limited here: %s\n", causes[i].name,
                        why.text);
            else
                failed = block_run(&causes[i], million_s, stdout, error);
        }
    quota_remove();
    return failed;
}

static int run_same(int times, struct error *error)
{
    double million_s = work_million_s();
    for (int i = 0; i < times; i++)
        if (block_same(million_s, stdout, error) != 0)
            return -1;
    return 0;
}

int main(int argc, char **argv)
{
    struct error error = {""};
    start_safely();
    if (argc == 3 && strcmp(argv[1], ISOLATED_RUN_ARGUMENT) == 0)
        return isolated_run(argv[2]);
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list();
    if (argc < 3) {
        fputs("Usage: prove FIRST LAST [TIMES] | prove same TIMES | prove list\n", stderr);
        return 2;
    }
    int failed = launch_catch_signals(&error);
    if (!failed && strcmp(argv[1], "same") == 0)
        failed = run_same(atoi(argv[2]), &error);
    else if (!failed)
        failed = run_causes(atoi(argv[1]), atoi(argv[2]), argc > 3 ? atoi(argv[3]) : 1, &error);
    if (failed)
        fprintf(stderr, "prove: %s\n", error.text);
    return failed ? 1 : 0;
}
