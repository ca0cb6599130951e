/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/csv.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_AT_MOST = 1000 };

static const char byte_order_mark[] = "\xef\xbb\xbf"; /* that some programs put before UTF-8 */

/* The whole file as one string; NULL with *error set. */
static char *read_text(const char *path, struct error *error)
{
    char *text = NULL;
    size_t length = 0, room = 0, got;
    FILE *file = fopen(path, "r");
    if (!file) {
        error_system(error, path, "cannot be read", errno);
        return NULL;
    }
    do {
        room += 65536;
        char *larger = realloc(text, room + 1);
        if (!larger) {
            error_set(error, path, "no memory to read it");
            goto failed;
        }
        text = larger;
        got = fread(text + length, 1, room - length, file);
        length += got;
    } while (length == room);
    if (ferror(file)) {
        error_set(error, path, "cannot be read");
        goto failed;
    }
    if (memchr(text, '\0', length)) {
        error_set(error, path, "is not text");
        goto failed;
    }
    text[length] = '\0';
    fclose(file);
    return text;
failed:
    free(text);
    fclose(file);
    return NULL;
}

static size_t count_char(const char *text, size_t length, char wanted)
{
    size_t number = 0;
    for (size_t i = 0; i < length; i++)
        number += text[i] == wanted;
    return number;
}

/* One line of fields into table->fields, from number *filled on. */
static int split_line(struct csv_table *table, char *line, size_t length, size_t *filled)
{
    if (length > 0 && line[length - 1] == '\r') /* edited on Windows */
        line[--length] = '\0';
    if (count_char(line, length, ',') + 1 != table->columns)
        return -1;
    for (char *field = line; field;) {
        table->fields[(*filled)++] = field;
        field = strchr(field, ',');
        if (field)
            *field++ = '\0';
    }
    return 0;
}

static int split(struct csv_table *table, const char *path, char *text, struct error *error)
{
    size_t commas = count_char(text, strlen(text), ','), filled = 0, lines = 0;
    table->columns = count_char(text, strcspn(text, "\n"), ',') + 1;
    if (table->columns > COLUMNS_AT_MOST)
        return error_set(error, path, "line 1 has more than %d fields", COLUMNS_AT_MOST);
    table->fields =
        calloc(commas + count_char(text, strlen(text), '\n') + 1, sizeof *table->fields);
    if (!table->fields)
        return error_set(error, path, "no memory to read it");
    for (char *line = text; *line; lines++) {
        size_t length = strcspn(line, "\n");
        char *next = line + length + (line[length] == '\n');
        line[length] = '\0';
        if (split_line(table, line, length, &filled) != 0)
            return error_set(error, path, "line %zu does not have %zu fields", lines + 1,
                             table->columns);
        line = next;
    }
    if (lines == 0)
        return error_set(error, path, "is empty");
    table->rows = lines - 1;
    return 0;
}

int csv_read(struct csv_table *table, const char *path, struct error *error)
{
    *table = (struct csv_table){.text = read_text(path, error)};
    if (!table->text)
        return -1;
    char *text = table->text;
    if (strncmp(text, byte_order_mark, strlen(byte_order_mark)) == 0)
        text += strlen(byte_order_mark);
    if (split(table, path, text, error) == 0)
        return 0;
    csv_free(table);
    return -1;
}

void csv_free(struct csv_table *table)
{
    free(table->text);
    free(table->fields);
    *table = (struct csv_table){0};
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

/* Puts the fields of the line into lines->fields. -1 where there are not so many as there should be. */
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
    lines->columns = count_char(text, strlen(text), ',') + 1;
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

const char *csv_text(const struct csv_table *table, size_t row, const char *column)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->fields[i], column) == 0)
            return table->fields[(row + 1) * table->columns + i];
    return "";
}

double csv_number(const struct csv_table *table, size_t row, const char *column)
{
    const char *text = csv_text(table, row, column);
    char *end;
    double value = strtod(text, &end);
    return end == text || *end ? (double)NAN : value;
}
