/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/build/addresses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/grade/build/capture.h"
#include "harness/grade/observation.h"

enum { LIMIT_S = 10, DIGITS = 24 };

/* The first "source:LINE" in the answer. */
static int first_line(const char *answer, const char *source)
{
    const char *name = strrchr(source, '/') ? strrchr(source, '/') + 1 : source;
    size_t length = strlen(name);
    for (const char *at = strstr(answer, name); at; at = strstr(at + 1, name))
        if (at[length] == ':' && atoi(at + length + 1) > 0)
            return atoi(at + length + 1);
    return 0;
}

int addresses_line(const char *program, const char *source, const unsigned long *address, int count)
{
    /* Both take the same addresses and answer with a line each. */
    static char tools[][24] = {"addr2line", "llvm-symbolizer"};
    static char exe[] = "-e", object[] = "--obj", brief[] = "--functions=none";
    char digits[ADDRESSES_MAX][DIGITS];
    if (count == 0)
        return 0;
    for (size_t tool = 0; tool < 2; tool++) {
        char *arguments[ADDRESSES_MAX + 6] = {tools[tool]};
        int used = 1, line = 0;
        arguments[used++] = tool == 0 ? exe : object;
        arguments[used++] = (char *)(size_t)program;
        if (tool == 1)
            arguments[used++] = brief;
        for (int i = 0; i < count && i < ADDRESSES_MAX; i++) {
            /* A return address is that of the next instruction. */
            snprintf(digits[i], DIGITS, "0x%lx", address[i] - 1);
            arguments[used++] = digits[i];
        }
        struct capture capture;
        struct error error;
        int failed = capture_run(arguments, NULL, LIMIT_S, &capture, &error);
        if (!failed)
            line = first_line(capture.output, source);
        capture_destroy(&capture);
        if (!failed)
            return line;
    }
    return 0;
}
