/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told by the long names of processors. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "harness/report/class/entry.h"

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static size_t word_length(const char *text)
{
    return strcspn(text, " ");
}

/* "64-Core", "12th", and words that say no more than that it is a processor. */
static bool says_nothing(const char *word, size_t length)
{
    static const char *const words[] = {"CPU", "Processor", "processor", "Gen"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == length && begins(word, words[i]))
            return true;
    size_t digits = strspn(word, "0123456789");
    return digits > 0 && ((length == digits + strlen("-Core") && begins(word + digits, "-Core")) ||
                          (length == digits + strlen("th") && begins(word + digits, "th")));
}

/* Names of Intel's that go without it. */
static bool is_family(const char *word)
{
    static const char *const families[] = {"Core", "Xeon", "Celeron", "Pentium", "Atom"};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (begins(word, families[i]))
            return true;
    return false;
}

/* "(R)" and "(TM)" end a word, as blanks do, unless more of it follows: "Core(TM)2". */
static void drop_marks(const char *name, char text[ENTRY_TEXT])
{
    static const char *const marks[] = {"(R)", "(TM)", "(r)", "(tm)"};
    size_t length = 0;
    while (*name && length < ENTRY_TEXT - 1) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (begins(name, marks[i]))
                skip = strlen(marks[i]);
        if (skip == 0)
            text[length++] = *name++;
        name += skip;
    }
    text[length] = '\0';
}

void entry_processor(const struct entry *entry, char text[ENTRY_TEXT])
{
    char whole[ENTRY_TEXT];
    size_t used = 0;
    drop_marks(entry->cpu, whole);
    text[0] = '\0';
    for (const char *at = whole + strspn(whole, " "); *at; at += strspn(at, " ")) {
        size_t length = word_length(at);
        const char *next = at + length + strspn(at + length, " ");
        if (*at == '@' || (used > 0 && length == strlen("with") && begins(at, "with")))
            break; /* "@ 2.30GHz", "with Radeon Graphics" */
        bool maker = length == strlen("Intel") && begins(at, "Intel") && is_family(next) &&
                     next[word_length(next)] && strncmp(next + word_length(next), " CPU", 4) != 0;
        if (!maker && !says_nothing(at, length))
            used += (size_t)snprintf(text + used, ENTRY_TEXT - used, "%s%.*s", used ? " " : "",
                                     (int)length, at);
        at += length;
    }
    if (used == 0)
        snprintf(text, ENTRY_TEXT, "%s", entry->cpu);
}
