/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/table.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static size_t count_char(const char *text, char wanted)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == wanted;
    return count;
}

struct table table_load(const char *path)
{
    size_t bytes, lines, filled = 0;
    struct table table = {.path = path, .text = scratch_read(path, &bytes)};
    lines = count_char(table.text, '\n');
    char *end = strchr(table.text, '\n');
    if (!end || table.text[bytes - 1] != '\n')
        fail_msg("%s: is empty, or ends within a line", path);
    *end = '\0';
    table.columns = count_char(table.text, ',') + 1;
    *end = '\n';
    table.rows = lines - 1;
    table.fields = calloc(lines * table.columns, sizeof *table.fields);
    assert_non_null(table.fields);
    for (char *at = table.text; *at;) {
        char *field = at;
        at += strcspn(at, ",\n");
        bool last = *at == '\n';
        *at++ = '\0';
        if (filled == lines * table.columns || last != ((filled + 1) % table.columns == 0))
            fail_msg("%s: line %zu has not %zu fields", path, filled / table.columns + 1,
                     table.columns);
        table.fields[filled++] = field;
    }
    return table;
}

void table_free(struct table *table)
{
    free(table->text);
    free(table->fields);
    *table = (struct table){0};
}

const char *table_field(const struct table *table, size_t row, const char *column)
{
    size_t i = 0;
    while (i < table->columns && strcmp(table->fields[i], column) != 0)
        i++;
    if (i == table->columns || row >= table->rows)
        fail_msg("%s: has no column %s, or no row %zu", table->path, column, row);
    return table->fields[(row + 1) * table->columns + i];
}

double table_value(const struct table *table, size_t row, const char *column)
{
    const char *text = table_field(table, row, column);
    char *end;
    double value = strtod(text, &end);
    if (!*text)
        return (double)NAN;
    if (*end || !isfinite(value))
        fail_msg("%s: row %zu: %s is '%s'", table->path, row, column, text);
    return value;
}

size_t table_find(const struct table *table, const char *strategy, int workers)
{
    size_t row = 0;
    while (row < table->rows && (strcmp(table_field(table, row, "strategy"), strategy) != 0 ||
                                 (int)table_value(table, row, "workers") != workers))
        row++;
    if (row == table->rows)
        fail_msg("%s: has no row of %s on %d", table->path, strategy, workers);
    return row;
}
