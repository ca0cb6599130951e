/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup: one filter under interchangeable parallel strategies, timed and checked.
 *
 * This file finds the command and prints the error; the commands do the work. */
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/commandline/nearest.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/process/start.h"
#include "harness/commands/command.h"
#include "harness/machine/blas/blas_library.h"
#include "harness/machine/build.h"
#include "harness/measure/run/isolated_run.h"

static void print_usage(FILE *stream)
{
    fputs("Usage: speedup COMMAND [OPTION]...\n\n"
          "How fast can you go, is the speedup linear, and if not, why?\n\n"
          "Commands:\n",
          stream);
    for (size_t i = 0; command_catalogue[i]; i++)
        fprintf(stream, "  %-10s %s\n", command_catalogue[i]->name, command_catalogue[i]->summary);
    fputs("\n`speedup COMMAND --help` tells more about each, `speedup --version` about the "
          "program.\n",
          stream);
}

static enum exit_code run_command(int argc, char **argv, struct error *error)
{
    struct nearest nearest = nearest_to(argv[1]);
    for (size_t i = 0; command_catalogue[i]; i++) {
        if (strcmp(argv[1], command_catalogue[i]->name) == 0)
            return command_run(command_catalogue[i], argc - 1, argv + 1, error);
        nearest_offer(&nearest, command_catalogue[i]->name);
    }
    if (nearest.name)
        error_set(error, argv[1], "no such command; did you mean '%s'? `speedup --help` lists them",
                  nearest.name);
    else
        error_set(error, argv[1], "no such command; `speedup --help` lists them");
    return EXIT_CODE_USAGE;
}

/* What a report of a fault should begin with. */
static void print_version(void)
{
    struct blas_library blas;
    char libraries[256];
    build_libraries(libraries, sizeof libraries);
    blas_library_look(&blas);
    printf("speedup %s\n%-12s%s\n%-12s%s\n%-12s%s\n%-12s%s\n%-12s%s", build_version(), "commit",
           build_commit(), "compiler", build_compiler(), "flags", build_flags(), "libraries",
           libraries, "BLAS", blas.name);
    if (strcmp(blas.version, "unknown") != 0)
        printf(" %s", blas.version);
    printf(", threads: %s\n", blas.threading);
}

int main(int argc, char **argv)
{
    struct error error = {""};
    start_safely();
    gsl_set_error_handler_off(); /* which would end the program; every result is looked at */
    if (start_with_stack(argv, &error) != 0) {
        fprintf(stderr, "speedup: %s\n", error.text);
        return EXIT_CODE_FAILED;
    }
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_CODE_USAGE;
    }
    if (argc == 3 && strcmp(argv[1], ISOLATED_RUN_ARGUMENT) == 0)
        return isolated_run(argv[2]);
    if (argc == 3 && strcmp(argv[1], SPAWNED_WORKER_ARGUMENT) == 0)
        return spawned_worker(argv[2]);
    enum exit_code code = EXIT_CODE_DONE;
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        print_usage(stdout);
    else if (strcmp(argv[1], "--version") == 0)
        print_version();
    else
        code = run_command(argc, argv, &error);
    /* A full disk or a closed pipe shows only when the last of the output is written; or it has shown
     * before, and what could not be written is forgotten. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == EXIT_CODE_DONE) {
        error_set(&error, "standard output", "cannot be written");
        code = EXIT_CODE_FAILED;
    }
    if (code != EXIT_CODE_DONE && error.text[0])
        fprintf(stderr, "speedup: %s\n", error.text);
    /* As a shell has it for a program that a signal has ended. */
    return code == EXIT_CODE_FAILED && interrupt_signal() ? 128 + interrupt_signal() : (int)code;
}
