/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

/* What a process has, made when it is first asked for. */
static char directory[64];
static FILE *nowhere;
static pid_t owner; /* of the directory; its children leave it alone */

void fuzz_check(int right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

void fuzz_check_error(const struct error *error)
{
    fuzz_check(error->text[0] != '\0', "an error without a word");
    for (const unsigned char *at = (const unsigned char *)error->text; *at; at++)
        fuzz_check(*at >= ' ' && *at != 0x7f && !(*at == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0),
                   "an error with a control character");
}

static void remove_directory(void)
{
    static const char *const left[] = {
        "summary.csv",   "runs.csv",      "trace.csv",    "losses.csv",
        "resources.csv", "machine.txt",   "speedup.json", "class.html",
        "class.csv",     "report.html",   "report.md",    "settings.gp",
        "image.fits",    "image.fits.gz", "result.fits",  "a.speedup.json"};
    for (size_t i = 0; getpid() == owner && i < sizeof left / sizeof left[0]; i++)
        fuzz_remove(left[i]);
    if (getpid() == owner)
        rmdir(directory);
}

/* In memory where there is such a place: thousands of files a second. */
const char *fuzz_directory(void)
{
    if (directory[0])
        return directory;
    const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(directory, sizeof directory, "%s/speedup-fuzz-XXXXXX", parent);
    fuzz_check(mkdtemp(directory) != NULL, "no directory for the files");
    owner = getpid();
    atexit(remove_directory);
    return directory;
}

static void path_of(char path[PATH_MAX], const char *name)
{
    snprintf(path, PATH_MAX, "%s/%s", fuzz_directory(), name);
}

void fuzz_write(const char *name, const uint8_t *data, size_t size)
{
    char path[PATH_MAX];
    path_of(path, name);
    FILE *file = fopen(path, "wb");
    fuzz_check(file && fwrite(data, 1, size, file) == size && fclose(file) == 0,
               "a file cannot be written");
}

void fuzz_remove(const char *name)
{
    char path[PATH_MAX];
    path_of(path, name);
    unlink(path);
}

char *fuzz_read(const char *name)
{
    enum { AT_MOST = 8 << 20 };
    char path[PATH_MAX], *text = malloc(AT_MOST + 1);
    path_of(path, name);
    FILE *file = fopen(path, "rb");
    fuzz_check(text && file, "a file that was written is not there");
    size_t length = fread(text, 1, AT_MOST, file);
    fuzz_check(length < AT_MOST, "a file is larger than all that went into it");
    text[length] = '\0';
    fclose(file);
    return text;
}

FILE *fuzz_nowhere(void)
{
    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    fuzz_check(nowhere != NULL, "no /dev/null");
    return nowhere;
}
