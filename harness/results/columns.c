/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/results/columns.h"

#include <stdio.h>
#include <string.h>

#include "harness/base/commandline/options.h"

/* The kind of a column and where its member is; a member of another type does not compile. */
#define MEMBER(type, member) .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)
#define OF_TYPE(type, member, wanted, its_kind)                                                    \
    .kind = _Generic(((type *)0)->member, wanted : its_kind), MEMBER(type, member)
#define INTEGER(type, member) OF_TYPE(type, member, int, COLUMN_INTEGER)
#define SIZE(type, member) OF_TYPE(type, member, size_t, COLUMN_SIZE)
#define LONG(type, member) OF_TYPE(type, member, long, COLUMN_LONG)
#define COUNT(type, member) OF_TYPE(type, member, double, COLUMN_COUNT)
#define NUMBER(type, member) OF_TYPE(type, member, double, COLUMN_NUMBER)
#define NAME(type, member) OF_TYPE(type, member, char *, COLUMN_NAME)
#define TEXT(type, member) OF_TYPE(type, member, char *, COLUMN_TEXT)
#define WORD(type, member) .kind = COLUMN_WORD, MEMBER(type, member)

#define MACHINE .of_machine = true
#define LATER .later = true
#define OR_EMPTY .zero_is_empty = true

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A column is a line. */
/* clang-format off */

/* What the rows of summary.csv and runs.csv have in common: their beginning, and the columns that
 * came after the first version. Both structs have these members under the same names. */
#define BEGINNING(row) \
    {"schema", .kind = COLUMN_SCHEMA, .unit = "", .meaning = "version of the format: 1"}, \
    {"host", TEXT(struct machine_facts, host), "", "name of the machine", MACHINE}, \
    {"cpu", TEXT(struct machine_facts, cpu), "", "model of its processor", MACHINE}, \
    {"cores", INTEGER(struct machine_facts, cores), "", "cores that the program may use", MACHINE, .least = 1}, \
    {"threads", INTEGER(struct machine_facts, threads), "", "hardware threads that it may use", MACHINE, .least = 1}, \
    {"quota", NUMBER(struct machine_facts, quota), "CPUs", "limit of a container; empty: none", MACHINE, OR_EMPTY}, \
    {"filter", NAME(row, setup.config.filter), "", "what was computed"}, \
    {"strategy", NAME(row, setup.config.strategy), "", "how it was spread over workers"}, \
    {"workers", INTEGER(row, setup.config.workers), "", "threads or processes that tasks ran on", .least = 1, .most = COLUMN_WORKERS_MOST}, \
    {"grain", WORD(row, setup.config.grain), "", "what a task is: image or band", grain_names}, \
    {"blas_threads", INTEGER(row, blas_threads), "", "BLAS threads in effect in each process; empty: none, or not known", OR_EMPTY}, \
    {"io", WORD(row, setup.config.io), "", "where images come from and go to: memory or files", io_names}, \
    {"bind", WORD(row, setup.config.bind), "", "what workers are bound to: cores or none", bind_names}, \
    {"ny", SIZE(row, setup.ny), "pixels", "rows of an image; empty: images of several sizes", OR_EMPTY}, \
    {"nx", SIZE(row, setup.nx), "pixels", "columns of an image; empty: images of several sizes", OR_EMPTY}, \
    {"window", SIZE(row, setup.config.parameters.window), "pixels", "side of the window of the median", .least = 1}, \
    {"tasks", INTEGER(row, setup.tasks), "", "tasks of a run", .least = 1}
#define END(row) \
    {"lock", WORD(row, setup.config.lock), "", "of global-lock: held or released while a task runs; else none", lock_names, LATER}, \
    {"latency_s", NUMBER(row, setup.latency_s), "s", "how long a task waits for its answer; empty: it computes", LATER}, \
    {"blas_asked", INTEGER(row, setup.config.blas_threads), "", "BLAS threads asked for in each process; empty: no BLAS", OR_EMPTY, LATER}, \
    {"gflops", NUMBER(row, gflops), "GFLOP/s", "10^9 floating-point operations a second; empty: not counted", LATER}, \
    {"images", INTEGER(row, setup.images), "", "images of a run", OR_EMPTY, LATER}, \
    {"chunk", INTEGER(row, setup.config.chunk), "", "tasks handed out at a time (--chunk); empty: the strategy has no such choice", OR_EMPTY, LATER}

/* In every file of a result directory (identity.h). */
#define BENCHMARK \
    {"benchmark", TEXT(struct machine_facts, benchmark), "", "which benchmark it belongs to; the same in all files of a result", MACHINE, LATER}

static const struct column summary_columns[] = {
    BEGINNING(struct summary),
    {"rounds", INTEGER(struct summary, rounds), "", "runs that were measured and right"},
    {"t0_s", NUMBER(struct summary, t0_s), "s", "one image on one core, a mean, from the serial runs; empty: images of several sizes"},
    {"wall_median_s", NUMBER(struct summary, wall_s.value), "s", "wall-clock time of all tasks, median of the rounds"},
    {"wall_low_s", NUMBER(struct summary, wall_s.low), "s", "low end of its 95 % confidence interval"},
    {"wall_high_s", NUMBER(struct summary, wall_s.high), "s", "high end of it"},
    {"speedup", NUMBER(struct summary, speedup.value), "", "serial time of all tasks / this one"},
    {"speedup_low", NUMBER(struct summary, speedup.low), "", "low end of its 95 % confidence interval"},
    {"speedup_high", NUMBER(struct summary, speedup.high), "", "high end of it"},
    {"activity_speedup", NUMBER(struct summary, activity_speedup), "", "as the activity defines it: images * t0_s / wall_median_s"},
    {"ceiling", NUMBER(struct summary, ceiling), "", "the best speedup that counting tasks allows; empty: not known"},
    {"efficiency", NUMBER(struct summary, efficiency), "", "speedup / workers"},
    {"karp_flatt", NUMBER(struct summary, karp_flatt), "", "serial share that would explain the speedup; empty: one worker"},
    {"cpu_utilisation", NUMBER(struct summary, cpu_utilisation), "", "CPU time of all workers / (wall time * workers)"},
    {"max_rss_kib", COUNT(struct summary, max_rss_kib), "KiB", "peak memory of all processes of a run together; without /proc, of the largest"},
    {"status", WORD(struct summary, status), "", "ok, wrong, failed, crashed or timeout", status_names},
    END(struct summary),
    {"t0_low_s", NUMBER(struct summary, t0_low_s), "s", "low end of the 95 % confidence interval of t0_s", LATER},
    {"t0_high_s", NUMBER(struct summary, t0_high_s), "s", "high end of it", LATER},
    {"machine_ceiling", NUMBER(struct summary, machine_ceiling), "", "the best speedup that the machine allows, too: kinds of cores, second threads, a quota (core-speeds in machine.txt); empty: not known", LATER},
    BENCHMARK,
    {"outliers", INTEGER(struct summary, outliers), "", "rounds whose wall time stands out from the others'; they are kept; empty: none", OR_EMPTY, LATER},
};

static const struct column runs_columns[] = {
    BEGINNING(struct run_record),
    {"round", INTEGER(struct run_record, round), "",
     "in which round it was, from 1; of one that is there twice, the later run counts", .least = 1},
    {"start_s", NUMBER(struct run_record, start_s), "s", "creating the workers"},
    {"wall_s", NUMBER(struct run_record, wall_s), "s", "running all tasks, wall-clock time"},
    {"stop_s", NUMBER(struct run_record, stop_s), "s", "ending the workers"},
    {"user_s", NUMBER(struct run_record, user_s), "s", "CPU time of all workers in their own code"},
    {"sys_s", NUMBER(struct run_record, sys_s), "s", "CPU time of all workers in the system"},
    {"max_rss_kib", COUNT(struct run_record, max_rss_kib), "KiB", "peak memory of the largest process of the run"},
    {"minor_faults", COUNT(struct run_record, minor_faults), "", "page faults that needed no disk"},
    {"major_faults", COUNT(struct run_record, major_faults), "", "page faults that waited for a disk"},
    {"voluntary_switches", COUNT(struct run_record, voluntary_switches), "", "times that a worker waited for something"},
    {"involuntary_switches", COUNT(struct run_record, involuntary_switches), "", "times that a worker was taken off its core"},
    {"status", WORD(struct run_record, status), "", "ok, wrong, failed, crashed or timeout", status_names},
    END(struct run_record),
    BENCHMARK,
};

static const struct column trace_columns[] = {
    {"strategy", NAME(struct trace_row, strategy), "", "how it was spread over workers"},
    {"workers", INTEGER(struct trace_row, workers), "", "threads or processes that tasks ran on", .least = 1, .most = COLUMN_WORKERS_MOST},
    {"filter", NAME(struct trace_row, filter), "", "what was computed"},
    {"task", INTEGER(struct trace_row, task), "", "number of the task, from 0"},
    {"worker", INTEGER(struct trace_row, time.worker), "", "who ran it, from 0"},
    {"start_s", NUMBER(struct trace_row, time.start_s), "s", "when it began, since the run began"},
    {"end_s", NUMBER(struct trace_row, time.end_s), "s", "when it ended"},
    {"lock", WORD(struct trace_row, lock), "", "as in summary.csv", lock_names, LATER},
    {"blas_asked", INTEGER(struct trace_row, blas_asked), "", "as in summary.csv", OR_EMPTY, LATER},
    {"cpu_s", NUMBER(struct trace_row, time.cpu_s), "s", "CPU time of its thread meanwhile; empty: not known", LATER},
    BENCHMARK,
    {"queue_s", NUMBER(struct trace_row, time.queue_s), "s", "time that its thread was ready to run and had no CPU; empty: not known", LATER},
};

static const struct column again_columns[] = {
    {"strategy", NAME(struct again_row, config.strategy), "", "how it was spread over workers"},
    {"workers", INTEGER(struct again_row, config.workers), "", "threads or processes that tasks ran on", .least = 1},
    {"filter", NAME(struct again_row, config.filter), "", "what was computed"},
    {"round", INTEGER(struct again_row, round), "", "as in runs.csv", .least = 1},
    {"wall_s", NUMBER(struct again_row, wall_s), "s", "wall-clock time of the run that is in runs.csv"},
    {"again_s", NUMBER(struct again_row, again_s), "s", "that of a second run of the same: only chance makes a difference"},
    {"lock", WORD(struct again_row, config.lock), "", "as in summary.csv", lock_names},
    {"blas_asked", INTEGER(struct again_row, config.blas_threads), "", "as in summary.csv", OR_EMPTY},
    BENCHMARK,
};

static const struct column losses_columns[] = {
    {"strategy", NAME(struct summary, setup.config.strategy), "", "how it was spread over workers"},
    {"workers", INTEGER(struct summary, setup.config.workers), "", "threads or processes that tasks ran on", .least = 1, .most = COLUMN_WORKERS_MOST},
    {"filter", NAME(struct summary, setup.config.filter), "", "what was computed"},
    {"speedup", NUMBER(struct summary, losses.speedup), "", "mean over the rounds of serial time / this one"},
    {"gap", NUMBER(struct summary, losses.gap), "", "workers - speedup, and so the sum of the following, all in units of speedup"},
    {"counting", NUMBER(struct summary, losses.counting), "", "more turns than tasks / workers"},
    {"uneven", NUMBER(struct summary, losses.uneven), "", "tasks of different sizes, and waiting for the last one"},
    {"handout", NUMBER(struct summary, losses.handout), "", "between two tasks of a worker"},
    {"start_stop", NUMBER(struct summary, losses.start_stop), "", "before the workers' first tasks and after the last one"},
    {"waiting", NUMBER(struct summary, losses.waiting), "", "workers waiting for each other"},
    {"taken_away", NUMBER(struct summary, losses.taken_away), "", "a task had no CPU: others, the host, a quota, too many workers"},
    {"slower_tasks", NUMBER(struct summary, losses.slower_tasks), "", "more CPU time than in the serial run: memory, caches, clock, kind of core"},
    {"rest", NUMBER(struct summary, losses.rest), "", "what does not add up"},
    {"lock", WORD(struct summary, setup.config.lock), "", "as in summary.csv", lock_names},
    {"blas_asked", INTEGER(struct summary, setup.config.blas_threads), "", "as in summary.csv", OR_EMPTY},
    {"gap_error", NUMBER(struct summary, losses_error.gap), "", "standard error of the mean over the rounds"},
    {"counting_error", NUMBER(struct summary, losses_error.counting), "", ""},
    {"uneven_error", NUMBER(struct summary, losses_error.uneven), "", ""},
    {"handout_error", NUMBER(struct summary, losses_error.handout), "", ""},
    {"start_stop_error", NUMBER(struct summary, losses_error.start_stop), "", ""},
    {"waiting_error", NUMBER(struct summary, losses_error.waiting), "", ""},
    {"taken_away_error", NUMBER(struct summary, losses_error.taken_away), "", ""},
    {"slower_tasks_error", NUMBER(struct summary, losses_error.slower_tasks), "", ""},
    {"rest_error", NUMBER(struct summary, losses_error.rest), "", ""},
    BENCHMARK,
};

static const struct column resources_columns[] = {
    {"filter", NAME(struct resources_row, filter), "", "what was computed"},
    {"strategy", NAME(struct resources_row, strategy), "", "how it was spread over workers"},
    {"workers", INTEGER(struct resources_row, workers), "", "threads or processes that tasks ran on", .least = 1, .most = COLUMN_WORKERS_MOST},
    {"time_s", NUMBER(struct resources_row, reading.time_s), "s", "since the run began"},
    {"cpu_percent", NUMBER(struct resources_row, reading.cpu_percent), "%", "CPU use since the row before; 100 is one core"},
    {"memory_kib", LONG(struct resources_row, reading.memory_kib), "KiB", "memory of all processes together"},
    {"processes", INTEGER(struct resources_row, reading.processes), "", "processes at that moment"},
    {"threads", INTEGER(struct resources_row, reading.threads), "", "threads of all of them"},
    {"lock", WORD(struct resources_row, lock), "", "as in summary.csv", lock_names, LATER},
    {"blas_asked", INTEGER(struct resources_row, blas_asked), "", "as in summary.csv", OR_EMPTY, LATER},
    BENCHMARK,
};

static const struct column forecast_columns[] = {
    {"strategy", NAME(struct forecast_row, strategy), "", "how it was spread over workers"},
    {"workers", INTEGER(struct forecast_row, workers), "", "threads or processes that tasks would run on", .least = 1, .most = COLUMN_WORKERS_MOST},
    {"filter", NAME(struct forecast_row, filter), "", "what was computed"},
    {"wall_s", NUMBER(struct forecast_row, forecast.wall_s.value), "s", "wall-clock time of all tasks, forecast"},
    {"wall_low_s", NUMBER(struct forecast_row, forecast.wall_s.low), "s", "95 of 100 single runs should lie between this and the next"},
    {"wall_high_s", NUMBER(struct forecast_row, forecast.wall_s.high), "s", ""},
    {"speedup", NUMBER(struct forecast_row, forecast.speedup.value), "", "serial time of all tasks / this one, forecast"},
    {"speedup_low", NUMBER(struct forecast_row, forecast.speedup.low), "", "as above, of the speedups of single rounds"},
    {"speedup_high", NUMBER(struct forecast_row, forecast.speedup.high), "", ""},
    {"from_workers", INTEGER(struct forecast_row, from_workers), "", "workers of the runs that it is made from", .least = 1},
    {"from_runs", INTEGER(struct forecast_row, from_runs), "", "how many runs these were, made before all others"},
    {"lock", WORD(struct forecast_row, lock), "", "as in summary.csv", lock_names},
    {"blas_asked", INTEGER(struct forecast_row, blas_asked), "", "as in summary.csv", OR_EMPTY},
    BENCHMARK,
};

/* A few of summary.csv, of several results. */
static const struct column compare_columns[] = {
    {"schema", .kind = COLUMN_SCHEMA, .unit = "", .meaning = "version of the format: 1"},
    {"line", INTEGER(struct compare_row, line), "", "number of the line in the graph, from 1; 0: there was no room for it"},
    {"result", TEXT(struct compare_row, result), "", "name of the result: its directory"},
    {"host", TEXT(struct machine_facts, host), "", "as in summary.csv, like all that follow", MACHINE},
    {"cpu", TEXT(struct machine_facts, cpu), "", "", MACHINE},
    {"cores", INTEGER(struct machine_facts, cores), "", "", MACHINE, .least = 1},
    {"threads", INTEGER(struct machine_facts, threads), "", "", MACHINE, .least = 1},
    {"filter", NAME(struct compare_row, summary.setup.config.filter), "", ""},
    {"ny", SIZE(struct compare_row, summary.setup.ny), "pixels", "", OR_EMPTY},
    {"nx", SIZE(struct compare_row, summary.setup.nx), "pixels", "", OR_EMPTY},
    {"strategy", NAME(struct compare_row, summary.setup.config.strategy), "", ""},
    {"lock", WORD(struct compare_row, summary.setup.config.lock), "", "", lock_names},
    {"workers", INTEGER(struct compare_row, summary.setup.config.workers), "", "", .least = 1, .most = COLUMN_WORKERS_MOST},
    {"wall_median_s", NUMBER(struct compare_row, summary.wall_s.value), "s", ""},
    {"wall_low_s", NUMBER(struct compare_row, summary.wall_s.low), "s", ""},
    {"wall_high_s", NUMBER(struct compare_row, summary.wall_s.high), "s", ""},
    {"speedup", NUMBER(struct compare_row, summary.speedup.value), "", ""},
    {"speedup_low", NUMBER(struct compare_row, summary.speedup.low), "", ""},
    {"speedup_high", NUMBER(struct compare_row, summary.speedup.high), "", ""},
    {"blas_asked", INTEGER(struct compare_row, summary.setup.config.blas_threads), "", "", OR_EMPTY},
    {"status", WORD(struct compare_row, summary.status), "", "", status_names},
};

/* clang-format on */

const struct column_file summary_file = {"summary.csv", "a configuration", summary_columns,
                                         COUNT_OF(summary_columns), sizeof(struct summary)};
const struct column_file runs_file = {"runs.csv", "a run", runs_columns, COUNT_OF(runs_columns),
                                      sizeof(struct run_record)};
const struct column_file trace_file = {"trace.csv", "a task of a configuration's median run",
                                       trace_columns, COUNT_OF(trace_columns),
                                       sizeof(struct trace_row)};
const struct column_file losses_file = {
    "losses.csv", "a configuration: what is missing to linear, means over the rounds",
    losses_columns, COUNT_OF(losses_columns), sizeof(struct summary)};
const struct column_file again_file = {
    "again.csv", "a round of a configuration that was measured twice in every round", again_columns,
    COUNT_OF(again_columns), sizeof(struct again_row)};
const struct column_file resources_file = {
    "resources.csv", "a look at a run that was watched and not timed", resources_columns,
    COUNT_OF(resources_columns), sizeof(struct resources_row)};

const struct column_file forecast_file = {
    "forecast.csv", "a number of workers: what was forecast before measuring", forecast_columns,
    COUNT_OF(forecast_columns), sizeof(struct forecast_row)};

const struct column_file compare_file = {
    "compare.csv", "a configuration of one of the results compared", compare_columns,
    COUNT_OF(compare_columns), sizeof(struct compare_row)};

const struct column_file *const column_files[] = {&summary_file,  &runs_file,    &trace_file,
                                                  &losses_file,   &again_file,   &resources_file,
                                                  &forecast_file, &compare_file, NULL};

/* No blanks at the end of a line. */
static void put_line(FILE *stream, const struct column *column)
{
    if (*column->meaning) {
        fprintf(stream, "  %-20s  %-7s  ", column->name, column->unit);
        options_print_text(column->meaning, COLUMNS_TEXT, stream);
    } else if (*column->unit)
        fprintf(stream, "  %-20s  %s\n", column->name, column->unit);
    else
        fprintf(stream, "  %s\n", column->name);
}

void columns_print(FILE *stream)
{
    for (size_t i = 0; column_files[i]; i++) {
        const struct column_file *file = column_files[i];
        char title[160];
        snprintf(title, sizeof title, "%s: a row is %s", file->name, file->rows);
        fputs(i ? "\n" : "", stream);
        options_print_text(title, 0, stream);
        fputc('\n', stream);
        for (size_t k = 0; k < file->count; k++)
            put_line(stream, &file->columns[k]);
    }
}
