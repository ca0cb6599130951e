/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/document/embed.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"

static void put_base64(FILE *stream, const unsigned char *bytes, size_t count)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < count; i += 3) {
        unsigned long three = (unsigned long)bytes[i] << 16;
        if (i + 1 < count)
            three |= (unsigned long)bytes[i + 1] << 8;
        if (i + 2 < count)
            three |= bytes[i + 2];
        fputc(digits[three >> 18 & 63], stream);
        fputc(digits[three >> 12 & 63], stream);
        fputc(i + 1 < count ? digits[three >> 6 & 63] : '=', stream);
        fputc(i + 2 < count ? digits[three & 63] : '=', stream);
    }
}

/* Reads up to that many bytes and closes the file. How many there were; -1 where it cannot be
 * read. */
static long read_bytes(FILE *file, unsigned char *bytes, size_t at_most)
{
    size_t count = bytes ? fread(bytes, 1, at_most, file) : 0;
    bool failed = !bytes || ferror(file);
    fclose(file);
    return failed ? -1 : (long)count;
}

int embed_put(FILE *stream, const char *directory, const char *name, size_t at_most)
{
    char path[PATH_MAX];
    struct error none;
    size_t length = strlen(name);
    if (output_path(path, directory, name, &none) != 0)
        return -1;
    FILE *file = fopen(path, "rb");
    if (!file)
        return errno == ENOENT ? 0 : -1;
    unsigned char *bytes = malloc(at_most + 1);
    long count = read_bytes(file, bytes, at_most + 1);
    bool good = count > 0 && count <= (long)at_most;
    if (good) {
        bool svg = length > 4 && strcmp(name + length - 4, ".svg") == 0;
        fprintf(stream, "data:image/%s;base64,", svg ? "svg+xml" : "png");
        put_base64(stream, bytes, (size_t)count);
    }
    free(bytes);
    return count < 0 ? -1 : good;
}
