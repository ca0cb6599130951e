/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/command.h"

#include <errno.h>
#include <stdlib.h>

const struct option_row *command_options(const struct command *command)
{
    static const struct option_row none[] = {{0}};
    return command->options ? command->options : none;
}

void command_print_help(const struct command *command, FILE *stream)
{
    fprintf(stream, "Usage: speedup %s%s%s\n\n", command->name, command->arguments ? " " : "",
            command->arguments ? command->arguments : "");
    options_print_text(command->about, 0, stream);
    fputc('\n', stream);
    options_print(command_options(command), stream);
    if (command->more) {
        fputc('\n', stream);
        options_print_text(command->more, 0, stream);
    }
}

enum exit_code command_refused(void)
{
    return errno == ENOMEM ? EXIT_CODE_FAILED : EXIT_CODE_USAGE;
}

static bool has_options(const struct command *command)
{
    const struct option_row *row = command_options(command);
    while (row->name && row->hidden)
        row++;
    return row->name != NULL;
}

static int check_operands(const struct command *command, const struct command_line *line,
                          struct error *error)
{
    int most = command->operands_at_most;
    if (line->operand_count >= command->operands_at_least &&
        (most == OPERANDS_ANY || line->operand_count <= most))
        return 0;
    if (most == 0)
        return error_set(error, line->operands[0], "%s takes %s; see --help", command->name,
                         has_options(command) ? "options only" : "no arguments");
    return error_set(error, command->name, "%s; see --help", command->wants);
}

static enum exit_code run_line(const struct command *command, void *settings,
                               const struct command_line *line, struct error *error)
{
    if (line->help) {
        command_print_help(command, stdout);
        return EXIT_CODE_DONE;
    }
    if (check_operands(command, line, error) != 0)
        return EXIT_CODE_USAGE;
    return command->run(settings, line, error);
}

enum exit_code command_run(const struct command *command, int argc, char **argv,
                           struct error *error)
{
    struct command_line line;
    enum exit_code code;
    void *settings = calloc(1, command->settings_bytes + 1);
    if (!settings) {
        error_set(error, command->name, "no memory");
        return EXIT_CODE_FAILED;
    }
    errno = 0;
    if (options_read(command_options(command), settings, argc, argv, &line, error) == 0) {
        code = run_line(command, settings, &line, error);
        command_line_free(&line);
    } else {
        code = command_refused();
    }
    free(settings);
    return code;
}
