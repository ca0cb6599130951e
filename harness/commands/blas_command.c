/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/base/text/append.h"
#include "harness/commands/command.h"
#include "harness/machine/blas/blas_library.h"
#include "harness/machine/topology.h"
#include "harness/measure/blas/blas_speed.h"

enum { COLUMN = 12, TEXT_LENGTH = 512 };

/* A word, and beside it a text in lines of 80 columns. */
static void put(const char *what, const char *text)
{
    printf("%-*s", COLUMN, what);
    options_print_text(text, COLUMN, stdout);
}

static void put_variables(const struct blas_library *library)
{
    char text[TEXT_LENGTH] = "";
    for (int i = 0; library->variables[i]; i++)
        text_append(text, sizeof text, "%s%s", i ? ", then " : "", library->variables[i]);
    put("variables", *text ? text : "none");
}

/* What has set the number of threads: a variable, the lack of one, or the cores. */
static void put_decision(const struct blas_library *library, const struct topology *topology)
{
    int wanted;
    const char *variable = blas_library_decided_by(library, &wanted);
    char text[TEXT_LENGTH] = "";
    if (variable)
        text_append(text, sizeof text, "%s=%d", variable, wanted);
    else if (library->variables[0])
        text_append(text, sizeof text, "none of its variables is set, and then it takes %s",
                    library->without);
    else
        text_append(text, sizeof text, "%s",
                    strcmp(library->threading, "none") == 0 ? "it has no threads of its own"
                                                            : "unknown");
    if (variable && library->threads > 0 && library->threads < wanted)
        text_append(text, sizeof text,
                    ", but it uses only %d: this process may run on %d hardware thread%s",
                    library->threads, topology->threads, topology->threads == 1 ? "" : "s");
    put("decided by", text);
    put_variables(library);
}

static void put_threads(const struct blas_library *library)
{
    int documented;
    if (library->threads > 0) {
        printf("%-12s%d\n", "threads", library->threads);
        return;
    }
    const char *variable = blas_library_decided_by(library, &documented);
    if (variable)
        printf("%-12sit cannot be asked; its manual says %d\n", "threads", documented);
    else if (*library->without)
        printf("%-12sit cannot be asked; its manual says %s\n", "threads", library->without);
    else
        put("threads", "unknown");
}

/* Found with 0.3.21: results of two threads get mixed up, unless it was built with USE_LOCKING. */
static void warn_of_serial_openblas(const struct blas_library *library)
{
    if (strcmp(library->name, "OpenBLAS") == 0 && strcmp(library->threading, "none") == 0)
        put("note", "this build of OpenBLAS may give wrong results when several threads call it at "
                    "once; processes may. Every result of `speedup bench` is checked");
}

/* OpenMP may have bound the process, to a single core even, before the library counts the cores. */
static void warn_of_binding(const struct topology *topology)
{
    char text[TEXT_LENGTH];
    snprintf(text, sizeof text,
             "this process may run on %d of the machine's %d hardware threads; a library that "
             "counts them when it starts takes no more (OMP_PROC_BIND, taskset and containers do "
             "that)",
             topology->threads, topology->machine_threads);
    if (topology->threads < topology->machine_threads)
        put("note", text);
}

/* How fast it is, measured: its name does not tell. */
static int put_speed(const struct blas_library *library, struct error *error)
{
    struct blas_verdict verdict;
    if (blas_verdict_find(&verdict, library, error) != 0)
        return -1;
    printf("%-12s%.1f GFLOP/s on one thread; plain C (dot-blocked) makes %.1f\n", "speed",
           verdict.speed.library_gflops, verdict.speed.plain_gflops);
    if (*verdict.text)
        put("warning", verdict.text);
    else if (verdict.old_kernel)
        put("note", "its kernel is made for older processors than this one, but of the others that "
                    "were tried none is faster");
    return 0;
}

static int put_library(const struct topology *topology, struct error *error)
{
    struct blas_library library;
    blas_library_look(&library);
    printf("%-12s%s", "library", library.name);
    if (*library.how_named)
        printf(" (recognised by %s)", library.how_named);
    putchar('\n');
    put("file", library.file);
    put("version", library.version);
    put("kernel", library.kernel);
    put("threading", library.threading);
    put_threads(&library);
    put_decision(&library, topology);
    warn_of_serial_openblas(&library);
    warn_of_binding(topology);
    return put_speed(&library, error);
}

struct settings {
    bool speed_only;
};

static const struct option_row options[] = {
    {BLAS_SPEED_OPTION, NULL, NULL, "print two numbers, for another process of ours", OPTION_FLAG,
     OPTION_INTO(struct settings, speed_only), .hidden = true},
    {0},
};

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    struct topology topology;
    (void)line;
    if (settings->speed_only)
        return blas_speed_print(error) == 0 ? EXIT_CODE_DONE : EXIT_CODE_FAILED;
    if (topology_load(&topology, NULL, error) != 0)
        return EXIT_CODE_FAILED;
    int failed = put_library(&topology, error);
    topology_destroy(&topology);
    return failed ? EXIT_CODE_FAILED : EXIT_CODE_DONE;
}

const struct command blas_command = {
    .name = "blas",
    .summary = "which BLAS library runs, how many threads it would use, how fast it is",
    .about =
        "Prints which BLAS (the library behind matrix products) the program runs with now, its "
        "file, version, the processor that its kernels are made for, how it makes threads, how "
        "many it would use, and which environment variable has decided that; then measures a "
        "small product on one thread beside plain C, and warns if the library is too slow for "
        "this machine. It is found at run time, so it changes with the system's alternatives "
        "(`update-alternatives --config libblas.so.3-x86_64-linux-gnu`) or LD_LIBRARY_PATH, "
        "without a rebuild. Try OPENBLAS_NUM_THREADS=1 before it.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .run = run,
};
