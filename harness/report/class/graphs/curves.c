/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "harness/report/class/graphs/class_graphs.h"
#include "harness/report/class/graphs/svg.h"
#include "harness/report/graphs/chart/layout.h"

enum { WIDTH = 520, HEIGHT = 380, LEFT = 54, RIGHT = 112 };

/* The end of a curve, and its name. */
struct ending {
    const char *name;
    double x, y;
    double name_x; /* where the name begins */
    const char *style;
};

static void put_curve(FILE *stream, const char *style, const struct entry *entry,
                      const struct svg_axis *x, const struct svg_axis *y)
{
    char line[32], title[ENTRY_TEXT + 64];
    snprintf(line, sizeof line, "curve %s", style);
    svg_path_begin(stream, line);
    for (int i = 0; i < entry->count; i++)
        svg_path_to(stream, i == 0, svg_at(x, entry->points[i].workers),
                    svg_at(y, fmax(y->low, entry->points[i].speedup.value)));
    svg_path_end(stream, false);
    snprintf(line, sizeof line, "dot %s", style);
    for (int i = 0; i < entry->count; i++) {
        snprintf(title, sizeof title, "%s: %.3g on %d workers", entry->name,
                 entry->points[i].speedup.value, entry->points[i].workers);
        svg_dot(stream, line, svg_at(x, entry->points[i].workers),
                svg_at(y, fmax(y->low, entry->points[i].speedup.value)), 3, title);
    }
}

/* Names that would lie upon each other are moved apart; a thin line leads to each that is not beside
 * the end of its curve. */
static void put_endings(FILE *stream, const struct ending *endings, int count,
                        const struct svg_axis *y)
{
    const double apart = 14, beside = 8;
    double at[CLASS_CURVES];
    char text[SVG_NAME_BYTES], style[32];
    for (int i = 0; i < count; i++)
        at[i] = endings[i].y;
    layout_spread(at, count, apart, y->last, y->first - 4);
    for (int i = 0; i < count; i++) {
        const struct ending *ending = &endings[i];
        snprintf(style, sizeof style, "lead %s", ending->style);
        if (fabs(at[i] - ending->y) > 1 || ending->name_x - ending->x > beside)
            svg_line(stream, style, ending->x + beside / 2, ending->y, ending->name_x - 2, at[i]);
        snprintf(style, sizeof style, "name %s", ending->style);
        svg_short_name(ending->name, text);
        svg_text(stream, style, ending->name_x, at[i] + 4, SVG_START, text);
    }
}

/* The name stands at the right edge. */
static struct ending ending_of(const struct entry *entry, const char *style,
                               const struct svg_axis *x, const struct svg_axis *y)
{
    const double beside = 12;
    const struct entry_point *last = &entry->points[entry->count - 1];
    return (struct ending){entry->name, svg_at(x, last->workers),
                           svg_at(y, fmax(y->low, last->speedup.value)), x->last + beside, style};
}

static void put_each(FILE *stream, const struct ranking *ranking, const struct entry *me,
                     const struct svg_axis *x, const struct svg_axis *y)
{
    static const char *const styles[CLASS_CURVES] = {"c0", "c1", "c2", "c3",
                                                     "c4", "c5", "c6", "c7"};
    struct ending endings[CLASS_CURVES] = {0};
    for (size_t i = 0; i < ranking->fit; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        const char *style = entry == me ? "me" : styles[i];
        put_curve(stream, style, entry, x, y);
        endings[i] = ending_of(entry, style, x, y);
    }
    put_endings(stream, endings, (int)ranking->fit, y);
}

/* Between two of a step's figures, there and back. */
static void put_area(FILE *stream, const char *style, const struct ranking *ranking, bool quartiles,
                     const struct svg_axis *x, const struct svg_axis *y)
{
    svg_path_begin(stream, style);
    for (int i = 0; i < ranking->step_count; i++) {
        const struct class_step *step = &ranking->steps[i];
        svg_path_to(stream, i == 0, svg_at(x, step->workers),
                    svg_at(y, fmax(y->low, quartiles ? step->high : step->highest)));
    }
    for (int i = ranking->step_count; i-- > 0;) {
        const struct class_step *step = &ranking->steps[i];
        svg_path_to(stream, false, svg_at(x, step->workers),
                    svg_at(y, fmax(y->low, quartiles ? step->low : step->lowest)));
    }
    svg_path_end(stream, true);
}

static void put_band(FILE *stream, const struct ranking *ranking, const struct entry *me,
                     const struct svg_axis *x, const struct svg_axis *y)
{
    char title[96];
    put_area(stream, "band all", ranking, false, x, y);
    put_area(stream, "band half", ranking, true, x, y);
    svg_path_begin(stream, "curve median");
    for (int i = 0; i < ranking->step_count; i++)
        svg_path_to(stream, i == 0, svg_at(x, ranking->steps[i].workers),
                    svg_at(y, fmax(y->low, ranking->steps[i].median)));
    svg_path_end(stream, false);
    for (int i = 0; i < ranking->step_count; i++) {
        const struct class_step *step = &ranking->steps[i];
        snprintf(title, sizeof title, "%d workers: median %.3g of %d machines", step->workers,
                 step->median, step->machines);
        svg_dot(stream, "dot median", svg_at(x, step->workers),
                svg_at(y, fmax(y->low, step->median)), 3, title);
    }
    const struct class_step *last = &ranking->steps[ranking->step_count - 1];
    struct ending endings[2] = {
        {"median", x->last, svg_at(y, fmax(y->low, last->median)), x->last + 8, "median"}};
    int count = 1;
    if (me && me->count > 0) {
        put_curve(stream, "me", me, x, y);
        endings[count] = ending_of(me, "me", x, y);
        endings[count].name = "you are here";
        endings[count].name_x = endings[count].x + 8;
        count++;
    }
    put_endings(stream, endings, count, y);
}

void class_draw_curves(FILE *stream, const struct ranking *ranking, const struct entry *me)
{
    if (ranking->step_count == 0)
        return;
    double most = 2, highest = 2, lowest = 1;
    for (int i = 0; i < ranking->step_count; i++) {
        most = fmax(most, ranking->steps[i].workers);
        highest = fmax(highest, ranking->steps[i].highest);
        lowest = fmin(lowest, ranking->steps[i].lowest);
    }
    for (int i = 0; me && i < me->count; i++) {
        most = fmax(most, me->points[i].workers);
        highest = fmax(highest, me->points[i].speedup.value);
    }
    struct svg_axis x = {.low = 1,
                         .high = most,
                         .first = LEFT,
                         .last = WIDTH - RIGHT,
                         .base = 2,
                         .label = "workers",
                         .unit = "",
                         .times = 1},
                    y = {.low = fmax(0.25, lowest),
                         .high = 1.1 * highest,
                         .first = HEIGHT - 42,
                         .last = 24,
                         .base = 2,
                         .label = "speedup",
                         .unit = "",
                         .times = 1};
    double end = fmin(most, y.high);
    svg_begin(stream, "curves", WIDTH, HEIGHT, "Speedup against the number of workers");
    svg_frame(stream, &x, &y);
    svg_line(stream, "linear", svg_at(&x, 1), svg_at(&y, 1), svg_at(&x, end), svg_at(&y, end));
    if (ranking->fit <= CLASS_CURVES)
        put_each(stream, ranking, me, &x, &y);
    else
        put_band(stream, ranking, me, &x, &y);
    svg_end(stream);
}
