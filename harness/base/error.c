/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Terminals obey those of two bytes (UTF-8) as well: U+0080 to U+009F. */
static bool is_control(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    return *at < ' ' || *at == 0x7f || (*at == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0);
}

static void make_one_line(char *text)
{
    for (; *text; text++)
        if (is_control(text)) {
            if ((unsigned char)*text == 0xc2)
                text[1] = '?';
            *text = '?';
        }
}

int error_set(struct error *error, const char *what, const char *why_format, ...)
{
    int used = snprintf(error->text, sizeof error->text, "%s: ", what);
    if (used >= 0 && (size_t)used < sizeof error->text) {
        va_list arguments;
        va_start(arguments, why_format);
        vsnprintf(error->text + used, sizeof error->text - (size_t)used, why_format, arguments);
        va_end(arguments);
    }
    make_one_line(error->text);
    return -1;
}

int error_system(struct error *error, const char *what, const char *why, int error_number)
{
    return error_set(error, what, "%s: %s", why, strerror(error_number));
}
