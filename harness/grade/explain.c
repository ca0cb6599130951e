/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/explain.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "harness/base/commandline/nearest.h"
#include "harness/base/commandline/options.h"
#include "harness/base/self.h"
#include "harness/base/text/append.h"

enum { LINE_BYTES = 512, NAME_BYTES = 40, NAMES_MAX = 100, NAME_WIDTH = 20 };
static const char HEADING[] = "## ";
static const char *const pages[] = {"harness/grade/faults.md", "harness/grade/words.md"};

/* Pages being read line by line: for one entry, or for a list of all. */
struct reader {
    FILE *stream;
    const char *wanted;               /* the entry to print; NULL: list them */
    bool found;                       /* the line belongs to that entry */
    bool named;                       /* a name was listed, and its first paragraph is to follow */
    char beginning[LINE_BYTES];       /* that paragraph, as far as it was read */
    char name[NAMES_MAX][NAME_BYTES]; /* of all entries so far, which `nearest` points to */
    int names;
    struct nearest nearest; /* the one of these that is spelled most like `wanted` */
};

static void meet_entry(struct reader *reader, const char *name)
{
    if (!reader->wanted) {
        fprintf(reader->stream, "  %-*s ", NAME_WIDTH, name);
        reader->named = true;
        reader->beginning[0] = '\0';
        return;
    }
    reader->found = strcmp(name, reader->wanted) == 0;
    if (reader->names == NAMES_MAX)
        return;
    snprintf(reader->name[reader->names], NAME_BYTES, "%s", name);
    nearest_offer(&reader->nearest, reader->name[reader->names++]);
}

static void take_line(struct reader *reader, const char *line)
{
    if (strncmp(line, HEADING, strlen(HEADING)) == 0) {
        char name[NAME_BYTES];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(line + strlen(HEADING), "\n"),
                 line + strlen(HEADING));
        meet_entry(reader, name);
        if (reader->found)
            fprintf(reader->stream, "%s\n", name);
    } else if (reader->wanted && reader->found) {
        fputs(line, reader->stream);
    } else if (reader->named && line[0] != '\n') {
        text_append(reader->beginning, sizeof reader->beginning, "%s", line);
    } else if (reader->named) {
        options_print_text(reader->beginning, NAME_WIDTH + 3, reader->stream);
        reader->named = false;
    }
}

/* Reads a page. 1 where the wanted entry was in it, else 0; -1 with *error set. */
static int read_page(struct reader *reader, const char *page, struct error *error)
{
    char path[PATH_MAX], line[LINE_BYTES];
    bool was_found = false;
    if (self_beside(page, path, sizeof path, error) != 0)
        return -1;
    FILE *file = fopen(path, "r");
    if (!file)
        return error_system(error, path, "cannot be read", errno);
    reader->found = false;
    while (fgets(line, sizeof line, file)) {
        take_line(reader, line);
        was_found = was_found || reader->found;
    }
    int failed = ferror(file) ? error_set(error, path, "cannot be read") : 0;
    fclose(file);
    return failed ? -1 : was_found;
}

int explain_print(FILE *stream, const char *name, struct error *error)
{
    struct reader reader = {.stream = stream, .wanted = name, .nearest = nearest_to(name)};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        int found = read_page(&reader, pages[i], error);
        if (found != 0)
            return found > 0 ? 0 : -1;
    }
    return nearest_error(&reader.nearest, error, "explain", "`speedup explain` lists all");
}

int explain_list(FILE *stream, struct error *error)
{
    static const char *const titles[] = {"Faults:\n", "\nWords:\n"};
    struct reader reader = {.stream = stream, .nearest = nearest_to("")};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        fputs(titles[i], stream);
        if (read_page(&reader, pages[i], error) < 0)
            return -1;
    }
    return 0;
}
