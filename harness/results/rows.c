/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/rows.h"

#include <stdlib.h>
#include <string.h>

#include "harness/results/csv.h"
#include "harness/results/field.h"

static const size_t ABSENT = (size_t)-1;

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

/* Where in the file the column is, ABSENT where it may be so. Looked up once, not for each row. */
static int find_column(const struct csv_table *table, const struct column *column, const char *path,
                       size_t *where, struct error *error)
{
    *where = ABSENT;
    for (size_t i = 0; i < table->columns; i++) {
        if (strcmp(table->fields[i], column->name) != 0)
            continue;
        if (*where != ABSENT)
            return error_set(error, path, "line 1 has the column %s twice", column->name);
        *where = i;
    }
    if (*where == ABSENT && !column->later)
        return error_set(error, path, "line 1 has no column %s", column->name);
    return 0;
}

/* The fields of one column, down all rows. What is of the machine is kept once. */
static int take_column(const struct csv_table *table, const struct column_file *file,
                       const struct column *column, const char *path, struct machine_facts *machine,
                       char *rows, struct error *error)
{
    size_t where;
    const char *first = "";
    struct error why;
    if (find_column(table, column, path, &where, error) != 0)
        return -1;
    for (size_t row = 0; row < table->rows; row++) {
        const char *text = where == ABSENT ? "" : table->fields[(row + 1) * table->columns + where];
        if (row == 0)
            first = text;
        else if (column->of_machine && strcmp(text, first) != 0)
            return error_set(error, path,
                             "line %zu, column %s: '%.40s', but '%.40s' above: rows of several "
                             "%s do not belong in one file",
                             row + 2, column->name, text, first,
                             strcmp(column->name, "benchmark") == 0 ? "benchmarks" : "machines");
        if (field_parse(column, text, machine, rows + row * file->row_size, &why) != 0)
            return error_set(error, path, "line %zu, column %s", row + 2, why.text);
    }
    return 0;
}

int rows_read(const struct column_file *file, const char *path, struct machine_facts *machine,
              void **rows, size_t *count, struct error *error)
{
    struct csv_table table;
    struct machine_facts ignored;
    int failed = 0;
    if (csv_read(&table, path, error) != 0)
        return -1;
    *count = table.rows;
    *rows = calloc(table.rows ? table.rows : 1, file->row_size);
    if (!*rows)
        failed = error_set(error, path, "no memory to read it");
    for (size_t i = 0; i < file->count && !failed; i++)
        failed = take_column(&table, file, &file->columns[i], path, machine ? machine : &ignored,
                             *rows, error);
    csv_free(&table);
    if (failed)
        free(*rows);
    return failed;
}
