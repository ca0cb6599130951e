/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/base/commandline/nearest.h"
#include "harness/commands/command.h"
#include "harness/commands/manual/manual.h"

static const struct {
    const char *name;
    void (*put)(FILE *stream);
} texts[] = {{"man", manual_put_page},
             {"bash", manual_put_bash},
             {"zsh", manual_put_zsh},
             {"fish", manual_put_fish}};

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    struct nearest nearest = nearest_to(line->operands[0]);
    (void)settings;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(texts[i].name, line->operands[0]) == 0) {
            texts[i].put(stdout);
            return EXIT_CODE_DONE;
        }
        nearest_offer(&nearest, texts[i].name);
    }
    nearest_error(&nearest, error, "manual", "it takes man, bash, zsh or fish");
    return EXIT_CODE_USAGE;
}

const struct command manual_command = {
    .name = "manual",
    .summary = "the man page, or completion for bash, zsh or fish",
    .arguments = "man|bash|zsh|fish",
    .about = "Prints the man page, or what a shell wants to know in order to complete commands and "
             "options, as in `source <(speedup manual bash)`. `make install` puts all four where "
             "they are found.",
    .operands_at_least = 1,
    .operands_at_most = 1,
    .wants = "takes one of man, bash, zsh, fish",
    .run = run,
};
