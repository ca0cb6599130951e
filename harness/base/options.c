/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/options.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int options_next(int argc, char **argv, const struct option *options, struct error *error)
{
    opterr = 0; /* the messages are ours */
    int found = getopt_long(argc, argv, ":", options, NULL);
    if (found != '?' && found != ':')
        return found == -1 ? OPTION_END : found;

    /* getopt_long has gone past a bad long option, but not past a cluster of short ones, of which
     * it tells only the bad letter. */
    char letter[] = {'-', (char)optopt, '\0'};
    const char *text = optind > 1 ? argv[optind - 1] : letter;
    if (found == '?' && strncmp(text, "--", 2) != 0 && optopt > ' ' && optopt <= CHAR_MAX)
        text = letter;
    if (found == ':')
        error_set(error, text, "needs a value; see --help");
    else
        error_set(error, text, "no such option, or a value it does not take; see --help");
    return OPTION_BAD;
}

void options_restart(void)
{
#ifdef __GLIBC__
    optind = 0; /* forgets how far it was inside a word, too */
#else
    optind = 1;
#ifdef __APPLE__
    optreset = 1;
#endif
#endif
}

/* strtol() and strtod() skip blanks; a number given here begins with its first character. */
static int begins_with_blank(const char *text)
{
    return isspace((unsigned char)*text);
}

int option_integer(const char *option, const char *text, long minimum, long maximum, long *value,
                   struct error *error)
{
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    if (begins_with_blank(text) || end == text || *end || errno || *value < minimum ||
        *value > maximum)
        return error_set(error, option, "'%s' is not a whole number from %ld to %ld", text, minimum,
                         maximum);
    return 0;
}

int option_size(const char *option, const char *text, size_t *ny, size_t *nx, struct error *error)
{
    /* So that ny * nx * sizeof(double) stays far below what a size_t or a file offset can hold. */
    enum { SIDE_AT_MOST = 1000000 };
    char *end;
    errno = 0;
    long rows = strtol(text, &end, 10), columns = 0;
    if (!begins_with_blank(text) && end != text && *end == 'x' && !begins_with_blank(end + 1)) {
        const char *second = end + 1;
        columns = strtol(second, &end, 10);
    }
    if (*end || errno || rows < 1 || columns < 1 || rows > SIDE_AT_MOST || columns > SIDE_AT_MOST)
        return error_set(error, option,
                         "'%s' is not a size; give rows x columns, as in 1000x1000, each from 1 "
                         "to %d",
                         text, SIDE_AT_MOST);
    *ny = (size_t)rows;
    *nx = (size_t)columns;
    return 0;
}

int option_number(const char *option, const char *text, double minimum, double *value,
                  struct error *error)
{
    char *end;
    *value = strtod(text, &end);
    if (begins_with_blank(text) || end == text || *end || !isfinite(*value) || *value < minimum)
        return error_set(error, option, "'%s' is not a number of at least %g", text, minimum);
    return 0;
}

int option_choice(const char *option, const char *text, const char *const *choices, int *chosen,
                  struct error *error)
{
    char all[256] = "";
    for (int i = 0; choices[i]; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *chosen = i;
            return 0;
        }
        if (strlen(all) + strlen(choices[i]) + 3 < sizeof all) {
            strcat(all, i ? ", " : "");
            strcat(all, choices[i]);
        }
    }
    return error_set(error, option, "'%s' is none of: %s", text, all);
}

void option_list_free(char **list, size_t count)
{
    if (!list)
        return;
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    free(list);
}

static int add_item(char **list, size_t *count, const char *start, size_t length)
{
    char *item = malloc(length + 1);
    if (!item)
        return -1;
    memcpy(item, start, length);
    item[length] = '\0';
    list[(*count)++] = item;
    return 0;
}

int option_list(const char *option, const char *text, char ***list, size_t *count,
                struct error *error)
{
    size_t at_most = 1;
    for (const char *c = text; *c; c++)
        at_most += *c == ',';
    *count = 0;
    *list = calloc(at_most, sizeof **list);
    if (!*list)
        return error_set(error, option, "no memory");

    for (const char *start = text;; start += strcspn(start, ",") + 1) {
        size_t length = strcspn(start, ",");
        if (length == 0) {
            error_set(error, option, "'%s' has an empty entry; give A,B,C", text);
            break;
        }
        if (add_item(*list, count, start, length) != 0) {
            error_set(error, option, "no memory");
            break;
        }
        const char *item = (*list)[*count - 1];
        for (size_t i = 0; i + 1 < *count; i++)
            if (strcmp((*list)[i], item) == 0) {
                error_set(error, option, "'%s' is given twice", item);
                goto failed;
            }
        if (start[length] == '\0')
            return 0;
    }
failed:
    option_list_free(*list, *count);
    *list = NULL;
    *count = 0;
    return -1;
}
