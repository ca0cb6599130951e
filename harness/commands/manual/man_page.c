/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/commands/command.h"
#include "harness/commands/manual/manual.h"
#include "harness/machine/build.h"

/* Text for troff: `-` is the sign that can be copied, and no line begins with a request. */
static void put_text(FILE *stream, const char *text)
{
    bool first = true;
    for (; *text; first = *text == '\n', text++) {
        if (first && (*text == '.' || *text == '\''))
            fputs("\\&", stream);
        if (*text == '-')
            fputs("\\-", stream);
        else if (*text == '\\')
            fputs("\\e", stream);
        else
            fputc(*text, stream);
    }
}

static void put_line(FILE *stream, const char *text)
{
    put_text(stream, text);
    fputc('\n', stream);
}

static void put_option(FILE *stream, const struct option_row *row)
{
    const char *standard = row->preset ? row->preset : row->otherwise;
    fputs(".TP\n\\fB\\-\\-", stream);
    put_text(stream, row->name);
    fputs("\\fR", stream);
    if (row->argument) {
        fputs(" \\fI", stream);
        put_text(stream, row->argument);
        fputs("\\fR", stream);
    }
    fputc('\n', stream);
    put_text(stream, row->help);
    if (standard) {
        fputs(" (", stream);
        put_text(stream, standard);
        fputc(')', stream);
    }
    fputc('\n', stream);
}

static void put_command(FILE *stream, const struct command *command)
{
    fputs(".SS speedup ", stream);
    put_text(stream, command->name);
    if (command->arguments) {
        fputc(' ', stream);
        put_text(stream, command->arguments);
    }
    fputc('\n', stream);
    put_line(stream, command->about);
    for (const struct option_row *row = command_options(command); row->name; row++) {
        if (row->heading) {
            fputs(".PP\n", stream);
            put_text(stream, row->heading);
            fputs(":\n", stream);
        }
        if (!row->hidden)
            put_option(stream, row);
    }
    if (command->more) {
        fputs(".PP\n", stream);
        put_line(stream, command->more);
    }
}

void manual_put_page(FILE *stream)
{
    fputs(".\\\" Made by `speedup manual man`.\n.TH SPEEDUP 1 \"\" \"speedup ", stream);
    put_text(stream, build_version());
    fputs("\" \"User Commands\"\n.SH NAME\nspeedup \\- how fast can you go, is the speedup linear, "
          "and if not, why?\n.SH SYNOPSIS\n.B speedup\n.I COMMAND\n.RI [ OPTION ]...\n"
          ".SH DESCRIPTION\n",
          stream);
    put_line(stream, "Measures one image filter under interchangeable parallel strategies, checks "
                     "every result, draws graphs and writes a report. Names of options may be "
                     "shortened; every command has --help.");
    fputs(".SH COMMANDS\n", stream);
    for (size_t i = 0; command_catalogue[i]; i++)
        put_command(stream, command_catalogue[i]);
    fputs(".SH EXIT STATUS\n.TP\n.B 0\nDone.\n.TP\n.B 1\nSomething ran and failed: a file, a "
          "check, a strategy.\n.TP\n.B 2\nThe command line was wrong; nothing was done.\n"
          ".SH FILES\n",
          stream);
    put_line(stream,
             "A result directory has summary.csv, runs.csv, trace.csv, machine.txt, "
             "speedup.json, the graphs, report.md and report.html; speedup columns explains "
             "every column.");
    fputs(".SH SEE ALSO\n.BR parallel (1),\n.BR mpirun (1),\n.BR hwloc\\-ls (1)\n", stream);
}
