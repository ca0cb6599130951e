/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/tree.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    return remove(path);
}

int tree_remove(const char *path)
{
    enum { OPEN_AT_MOST = 16 };
    int failed = nftw(path, remove_entry, OPEN_AT_MOST, FTW_DEPTH | FTW_PHYS);
    return failed && errno != ENOENT ? -1 : 0;
}

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

int tree_names(const char *path, char ***names)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_entry, alphasort);
    *names = count < 0 ? NULL : calloc((size_t)count + 1, sizeof **names);
    for (int i = 0; i < count; i++) {
        if (*names)
            (*names)[i] = strdup(entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return *names ? count : -1;
}

void tree_names_free(char **names, int count)
{
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

char *tree_read(const char *directory, const char *name, size_t *count)
{
    char path[PATH_MAX], *bytes = NULL;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    long length = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (length >= 0)
        bytes = malloc((size_t)length + 1);
    if (bytes) {
        rewind(file);
        *count = fread(bytes, 1, (size_t)length, file);
        bytes[*count] = '\0';
    }
    if (file)
        fclose(file);
    return bytes;
}

static int copy_file(const char *from, const char *to, const char *name)
{
    char path[PATH_MAX];
    size_t count;
    char *bytes = tree_read(from, name, &count);
    snprintf(path, sizeof path, "%s/%s", to, name);
    FILE *file = bytes ? fopen(path, "wb") : NULL;
    int failed = !file || fwrite(bytes, 1, count, file) != count;
    if (file && fclose(file) != 0)
        failed = 1;
    free(bytes);
    return failed ? -1 : 0;
}

int tree_copy(const char *from, const char *to)
{
    char **names;
    int count = tree_names(from, &names), failed = count < 0 || mkdir(to, 0777) != 0;
    for (int i = 0; i < count && !failed; i++)
        failed = copy_file(from, to, names[i]);
    tree_names_free(names, count);
    return failed ? -1 : 0;
}
