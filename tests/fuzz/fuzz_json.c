/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>

#include "harness/report/class/class.h"
#include "harness/results/json.h"
#include "tests/fuzz/fuzz.h"

static void check_class(const struct roster *roster)
{
    struct ranking ranking;
    struct error error = {""};
    const struct entry *me = &roster->entries[0];
    fuzz_check(ranking_make(&ranking, roster, &error) == 0, "no memory for a ranking");
    fuzz_check(ranking.count == roster->count && ranking.fit <= ranking.count,
               "a ranking of others");
    class_print(&ranking, me, fuzz_nowhere());
    fuzz_check(class_write_csv(&ranking, fuzz_directory(), &error) == 0 &&
                   class_write_page(&ranking, roster, me, fuzz_directory(), &error) == 0,
               "a class cannot be written");
    fuzz_check_page(CLASS_PAGE);
    ranking_free(&ranking);
}

void fuzz_json(const uint8_t *data, size_t size)
{
    static const char name[] = "a.speedup.json";
    char path[PATH_MAX];
    struct roster roster = {.count = 0};
    struct error error = {""};
    snprintf(path, sizeof path, "%s/%s", fuzz_directory(), name);
    fuzz_write(name, data, size);
    fuzz_check(roster_add(&roster, path, &error) == 0, "no memory for a roster");
    fuzz_check(roster.count + roster.skipped_count == 1, "neither taken nor skipped");
    roster_settle(&roster);
    if (roster.count > 0)
        check_class(&roster);
    roster_free(&roster);
    fuzz_remove(name);
}
