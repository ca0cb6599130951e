/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/command/compare_results.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>

#include "generator/fits.h"
#include "harness/base/spawn.h"
#include "harness/measure/command/placeholders.h"
#include "harness/measure/command/result_files.h"

static bool ends_with(const char *path, size_t length, const char *ending)
{
    size_t count = strlen(ending);
    return length > count && strncasecmp(path + length - count, ending, count) == 0;
}

static bool is_fits(const char *path)
{
    size_t length = strlen(path);
    if (ends_with(path, length, ".gz") || ends_with(path, length, ".fz"))
        length -= 3;
    return ends_with(path, length, ".fits") || ends_with(path, length, ".fit") ||
           ends_with(path, length, ".fts");
}

static int compare_pixels(const char *path, const struct image *expected, const struct image *got,
                          struct error *error)
{
    if (expected->ny != got->ny || expected->nx != got->nx)
        return error_set(error, path, "has %zu x %zu pixels, the serial run's %zu x %zu", got->ny,
                         got->nx, expected->ny, expected->nx);
    for (size_t i = 0; i < got->ny * got->nx; i++)
        if (memcmp(&got->pixels[i], &expected->pixels[i], sizeof(double)) != 0 &&
            !(isnan(got->pixels[i]) && isnan(expected->pixels[i])))
            return error_set(error, path, "pixel (%zu, %zu) differs from the serial run's",
                             i / got->nx, i % got->nx);
    return 0;
}

static int compare_fits(const char *reference, const char *result, struct error *error)
{
    struct image expected = {0}, got = {0};
    int failed = fits_ready(error) != 0 || fits_read_image(reference, &expected, error) != 0 ||
                         fits_read_image(result, &got, error) != 0
                     ? -1
                     : compare_pixels(result, &expected, &got, error);
    image_destroy(&expected);
    image_destroy(&got);
    return failed;
}

static int compare_by_command(char *const *words, const char *reference, const char *result,
                              struct error *error)
{
    const struct placeholder_values values = {.file = "", .left = reference, .right = result};
    char **arguments = placeholders_replace(words, &values);
    int status = 0;
    if (!arguments)
        return error_set(error, "--compare", "no memory");
    const struct spawn spawn = {
        .arguments = arguments, .in = SPAWN_NOTHING, .out = SPAWN_NOTHING, .err = SPAWN_NOTHING};
    pid_t process = spawn_start(&spawn, error);
    free(arguments);
    if (process < 0 || spawn_wait(process, &status, error) != 0)
        return -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return error_set(error, result, "differs from the serial run's: %s ended with %s %d", words[0],
                     WIFEXITED(status) ? "exit status" : "signal",
                     WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

int compare_results(void *context, const char *reference, const char *result, struct error *error)
{
    if (context)
        return compare_by_command(context, reference, result, error);
    if (is_fits(result))
        return compare_fits(reference, result, error);
    return result_files_same_bytes(NULL, reference, result, error);
}

/* Copies the next word to `to`, without its quotation marks. Returns what comes after it, or NULL where
 * one is not closed. */
static const char *next_word(const char *text, char *to)
{
    char quote = '\0';
    for (; *text && (quote || !isspace((unsigned char)*text)); text++) {
        if (quote ? *text == quote : *text == '\'' || *text == '"')
            quote = quote ? '\0' : *text;
        else
            *to++ = *text;
    }
    *to = '\0';
    return quote ? NULL : text;
}

static bool name_both(char *const *words)
{
    bool left = false, right = false;
    for (; *words; words++) {
        left = left || strstr(*words, "{a}");
        right = right || strstr(*words, "{b}");
    }
    return left && right;
}

char **compare_words(const char *text, struct error *error)
{
    /* Not more words than every second letter, each with its '\0'. */
    size_t length = strlen(text), most = length / 2 + 2, count = 0;
    char **words = calloc(1, most * sizeof *words + 2 * length + 2);
    if (!words) {
        error_set(error, "--compare", "no memory");
        return NULL;
    }
    char *to = (char *)(words + most);
    while (text && *(text += strspn(text, " \t\n")) != '\0') {
        words[count++] = to;
        text = next_word(text, to);
        to += strlen(to) + 1;
    }
    if (!text)
        error_set(error, "--compare", "a quotation mark is not closed");
    else if (!name_both(words))
        error_set(error, "--compare", "needs {a} and {b}, as in 'cmp {a} {b}'");
    else
        return words;
    free(words);
    return NULL;
}
