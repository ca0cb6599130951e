/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"

struct scratch {
    char before[PATH_MAX]; /* where we were */
    char path[PATH_MAX];
};

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    return remove(path);
}

int scratch_enter(void **state)
{
    const char *parent = getenv("TMPDIR");
    struct scratch *scratch = malloc(sizeof *scratch);
    if (!scratch)
        return -1;
    int length = snprintf(scratch->path, sizeof scratch->path, "%s/speedup-test-XXXXXX",
                          parent && *parent ? parent : "/tmp");
    if (length < 0 || (size_t)length >= sizeof scratch->path ||
        !getcwd(scratch->before, sizeof scratch->before) || !mkdtemp(scratch->path) ||
        chdir(scratch->path) != 0) {
        free(scratch);
        return -1;
    }
    *state = scratch;
    return 0;
}

int scratch_leave(void **state)
{
    enum { OPEN_AT_MOST = 16 };
    struct scratch *scratch = *state;
    int failed = chdir(scratch->before);
    if (nftw(scratch->path, remove_entry, OPEN_AT_MOST, FTW_DEPTH | FTW_PHYS) != 0)
        failed = -1;
    free(scratch);
    *state = NULL;
    return failed;
}

int scratch_count(const char *directory)
{
    int count = 0;
    DIR *stream = opendir(directory);
    if (!stream)
        return -1;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(stream);
    return count;
}

void scratch_write(const char *path, const void *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

char *scratch_read(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long length = ftell(file);
    assert_true(length >= 0);
    rewind(file);
    char *bytes = malloc((size_t)length + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)length, file), length);
    bytes[length] = '\0';
    fclose(file);
    *count = (size_t)length;
    return bytes;
}
