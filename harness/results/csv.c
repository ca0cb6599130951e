/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/csv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_AT_MOST = 1000 };

static const char byte_order_mark[] = "\xef\xbb\xbf"; /* that some programs put before UTF-8 */

static size_t count_fields(const char *line)
{
    size_t count = 1;
    for (; (line = strchr(line, ',')); line++)
        count++;
    return count;
}

/* The next line, without its end: 1; 0 where there is none; -1 with *error set. */
static int read_line(struct csv_lines *lines, struct error *error)
{
    errno = 0;
    ssize_t length = getline(&lines->text, &lines->room, lines->file);
    if (length < 0 && errno == ENOMEM)
        return error_set(error, lines->path, "no memory to read it");
    if (length < 0)
        return ferror(lines->file) ? error_set(error, lines->path, "cannot be read") : 0;
    if (strlen(lines->text) != (size_t)length)
        return error_set(error, lines->path, "is not text");
    if (lines->text[length - 1] == '\n')
        lines->text[--length] = '\0';
    if (length > 0 && lines->text[length - 1] == '\r') /* edited on Windows */
        lines->text[--length] = '\0';
    lines->number++;
    return 1;
}

/* Puts the fields of the line into lines->fields. -1 where it has more or fewer than the header. */
static int cut_line(struct csv_lines *lines, char *text)
{
    size_t filled = 0;
    for (char *field = text; field; filled++) {
        if (filled == lines->columns)
            return -1;
        lines->fields[filled] = field;
        field = strchr(field, ',');
        if (field)
            *field++ = '\0';
    }
    return filled == lines->columns ? 0 : -1;
}

static int read_header(struct csv_lines *lines, struct error *error)
{
    int found = read_line(lines, error);
    if (found <= 0)
        return found < 0 ? -1 : error_set(error, lines->path, "is empty");
    char *text = lines->text;
    if (strncmp(text, byte_order_mark, strlen(byte_order_mark)) == 0)
        text += strlen(byte_order_mark);
    lines->columns = count_fields(text);
    if (lines->columns > COLUMNS_AT_MOST)
        return error_set(error, lines->path, "line 1 has more than %d fields", COLUMNS_AT_MOST);
    lines->fields = calloc(lines->columns, sizeof *lines->fields);
    if (!lines->fields)
        return error_set(error, lines->path, "no memory to read it");
    return cut_line(lines, text);
}

int csv_open(struct csv_lines *lines, const char *path, struct error *error)
{
    *lines = (struct csv_lines){.path = path, .file = fopen(path, "r")};
    if (!lines->file)
        return error_system(error, path, "cannot be read", errno);
    if (read_header(lines, error) == 0)
        return 0;
    csv_close(lines);
    return -1;
}

int csv_next(struct csv_lines *lines, struct error *error)
{
    int found = read_line(lines, error);
    if (found <= 0)
        return found;
    if (cut_line(lines, lines->text) != 0)
        return error_set(error, lines->path, "line %zu does not have %zu fields", lines->number,
                         lines->columns);
    return 1;
}

void csv_close(struct csv_lines *lines)
{
    if (lines->file)
        fclose(lines->file);
    free(lines->text);
    free(lines->fields);
    *lines = (struct csv_lines){0};
}

const char *csv_field(const char *line, int number)
{
    while (line && number-- > 0) {
        line = strchr(line, ',');
        if (line) /* not even 0 may be added to NULL */
            line++;
    }
    return line;
}

size_t csv_field_length(const char *field)
{
    return strcspn(field, ",\r\n");
}

int csv_field_number(const char *line, const char *name)
{
    size_t length = strlen(name);
    int number = 0;
    for (const char *field = line; field; field = csv_field(field, 1), number++)
        if (csv_field_length(field) == length && strncmp(field, name, length) == 0)
            return number;
    return -1;
}
