/* SPDX-License-Identifier: GPL-3.0-or-later */
/* machine.txt of a result directory, read back: what the report says about a measurement. */
#ifndef HARNESS_MACHINE_MACHINE_READ_H
#define HARNESS_MACHINE_MACHINE_READ_H

#include "harness/base/error.h"
#include "harness/machine/machine.h"

enum { MACHINE_TEXT_LENGTH = 1024 };

/* Texts as machine_write() wrote them; "" where there is no such line. */
struct machine_file {
    char date[MACHINE_TEXT_LENGTH], command[MACHINE_TEXT_LENGTH], commit[MACHINE_TEXT_LENGTH],
        compiler[MACHINE_TEXT_LENGTH], flags[MACHINE_TEXT_LENGTH];
    struct warnings warnings;
};

/* Reads DIRECTORY/machine.txt; where there is none, all is empty. 0, or -1 with *error set. */
int machine_read(const char *directory, struct machine_file *machine, struct error *error);

#endif
