/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/report.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "filters/filter.h"
#include "harness/base/output.h"
#include "harness/measure/statistics.h"
#include "harness/report/advice/advice.h"
#include "harness/report/bad_runs.h"
#include "harness/report/brief/brief.h"
#include "harness/report/cores/cores_section.h"
#include "harness/report/corners.h"
#include "harness/report/document/document.h"
#include "harness/report/findings.h"
#include "harness/report/forecast/bet_text.h"
#include "harness/report/scaling/scaling_section.h"
#include "harness/report/scaling/slower_text.h"
#include "harness/report/sections.h"
#include "harness/report/table.h"
#include "harness/results/results.h"

/* What all parts of the report are made from, and where they go. */
struct report {
    const char *directory;
    double effort_h;
    struct result_set set;
    const struct document_language *language;
    FILE *stream;
};

struct graph {
    const char *name;    /* of its files */
    const char *heading; /* of its part of the report */
    const char *reading; /* how to read it */
};

static const struct graph graphs[] = {
    {"speedup", "Speedup",
     "How many times faster than the serial strategy. Dashed: linear. Grey bars: the ceiling that "
     "counting sets, tasks / turns; what lies below it is lost elsewhere. Blue: the forecast, "
     "made before measuring, for single runs of one strategy. Dotted brown: what this machine "
     "allows, where that is less (slower cores, second threads, a quota). Points are at the "
     "number of workers; only the whiskers (95 % confidence intervals) stand aside. Above 8 "
     "workers the axes are logarithmic."},
    {"walltime", "Wall time",
     "Seconds for all tasks, with 95 % confidence intervals. Dashed: the serial time divided by "
     "the number of workers. Grey bars: the serial time divided by the ceiling; it cannot take "
     "less."},
    {"losses", "What is missing to linear",
     "Workers - speedup, in parts that add up, the worst configuration first. Each run is replayed "
     "from its trace, and one cause after the other is taken out: what the replay gains is what "
     "that cause has cost. Left of 0: gained, by tasks that were faster than in the serial run."},
    {"efficiency", "Efficiency",
     "Speedup / workers: how much of each worker is put to use. It falls with the number of "
     "workers unless the speedup is linear."},
    {"timeline", "Timeline",
     "A row for each worker and a bar for each task, on one time axis. Grey is time without work: "
     "start-up at the left, hand-out between bars, and at the right the wait for the last "
     "straggler."},
    {"resources", "Processor and memory",
     "How busy the processor was and how much memory was held, from start to end: idle workers, "
     "and the price of processes."},
    {"blas", "BLAS threads",
     "What the library's own threads give, beside workers of our own with BLAS threads off and on. "
     "GFLOP/s: floating-point operations of the product, in 10^9 a second."},
    {"images", "What was computed", "The first image, and the same after the filter."},
};

static bool is_there(const struct report *report, const char *name, const char *extension)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s.%s", report->directory, name, extension);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

static void paragraph(const struct report *report, const char *text)
{
    if (*text)
        report->language->paragraph(report->stream, text);
}

static void put_item(const struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void put_item(const struct report *report, const char *format, ...)
{
    char text[MACHINE_TEXT_LENGTH + 100];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    report->language->item(report->stream, text);
}

/* A command of the user's own, which has an answer of its own. */
static bool is_command(const struct report *report)
{
    return strcmp(report->set.summaries[0].setup.config.filter, "command") == 0;
}

static void put_advice(const struct report *report)
{
    struct advice advice;
    char text[ADVICE_LENGTH];
    if (!is_command(report) || !advice_find(&report->set, &advice))
        return;
    advice_text(&advice, text);
    paragraph(report, text);
}

/* What was seen of the machine, before and while it measured: it says what to think of the figures,
 * and so comes before them. */
static void put_warnings(const struct report *report)
{
    const struct warnings *warnings = &report->set.machine.warnings;
    if (warnings->count == 0)
        return;
    report->language->list_begin(report->stream);
    for (int i = 0; i < warnings->count; i++)
        report->language->item(report->stream, warnings->text[i]);
    report->language->list_end(report->stream);
}

static void put_result(const struct report *report)
{
    char text[FINDING_LENGTH];
    put_advice(report);
    findings_machine_text(&report->set, text);
    paragraph(report, text);
    findings_verdict_text(&report->set, text);
    paragraph(report, text);
    put_warnings(report);
    findings_best_text(&report->set, text);
    if (*text)
        report->language->heading(report->stream, "The result");
    paragraph(report, text);
    findings_linear_text(&report->set, text);
    paragraph(report, text);
    cores_put(&report->set, report->language, report->stream);
    bet_put(report->directory, &report->set, report->language, report->stream);
    findings_post_text(&report->set, text);
    if (*text) {
        paragraph(report, "To copy and post:");
        report->language->verbatim(report->stream, text);
    }
}

/* The best one first, then of each other strategy the one on the most workers. */
static void put_losses(const struct report *report)
{
    const struct result_set *set = &report->set;
    const struct summary *best = result_set_best(set);
    char text[FINDING_LENGTH];
    bool any = false;
    for (size_t i = 0; i < set->count; i++)
        any = any || findings_losses_text(&set->summaries[i], text);
    if (!any)
        return;
    report->language->heading(report->stream, "Why is it not linear?");
    if (best && findings_losses_text(best, text))
        paragraph(report, text);
    report->language->list_begin(report->stream);
    for (size_t i = 0; i < set->count; i++)
        if (&set->summaries[i] != best && findings_is_on_most(set, &set->summaries[i]) &&
            findings_losses_text(&set->summaries[i], text))
            put_item(report, "%s", text);
    report->language->list_end(report->stream);
}

static void put_table(const struct report *report)
{
    const struct document_language *language = report->language;
    char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH];
    const char *texts[TABLE_COLUMNS];
    language->fold_begin(report->stream, "All configurations", true);
    language->table_begin(report->stream, "lrrrRrRRRrr");
    language->row(report->stream, table_headings, table_width(&report->set), ROW_HEADER);
    for (size_t row = 0; row < report->set.count; row++) {
        table_cells(&report->set.summaries[row], cells);
        for (int i = 0; i < TABLE_COLUMNS; i++)
            texts[i] = cells[i];
        language->row(report->stream, texts, table_width(&report->set), ROW_PLAIN);
    }
    language->table_end(report->stream);
    paragraph(report, "\"Ceiling\" is the best speedup that counting allows, \"of it\" the part of "
                      "that which was reached, \"effic.\" speedup / workers, \"CPU\" how busy the "
                      "workers were, \"memory\" the peak of all processes together. In brackets: "
                      "95 % confidence intervals.");
    language->fold_end(report->stream);
}

static int put_graphs(const struct report *report, struct error *error)
{
    for (size_t i = 0; i < sizeof graphs / sizeof graphs[0]; i++) {
        char file[32], link[32];
        if (!is_there(report, graphs[i].name, "png"))
            continue;
        bool sharp = is_there(report, graphs[i].name, "svg");
        snprintf(file, sizeof file, "%s.png", graphs[i].name);
        snprintf(link, sizeof link, "%s.%s", graphs[i].name, sharp ? "svg" : "png");
        /* The answer, the graph that the activity asks for, and why. */
        bool open = i < 2 || strcmp(graphs[i].name, "losses") == 0;
        report->language->fold_begin(report->stream, graphs[i].heading, open);
        if (report->language->picture(report->stream, report->directory, file, link,
                                      graphs[i].heading) != 0)
            return error_set(error, file, "cannot be read, or there is no memory for it");
        paragraph(report, graphs[i].reading);
        report->language->fold_end(report->stream);
    }
    return 0;
}

static void put_blas(const struct report *report)
{
    char text[FINDING_LENGTH];
    findings_blas_text(&report->set, text);
    if (!*text)
        return;
    report->language->heading(report->stream, "The BLAS library");
    paragraph(report, text);
}

/* The four corners and the verdict, where the result has them. */
static void put_corners(const struct report *report)
{
    const struct document_language *language = report->language;
    struct corners corners;
    char cells[3][CORNER_COLUMNS][FINDING_LENGTH], text[FINDING_LENGTH];
    if (!corners_find(&report->set, &corners))
        return;
    corners_cells(&corners, cells);
    language->heading(report->stream,
                      strcmp(report->set.summaries[0].setup.config.filter, "command") == 0
                          ? "Threads inside off and on"
                          : "BLAS threads off and on");
    language->table_begin(report->stream, "lll");
    for (int i = 0; i < 3; i++) {
        const char *const texts[CORNER_COLUMNS] = {cells[i][0], cells[i][1], cells[i][2]};
        language->row(report->stream, texts, CORNER_COLUMNS, i == 0 ? ROW_HEADER : ROW_PLAIN);
    }
    language->table_end(report->stream);
    corners_text(&corners, &report->set, text);
    paragraph(report, text);
}

static void put_costs(const struct report *report)
{
    char text[FINDING_LENGTH];
    findings_copying_text(&report->set, text);
    if (*text) {
        report->language->heading(report->stream, "What copying costs");
        paragraph(report, text);
    }
    put_corners(report);
    findings_payback_text(&report->set, report->effort_h, text);
    if (*text) {
        report->language->heading(report->stream, "Do you really need it?");
        paragraph(report, text);
    }
}

/* Whether results were compared bit for bit; of a filter that this program does not know we suppose
 * it. */
static bool is_exact(const struct config *config)
{
    const struct filter *filter = filter_find(config->filter);
    return !filter || !filter->tolerance;
}

static void put_method(const struct report *report)
{
    const struct machine_facts *machine = &report->set.machine;
    /* The serial one comes first, and every round has it. */
    const struct config *config = &report->set.summaries[0].setup.config;
    int rounds = report->set.summaries[0].rounds;

    report->language->fold_begin(report->stream, "How it was measured", false);
    report->language->list_begin(report->stream);
    if (rounds > 0)
        put_item(report,
                 "%d round%s, each with every configuration once, in a new random order; the "
                 "figures are medians over the rounds%s.",
                 rounds, rounds == 1 ? "" : "s",
                 rounds < SAMPLES_FOR_INTERVAL ? "; too few for confidence intervals" : "");
    put_item(report,
             "Confidence intervals are 95 %% ones, from order statistics: of the times and, for "
             "speedups, of the ratios to the serial run of the same round.");
    if (is_command(report))
        put_item(report, "Every run was a process of its own. %s",
                 strstr(machine->command, " --result")
                     ? "What the command wrote was compared with what it wrote in the serial run."
                     : "What the command wrote was not compared: --result PATTERN names it.");
    else
        put_item(
            report,
            "Every run was a process of its own, and every result was compared with the serial "
            "one%s; one that differed is in no graph.",
            is_exact(config) ? " bit for bit"
                             : ", to 1e-12 of the largest value, since a BLAS may add in another "
                               "order");
    put_item(report, "Filter %s, window %zu, a task is %s %s, input and output in %s, binding: %s.",
             config->filter, config->parameters.window, config->grain == GRAIN_IMAGE ? "an" : "a",
             grain_names[config->grain], io_names[config->io], bind_names[config->bind]);
    if (*machine->date)
        put_item(report, "Measured on %s by: %s", machine->date, machine->command);
    if (*machine->compiler)
        put_item(report, "Built from commit %s by %s with: %s", machine->commit, machine->compiler,
                 machine->flags);
    report->language->list_end(report->stream);
    report->language->fold_end(report->stream);
}

static void put_links(const struct report *report)
{
    static const struct {
        const char *name, *extension;
    } files[] = {{"summary", "csv"},
                 {"runs", "csv"},
                 {"trace", "csv"},
                 {"forecast", "csv"},
                 {"machine", "txt"}};
    char address[64];
    report->language->fold_begin(report->stream, "Files beside this one", false);
    report->language->list_begin(report->stream);
    for (const struct section *section = sections; section->name; section++) {
        if (!section->subdirectory)
            continue;
        snprintf(address, sizeof address, "%s/report", section->subdirectory);
        if (!is_there(report, address, report->language->extension))
            continue;
        snprintf(address, sizeof address, "%s/report.%s", section->subdirectory,
                 report->language->extension);
        report->language->link_item(report->stream, address, section->title);
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(address, sizeof address, "%s.%s", files[i].name, files[i].extension);
        if (is_there(report, files[i].name, files[i].extension))
            report->language->link_item(report->stream, address, address);
    }
    report->language->list_end(report->stream);
    report->language->fold_end(report->stream);
}

static int write_in(struct report *report, const struct document_language *language,
                    struct error *error)
{
    struct output output;
    char name[32], subject[FINDING_LENGTH], title[FINDING_LENGTH + 16];
    snprintf(name, sizeof name, "report.%s", language->extension);
    if (output_open(&output, report->directory, name, error) != 0)
        return -1;
    report->language = language;
    report->stream = output.stream;
    table_subject(&report->set, subject, sizeof subject);
    snprintf(title, sizeof title, "Speedup: %s", subject);

    language->begin(output.stream, title);
    brief_boxes(&report->set, language, output.stream);
    put_result(report);
    put_blas(report);
    put_losses(report);
    slower_put(&report->set, language, output.stream);
    bad_runs_put(&report->set, language, output.stream);
    int failed = put_graphs(report, error);
    put_table(report);
    put_costs(report);
    scaling_section_put(&report->set, language, output.stream);
    put_method(report);
    put_links(report);
    language->end(output.stream);
    if (!failed)
        return output_commit(&output, error);
    output_discard(&output);
    return -1;
}

int report_write(const char *directory, double effort_h, struct error *error)
{
    struct report report = {.directory = directory, .effort_h = effort_h};
    if (results_read(directory, &report.set, error) != 0)
        return -1;
    int failed = results_read_pairs(directory, &report.set, error) != 0 ||
                 write_in(&report, &document_markdown, error) != 0 ||
                 write_in(&report, &document_html, error) != 0;
    result_set_destroy(&report.set);
    return failed ? -1 : 0;
}
