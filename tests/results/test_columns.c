/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of our files: what is written is read back, and what others write is not trusted. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/field.h"
#include "harness/results/results.h"
#include "harness/results/rows.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static struct machine_facts machine(void)
{
    struct machine_facts facts = {.cores = 4, .threads = 8, .quota = 2.5};
    snprintf(facts.host, sizeof facts.host, "node7");
    snprintf(facts.cpu, sizeof facts.cpu, "An, Example");
    snprintf(facts.benchmark, sizeof facts.benchmark, "0123456789");
    return facts;
}

static struct setup setup(void)
{
    return (struct setup){.config = {.filter = "wait",
                                     .strategy = "global-lock",
                                     .workers = 3,
                                     .grain = GRAIN_BAND,
                                     .io = IO_FILES,
                                     .bind = BIND_NONE,
                                     .lock = LOCK_RELEASED,
                                     .chunk = 7,
                                     .blas_threads = 5,
                                     .parameters = {.window = 51}},
                          .ny = 1001,
                          .nx = 1002,
                          .images = 25,
                          .tasks = 75,
                          .latency_s = 0.02};
}

static struct summary summary(void)
{
    return (struct summary){
        .setup = setup(),
        .rounds = 10,
        .outliers = 8,
        .blas_threads = 6,
        .t0_s = 0.125,
        .t0_low_s = 0.0625,
        .t0_high_s = 0.1875,
        .machine_ceiling = 2.75,
        .wall_s = {1.5, 1.25, 1.75},
        .speedup = {2.5, 2.25, 2.75},
        .activity_speedup = 2.0625,
        .ceiling = 3,
        .efficiency = 0.875,
        .karp_flatt = 0.0625,
        .cpu_utilisation = 0.75,
        .max_rss_kib = 4294967296,
        .status = RUN_TIMEOUT,
        .gflops = 0.5,
        .losses = {2.5, 0.5, 0.125, 0.0625, 0.25, 0.75, 1.5, -1.25, -1, 0.0625}};
}

#define KEY "1,node7,An  Example,4,8,2.5,wait,global-lock,3,band,6,files,none,1001,1002,51,75,"
#define EXTRAS ",released,0.02,5,0.5,25,7"

/* The second line of the file that `file` makes of this row. */
static void assert_row(const struct column_file *file, const void *row, const char *expected)
{
    struct machine_facts facts = machine();
    char text[1000];
    FILE *stream = tmpfile();
    assert_non_null(stream);
    rows_put(stream, file, &facts, row);
    rewind(stream);
    assert_non_null(fgets(text, sizeof text, stream));
    fclose(stream);
    assert_string_equal(text, expected);
}

static void a_member_goes_into_its_own_column(void **state)
{
    struct summary row = summary();
    struct run_record run = {.setup = setup(),
                             .round = 9,
                             .blas_threads = 6,
                             .start_s = 0.5,
                             .wall_s = 1.5,
                             .stop_s = 0.25,
                             .user_s = 3.5,
                             .sys_s = 0.75,
                             .max_rss_kib = 1234567890,
                             .minor_faults = 11,
                             .major_faults = 12,
                             .voluntary_switches = 13,
                             .involuntary_switches = 14,
                             .status = RUN_CRASHED,
                             .gflops = 0.5};
    struct trace_row task = {.filter = "dot",
                             .strategy = "pool",
                             .workers = 4,
                             .blas_asked = 2,
                             .lock = LOCK_HELD,
                             .task = 17,
                             .time = {3, 0.5, 0.75, 0.25, 0.125, 0}};
    struct resources_row look = {.filter = "dot",
                                 .strategy = "pool",
                                 .workers = 4,
                                 .blas_asked = 2,
                                 .lock = LOCK_HELD,
                                 .reading = {0.05, 187.5, 123456, 5, 6}};
    (void)state;
    assert_row(&summary_file, &row,
               KEY "10,0.125,1.5,1.25,1.75,2.5,2.25,2.75,2.0625,3,0.875,0.0625,0.75,4294967296,"
                   "timeout" EXTRAS ",0.0625,0.1875,2.75,0123456789,8\n");
    assert_row(&runs_file, &run,
               KEY "9,0.5,1.5,0.25,3.5,0.75,1234567890,11,12,13,14,crashed" EXTRAS ",0123456789\n");
    assert_row(&losses_file, &row,
               "global-lock,3,wait,2.5,0.5,0.125,0.0625,0.25,0.75,1.5,-1.25,-1,0.0625,released,5"
               ",0,0,0,0,0,0,0,0,0,0123456789\n");
    assert_row(&trace_file, &task, "pool,4,dot,17,3,0.5,0.75,held,2,0.25,0123456789,0.125\n");
    assert_row(&resources_file, &look, "dot,pool,4,0.05,187.5,123456,5,6,held,2,0123456789\n");
}

/* Writes a file of these rows and reads it back; the new array. */
static void *write_and_read(const struct column_file *file, const struct machine_facts *facts,
                            const void *rows, size_t count, struct machine_facts *read_facts)
{
    struct error error;
    size_t read_count;
    void *read_rows;
    FILE *stream = fopen(file->name, "w");
    assert_non_null(stream);
    rows_put_header(stream, file);
    for (size_t i = 0; i < count; i++)
        rows_put(stream, file, facts, (const char *)rows + i * file->row_size);
    assert_int_equal(fclose(stream), 0);
    if (rows_read(file, file->name, read_facts, &read_rows, &read_count, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(read_count, count);
    return read_rows;
}

/* Of each column a text that no other column has, where its kind allows. */
static void example(const struct column *column, size_t number, char text[FIELD_LENGTH])
{
    switch (column->kind) {
    case COLUMN_SCHEMA:
        snprintf(text, FIELD_LENGTH, "1");
        break;
    case COLUMN_INTEGER:
    case COLUMN_LONG:
    case COLUMN_SIZE:
    case COLUMN_COUNT:
        snprintf(text, FIELD_LENGTH, "%zu", 100 + number);
        break;
    case COLUMN_NUMBER:
        snprintf(text, FIELD_LENGTH, "%zu.25", number);
        break;
    case COLUMN_NAME:
        snprintf(text, FIELD_LENGTH, "name-%zu", number);
        break;
    case COLUMN_TEXT:
        snprintf(text, FIELD_LENGTH, "Caf\xc3\xa9 <%zu>", number);
        break;
    case COLUMN_WORD: /* never the first word, which is what zeros say */
        snprintf(text, FIELD_LENGTH, "%s", column->words[1]);
        break;
    }
}

static void every_column_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; column_files[i]; i++) {
        const struct column_file *file = column_files[i];
        char *row = calloc(2, file->row_size), text[FIELD_LENGTH], back[FIELD_LENGTH];
        struct machine_facts facts = {.host = ""}, read_facts = {.host = ""};
        struct error error;
        assert_non_null(row);
        for (size_t k = 0; k < 2 * file->count; k++) {
            const struct column *column = &file->columns[k % file->count];
            example(column, k, text);
            if (field_parse(column, text, &facts, row + k / file->count * file->row_size, &error))
                fail_msg("%s", error.text);
        }
        char *read_rows = write_and_read(file, &facts, row, 2, &read_facts);
        for (size_t k = 0; k < 2 * file->count; k++) {
            const struct column *column = &file->columns[k % file->count];
            /* What is of the machine is that of the row that was set last. */
            example(column, column->of_machine ? k % file->count + file->count : k, text);
            field_format(column, &read_facts, read_rows + k / file->count * file->row_size, back);
            assert_string_equal(back, text);
        }
        free(read_rows);
        free(row);
    }
}

static void what_is_not_known_is_empty_and_stays_unknown(void **state)
{
    struct machine_facts facts = {.cores = 1, .threads = 1}, read_facts;
    struct result_set set;
    struct error error;
    (void)state;
    assert_int_equal(result_set_create(&set, 1, &error), 0);
    struct setup *its = &set.summaries[0].setup;
    its->config = (struct config){.filter = "dot", .strategy = "fork", .workers = 1};
    its->config.parameters.window = 1;
    its->tasks = 1;
    assert_row(&summary_file, &set.summaries[0],
               "1,node7,An  Example,4,8,2.5,dot,fork,1,image,,memory,cores,,,1,1,0"
               ",,,,,,,,,,,,,,ok,none,,,,,,,,,0123456789,\n");
    struct summary *back = write_and_read(&summary_file, &facts, set.summaries, 1, &read_facts);
    assert_true(isnan(back->t0_s) && isnan(back->wall_s.value) && isnan(back->wall_s.low) &&
                isnan(back->wall_s.high) && isnan(back->speedup.value) &&
                isnan(back->speedup.low) && isnan(back->speedup.high));
    assert_true(isnan(back->activity_speedup) && isnan(back->ceiling) && isnan(back->efficiency) &&
                isnan(back->karp_flatt) && isnan(back->cpu_utilisation) &&
                isnan(back->max_rss_kib) && isnan(back->gflops) && isnan(back->setup.latency_s));
    assert_true(back->setup.ny == 0 && back->setup.nx == 0 && back->blas_threads == 0);
    assert_true(back->setup.config.blas_threads == 0 && back->setup.images == 0);
    assert_true(read_facts.quota == 0);
    assert_null(back->trace);
    free(back);
    set.summaries[0].speedup.value = (double)INFINITY; /* is no number either */
    back = write_and_read(&summary_file, &facts, set.summaries, 1, &read_facts);
    assert_true(isnan(back->speedup.value));
    free(back);
    result_set_destroy(&set);
}

static int read_text(const char *text, void **rows, size_t *count, struct error *error)
{
    scratch_write("trace.csv", text, strlen(text));
    return rows_read(&trace_file, "trace.csv", NULL, rows, count, error);
}

/* Other orders, columns of a later version, columns that an earlier one lacks, other line ends. */
static void columns_are_found_by_their_names(void **state)
{
    void *rows;
    size_t count;
    struct error error;
    (void)state;
    if (read_text("\xef\xbb\xbf"
                  "end_s,news,start_s,worker,task,filter,workers,strategy\r\n"
                  "0.75,\"x,0.5,3,17,dot,4,pool\r\n"
                  ",x<y>,,0,0,dot,4,pool",
                  &rows, &count, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(count, 2);
    const struct trace_row *row = rows;
    assert_string_equal(row[0].filter, "dot");
    assert_string_equal(row[0].strategy, "pool");
    assert_true(row[0].workers == 4 && row[0].task == 17 && row[0].time.worker == 3);
    assert_true(row[0].time.start_s == 0.5 && row[0].time.end_s == 0.75);
    assert_true(row[0].lock == LOCK_NONE && row[0].blas_asked == 0);
    assert_true(isnan(row[1].time.start_s) && isnan(row[1].time.end_s));
    free(rows);
}

#define TRACE "strategy,workers,filter,task,worker,start_s,end_s,lock,blas_asked\n"
#define GOOD "pool,4,dot,17,3,0.5,0.75,held,2\n"

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"strategy,workers,filter,task,worker,start_s\n", "line 1 has no column end_s"},
        {"strategy,task,strategy,end_s\n", "line 1 has the column strategy twice"},
        {TRACE GOOD "pool,4\n", "line 3 does not have 9 fields"},
        {TRACE GOOD "\n", "line 3 does not have 9 fields"},
        {"", "is empty"},
        {TRACE GOOD ",4,dot,17,3,0.5,0.75,held,2\n", "line 3, column strategy: '' is not a name"},
        {TRACE "p ol,4,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column strategy: 'p ol' is not a name"},
        {TRACE "p\x1b[m,4,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column strategy: 'p?[m' is not a name"},
        {TRACE "0123456789012345678901234567890x,4,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column strategy: '0123456789012345678901234567890x...' is longer than 31 bytes"},
        {TRACE "pool,0,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column workers: '0' is not from 1 to 65536"},
        {TRACE "pool,65537,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column workers: '65537' is not from 1 to 65536"},
        {TRACE "pool,-1,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column workers: '-1' is not a whole number"},
        {TRACE "pool,,dot,17,3,0.5,0.75,held,2\n",
         "line 2, column workers: '' is not a whole number"},
        {TRACE "pool,4,dot,1.5,3,0.5,0.75,held,2\n",
         "line 2, column task: '1.5' is not a whole number"},
        {TRACE "pool,4,dot,99999999999999999999,3,0.5,0.75,held,2\n",
         "line 2, column task: '99999999999999999999' is not from 0 to 1000000000"},
        {TRACE "pool,4,dot,17,3,system('x'),0.75,held,2\n",
         "line 2, column start_s: 'system('x')' is not a number"},
        {TRACE "pool,4,dot,17,3,nan,0.75,held,2\n",
         "line 2, column start_s: 'nan' is not a number"},
        {TRACE "pool,4,dot,17,3,1e999,0.75,held,2\n",
         "line 2, column start_s: '1e999' is not a number"},
        {TRACE "pool,4,dot,17,3,0x1p3,0.75,held,2\n",
         "line 2, column start_s: '0x1p3' is not a number"},
        {TRACE "pool,4,dot,17,3, 1,0.75,held,2\n", "line 2, column start_s: ' 1' is not a number"},
        {TRACE "pool,4,dot,17,3,0.5,0.75,open,2\n",
         "line 2, column lock: 'open' is none of: none, held, released"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        void *rows;
        size_t count;
        struct error error;
        char expected[ERROR_TEXT_MAX];
        snprintf(expected, sizeof expected, "trace.csv: %s", cases[i].error);
        assert_int_equal(read_text(cases[i].text, &rows, &count, &error), -1);
        assert_string_equal(error.text, expected);
    }
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    static const char zeros[] = TRACE "pool,4,dot,17,3,0.5,\0";
    const char *const bad[] = {"\x1b[2J", "\x7f",     "\xc2\x9b",     "\xff",
                               "\xc3",    "\xe2\x82", "\xed\xa0\x80", "\xc0\xaf"};
    const char *const good[] = {"",         "a b",          "<b>&\"'`$(x)",
                                "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    struct machine_facts facts;
    struct error error;
    void *rows;
    size_t count;
    (void)state;
    scratch_write("trace.csv", zeros, sizeof zeros - 1);
    assert_int_equal(rows_read(&trace_file, "trace.csv", NULL, &rows, &count, &error), -1);
    assert_string_equal(error.text, "trace.csv: is not text");
    const struct column *host = &summary_file.columns[1];
    assert_string_equal(host->name, "host");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(field_parse(host, bad[i], &facts, NULL, &error), -1);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(field_parse(host, good[i], &facts, NULL, &error), 0);
        assert_string_equal(facts.host, good[i]);
    }
}

/* A file of two machines is not one result; and one of another version may mean other things. */
static void a_file_is_of_one_machine_and_one_version(void **state)
{
    struct machine_facts facts = machine(), other = machine();
    struct summary row = summary();
    struct result_set set;
    struct error error;
    (void)state;
    snprintf(other.host, sizeof other.host, "node8");
    FILE *stream = fopen("summary.csv", "w");
    assert_non_null(stream);
    rows_put_header(stream, &summary_file);
    rows_put(stream, &summary_file, &facts, &row);
    rows_put(stream, &summary_file, &other, &row);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(results_read(".", &set, &error), -1);
    assert_string_equal(error.text, "./summary.csv: line 3, column host: 'node8', but 'node7' "
                                    "above: rows of several machines do not belong in one file");
    assert_int_equal(field_parse(&summary_file.columns[0], "2", &facts, &row, &error), -1);
    assert_string_equal(error.text,
                        "schema: '2' is not 1: another version of speedup wrote this file");
}

static void files_without_a_count_of_images_still_tell_it(void **state)
{
    struct machine_facts facts = machine();
    struct summary rows[2] = {summary(), summary()};
    struct result_set set;
    struct error error;
    (void)state;
    rows[0].setup.images = rows[1].setup.images = 0;
    rows[0].wall_s.value = (double)NAN;
    rows[1].activity_speedup = 2.0625; /* * 1.5 / 0.125 = 24.75: rounded */
    free(write_and_read(&summary_file, &facts, rows, 2, &facts));
    assert_int_equal(results_read(".", &set, &error), 0);
    assert_int_equal(set.summaries[0].setup.images, 25);
    assert_int_equal(set.summaries[1].setup.images, 25);
    result_set_destroy(&set);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_member_goes_into_its_own_column),
        IN_SCRATCH(every_column_comes_back),
        IN_SCRATCH(what_is_not_known_is_empty_and_stays_unknown),
        IN_SCRATCH(columns_are_found_by_their_names),
        IN_SCRATCH(what_is_wrong_is_named),
        IN_SCRATCH(bytes_that_are_no_text_are_refused),
        IN_SCRATCH(a_file_is_of_one_machine_and_one_version),
        IN_SCRATCH(files_without_a_count_of_images_still_tell_it),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
