/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a fixed size that grow by sentences. */
#ifndef HARNESS_BASE_TEXT_APPEND_H
#define HARNESS_BASE_TEXT_APPEND_H

#include <stddef.h>

/* Appends, as printf() does, to the text in a buffer of `size` bytes; what does not fit is cut. */
void text_append(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
