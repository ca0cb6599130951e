/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/document/escape.h"

#include <stdbool.h>
#include <string.h>

/* The character at `text`, and its length in bytes. '?' for what is no UTF-8, and for what
 * terminals or lines of text obey: control characters (C0, DEL, C1), and marks and overrides of
 * direction. */
static unsigned long next(const unsigned char *text, int *length)
{
    unsigned long c = *text;
    int more = c < 0x80             ? 0
               : (c & 0xe0) == 0xc0 ? 1
               : (c & 0xf0) == 0xe0 ? 2
               : (c & 0xf8) == 0xf0 ? 3
                                    : -1;
    *length = 1;
    if (more < 0)
        return '?';
    c = more == 0 ? c : c & (0x3fUL >> more);
    for (int i = 1; i <= more; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return '?';
        c = c << 6 | (text[i] & 0x3fU);
    }
    *length = more + 1;
    bool directs = (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
                   (c >= 0x2066 && c <= 0x2069);
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || directs || c == 0xfeff || c > 0x10ffff ||
                   (c >= 0xd800 && c <= 0xdfff)
               ? '?'
               : c;
}

void escape_put(FILE *stream, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    for (int length; *at; at += length) {
        unsigned long c = next(at, &length);
        const char *entity = c == '&'   ? "&amp;"
                             : c == '<' ? "&lt;"
                             : c == '>' ? "&gt;"
                             : c == '"' ? "&quot;"
                                        : NULL;
        if (entity)
            fputs(entity, stream);
        else if (c == '?')
            fputc('?', stream);
        else
            fwrite(at, 1, (size_t)length, stream);
    }
}

/* Columns on a terminal; the ranges are those of East Asian wide characters, and of emoji. */
static int width_of(unsigned long c)
{
    return c >= 0x1100 &&
                   (c <= 0x115f || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
                    (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) ||
                    (c >= 0xff00 && c <= 0xff60) || c >= 0x1f300)
               ? 2
               : 1;
}

void escape_put_columns(FILE *stream, const char *text, int columns)
{
    const unsigned char *at = (const unsigned char *)text;
    int used = 0, most = columns < 0 ? -columns : columns;
    for (int length; *at; at += length) {
        unsigned long c = next(at, &length);
        if (most > 0 && used + width_of(c) > most)
            break;
        used += width_of(c);
        if (c == '?')
            fputc('?', stream);
        else
            fwrite(at, 1, (size_t)length, stream);
    }
    for (; used < columns; used++)
        fputc(' ', stream);
}
