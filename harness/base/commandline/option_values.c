/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/commandline/option_values.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/commandline/nearest.h"

/* strtol() and strtod() skip blanks; a number given here begins with its first character. */
static int begins_with_blank(const char *text)
{
    return isspace((unsigned char)*text);
}

int option_integer(const char *option, const char *text, long long minimum, long long maximum,
                   long long *value, struct error *error)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (begins_with_blank(text) || end == text || *end || errno || number < minimum ||
        number > maximum)
        return error_set(error, option, "'%s' is not a whole number from %lld to %lld", text,
                         minimum, maximum);
    *value = number;
    return 0;
}

int option_size(const char *option, const char *text, struct option_size *size, struct error *error)
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
    *size = (struct option_size){.ny = (size_t)rows, .nx = (size_t)columns};
    return 0;
}

int option_number(const char *option, const char *text, double minimum, double *value,
                  struct error *error)
{
    char *end;
    double number = strtod(text, &end);
    if (begins_with_blank(text) || end == text || *end || !isfinite(number) || number < minimum)
        return error_set(error, option, "'%s' is not a number of at least %g", text, minimum);
    *value = number;
    return 0;
}

int option_choice(const char *option, const char *text, const char *const *choices, int *chosen,
                  struct error *error)
{
    char all[256] = "";
    struct nearest nearest = nearest_to(text);
    for (int i = 0; choices[i]; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *chosen = i;
            return 0;
        }
        nearest_offer(&nearest, choices[i]);
        if (strlen(all) + strlen(choices[i]) + 3 < sizeof all) {
            strcat(all, i ? ", " : "");
            strcat(all, choices[i]);
        }
    }
    if (!nearest.name)
        return error_set(error, option, "'%s' is none of: %s", text, all);
    return error_set(error, option, "'%s' is none of: %s; did you mean '%s'?", text, all,
                     nearest.name);
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

int option_integers(const char *option, const char *text, int maximum, int *numbers, int room,
                    int *count, struct error *error)
{
    char **words;
    size_t given;
    *count = 0;
    if (option_list(option, text, &words, &given, error) != 0)
        return -1;
    int failed = given > (size_t)room ? error_set(error, option, "more than %d numbers", room) : 0;
    for (size_t i = 0; i < given && !failed; i++) {
        long long number = 1;
        failed = option_integer(option, words[i], 1, maximum, &number, error);
        numbers[(*count)++] = (int)number;
    }
    option_list_free(words, given);
    return failed;
}
