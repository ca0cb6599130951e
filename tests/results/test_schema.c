/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plots/speedup.schema.json describes the columns that there are, and no others. */
#include <jansson.h>
#include <string.h>

#include "harness/results/columns.h"
#include "tests/support/cmocka_all.h"

static const json_t *find(const json_t *schema, const char *const *path)
{
    for (; *path; path++) {
        schema = json_object_get(schema, *path);
        if (!schema)
            fail_msg("the schema has no %s", *path);
    }
    return schema;
}

static void assert_described(const json_t *properties, const struct column_file *file,
                             bool of_machine, size_t others)
{
    size_t count = 0;
    for (size_t i = 0; i < file->count; i++) {
        const struct column *column = &file->columns[i];
        if (column->kind == COLUMN_SCHEMA || column->of_machine != of_machine)
            continue;
        const json_t *property = json_object_get(properties, column->name);
        if (!property)
            fail_msg("the schema does not describe %s", column->name);
        const json_t *words = json_object_get(property, "enum");
        assert_int_equal(column->kind == COLUMN_WORD, words != NULL);
        for (size_t k = 0; words && column->words[k]; k++)
            assert_string_equal(json_string_value(json_array_get(words, k)), column->words[k]);
        count++;
    }
    assert_int_equal(json_object_size(properties), count + others);
}

static void every_column_is_described(void **state)
{
    (void)state;
    json_error_t problem;
    json_t *schema = json_load_file("plots/speedup.schema.json", JSON_REJECT_DUPLICATES, &problem);
    if (!schema)
        fail_msg("line %d: %s", problem.line, problem.text);
    const json_t *version = find(schema, (const char *[]){"properties", "schema", "const", NULL}),
                 *machine =
                     find(schema, (const char *[]){"properties", "machine", "properties", NULL}),
                 *summary = find(schema, (const char *[]){"properties", "summary", "items",
                                                          "properties", NULL}),
                 *losses = find(
                     schema, (const char *[]){"properties", "losses", "items", "properties", NULL});
    assert_int_equal(json_integer_value(version), COLUMNS_SCHEMA);
    assert_described(machine, &summary_file, true, MACHINE_TEXTS + 1); /* and the warnings */
    for (int i = 0; i < MACHINE_TEXTS; i++)
        assert_non_null(json_object_get(machine, machine_text_names[i]));
    assert_described(summary, &summary_file, false, 0);
    assert_described(losses, &losses_file, false, 0);
    json_decref(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_column_is_described)};
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
