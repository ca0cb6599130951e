/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of words that grows: the arguments of a program that is to be started. */
#ifndef HARNESS_BASE_WORDS_H
#define HARNESS_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* All zero is an empty list. */
struct words {
    char **word; /* ended by NULL, as exec() wants them; NULL while there are none */
    size_t count, room;
    bool failed; /* there was no memory for one of them */
};

/* Adds a copy of one word, or of all words up to a NULL. Where there is no memory, `failed` says so
 * in the end, so that a list can be made without looking after every word. */
void words_add(struct words *words, const char *word);
void words_add_all(struct words *words, char *const *more);

/* Adds an option and its value, unless the value is NULL. */
void words_add_option(struct words *words, const char *option, const char *value);

/* Adds a number. */
void words_add_number(struct words *words, int number);

/* Frees all words: the list is empty then. */
void words_free(struct words *words);

#endif
