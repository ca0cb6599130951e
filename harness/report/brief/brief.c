/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/brief/brief.h"

#include <math.h>
#include <string.h>

#include "harness/measure/judge/verdict.h"
#include "harness/report/table.h"

enum { VALUE = 160, REMARK = 320, ROW = 512 };

struct figures {
    char t0[VALUE], t0_remark[REMARK];
    char tp[VALUE], tp_remark[REMARK];
    char speedup[VALUE], speedup_remark[REMARK];
    char linear[VALUE], linear_remark[REMARK];
};

static void put_linear(const struct summary *best, struct figures *figures)
{
    static const char *const answers[] = {"yes", "no", "cannot be told"};
    int workers = best->setup.config.workers;
    double share = 100 * best->speedup.value / workers;
    if (workers <= 1) {
        snprintf(figures->linear, VALUE, "-");
        snprintf(figures->linear_remark, REMARK, "one worker was the best");
        return;
    }
    snprintf(figures->linear, VALUE, "%s",
             answers[verdict_linear(&best->speedup, best->ceiling, workers)]);
    snprintf(figures->linear_remark, REMARK, "%.0f %% of %d", share, workers);
    if (best->ceiling < workers)
        snprintf(figures->linear_remark, REMARK, "%.0f %% of %d; counting alone allows %.2f", share,
                 workers, best->ceiling);
}

/* Fills in all figures of a result whose best row is `best`. */
static void find(const struct result_set *set, const struct summary *best, struct figures *figures)
{
    char label[LABEL_LENGTH];
    int workers = best->setup.config.workers, images = best->setup.images;
    const struct estimate *s = &best->speedup;
    table_label(best, label);
    if (isnan(best->t0_s))
        snprintf(figures->t0, VALUE, "-");
    else
        snprintf(figures->t0, VALUE, "%.4g s", best->t0_s);
    snprintf(figures->t0_remark, REMARK, "one image on one core");
    snprintf(figures->tp, VALUE, "%.4g s", best->wall_s.value);
    snprintf(figures->tp_remark, REMARK, "%d image%s with %s on %d worker%s", images,
             images == 1 ? "" : "s", label, workers, workers == 1 ? "" : "s");
    if (!machine_is_fit(&set->machine)) {
        snprintf(figures->speedup, VALUE, "-");
        snprintf(figures->speedup_remark, REMARK, "%.*s", (int)strcspn(set->machine.verdict, ":"),
                 set->machine.verdict);
        snprintf(figures->linear, VALUE, "-");
        snprintf(figures->linear_remark, REMARK, "not from this measurement");
        return;
    }
    snprintf(figures->speedup, VALUE, "%.2f", s->value);
    if (isnan(s->low))
        snprintf(figures->speedup_remark, REMARK, "too few rounds for an interval");
    else
        snprintf(figures->speedup_remark, REMARK, "95 %% CI %.2f-%.2f", s->low, s->high);
    put_linear(best, figures);
}

void brief_boxes(const struct result_set *set, const struct document_language *language,
                 FILE *stream)
{
    const struct summary *best = result_set_best(set);
    struct figures figures;
    if (!best)
        return;
    find(set, best, &figures);
    const struct document_box boxes[] = {
        {"t0", figures.t0, figures.t0_remark},
        {"tp", figures.tp, figures.tp_remark},
        {"speedup", figures.speedup, figures.speedup_remark},
        {"linear?", figures.linear, figures.linear_remark},
    };
    language->boxes(stream, boxes, sizeof boxes / sizeof boxes[0]);
}

static void put_row(FILE *stream, const char *name, const char *value, const char *remark)
{
    char text[ROW + REMARK + 8];
    snprintf(text, sizeof text, "%.*s%s%.*s%s", ROW, value, *remark ? " (" : "", REMARK, remark,
             *remark ? ")" : "");
    const char *const cells[] = {name, text};
    document_markdown.row(stream, cells, 2, ROW_PLAIN);
}

void brief_print(const struct result_set *set, FILE *stream)
{
    static const char *const headings[] = {"Speedup", ""};
    const struct machine_facts *machine = &set->machine;
    const struct summary *best = result_set_best(set);
    struct figures figures = {"-", "", "-", "", "-", "nothing ran to its end and was right",
                              "-", ""};
    char subject[VALUE], cores[VALUE], failed[VALUE];
    if (best)
        find(set, best, &figures);
    table_subject(set, subject, sizeof subject);
    snprintf(cores, sizeof cores, "%d core%s, %d hardware threads", machine->cores,
             machine->cores == 1 ? "" : "s", machine->threads);
    snprintf(failed, sizeof failed, "%d of %zu configurations failed or were wrong",
             result_set_failures(set), set->count);
    document_markdown.row(stream, headings, 2, ROW_HEADER);
    put_row(stream, "what", subject, "");
    put_row(stream, "machine", machine->cpu, cores);
    put_row(stream, "t0", figures.t0, figures.t0_remark);
    put_row(stream, "tp", figures.tp, figures.tp_remark);
    put_row(stream, "speedup", figures.speedup, figures.speedup_remark);
    put_row(stream, "linear?", figures.linear, figures.linear_remark);
    put_row(stream, "verdict", *machine->verdict ? machine->verdict : "not judged", "");
    put_row(stream, "failures", failed, "");
    put_row(stream, "measured", *machine->date ? machine->date : "-", "");
    put_row(stream, "program", *machine->commit ? machine->commit : "-", machine->compiler);
}
