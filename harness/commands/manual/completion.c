/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/commands/command.h"
#include "harness/commands/manual/manual.h"

/* Calls `put` for each option that --help shows, and for --help. */
static void each_option(FILE *stream, const struct command *command,
                        void (*put)(FILE *, const struct command *, const struct option_row *))
{
    static const struct option_row help = {.name = "help", .help = "what it does, and its options"};
    for (const struct option_row *row = command_options(command); row->name; row++)
        if (!row->hidden)
            put(stream, command, row);
    put(stream, command, &help);
}

/* Whether it takes one of a few values, which its argument then names: "image|band". */
static bool has_choices(const struct option_row *row)
{
    return row->argument && strchr(row->argument, '|');
}

/* These values with blanks between them. */
static void put_choices(FILE *stream, const struct option_row *row)
{
    for (const char *at = row->argument; *at; at++)
        fputc(*at == '|' ? ' ' : *at, stream);
}

/* In single quotes for a shell, or for fish; `also` are characters that want a backslash. */
static void put_quoted(FILE *stream, const char *text, const char *also, const char *quote)
{
    for (; *text; text++) {
        if (strchr(also, *text))
            fputc('\\', stream);
        if (*text == '\'')
            fputs(quote, stream);
        else
            fputc(*text == '\n' ? ' ' : *text, stream);
    }
}

/* ---- bash ---- */

static void put_bash_name(FILE *stream, const struct command *command, const struct option_row *row)
{
    (void)command;
    fprintf(stream, " --%s", row->name);
}

static void put_bash_choices(FILE *stream, const struct command *command,
                             const struct option_row *row)
{
    if (!has_choices(row))
        return;
    fprintf(stream, "    %s,--%s) words='", command->name, row->name);
    put_choices(stream, row);
    fputs("' ;;\n", stream);
}

/* Of an option that takes anything else, files are the guess: `-o default`. */
static void put_bash_others(FILE *stream, const struct command *command,
                            const struct option_row *row)
{
    if (row->argument && !has_choices(row))
        fprintf(stream, "    %s,--%s) return ;;\n", command->name, row->name);
}

void manual_put_bash(FILE *stream)
{
    fputs("# bash completion of speedup; made by `speedup manual bash`.\n_speedup() {\n"
          "  local cur=${COMP_WORDS[COMP_CWORD]} words=''\n  COMPREPLY=()\n"
          "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words='--help --version",
          stream);
    for (size_t i = 0; command_catalogue[i]; i++)
        fprintf(stream, " %s", command_catalogue[i]->name);
    fputs("'\n  else\n    case ${COMP_WORDS[1]},${COMP_WORDS[COMP_CWORD-1]} in\n", stream);
    for (size_t i = 0; command_catalogue[i]; i++) {
        each_option(stream, command_catalogue[i], put_bash_choices);
        each_option(stream, command_catalogue[i], put_bash_others);
    }
    for (size_t i = 0; command_catalogue[i]; i++) {
        fprintf(stream, "    %s,*) words='", command_catalogue[i]->name);
        each_option(stream, command_catalogue[i], put_bash_name);
        fputs("' ;;\n", stream);
    }
    fputs("    esac\n    case $words,$cur in *--*,-*) ;; *--*) return ;; esac\n  fi\n"
          "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n"
          "complete -o default -F _speedup speedup\n",
          stream);
}

/* ---- zsh ---- */

static void put_zsh(FILE *stream, const struct command *command, const struct option_row *row)
{
    (void)command;
    fprintf(stream, " \\\n      '--%s[", row->name);
    put_quoted(stream, row->help, "[]\\", "'\\''");
    fputc(']', stream);
    if (row->argument) {
        fputc(':', stream);
        put_quoted(stream, row->argument, ":[]\\", "'\\''");
        fputc(':', stream);
        if (has_choices(row)) {
            fputc('(', stream);
            put_choices(stream, row);
            fputc(')', stream);
        } else {
            fputs("_files", stream);
        }
    }
    fputc('\'', stream);
}

void manual_put_zsh(FILE *stream)
{
    fputs("#compdef speedup\n# zsh completion of speedup; made by `speedup manual zsh`.\n"
          "_speedup() {\n  local -a commands\n  commands=(\n",
          stream);
    for (size_t i = 0; command_catalogue[i]; i++) {
        fprintf(stream, "    '%s:", command_catalogue[i]->name);
        put_quoted(stream, command_catalogue[i]->summary, ":\\", "'\\''");
        fputs("'\n", stream);
    }
    fputs("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
          "  shift words\n  (( CURRENT-- ))\n  case $words[1] in\n",
          stream);
    for (size_t i = 0; command_catalogue[i]; i++) {
        fprintf(stream, "  %s)\n    _arguments", command_catalogue[i]->name);
        each_option(stream, command_catalogue[i], put_zsh);
        fputs(" \\\n      '*:file:_files' ;;\n", stream);
    }
    fputs("  esac\n}\n_speedup \"$@\"\n", stream);
}

/* ---- fish ---- */

static void put_fish(FILE *stream, const struct command *command, const struct option_row *row)
{
    fprintf(stream, "complete -c speedup -n '__fish_seen_subcommand_from %s' -l %s", command->name,
            row->name);
    if (has_choices(row)) {
        fputs(" -x -a '", stream);
        put_choices(stream, row);
        fputc('\'', stream);
    } else if (row->argument) {
        fputs(" -r", stream);
    }
    fputs(" -d '", stream);
    put_quoted(stream, row->help, "\\", "\\'");
    fputs("'\n", stream);
}

void manual_put_fish(FILE *stream)
{
    fputs("# fish completion of speedup; made by `speedup manual fish`.\n", stream);
    for (size_t i = 0; command_catalogue[i]; i++) {
        fprintf(stream, "complete -c speedup -f -n __fish_use_subcommand -a %s -d '",
                command_catalogue[i]->name);
        put_quoted(stream, command_catalogue[i]->summary, "\\", "\\'");
        fputs("'\n", stream);
    }
    for (size_t i = 0; command_catalogue[i]; i++)
        each_option(stream, command_catalogue[i], put_fish);
}
