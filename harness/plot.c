#include "harness/plot.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "harness/config.h"
#include "harness/csv.h"
#include "harness/output.h"
#include "harness/preview.h"
#include "harness/resources.h"
#include "harness/self.h"
#include "harness/spawn.h"
#include "harness/table.h"

static const char *const graphs[] = {"speedup", "walltime", "efficiency", "resources", "images"};

/* In single quotes gnuplot takes every character as it is, but for the quote itself. */
static void put_string(FILE *stream, const char *name, const char *text)
{
    fprintf(stream, "%s = '", name);
    for (; *text; text++) {
        if (*text == '\'')
            fputc('\'', stream);
        fputc(*text, stream);
    }
    fputs("'\n", stream);
}

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == length && strncmp(at, word, length) == 0)
            return true;
    return false;
}

/* All strategies that have at least one good row. */
static void list_strategies(const struct csv_table *summary, char *names, size_t size)
{
    names[0] = '\0';
    for (size_t row = 0; row < summary->rows; row++) {
        char strategy[64];
        config_label(csv_text(summary, row, "strategy"), csv_text(summary, row, "lock"), strategy,
                     sizeof strategy);
        if (strchr(strategy, ' '))
            *strchr(strategy, ' ') = '/';
        size_t used = strlen(names);
        if (strcmp(csv_text(summary, row, "status"), "ok") == 0 && !has_word(names, strategy))
            snprintf(names + used, size - used, "%s%s", used ? " " : "", strategy);
    }
}

/* The day of the measurement, as the file system remembers it. */
static void date_of(const char *path, char *text, size_t size)
{
    struct stat info;
    struct tm *day = stat(path, &info) == 0 ? localtime(&info.st_mtime) : NULL;
    if (!day || strftime(text, size, "%Y-%m-%d", day) == 0)
        text[0] = '\0';
}

static int write_settings(const char *directory, const struct csv_table *summary, const char *date,
                          int *with_images, struct error *error)
{
    struct output output;
    char text[512];
    int images = table_images(summary);
    bool equal = *csv_text(summary, 0, "ny") != '\0';

    if (output_open(&output, directory, "settings.gp", error) != 0)
        return -1;
    list_strategies(summary, text, sizeof text);
    put_string(output.stream, "strategies", text);
    double latency_s = csv_number(summary, 0, "latency_s");
    if (latency_s >= 0)
        snprintf(text, sizeof text, "%s, %d tasks of %g ms", csv_text(summary, 0, "filter"), images,
                 1e3 * latency_s);
    else if (equal)
        snprintf(text, sizeof text, "%s, %d image%s of %sx%s", csv_text(summary, 0, "filter"),
                 images, images == 1 ? "" : "s", csv_text(summary, 0, "ny"),
                 csv_text(summary, 0, "nx"));
    else
        snprintf(text, sizeof text, "%s, %d images of several sizes",
                 csv_text(summary, 0, "filter"), images);
    put_string(output.stream, "what", text);
    snprintf(text, sizeof text, "%s, %s cores, %s hardware threads (host %s), %s",
             csv_text(summary, 0, "cpu"), csv_text(summary, 0, "cores"),
             csv_text(summary, 0, "threads"), csv_text(summary, 0, "host"), date);
    put_string(output.stream, "caption", text);
    fprintf(output.stream, "cores = %s\nthreads = %s\ntasks = %s\n", csv_text(summary, 0, "cores"),
            csv_text(summary, 0, "threads"), equal ? csv_text(summary, 0, "tasks") : "0");
    if (preview_write(directory, output.stream, with_images, error) != 0) {
        output_discard(&output);
        return -1;
    }
    return output_commit(&output, error);
}

/* Draws one graph in one format: first under another name, so that it appears whole. */
static int draw(const char *directory, const char *graph, const char *format, struct error *error)
{
    char style[PATH_MAX], script[PATH_MAX], name[64], path[PATH_MAX], temporary[PATH_MAX];
    char settings[256], hidden[128], program[] = "gnuplot", flag[] = "-e";
    char given[] = "settings.gp";
    char *arguments[] = {program, flag, settings, given, style, script, NULL};

    snprintf(name, sizeof name, "%s.%s", graph, format);
    snprintf(hidden, sizeof hidden, ".%s.%ld", name, (long)getpid());
    snprintf(settings, sizeof settings, "terminal='%s'; output='%s'", format, hidden);
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

int plot_directory(const char *directory, int *drawn, struct error *error)
{
    struct csv_table summary;
    char path[PATH_MAX], date[32];
    *drawn = 0;
    if (output_path(path, directory, "summary.csv", error) != 0 ||
        csv_read(&summary, path, error) != 0)
        return -1;
    date_of(path, date, sizeof date);
    int failed = 0, with_images = 0;
    if (table_best(&summary) < 0)
        failed = error_set(error, path, "has no row that is ok: there is nothing to draw");
    else
        failed = write_settings(directory, &summary, date, &with_images, error);
    for (size_t i = 0; i < sizeof graphs / sizeof graphs[0] && !failed; i++) {
        if ((strcmp(graphs[i], "images") == 0 && !with_images) ||
            (strcmp(graphs[i], "resources") == 0 && !resources_can_be_drawn(directory)))
            continue;
        failed = draw(directory, graphs[i], "png", error) != 0 ||
                 draw(directory, graphs[i], "svg", error) != 0;
        *drawn += !failed;
    }
    preview_remove(directory);
    csv_free(&summary);
    return failed ? -1 : 0;
}

int plot_watched(const char *directory, const char *command, const struct topology *topology,
                 struct error *error)
{
    struct output output;
    char text[512], path[PATH_MAX], date[32];
    if (output_path(path, directory, "resources.csv", error) != 0 ||
        output_open(&output, directory, "settings.gp", error) != 0)
        return -1;
    date_of(path, date, sizeof date);
    put_string(output.stream, "strategies", WATCHED_NAME);
    put_string(output.stream, "what", command);
    snprintf(text, sizeof text, "%s, %d cores, %d hardware threads (host %s), %s", topology->cpu,
             topology->cores, topology->threads, topology->host, date);
    put_string(output.stream, "caption", text);
    fprintf(output.stream, "cores = %d\nthreads = %d\ntasks = 0\nwatched = 1\n", topology->cores,
            topology->threads);
    if (output_commit(&output, error) != 0 || draw(directory, "resources", "png", error) != 0)
        return -1;
    return draw(directory, "resources", "svg", error);
}
