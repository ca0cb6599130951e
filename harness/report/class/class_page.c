/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/class/class.h"
#include "harness/report/class/graphs/class_graphs.h"
#include "harness/report/document/document.h"

/* With soft hyphens, at which narrow screens may break them. */
#define SPEEDUP "speed\xc2\xadup"
#define EFFICIENCY                                                                                 \
    "effi\xc2\xad"                                                                                 \
    "ciency"
#define MACHINES                                                                                   \
    "ma\xc2\xad"                                                                                   \
    "chines"

enum { CELL = 2 * ENTRY_TEXT + 16, ROWS_OPEN = 60 };

struct page {
    FILE *stream;
    const struct document_language *language;
    const struct ranking *ranking;
    const struct roster *roster;
    const struct entry *me;
};

/* A cell of a table: formatted text, or a dash for a figure that is not known. */
static void put_cell(char cell[CELL], const char *format, double value)
{
    if (isnan(value))
        snprintf(cell, CELL, "-");
    else
        snprintf(cell, CELL, format, value); /* the format is one of ours */
}

static void put_paragraph(const struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void put_paragraph(const struct page *page, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    page->language->paragraph(page->stream, text);
}

static void put_top(const struct page *page)
{
    const struct ranking *ranking = page->ranking;
    const struct entry *first = ranking->rows[0].entry, *scales = NULL;
    char machines[64], fastest[64], best[64], left_out[64];
    for (size_t i = 0; i < ranking->fit; i++)
        if (ranking->rows[i].scaling == 1)
            scales = ranking->rows[i].entry;
    snprintf(machines, sizeof machines, "%zu", ranking->fit);
    snprintf(fastest, sizeof fastest, "%.3g s", entry_tp(first));
    snprintf(best, sizeof best, scales ? "%.0f %%" : "-",
             scales ? 100 * entry_efficiency(scales) : 0);
    snprintf(left_out, sizeof left_out, "%zu",
             ranking->count - ranking->fit + page->roster->skipped_count);
    const struct document_box boxes[] = {
        {"machines ranked", machines, ""},
        {"fastest", fastest, first->name},
        {"scales best", best, scales ? scales->name : ""},
        {"not ranked", left_out, strcmp(left_out, "0") == 0 ? "" : "listed below"},
    };
    page->language->boxes(page->stream, boxes, sizeof boxes / sizeof boxes[0]);
}

static void put_graphs(const struct page *page)
{
    const struct document_language *language = page->language;
    language->heading(page->stream, "How fast is a core, how well do all of them work together?");
    if (class_draw_dots(page->stream, page->ranking, page->me) == 0)
        put_paragraph(page, "No machine has t0 and a run on all its cores.");
    else
        put_paragraph(
            page, "Each dot is a machine: the faster a single core, the further to the left; the "
                  "more of its cores do their share, the higher. Dashed: linear speedup. "
                  "Efficiency is the speedup on as many workers as cores, divided by the "
                  "cores. Point at a dot for its figures.");
    language->heading(page->stream, "Speedup against workers");
    class_draw_curves(page->stream, page->ranking, page->me);
    if (page->ranking->fit > CLASS_CURVES)
        put_paragraph(page, "The line is the median of all machines that measured so many workers, "
                            "the darker band holds the middle half of them, the lighter one all. "
                            "Dashed: linear.");
    else
        put_paragraph(page,
                      "Each machine's fastest strategy on so many workers. Thin and grey: linear.");
}

static void put_ranking_row(const struct page *page, const struct ranked *row)
{
    enum { COLUMNS = 10 };
    const struct entry *entry = row->entry;
    const struct entry_point *best = &entry->points[entry->best];
    char cells[COLUMNS][CELL];
    const char *texts[COLUMNS];
    bool is_me = entry == page->me;
    snprintf(cells[0], CELL, "%d", row->speed);
    if (row->scaling > 0)
        snprintf(cells[1], CELL, "%d", row->scaling);
    else
        snprintf(cells[1], CELL, "-");
    snprintf(cells[2], CELL, "%s%s", entry->name, is_me ? " (you)" : "");
    entry_processor(entry, cells[3]);
    snprintf(cells[4], CELL, "%d", entry->cores);
    put_cell(cells[5], "%#.3g", entry->t0_s);
    put_cell(cells[6], "%#.3g", best->wall_s);
    put_cell(cells[7], "%.2f", best->speedup.value);
    if (best->speedup.high > best->speedup.low)
        snprintf(cells[8], CELL, "%.2f-%.2f", best->speedup.low, best->speedup.high);
    else
        snprintf(cells[8], CELL, "-");
    put_cell(cells[9], "%.0f %%", 100 * entry_efficiency(entry));
    for (int i = 0; i < COLUMNS; i++)
        texts[i] = cells[i];
    page->language->row(page->stream, texts, COLUMNS, is_me ? ROW_MARKED : ROW_PLAIN);
}

static void put_ranking(const struct page *page)
{
    static const char *const headings[] = {"by speed", "by scaling", "name", "processor",
                                           "cores",    "t0 s",       "tp s", SPEEDUP,
                                           "95 % CI",  EFFICIENCY};
    const struct ranking *ranking = page->ranking;
    page->language->fold_begin(page->stream, "Ranking", ranking->fit <= ROWS_OPEN);
    page->language->table_begin(page->stream, "rrlLrRrrRr");
    page->language->row(page->stream, headings, sizeof headings / sizeof headings[0], ROW_HEADER);
    for (size_t i = 0; i < ranking->fit; i++)
        put_ranking_row(page, &ranking->rows[i]);
    page->language->table_end(page->stream);
    page->language->fold_end(page->stream);
    put_paragraph(page, "By speed: the least tp, the time for all images. By scaling: the highest "
                        "efficiency on all cores, of machines with more than one.");
}

static void put_medians(const struct page *page)
{
    enum { COLUMNS = 6 };
    static const char *const headings[COLUMNS] = {"of",   MACHINES, "t0 s",
                                                  "tp s", SPEEDUP,  EFFICIENCY};
    page->language->heading(page->stream, "Medians");
    page->language->table_begin(page->stream, "lrrrrr");
    page->language->row(page->stream, headings, COLUMNS, ROW_HEADER);
    for (int i = 0; i < page->ranking->group_count; i++) {
        const struct class_group *group = &page->ranking->groups[i];
        char name[64], cells[5][CELL];
        ranking_group_name(group, name);
        snprintf(cells[0], CELL, "%d", group->machines);
        put_cell(cells[1], "%#.3g", group->t0_s);
        put_cell(cells[2], "%#.3g", group->tp_s);
        put_cell(cells[3], "%.2f", group->speedup);
        put_cell(cells[4], "%.0f %%", 100 * group->efficiency);
        const char *const texts[COLUMNS] = {name, cells[0], cells[1], cells[2], cells[3], cells[4]};
        page->language->row(page->stream, texts, COLUMNS, ROW_PLAIN);
    }
    page->language->table_end(page->stream);
}

static void put_outside(const struct page *page)
{
    const struct ranking *ranking = page->ranking;
    char text[2 * CELL];
    if (ranking->fit == ranking->count && page->roster->skipped_count == 0)
        return;
    page->language->heading(page->stream, "Not in the ranking");
    page->language->list_begin(page->stream);
    for (size_t i = ranking->fit; i < ranking->count; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        snprintf(text, sizeof text, "%s (%s): %s%s", entry->name, entry_states[entry->state],
                 entry->why, entry->anyway ? "; posted anyway" : "");
        page->language->item(page->stream, text);
    }
    for (size_t i = 0; i < page->roster->skipped_count; i++)
        page->language->item(page->stream, page->roster->skipped[i].why);
    page->language->list_end(page->stream);
}

int class_write_page(const struct ranking *ranking, const struct roster *roster,
                     const struct entry *me, const char *directory, struct error *error)
{
    struct output output;
    char work[ENTRY_TEXT], title[2 * ENTRY_TEXT];
    if (output_open(&output, directory, CLASS_PAGE, error) != 0)
        return -1;
    const struct page page = {output.stream, &document_html, ranking, roster, me};
    if (ranking->fit > 0) {
        entry_work(ranking->rows[0].entry, work);
        snprintf(title, sizeof title, "The class: %s", work);
    } else {
        snprintf(title, sizeof title, "The class: nothing fit to compare");
    }
    page.language->begin(page.stream, title);
    if (ranking->fit > 0) {
        put_top(&page);
        put_graphs(&page);
        put_ranking(&page);
        if (ranking->fit > 1)
            put_medians(&page);
    }
    put_outside(&page);
    page.language->end(page.stream);
    return output_commit(&output, error);
}
