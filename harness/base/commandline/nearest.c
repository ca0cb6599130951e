/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/commandline/nearest.h"

#include <ctype.h>
#include <string.h>

/* Nobody's name is longer; of longer ones the beginning is compared. */
enum { LETTERS_AT_MOST = 63 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t length_of(const char *text)
{
    return least(strlen(text), LETTERS_AT_MOST);
}

static int letter(const char *text, size_t i)
{
    return tolower((unsigned char)text[i]);
}

/* Row i of the table says how many slips there are between the first i letters of `a` and the first
 * j of `b`. Each row needs only the two before it, so three are kept and taken in turns. */
size_t nearest_slips(const char *a, const char *b)
{
    size_t rows[3][LETTERS_AT_MOST + 1];
    size_t a_length = length_of(a), b_length = length_of(b);
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        const size_t *before = rows[(i - 1) % 3], *two_before = rows[(i + 1) % 3];
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t wrong = before[j - 1] + (letter(a, i - 1) != letter(b, j - 1));
            row[j] = least(wrong, least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && letter(a, i - 1) == letter(b, j - 2) &&
                letter(a, i - 2) == letter(b, j - 1))
                row[j] = least(row[j], two_before[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

struct nearest nearest_to(const char *typed)
{
    return (struct nearest){.typed = typed};
}

static int begins_with(const char *text, const char *beginning)
{
    for (size_t i = 0; beginning[i]; i++)
        if (letter(text, i) != letter(beginning, i))
            return 0;
    return *beginning != '\0';
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    size_t slips = begins_with(name, nearest->typed) ? 1 : nearest_slips(nearest->typed, name);
    size_t allowed = (length_of(name) + 2) / 3; /* a third of its letters, rounded up */
    if (slips > allowed || (nearest->name && slips >= nearest->slips))
        return;
    nearest->name = name;
    nearest->slips = slips;
}

int nearest_error(const struct nearest *nearest, struct error *error, const char *what,
                  const char *remedy)
{
    if (!nearest->name)
        return error_set(error, what, "'%s' is not known; %s", nearest->typed, remedy);
    return error_set(error, what, "'%s' is not known; did you mean '%s'? %s", nearest->typed,
                     nearest->name, remedy);
}
