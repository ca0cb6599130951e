/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/command/placeholders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { WHOLE, BASE, FOLDER, STEM, BASE_STEM, TASK, WORKER, WORKERS, LEFT, RIGHT, NONE };

static const char *const spelling[] = {"{}",  "{/}", "{//}",      "{.}", "{/.}",
                                       "{#}", "{%}", "{workers}", "{a}", "{b}"};

/* The placeholder that `text` begins with, or NONE. {a} and {b} are only for --compare. */
static enum kind placeholder_at(const char *text, const struct placeholder_values *values)
{
    int last = values && values->left ? RIGHT : WORKERS;
    for (int kind = 0; *text == '{' && kind <= last; kind++)
        if (strncmp(text, spelling[kind], strlen(spelling[kind])) == 0)
            return (enum kind)kind;
    return NONE;
}

/* A piece of a text that is there already, or of the number that was just written. */
struct piece {
    const char *from;
    size_t length;
};

/* The ending begins with the last dot of the name, not of a folder. */
static size_t without_ending(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash + 1 : path, '.');
    return dot ? (size_t)(dot - path) : strlen(path);
}

static struct piece piece_of(enum kind kind, const struct placeholder_values *values,
                             char number[16])
{
    const char *file = values->file, *slash = strrchr(file, '/');
    const char *base = slash ? slash + 1 : file;
    int value = kind == TASK ? values->task + 1 : values->worker + 1;
    switch (kind) {
    case BASE:
        return (struct piece){base, strlen(base)};
    case FOLDER:
        if (!slash)
            return (struct piece){".", 1};
        return (struct piece){file, slash > file ? (size_t)(slash - file) : 1};
    case STEM:
        return (struct piece){file, without_ending(file)};
    case BASE_STEM:
        return (struct piece){base, without_ending(base)};
    case LEFT:
        return (struct piece){values->left, strlen(values->left)};
    case RIGHT:
        return (struct piece){values->right, strlen(values->right)};
    case TASK:
    case WORKER:
    case WORKERS:
        value = kind == WORKERS ? values->workers : value;
        return (struct piece){number, (size_t)snprintf(number, 16, "%d", value)};
    default:
        return (struct piece){file, strlen(file)};
    }
}

/* Writes `text` with its placeholders replaced to `to`, with a '\0' at its end, or only counts where
 * `to` is NULL. Returns the bytes with that '\0'. */
static size_t replace(const char *text, const struct placeholder_values *values, char *to)
{
    size_t used = 0;
    char number[16];
    while (*text) {
        enum kind kind = placeholder_at(text, values);
        struct piece piece = {text, 1};
        if (kind != NONE)
            piece = piece_of(kind, values, number);
        if (to)
            memcpy(to + used, piece.from, piece.length);
        used += piece.length;
        text += kind == NONE ? 1 : strlen(spelling[kind]);
    }
    if (to)
        to[used] = '\0';
    return used + 1;
}

/* Whether one of the placeholders from `first` to `last` occurs in the text. */
static bool has(const char *text, enum kind first, enum kind last)
{
    for (; *text; text++) {
        enum kind kind = placeholder_at(text, NULL);
        if (kind != NONE && kind >= first && kind <= last)
            return true;
    }
    return false;
}

char **placeholders_replace(char *const *arguments, const struct placeholder_values *values)
{
    size_t count = 0, bytes = 0;
    bool named = values->left != NULL || !*values->file;
    for (; arguments[count]; count++) {
        named = named || has(arguments[count], WHOLE, WORKER);
        bytes += replace(arguments[count], values, NULL);
    }
    bytes += named ? 0 : strlen(values->file) + 1;
    size_t pointers = (count + !named + 1) * sizeof(char *);
    char **result = malloc(pointers + bytes);
    if (!result)
        return NULL;
    char *to = (char *)result + pointers;
    for (size_t i = 0; i < count; i++) {
        result[i] = to;
        to += replace(arguments[i], values, to);
    }
    if (!named) {
        result[count++] = to;
        strcpy(to, values->file);
    }
    result[count] = NULL;
    return result;
}

char *placeholders_replace_text(const char *text, const struct placeholder_values *values)
{
    char *result = malloc(replace(text, values, NULL));
    if (result)
        replace(text, values, result);
    return result;
}

bool placeholders_name_workers(char *const *arguments)
{
    for (; *arguments; arguments++)
        if (has(*arguments, WORKERS, WORKERS))
            return true;
    return false;
}

bool placeholders_name_task(const char *text)
{
    return has(text, WHOLE, TASK);
}
