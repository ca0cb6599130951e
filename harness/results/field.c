/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/field.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 40 }; /* bytes of a wrong field in its message */
static const long MOST = 1000000000;

/* Enums are read and written as int. */
_Static_assert(sizeof(enum run_status) == sizeof(int), "an enum is as large as an int");

static const void *member_of(const struct column *column, const struct machine_facts *machine,
                             const void *row)
{
    return (const char *)(column->of_machine ? (const void *)machine : row) + column->offset;
}

const char *field_text(const struct column *column, const struct machine_facts *machine,
                       const void *row)
{
    return member_of(column, machine, row);
}

static double as_double(const void *member)
{
    double value;
    memcpy(&value, member, sizeof value);
    return value;
}

static long as_long(const struct column *column, const void *member)
{
    size_t size;
    long value;
    int small;
    if (column->kind == COLUMN_SIZE) {
        memcpy(&size, member, sizeof size);
        return size > LONG_MAX ? LONG_MAX : (long)size;
    }
    if (column->kind == COLUMN_LONG) {
        memcpy(&value, member, sizeof value);
        return value;
    }
    memcpy(&small, member, sizeof small);
    return small;
}

static void format_double(const struct column *column, double value, char text[FIELD_LENGTH])
{
    if (!isfinite(value) || (column->zero_is_empty && value == 0))
        return;
    snprintf(text, FIELD_LENGTH, column->kind == COLUMN_COUNT ? "%.0f" : "%.9g", value);
}

static void format_text(const char *value, char text[FIELD_LENGTH])
{
    snprintf(text, FIELD_LENGTH, "%s", value);
    for (char *at = text; *at; at++)
        if (strchr(",\"\r\n", *at))
            *at = ' ';
}

void field_format(const struct column *column, const struct machine_facts *machine, const void *row,
                  char text[FIELD_LENGTH])
{
    const void *member = member_of(column, machine, row);
    text[0] = '\0';
    switch (column->kind) {
    case COLUMN_SCHEMA:
        snprintf(text, FIELD_LENGTH, "%d", COLUMNS_SCHEMA);
        break;
    case COLUMN_INTEGER:
    case COLUMN_LONG:
    case COLUMN_SIZE:
        if (as_long(column, member) != 0 || !column->zero_is_empty)
            snprintf(text, FIELD_LENGTH, "%ld", as_long(column, member));
        break;
    case COLUMN_COUNT:
    case COLUMN_NUMBER:
        format_double(column, as_double(member), text);
        break;
    case COLUMN_NAME:
    case COLUMN_TEXT:
        format_text(member, text);
        break;
    case COLUMN_WORD:
        snprintf(text, FIELD_LENGTH, "%s", column->words[as_long(column, member)]);
        break;
    }
}

static int wrong(const struct column *column, const char *text, const char *what, struct error *why)
{
    return error_set(why, column->name, "'%.*s%s' is not %s", SHOWN, text,
                     strlen(text) > SHOWN ? "..." : "", what);
}

static int parse_integer(const struct column *column, const char *text, long *value,
                         struct error *why)
{
    char *end;
    const long most = column->most > 0 ? column->most : MOST;
    *value = 0;
    if (!*text && column->zero_is_empty)
        return 0;
    if (strspn(text, "0123456789") != strlen(text) || !*text)
        return wrong(column, text, "a whole number", why);
    errno = 0;
    *value = strtol(text, &end, 10);
    if (errno != 0 || *value > most || *value < column->least)
        return error_set(why, column->name, "'%.*s' is not from %d to %ld", SHOWN, text,
                         column->least, most);
    return 0;
}

/* Neither "inf" nor "nan" nor hexadecimal digits, all of which strtod() takes. */
static int parse_double(const struct column *column, const char *text, double *value,
                        struct error *why)
{
    char *end;
    *value = column->zero_is_empty ? 0 : (double)NAN;
    if (!*text)
        return 0;
    double number = strtod(text, &end);
    if (strspn(text, "+-.0123456789eE") != strlen(text) || *end || !isfinite(number))
        return wrong(column, text, "a number", why);
    if (column->kind == COLUMN_COUNT && number != floor(number))
        return wrong(column, text, "a whole number", why);
    *value = number;
    return 0;
}

/* Bytes of the UTF-8 character at `text` if it can be printed. 0 for what is no UTF-8, and for
 * control characters, those of two bytes too: terminals obey them. */
static size_t printable(const unsigned char *text)
{
    size_t length = text[0] < 0x80   ? 1
                    : text[0] < 0xc2 ? 0
                    : text[0] < 0xe0 ? 2
                    : text[0] < 0xf0 ? 3
                    : text[0] < 0xf5 ? 4
                                     : 0;
    if (length == 1)
        return text[0] >= ' ' && text[0] != 0x7f;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    if ((text[0] == 0xc2 && text[1] < 0xa0) || (text[0] == 0xe0 && text[1] < 0xa0) ||
        (text[0] == 0xed && text[1] > 0x9f) || (text[0] == 0xf0 && text[1] < 0x90) ||
        (text[0] == 0xf4 && text[1] > 0x8f))
        return 0;
    return length;
}

static int parse_text(const struct column *column, const char *text, char *member,
                      struct error *why)
{
    const unsigned char *at = (const unsigned char *)text;
    if (strlen(text) >= column->size)
        return error_set(why, column->name, "'%.*s...' is longer than %zu bytes", SHOWN, text,
                         column->size - 1);
    if (column->kind == COLUMN_NAME) {
        for (; *at; at++)
            if (*at <= ' ' || *at > '~')
                return wrong(column, text, "a name", why);
        if (!*text)
            return wrong(column, text, "a name", why);
    }
    for (size_t length; *at; at += length)
        if ((length = printable(at)) == 0)
            return wrong(column, text, "printable text", why);
    memcpy(member, text, strlen(text) + 1);
    return 0;
}

/* A word that an earlier version had no column for is the first of its list. */
static int parse_word(const struct column *column, const char *text, int *value, struct error *why)
{
    char list[128] = "";
    *value = 0;
    if (!*text && column->later)
        return 0;
    for (int i = 0; column->words[i]; i++) {
        if (strcmp(column->words[i], text) == 0) {
            *value = i;
            return 0;
        }
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", column->words[i]);
    }
    return error_set(why, column->name, "'%.*s' is none of: %s", SHOWN, text, list);
}

int field_parse(const struct column *column, const char *text, struct machine_facts *machine,
                void *row, struct error *why)
{
    char *member = (char *)(column->of_machine ? (void *)machine : row) + column->offset;
    char expected[16];
    long integer;
    double number;
    int word, failed = 0;
    switch (column->kind) {
    case COLUMN_SCHEMA:
        snprintf(expected, sizeof expected, "%d", COLUMNS_SCHEMA);
        if (strcmp(text, expected) != 0)
            return error_set(why, column->name,
                             "'%.*s' is not %d: another version of speedup wrote this file", SHOWN,
                             text, COLUMNS_SCHEMA);
        break;
    case COLUMN_INTEGER:
        if ((failed = parse_integer(column, text, &integer, why)) == 0)
            memcpy(member, &(int){(int)integer}, sizeof(int));
        break;
    case COLUMN_LONG:
        if ((failed = parse_integer(column, text, &integer, why)) == 0)
            memcpy(member, &integer, sizeof integer);
        break;
    case COLUMN_SIZE:
        if ((failed = parse_integer(column, text, &integer, why)) == 0)
            memcpy(member, &(size_t){(size_t)integer}, sizeof(size_t));
        break;
    case COLUMN_COUNT:
    case COLUMN_NUMBER:
        if ((failed = parse_double(column, text, &number, why)) == 0)
            memcpy(member, &number, sizeof number);
        break;
    case COLUMN_NAME:
    case COLUMN_TEXT:
        return parse_text(column, text, member, why);
    case COLUMN_WORD:
        if ((failed = parse_word(column, text, &word, why)) == 0)
            memcpy(member, &word, sizeof word);
        break;
    }
    return failed;
}
