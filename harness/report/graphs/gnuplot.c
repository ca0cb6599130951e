/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/gnuplot.h"

#include <errno.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/base/self.h"
#include "harness/base/spawn.h"

/* In single quotes gnuplot takes every character as it is, but for the quote itself. */
void gnuplot_put_string(FILE *settings, const char *name, const char *text)
{
    fprintf(settings, "%s = '", name);
    for (; *text; text++) {
        if (*text == '\'')
            fputc('\'', settings);
        fputc(*text, settings);
    }
    fputs("'\n", settings);
}

/* First under another name, so that the picture appears whole. */
static int draw(const char *directory, const char *settings, const char *graph, const char *format,
                struct error *error)
{
    char style[PATH_MAX], script[PATH_MAX], name[64], path[PATH_MAX], temporary[PATH_MAX];
    char choices[256], hidden[128], given[64], program[] = "gnuplot", flag[] = "-e";
    char *arguments[] = {program, flag, choices, given, style, script, NULL};

    snprintf(name, sizeof name, "%s.%s", graph, format);
    snprintf(hidden, sizeof hidden, ".%s.%ld", name, (long)getpid());
    snprintf(choices, sizeof choices, "terminal='%s'; output='%s'", format, hidden);
    snprintf(given, sizeof given, "%s", settings);
    snprintf(path, sizeof path, "plots/%s.gp", graph);
    if (self_beside("plots/style.gp", style, sizeof style, error) != 0 ||
        self_beside(path, script, sizeof script, error) != 0 ||
        output_path(path, directory, name, error) != 0 ||
        output_path(temporary, directory, hidden, error) != 0)
        return -1;
    if (spawn_and_wait(directory, arguments, "install it with `make deps`", error) != 0) {
        remove(temporary);
        return -1;
    }
    if (rename(temporary, path) != 0)
        return error_system(error, path, "cannot be written", errno);
    return 0;
}

int gnuplot_draw(const char *directory, const char *settings, const char *graph,
                 struct error *error)
{
    return draw(directory, settings, graph, "png", error) != 0 ||
                   draw(directory, settings, graph, "svg", error) != 0
               ? -1
               : 0;
}
