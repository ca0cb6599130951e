/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct words *words)
{
    if (words->count + 1 < words->room) /* one more for the NULL */
        return true;
    size_t room = words->room ? 2 * words->room : 16;
    char **word = realloc(words->word, room * sizeof *word);
    if (!word)
        return false;
    words->word = word;
    words->room = room;
    return true;
}

void words_add(struct words *words, const char *word)
{
    char *copy = make_room(words) ? strdup(word) : NULL;
    if (!copy) {
        words->failed = true;
        return;
    }
    words->word[words->count++] = copy;
    words->word[words->count] = NULL;
}

void words_add_all(struct words *words, char *const *more)
{
    while (*more)
        words_add(words, *more++);
}

void words_add_option(struct words *words, const char *option, const char *value)
{
    if (!value)
        return;
    words_add(words, option);
    words_add(words, value);
}

void words_add_number(struct words *words, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    words_add(words, digits);
}

void words_free(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->word[i]);
    free(words->word);
    *words = (struct words){0};
}
