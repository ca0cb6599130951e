/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/chart/gnuplot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "harness/base/output.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/process/leftovers.h"
#include "harness/base/self.h"
#include "harness/base/spawn.h"
#include "harness/base/text/append.h"

/* How many bytes the UTF-8 character at `text` has; 0 where it is none. Overlong forms and
 * surrogates, which are no characters either, need no care: gnuplot does not act on them. */
static int utf8_length(const unsigned char *text)
{
    int length = *text < 0x80             ? 1
                 : (*text & 0xe0) == 0xc0 ? 2
                 : (*text & 0xf0) == 0xe0 ? 3
                 : (*text & 0xf8) == 0xf0 ? 4
                                          : 0;
    for (int i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

/* Only what cannot mean anything to gnuplot is written as it is; all else as \ooo, and so is a digit
 * behind that, which gnuplot (5.4) would take for a fourth. */
void gnuplot_put_text(FILE *settings, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                " .,:;()<>=+-*/_";
    const unsigned char *at = (const unsigned char *)text;
    bool behind = false;
    fputc('"', settings);
    while (*at) {
        int length = utf8_length(at);
        bool safe = length == 1 && strchr(plain, *at) && !(behind && *at >= '0' && *at <= '9');
        if (*at < 0x20 || *at == 0x7f)
            fputc(' ', settings);
        else if (length == 0)
            fputc('?', settings);
        else if (safe)
            fputc(*at, settings);
        else
            for (int i = 0; i < length; i++)
                fprintf(settings, "\\%03o", at[i]);
        behind = !safe && *at >= 0x20 && *at != 0x7f && length > 0;
        at += length ? length : 1;
    }
    fputc('"', settings);
}

void gnuplot_put_string(FILE *settings, const char *name, const char *text)
{
    fprintf(settings, "%s = ", name);
    gnuplot_put_text(settings, text);
    fputc('\n', settings);
}

/* The last bytes of a PNG (the chunk IEND with its checksum) and of an SVG. */
bool gnuplot_is_whole(const char *path, const char *format)
{
    static const char png[] = "\0\0\0\0IEND\xae\x42\x60\x82", svg[] = "</svg>";
    bool is_png = strcmp(format, "png") == 0;
    const char *first = is_png ? "\x89PNG" : "<?xml", *last = is_png ? png : svg;
    size_t first_length = strlen(first), last_length = is_png ? sizeof png - 1 : sizeof svg - 1;
    char head[8], tail[32];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bool whole = fread(head, 1, first_length, file) == first_length &&
                 memcmp(head, first, first_length) == 0 &&
                 fseek(file, -(long)last_length - 2, SEEK_END) == 0;
    /* A line end or two may come behind it. */
    size_t length = whole ? fread(tail, 1, last_length + 2, file) : 0;
    while (!is_png && length > 0 && (tail[length - 1] == '\n' || tail[length - 1] == '\r'))
        length--;
    fclose(file);
    return length >= last_length && memcmp(tail + length - last_length, last, last_length) == 0;
}

/* Whether the language that is set has UTF-8; without, gnuplot complains twice a picture that it
 * cannot write a degree sign. The variables are asked in the order that POSIX gives them. */
static bool has_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !(value && *value); i++)
        value = getenv(names[i]);
    return value && (strstr(value, "UTF") || strstr(value, "utf"));
}

/* Where it gets less memory than it wants, gnuplot ends by a signal that does not say so. */
static void name_limit(struct error *error)
{
    struct rlimit limit;
    if (interrupt_signal() || getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    text_append(error->text, sizeof error->text,
                "; it may have no more than %.0f MiB of memory (ulimit -v), perhaps too little: "
                "`speedup plot DIR` draws the graphs where it may have more",
                (double)limit.rlim_cur / (1 << 20));
}

static int run_gnuplot(const char *directory, const char *settings, const char *graph,
                       const char *format, const char *file, struct error *error)
{
    char style[PATH_MAX], script[PATH_MAX], name[64];
    char choices[256], given[64], program[] = "gnuplot", own[] = "-d", flag[] = "-e";
    /* -d: no start-up file, neither the user's nor one that lies in the directory. */
    char *arguments[] = {program, own, flag, choices, given, style, script, NULL};
    char language[] = "LC_ALL=C.UTF-8";
    char *environment[] = {has_utf8() ? NULL : language, NULL};
    snprintf(choices, sizeof choices, "graph='%s'; terminal='%s'; output='%s'", graph, format,
             file);
    snprintf(given, sizeof given, "%s", settings);
    snprintf(name, sizeof name, "plots/%s.gp", graph);
    if (self_beside("plots/style.gp", style, sizeof style, error) != 0 ||
        self_beside(name, script, sizeof script, error) != 0)
        return -1;
    if (spawn_and_wait(directory, arguments, environment, "install it with `make deps`", error) ==
        0)
        return 0;
    name_limit(error);
    return -1;
}

/* gnuplot's exit status says nothing about a full disk, so the file is looked at. */
static int draw(const char *directory, const char *settings, const char *graph, const char *format,
                struct error *error)
{
    char name[64], hidden[128], path[PATH_MAX], temporary[PATH_MAX];
    snprintf(name, sizeof name, "%s.%s", graph, format);
    if (leftovers_name(name, hidden, sizeof hidden, error) != 0 ||
        output_path(path, directory, name, error) != 0 ||
        output_path(temporary, directory, hidden, error) != 0)
        return -1;
    int failed = run_gnuplot(directory, settings, graph, format, hidden, error);
    if (!failed && !gnuplot_is_whole(temporary, format))
        failed = error_set(error, path, "gnuplot has not written it to its end: is the disk full?");
    if (!failed && rename(temporary, path) != 0)
        failed = error_system(error, path, "cannot be written", errno);
    if (failed)
        remove(temporary);
    return failed;
}

int gnuplot_draw(const char *directory, const char *settings, const char *graph,
                 struct error *error)
{
    return draw(directory, settings, graph, "png", error) != 0 ||
                   draw(directory, settings, graph, "svg", error) != 0
               ? -1
               : 0;
}
