/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/class/graphs/class_graphs.h"
#include "harness/report/class/graphs/svg.h"

enum { WIDTH = 520, HEIGHT = 380, LEFT = 54, NAMED_AT_MOST = 60 };

struct box {
    double left, right, top, bottom;
};

/* What is taken already: by dots and by names. */
struct boxes {
    struct box box[3 * NAMED_AT_MOST];
    int count;
};

static bool is_free(const struct boxes *taken, const struct box *box)
{
    if (box->left < 0 || box->right > WIDTH || box->top < 0 || box->bottom > HEIGHT - 45)
        return false;
    for (int i = 0; i < taken->count; i++) {
        const struct box *other = &taken->box[i];
        if (box->left < other->right && other->left < box->right && box->top < other->bottom &&
            other->top < box->bottom)
            return false;
    }
    return true;
}

/* To the right, to the left, above or below, if one of these is free; a name that has no room is
 * shown by the pointer only. */
static void put_name(FILE *stream, struct boxes *taken, const char *name, bool is_me, double x,
                     double y)
{
    const double letter = 6.3, height = 10, gap = 6;
    char text[SVG_NAME_BYTES];
    double width = letter * svg_short_name(name, text);
    const struct {
        double x, y;
        enum svg_anchor anchor;
    } places[] = {{x + gap, y + 3.5, SVG_START}, {x - gap, y + 3.5, SVG_END},
                  {x, y - gap - 1, SVG_MIDDLE},  {x, y + gap + height - 1, SVG_MIDDLE},
                  {x + gap, y - gap, SVG_START}, {x + gap, y + gap + height - 2, SVG_START},
                  {x - gap, y - gap, SVG_END},   {x - gap, y + gap + height - 2, SVG_END}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        double left = places[i].anchor == SVG_START    ? places[i].x
                      : places[i].anchor == SVG_MIDDLE ? places[i].x - width / 2
                                                       : places[i].x - width;
        struct box box = {left, left + width, places[i].y - height, places[i].y + 2};
        if (!is_free(taken, &box))
            continue;
        taken->box[taken->count++] = box;
        svg_text(stream, is_me ? "name me" : "name", places[i].x, places[i].y, places[i].anchor,
                 text);
        return;
    }
}

static bool has_dot(const struct entry *entry)
{
    return entry->t0_s > 0 && entry_efficiency(entry) > 0; /* false for NaN */
}

static void put_dot(FILE *stream, const struct entry *entry, const struct entry *me,
                    const struct svg_axis *x, const struct svg_axis *y)
{
    char title[2 * ENTRY_TEXT + 64];
    snprintf(title, sizeof title, "%s: %s, %d cores, t0 %.4g s, %.0f %%", entry->name, entry->cpu,
             entry->cores, entry->t0_s, 100 * entry_efficiency(entry));
    svg_dot(stream, entry == me ? "dot me" : "dot", svg_at(x, entry->t0_s),
            svg_at(y, entry_efficiency(entry)), entry == me ? 5 : 3.5, title);
}

static void put_names(FILE *stream, const struct ranking *ranking, const struct entry *me,
                      const struct svg_axis *x, const struct svg_axis *y, size_t dots)
{
    struct boxes taken = {.count = 0};
    const double radius = 4;
    for (size_t i = 0; i < ranking->fit && dots <= NAMED_AT_MOST; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        if (!has_dot(entry))
            continue;
        double at_x = svg_at(x, entry->t0_s), at_y = svg_at(y, entry_efficiency(entry));
        taken.box[taken.count++] =
            (struct box){at_x - radius, at_x + radius, at_y - radius, at_y + radius};
    }
    if (me && me->state == ENTRY_FIT && has_dot(me))
        put_name(stream, &taken, me->name, true, svg_at(x, me->t0_s),
                 svg_at(y, entry_efficiency(me)));
    for (size_t i = 0; i < ranking->fit && dots <= NAMED_AT_MOST; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        if (entry != me && has_dot(entry))
            put_name(stream, &taken, entry->name, false, svg_at(x, entry->t0_s),
                     svg_at(y, entry_efficiency(entry)));
    }
}

size_t class_draw_dots(FILE *stream, const struct ranking *ranking, const struct entry *me)
{
    size_t dots = 0;
    double least = INFINITY, most = 0, highest = 1, lowest = 0.6;
    for (size_t i = 0; i < ranking->fit; i++) {
        const struct entry *entry = ranking->rows[i].entry;
        if (!has_dot(entry))
            continue;
        dots++;
        least = fmin(least, entry->t0_s);
        most = fmax(most, entry->t0_s);
        highest = fmax(highest, entry_efficiency(entry));
        lowest = fmin(lowest, entry_efficiency(entry));
    }
    if (dots == 0)
        return 0;
    struct svg_axis x = {.low = least / 1.2,
                         .high = most * 1.2,
                         .first = LEFT,
                         .last = WIDTH - 12,
                         .base = 10,
                         .label = "t0, seconds for one image on one core",
                         .unit = "",
                         .times = 1},
                    y = {.low = fmax(0, floor(10 * lowest - 1) / 10),
                         .high = 1.05 * highest,
                         .first = HEIGHT - 42,
                         .last = 24,
                         .label = "efficiency on all cores",
                         .unit = " %",
                         .times = 100};
    svg_begin(stream, dots > CLASS_CURVES ? "dots many" : "dots", WIDTH, HEIGHT,
              "Efficiency on all cores against t0, a dot a machine");
    svg_frame(stream, &x, &y);
    svg_line(stream, "linear", x.first, svg_at(&y, 1), x.last, svg_at(&y, 1));
    for (size_t i = 0; i < ranking->fit; i++)
        if (has_dot(ranking->rows[i].entry) && ranking->rows[i].entry != me)
            put_dot(stream, ranking->rows[i].entry, me, &x, &y);
    if (me && me->state == ENTRY_FIT && has_dot(me))
        put_dot(stream, me, me, &x, &y);
    put_names(stream, ranking, me, &x, &y, dots);
    svg_end(stream);
    return dots;
}
