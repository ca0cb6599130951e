/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of a command, each declared once: one row of one table says its name, argument,
 * default, help, kind and where its value goes. Reading (through getopt_long), `--help`, and
 * whatever else is made of the options come from the table, so that none can drift from another.
 *
 *     struct settings {
 *         long count;
 *         const char *out;
 *         bool all;
 *     };
 *
 *     static const struct option_row options[] = {
 *         {"count", "N", "25", "how many images", OPTION_INTEGER,
 *          OPTION_INTO(struct settings, count), .minimum = 1, .maximum = 1000},
 *         {"out", "DIR", ".", "where they go", OPTION_TEXT, OPTION_INTO(struct settings, out)},
 *         {"all", NULL, NULL, "all of them", OPTION_FLAG, OPTION_INTO(struct settings, all)},
 *         {0},
 *     };
 *
 * Every table has --help, without a row. */
#ifndef HARNESS_BASE_COMMANDLINE_OPTIONS_H
#define HARNESS_BASE_COMMANDLINE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "harness/base/commandline/option_values.h"
#include "harness/base/error.h"

/* What a value is, and the type of the member that it goes into. */
enum option_kind {
    OPTION_FLAG,    /* no argument; bool, true where it is given */
    OPTION_TEXT,    /* const char *; never empty */
    OPTION_INTEGER, /* a whole number from .minimum to .maximum; any integer of 4 or 8 bytes */
    OPTION_NUMBER,  /* at least .minimum; double */
    OPTION_SIZE,    /* struct option_size */
    OPTION_CHOICE,  /* one of .choices; int or enum, its index there */
    OPTION_OWN      /* whatever .read makes of it */
};

enum { OPTIONS_AT_MOST = 64 };

struct option_row {
    const char *name;     /* without the dashes; NULL ends a table */
    const char *argument; /* what --help calls its value: "DIR"; NULL: it takes none */

    /* The value that it has where it is not given, read as if it were; NULL: none, and the member
     * keeps what it holds, which is 0 unless the caller has put something there. */
    const char *preset;

    const char *help; /* what it does: one sentence without its full stop, of any length */
    enum option_kind kind;
    size_t offset, bytes; /* of the member: OPTION_INTO() */

    double minimum, maximum;    /* OPTION_INTEGER, OPTION_NUMBER */
    const char *const *choices; /* OPTION_CHOICE; ended by NULL */

    /* OPTION_OWN: reads `text` into *settings (the whole of it), what it likes and where it likes;
     * it may be called more than once, and then the last call counts. `option` is "--name". 0, or
     * -1 with *error set. */
    int (*read)(const char *option, const char *text, void *settings, struct error *error);

    const char *otherwise; /* for --help, where there is no preset: what holds then; or NULL */
    const char *heading;   /* where a group of options begins in --help: its title; else NULL */
    bool hidden;           /* not in --help: what one program of ours says to another */
};

/* The two members that say where a value goes. */
#define OPTION_INTO(type, member)                                                                  \
    .offset = offsetof(type, member), .bytes = sizeof(((type *)NULL)->member)

/* A command line that was read. */
struct command_line {
    int argc; /* as it was typed; argv[0] is the command's name */
    char **argv;
    char **operands; /* the arguments that are no options, in their order; ended by NULL */
    int operand_count;
    int before_dashes; /* how many of them came before `--`; all of them where there is none */
    bool given[OPTIONS_AT_MOST];       /* given[i]: row i was */
    const char *text[OPTIONS_AT_MOST]; /* its value as it was typed last; NULL: it takes none */
    bool help;                         /* --help was given, and what is after it was not read */
};

/* Puts the presets into *settings, then reads the options over them. Options and operands may be
 * mixed; a name may be shortened, a value may follow after a blank or `=`, an option given twice
 * counts the last time; after `--` all are operands. 0, or -1 with *error set and nothing to
 * free. */
int options_read(const struct option_row *rows, void *settings, int argc, char **argv,
                 struct command_line *line, struct error *error);

/* Frees what options_read() has made; legal on a struct of zeros. */
void command_line_free(struct command_line *line);

/* Reads `words` (whole options as in a command line, "--name" and its value being two words; ended
 * by NULL) over *settings, apart from those that were given in `line`: presets for a purpose, which
 * the user overrules. 0, or -1 with *error set. */
int options_suggest(const struct option_row *rows, void *settings, const char *const *words,
                    const struct command_line *line, struct error *error);

/* The rows for --help, in lines of at most 80 columns. */
void options_print(const struct option_row *rows, FILE *stream);

/* A paragraph of such lines, from `column` on, where the first begins: the words of `text`, wherever
 * its lines end. Returns how many lines. */
int options_print_text(const char *text, size_t column, FILE *stream);

#endif
