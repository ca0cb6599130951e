/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/commandline/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/commandline/nearest.h"

enum {
    NAME_LENGTH = 64,
    FOUND_OPERAND = 1, /* what getopt_long says of one, see ORDER */
    FOUND_ROW = 256,   /* + the number of the row; beyond all letters */
    FOUND_HELP = FOUND_ROW + OPTIONS_AT_MOST
};

/* For getopt_long: no short options; operands come one by one, in their order (-), and a value that
 * is missing is told from an unknown option (:). */
static const char ORDER[] = "-:";

static void store_integer(void *member, size_t bytes, long long value)
{
    const uint32_t narrow = (uint32_t)value;
    if (bytes == sizeof narrow)
        memcpy(member, &narrow, sizeof narrow);
    else
        memcpy(member, &value, sizeof value);
}

/* Reads the value of one option into its place. */
static int read_value(const struct option_row *row, const char *text, void *settings,
                      struct error *error)
{
    void *member = (char *)settings + row->offset;
    char option[NAME_LENGTH];
    const bool yes = true;
    long long integer;
    int choice;
    snprintf(option, sizeof option, "--%s", row->name);
    switch (row->kind) {
    case OPTION_FLAG:
        memcpy(member, &yes, sizeof yes);
        return 0;
    case OPTION_TEXT:
        if (!*text)
            return error_set(error, option, "is empty; it takes a %s", row->argument);
        memcpy(member, &text, sizeof text);
        return 0;
    case OPTION_INTEGER:
        if (option_integer(option, text, (long long)row->minimum, (long long)row->maximum, &integer,
                           error) != 0)
            return -1;
        store_integer(member, row->bytes, integer);
        return 0;
    case OPTION_NUMBER:
        return option_number(option, text, row->minimum, member, error);
    case OPTION_SIZE:
        return option_size(option, text, member, error);
    case OPTION_CHOICE:
        if (option_choice(option, text, row->choices, &choice, error) != 0)
            return -1;
        store_integer(member, sizeof choice, choice);
        return 0;
    case OPTION_OWN:
        break;
    }
    return row->read(option, text, settings, error);
}

static int read_presets(const struct option_row *rows, void *settings, struct error *error)
{
    for (; rows->name; rows++)
        if (rows->preset && read_value(rows, rows->preset, settings, error) != 0)
            return -1;
    return 0;
}

/* The table as getopt_long wants it. */
static void list_for_getopt(const struct option_row *rows,
                            struct option list[static OPTIONS_AT_MOST + 2])
{
    int count = 0;
    for (; count < OPTIONS_AT_MOST && rows[count].name; count++)
        list[count] = (struct option){rows[count].name,
                                      rows[count].argument ? required_argument : no_argument, NULL,
                                      FOUND_ROW + count};
    list[count++] = (struct option){"help", no_argument, NULL, FOUND_HELP};
    list[count] = (struct option){0};
}

/* getopt_long keeps more about the last command line than optind. */
static void begin_anew(void)
{
#ifdef __GLIBC__
    optind = 0;
#else
    optind = 1;
#ifdef __APPLE__
    optreset = 1;
#endif
#endif
    opterr = 0; /* the messages are ours */
}

/* Why a word that begins with dashes is none of the options. */
static int unknown_option(const struct option_row *rows, const char *word, struct error *error)
{
    char typed[NAME_LENGTH];
    snprintf(typed, sizeof typed, "%.*s", (int)strcspn(word, "="), word);
    const char *name = typed + 2;
    struct nearest nearest = nearest_to(name);
    bool takes_none = strcmp(name, "help") == 0;
    int beginnings = 0;
    for (const struct option_row *row = rows; row->name; row++) {
        takes_none = takes_none || strcmp(name, row->name) == 0;
        beginnings += strncmp(row->name, name, strlen(name)) == 0;
        if (!row->hidden)
            nearest_offer(&nearest, row->name);
    }
    nearest_offer(&nearest, "help");
    if (takes_none)
        return error_set(error, typed, "takes no value; see --help");
    if (beginnings > 1)
        return error_set(error, typed, "may be --%s or another option; write more of it",
                         nearest.name);
    if (!nearest.name)
        return error_set(error, typed, "no such option; see --help");
    return error_set(error, typed, "no such option; did you mean --%s? See --help", nearest.name);
}

/* The word at fault. getopt_long has gone past a bad long option, but not past a cluster of short
 * ones, of which it tells only the bad letter. */
static int bad_option(const struct option_row *rows, int found, char **argv, struct error *error)
{
    const char letter[] = {'-', (char)optopt, '\0'};
    const char *word = optind > 1 ? argv[optind - 1] : letter;
    if (found == ':')
        return error_set(error, word, "needs a value; see --help");
    if (strncmp(word, "--", 2) == 0)
        return unknown_option(rows, word, error);
    return error_set(error, optopt > ' ' && optopt <= CHAR_MAX ? letter : word,
                     "no such option; see --help");
}

int options_read(const struct option_row *rows, void *settings, int argc, char **argv,
                 struct command_line *line, struct error *error)
{
    struct option list[OPTIONS_AT_MOST + 2];
    int found, failed = read_presets(rows, settings, error);
    *line = (struct command_line){.argc = argc, .argv = argv};
    line->operands = calloc((size_t)argc + 1, sizeof *line->operands);
    if (!line->operands)
        return error_set(error, argv[0], "no memory for its arguments");
    list_for_getopt(rows, list);
    begin_anew();
    while (!failed && (found = getopt_long(argc, argv, ORDER, list, NULL)) != -1) {
        if (found == FOUND_HELP) {
            line->help = true;
            return 0;
        }
        if (found == FOUND_OPERAND) {
            line->operands[line->operand_count++] = optarg;
        } else if (found < FOUND_ROW) {
            failed = bad_option(rows, found, argv, error);
        } else {
            line->given[found - FOUND_ROW] = true;
            line->text[found - FOUND_ROW] = optarg;
            failed = read_value(&rows[found - FOUND_ROW], optarg, settings, error);
        }
    }
    if (failed) {
        command_line_free(line);
        return -1;
    }
    line->before_dashes = line->operand_count;
    for (int i = optind; i < argc; i++)
        line->operands[line->operand_count++] = argv[i];
    return 0;
}

void command_line_free(struct command_line *line)
{
    free(line->operands);
    line->operands = NULL;
}

int options_suggest(const struct option_row *rows, void *settings, const char *const *words,
                    const struct command_line *line, struct error *error)
{
    for (; *words; words++) {
        int row = 0;
        while (rows[row].name &&
               (strncmp(*words, "--", 2) != 0 || strcmp(*words + 2, rows[row].name) != 0))
            row++;
        if (!rows[row].name)
            return unknown_option(rows, *words, error);
        const char *text = rows[row].argument ? *++words : NULL;
        if (rows[row].argument && !text)
            return error_set(error, rows[row].name, "needs a value");
        if (!line->given[row] && read_value(&rows[row], text, settings, error) != 0)
            return -1;
    }
    return 0;
}
