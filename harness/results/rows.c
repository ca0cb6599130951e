/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/rows.h"

#include <stdlib.h>
#include <string.h>

#include "harness/results/csv.h"
#include "harness/results/field.h"

static const size_t ABSENT = (size_t)-1;

enum { ROWS_AT_FIRST = 64 };

void rows_put_header(FILE *stream, const struct column_file *file)
{
    for (size_t i = 0; i < file->count; i++)
        fprintf(stream, "%s%s", i ? "," : "", file->columns[i].name);
    fputc('\n', stream);
}

void rows_put(FILE *stream, const struct column_file *file, const struct machine_facts *machine,
              const void *row)
{
    static const struct machine_facts none;
    char text[FIELD_LENGTH];
    for (size_t i = 0; i < file->count; i++) {
        field_format(&file->columns[i], machine ? machine : &none, row, text);
        if (i > 0)
            fputc(',', stream);
        fputs(text, stream);
    }
    fputc('\n', stream);
}

/* A file that is being read. */
struct reading_rows {
    const struct column_file *file;
    struct csv_lines lines;
    struct machine_facts *machine;
    size_t *where; /* for each column of the table, the number of its field in a line; or ABSENT */
    char **first;  /* for each column of the machine, its text in the first row */
    char *rows;    /* `count` structs, and room for `room` */
    size_t count, room;
};

/* *where becomes the column's field; ABSENT, which is an error unless it came with a later version.
 * Done once, not for each row. */
static int find_column(const struct csv_lines *lines, const struct column *column, size_t *where,
                       struct error *error)
{
    *where = ABSENT;
    for (size_t i = 0; i < lines->columns; i++) {
        if (strcmp(lines->fields[i], column->name) != 0)
            continue;
        if (*where != ABSENT)
            return error_set(error, lines->path, "line 1 has the column %s twice", column->name);
        *where = i;
    }
    if (*where == ABSENT && !column->later)
        return error_set(error, lines->path, "line 1 has no column %s", column->name);
    return 0;
}

/* Columns of the machine have to be the same in all rows, and are kept once. */
static int take_field(struct reading_rows *reading, size_t i, char *row, struct error *error)
{
    struct error why;
    const struct column *column = &reading->file->columns[i];
    const struct csv_lines *lines = &reading->lines;
    const char *text = reading->where[i] == ABSENT ? "" : lines->fields[reading->where[i]];
    if (column->of_machine && reading->count > 0) {
        if (strcmp(text, reading->first[i]) == 0)
            return 0;
        return error_set(error, lines->path,
                         "line %zu, column %s: '%.40s', but '%.40s' above: rows of several %s do "
                         "not belong in one file",
                         lines->number, column->name, text, reading->first[i],
                         strcmp(column->name, "benchmark") == 0 ? "benchmarks" : "machines");
    }
    if (field_parse(column, text, reading->machine, row, &why) != 0)
        return error_set(error, lines->path, "line %zu, column %s", lines->number, why.text);
    if (column->of_machine && !(reading->first[i] = strdup(text)))
        return error_set(error, lines->path, "no memory to read it");
    return 0;
}

static int take_row(struct reading_rows *reading, struct error *error)
{
    size_t size = reading->file->row_size;
    if (reading->count == reading->room) {
        size_t more = reading->room + reading->room / 2;
        char *larger = realloc(reading->rows, more * size);
        if (!larger)
            return error_set(error, reading->lines.path, "no memory to read it");
        reading->rows = larger;
        reading->room = more;
    }
    char *row = reading->rows + reading->count * size;
    memset(row, 0, size);
    for (size_t i = 0; i < reading->file->count; i++)
        if (take_field(reading, i, row, error) != 0)
            return -1;
    reading->count++;
    return 0;
}

static int take_all(struct reading_rows *reading, struct error *error)
{
    const struct column_file *file = reading->file;
    int found = 0;
    reading->where = calloc(file->count, sizeof *reading->where);
    reading->first = calloc(file->count, sizeof *reading->first);
    reading->rows = calloc(ROWS_AT_FIRST, file->row_size);
    reading->room = ROWS_AT_FIRST;
    if (!reading->where || !reading->first || !reading->rows)
        return error_set(error, reading->lines.path, "no memory to read it");
    for (size_t i = 0; i < file->count; i++)
        if (find_column(&reading->lines, &file->columns[i], &reading->where[i], error) != 0)
            return -1;
    while ((found = csv_next(&reading->lines, error)) > 0)
        if (take_row(reading, error) != 0)
            return -1;
    return found;
}

int rows_read(const struct column_file *file, const char *path, struct machine_facts *machine,
              void **rows, size_t *count, struct error *error)
{
    struct machine_facts ignored = {.cores = 0};
    struct reading_rows reading = {.file = file, .machine = machine ? machine : &ignored};
    if (csv_open(&reading.lines, path, error) != 0)
        return -1;
    int failed = take_all(&reading, error);
    for (size_t i = 0; reading.first && i < file->count; i++)
        free(reading.first[i]);
    free(reading.where);
    free(reading.first);
    csv_close(&reading.lines);
    if (failed) {
        free(reading.rows);
        return -1;
    }
    *rows = reading.rows;
    *count = reading.count;
    return 0;
}
