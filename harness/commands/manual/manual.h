/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts for other programs, made from the catalogue of commands and their tables of options: nothing
 * is written twice, so nothing can drift. Errors are the stream's. */
#ifndef HARNESS_COMMANDS_MANUAL_MANUAL_H
#define HARNESS_COMMANDS_MANUAL_MANUAL_H

#include <stdio.h>

/* speedup.1, for man. */
void manual_put_page(FILE *stream);

/* Completion, to be read by these shells: names of commands, of their options, of the values of those
 * that have a few, and files. */
void manual_put_bash(FILE *stream);
void manual_put_zsh(FILE *stream);
void manual_put_fish(FILE *stream);

#endif
