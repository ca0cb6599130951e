/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fuzzers have found, each with its target once more: any compiler will do. */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

/* Reading a file may crash in a child, which must not come back to us by way of cmocka's handlers. */
static void let_signals_end_it(void)
{
    signal(SIGSEGV, SIG_DFL);
    signal(SIGBUS, SIG_DFL);
    signal(SIGFPE, SIG_DFL);
    signal(SIGILL, SIG_DFL);
}

/* The number of files that were tried; a target that does not like one ends the program. */
static int try_all(const char *directory, fuzz_target *target)
{
    int count = 0;
    DIR *stream = opendir(directory);
    assert_non_null(stream);
    let_signals_end_it();
    for (struct dirent *entry; (entry = readdir(stream));) {
        char path[PATH_MAX];
        size_t size;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        char *data = scratch_read(path, &size);
        target((const uint8_t *)data, size);
        free(data);
        count++;
    }
    closedir(stream);
    return count;
}

/* Where a target ends the program, the line above names the test, and so the files. */
#define CORPUS(name)                                                                               \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        assert_true(try_all("tests/fuzz/corpus/" #name, fuzz_##name) > 0);                         \
    }
CORPUS(fits)
CORPUS(result)
CORPUS(json)
CORPUS(words)
CORPUS(options)

/* The first makes cfitsio 4.2 write far beyond its memory. */
static void a_file_that_crashes_the_library_stops_no_other(void **state)
{
    (void)state;
    struct outcome outcome =
        run_speedup("filter", "--out", fuzz_directory(),
                    "tests/fuzz/corpus/fits/hcompress-too-large", "tests/fuzz/corpus/fits/rice");
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "speedup: tests/fuzz/corpus/fits/hcompress-too-large: "));
    assert_non_null(strstr(outcome.out, "/rice_filtered.fits\n"));
    fuzz_remove("rice_filtered.fits");
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits),    cmocka_unit_test(result),
        cmocka_unit_test(json),    cmocka_unit_test(words),
        cmocka_unit_test(options), cmocka_unit_test(a_file_that_crashes_the_library_stops_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
