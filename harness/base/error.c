/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void make_one_line(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = '?';
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
