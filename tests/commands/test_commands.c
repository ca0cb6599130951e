/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of all commands: sound, complete in --help, and true about their defaults. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/commands/command.h"
#include "harness/report/sections.h"
#include "tests/support/cmocka_all.h"

/* Of the member that a value of each kind goes into; 0: not told by its kind. */
static size_t bytes_of(enum option_kind kind)
{
    switch (kind) {
    case OPTION_FLAG:
        return sizeof(bool);
    case OPTION_TEXT:
        return sizeof(const char *);
    case OPTION_NUMBER:
        return sizeof(double);
    case OPTION_SIZE:
        return sizeof(struct option_size);
    case OPTION_CHOICE:
        return sizeof(int);
    case OPTION_INTEGER:
    case OPTION_OWN:
        break;
    }
    return 0;
}

static void check_row(const struct command *command, const struct option_row *row)
{
    size_t bytes = bytes_of(row->kind);
    if (row->kind == OPTION_OWN ? !row->read : row->offset + row->bytes > command->settings_bytes)
        fail_msg("%s --%s: its value has no place", command->name, row->name);
    if (bytes ? bytes != row->bytes
              : row->kind == OPTION_INTEGER && row->bytes != 4 && row->bytes != 8)
        fail_msg("%s --%s: %zu bytes for its value", command->name, row->name, row->bytes);
    assert_int_equal(row->argument == NULL, row->kind == OPTION_FLAG);
    assert_true(row->kind != OPTION_CHOICE || row->choices);
    assert_true(row->kind != OPTION_INTEGER || row->minimum < row->maximum);
    assert_non_null(row->help);
    assert_false(row->preset && row->otherwise);
    for (const struct option_row *other = command->options; other < row; other++)
        assert_string_not_equal(other->name, row->name);
}

static void every_table_is_sound(void **unused)
{
    (void)unused;
    for (const struct command *const *command = command_catalogue; *command; command++) {
        const struct option_row *row = command_options(*command);
        assert_true((*command)->name && (*command)->summary && (*command)->about &&
                    (*command)->run);
        assert_true((*command)->wants || (*command)->operands_at_most == 0 ||
                    (*command)->operands_at_least == 0);
        for (; row->name; row++)
            check_row(*command, row);
        assert_true(row - command_options(*command) <= OPTIONS_AT_MOST);
    }
}

/* Reads "COMMAND [--NAME [VALUE]]" into a fresh *settings. */
static void read_with(const struct command *command, void *settings, const char *name,
                      const char *value)
{
    struct command_line line;
    struct error error = {""};
    char option[60], text[60];
    char command_name[60];
    snprintf(command_name, sizeof command_name, "%s", command->name);
    snprintf(option, sizeof option, "--%s", name ? name : "");
    snprintf(text, sizeof text, "%s", value ? value : "");
    char *words[] = {command_name, name ? option : NULL, value ? text : NULL, NULL};
    memset(settings, 0, command->settings_bytes);
    if (options_read(command_options(command), settings, 1 + (name != NULL) + (value != NULL),
                     words, &line, &error) != 0)
        fail_msg("%s: %s", command->name, error.text);
    command_line_free(&line);
}

/* What --help calls the default is what holds where nothing is given: to give it changes nothing,
 * apart from the note that it was given. Texts are compared as texts, for they lie elsewhere. */
static void every_default_is_what_holds_without_it(void **unused)
{
    (void)unused;
    int compared = 0;
    for (const struct command *const *command = command_catalogue; *command; command++) {
        size_t bytes = (*command)->settings_bytes;
        char *without = malloc(bytes + 1), *with = malloc(bytes + 1);
        assert_true(without && with);
        read_with(*command, without, NULL, NULL);
        for (const struct option_row *row = command_options(*command); row->name; row++) {
            if (!row->preset)
                continue;
            read_with(*command, with, row->name, row->preset);
            if (row->kind == OPTION_TEXT) {
                const char *text;
                memcpy(&text, without + row->offset, sizeof text);
                assert_string_equal(text, row->preset);
                memcpy(with + row->offset, &text, sizeof text);
            }
            if (memcmp(without, with, bytes) != 0)
                fail_msg("%s --%s %s is not its default", (*command)->name, row->name, row->preset);
            compared++;
        }
        free(without);
        free(with);
    }
    assert_true(compared >= 20);
}

/* The text of --help, to be freed. */
static char *help_of(const struct command *command)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    command_print_help(command, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void help_names_every_option_in_80_columns(void **unused)
{
    (void)unused;
    for (const struct command *const *command = command_catalogue; *command; command++) {
        char *text = help_of(*command), shown[80];
        for (const struct option_row *row = command_options(*command); row->name; row++) {
            snprintf(shown, sizeof shown, "\n  --%s%s%s", row->name, row->argument ? " " : "",
                     row->argument ? row->argument : "");
            assert_int_equal(strstr(text, shown) == NULL, row->hidden);
            if (row->preset && !row->hidden) {
                snprintf(shown, sizeof shown, "(%s)", row->preset);
                assert_non_null(strstr(text, shown));
            }
        }
        for (const char *at = text; *at; at += strcspn(at, "\n") + 1)
            if (strcspn(at, "\n") > 80)
                fail_msg("%s --help: %.*s", (*command)->name, (int)strcspn(at, "\n"), at);
        free(text);
    }
}

static void help_of_bench_names_every_section(void **unused)
{
    (void)unused;
    extern const struct command bench_command;
    char *text = help_of(&bench_command);
    for (const struct section *section = sections; section->name; section++)
        assert_non_null(strstr(text, section->name));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_sound),
        cmocka_unit_test(every_default_is_what_holds_without_it),
        cmocka_unit_test(help_names_every_option_in_80_columns),
        cmocka_unit_test(help_of_bench_names_every_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
