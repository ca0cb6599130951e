/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is left, on machines that are made up as files. */
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/machine/memory.h"
#include "tests/support/program.h"

static char root[] = "/tmp/speedup-test-XXXXXX";

static int make_root(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    (void)state;
    struct outcome outcome = run_program((const char *const[]){"rm", "-rf", root, NULL});
    outcome_free(&outcome);
    return 0;
}

static void put(const char *path, const char *text)
{
    char full[256];
    snprintf(full, sizeof full, "%s%s", root, path);
    for (char *slash = strchr(full + strlen(root) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(full, 0777);
        *slash = '/';
    }
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void test_what_the_system_calls_available(void **state)
{
    (void)state;
    put("/proc/meminfo", "MemTotal:  24000000 kB\nMemFree:  100 kB\nMemAvailable:  8000000 kB\n");
    assert_float_equal(memory_available_kib(root), 8000000, 0);
}

static void test_a_container_of_version_2(void **state)
{
    (void)state;
    put("/sys/fs/cgroup/memory.max", "max\n");
    put("/sys/fs/cgroup/memory.current", "1048576\n");
    assert_float_equal(memory_available_kib(root), 8000000, 0);
    put("/sys/fs/cgroup/memory.max", "4194304\n");
    put("/sys/fs/cgroup/memory.stat", "anon 5\ninactive_file 524288\nactive_file 7\n");
    assert_float_equal(memory_available_kib(root), 4096 - 1024 + 512, 0);
    put("/sys/fs/cgroup/memory.current", "9999999\n");
    assert_float_equal(memory_available_kib(root), 0, 0);
    put("/sys/fs/cgroup/memory.max", "max\n");
}

static void test_a_container_of_version_1(void **state)
{
    (void)state;
    put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "2097152\n");
    put("/sys/fs/cgroup/memory/memory.usage_in_bytes", "1048576\n");
    put("/sys/fs/cgroup/memory/memory.stat", "cache 3\ntotal_inactive_file 102400\n");
    assert_float_equal(memory_available_kib(root), 1024 + 100, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_system_calls_available),
        cmocka_unit_test(test_a_container_of_version_2),
        cmocka_unit_test(test_a_container_of_version_1),
    };
    return cmocka_run_group_tests(tests, make_root, remove_root);
}
