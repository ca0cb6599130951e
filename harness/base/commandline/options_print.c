/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options for --help: names to the left, what they do to the right. */
#include <string.h>

#include "harness/base/commandline/options.h"

enum {
    WIDTH = 80,
    INDENT = 2,
    NAME_WIDTH_AT_MOST = 24, /* longer ones have a line of their own */
    TEXT_LENGTH = 1024
};

static size_t name_width(const struct option_row *row)
{
    return strlen("--") + strlen(row->name) + (row->argument ? 1 + strlen(row->argument) : 0);
}

static const char BLANKS[] = " \n";

/* Where the texts begin: two blanks after the longest name. */
static size_t text_column(const struct option_row *rows)
{
    size_t widest = strlen("--help");
    for (; rows->name; rows++)
        if (!rows->hidden && name_width(rows) > widest && name_width(rows) <= NAME_WIDTH_AT_MOST)
            widest = name_width(rows);
    return INDENT + widest + 2;
}

/* Words with blanks between them, from `column` on; the cursor is at `at`. Returns how many lines. */
static int print_words(const char *text, size_t column, size_t at, FILE *stream)
{
    int lines = 1;
    fprintf(stream, "%*s", at < column ? (int)(column - at) : 0, "");
    for (at = column; *text; text += strspn(text, BLANKS)) {
        size_t length = strcspn(text, BLANKS);
        if (at > column && at + 1 + length > WIDTH) {
            fprintf(stream, "\n%*s", (int)column, "");
            at = column;
            lines++;
        }
        at += (size_t)fprintf(stream, "%s%.*s", at > column ? " " : "", (int)length, text);
        text += length;
    }
    fputc('\n', stream);
    return lines;
}

static void print_row(const struct option_row *row, size_t column, FILE *stream)
{
    char text[TEXT_LENGTH];
    const char *standard = row->preset ? row->preset : row->otherwise;
    size_t at = INDENT + name_width(row);
    fprintf(stream, "%*s--%s%s%s", INDENT, "", row->name, row->argument ? " " : "",
            row->argument ? row->argument : "");
    if (at + 2 > column) {
        fputc('\n', stream);
        at = 0;
    }
    if (standard)
        snprintf(text, sizeof text, "%s (%s)", row->help, standard);
    else
        snprintf(text, sizeof text, "%s", row->help);
    print_words(text, column, at, stream);
}

int options_print_text(const char *text, size_t column, FILE *stream)
{
    return print_words(text, column, column, stream);
}

void options_print(const struct option_row *rows, FILE *stream)
{
    static const struct option_row help = {.name = "help", .help = "this text"};
    size_t column = text_column(rows);
    for (const struct option_row *row = rows; row->name; row++) {
        if (row->heading)
            fprintf(stream, "%s%s:\n", row == rows ? "" : "\n", row->heading);
        if (!row->hidden)
            print_row(row, column, stream);
    }
    print_row(&help, column, stream);
}
