/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/graphs/svg.h"

#include <math.h>

#include "harness/report/document/escape.h"

double svg_at(const struct svg_axis *axis, double value)
{
    double share = axis->base ? log(value / axis->low) / log(axis->high / axis->low)
                              : (value - axis->low) / (axis->high - axis->low);
    return axis->first + share * (axis->last - axis->first);
}

void svg_begin(FILE *stream, const char *style, int width, int height, const char *description)
{
    fprintf(stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" viewBox=\"0 0 %d %d\" "
            "role=\"img\">\n<title>",
            style, width, height);
    escape_put(stream, description);
    fputs("</title>\n", stream);
}

void svg_end(FILE *stream)
{
    fputs("</svg>\n", stream);
}

void svg_text(FILE *stream, const char *style, double x, double y, enum svg_anchor anchor,
              const char *text)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    fprintf(stream, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", style, x, y,
            anchors[anchor]);
    escape_put(stream, text);
    fputs("</text>\n", stream);
}

int svg_short_name(const char *name, char text[SVG_NAME_BYTES])
{
    enum { LETTERS = 14, ELLIPSIS = 3 }; /* bytes */
    int letters = 0, length = 0;
    while (length < SVG_NAME_BYTES - ELLIPSIS - 1 && name[length]) {
        if (((unsigned char)name[length] & 0xc0) != 0x80 && ++letters > LETTERS)
            break;
        text[length] = name[length];
        length++;
    }
    while (name[length] && length > 0 && ((unsigned char)name[length] & 0xc0) == 0x80)
        length--; /* stopped within a character */
    snprintf(text + length, (size_t)(SVG_NAME_BYTES - length), "%s",
             name[length] ? "\xe2\x80\xa6" : "");
    return letters;
}

void svg_line(FILE *stream, const char *style, double x1, double y1, double x2, double y2)
{
    fprintf(stream, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", style,
            x1, y1, x2, y2);
}

void svg_dot(FILE *stream, const char *style, double x, double y, double radius, const char *title)
{
    fprintf(stream, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>", style, x, y,
            radius);
    escape_put(stream, title);
    fputs("</title></circle>\n", stream);
}

void svg_path_begin(FILE *stream, const char *style)
{
    fprintf(stream, "<path class=\"%s\" d=\"", style);
}

void svg_path_to(FILE *stream, bool first, double x, double y)
{
    fprintf(stream, "%c%.1f %.1f", first ? 'M' : 'L', x, y);
}

void svg_path_end(FILE *stream, bool closed)
{
    fprintf(stream, "%s\"/>\n", closed ? "Z" : "");
}

/* ---- axes ---- */

enum { TICKS = 64 };

/* 1, 2 or 5 times a power of ten: about six of these fit in between. */
static double round_step(double span)
{
    double step = pow(10, floor(log10(span / 6)));
    return step * (span / step > 30 ? 5 : span / step > 12 ? 2 : 1);
}

static int even_ticks(const struct svg_axis *axis, double step, double ticks[TICKS])
{
    const double slack = 1e-9;
    int count = 0;
    for (double i = ceil(axis->low / step - slack); i * step <= axis->high + slack * step; i++)
        if (count < TICKS)
            ticks[count++] = i * step + 0; /* not -0 */
    return count;
}

static int find_ticks(const struct svg_axis *axis, double ticks[TICKS])
{
    static const double mantissas[] = {1, 2, 5};
    const double slack = 1e-9;
    int count = 0;
    if (axis->base == 0)
        return even_ticks(axis, round_step(axis->high - axis->low), ticks);
    if (axis->base == 2) {
        for (double tick = exp2(ceil(log2(axis->low) - slack)); tick <= axis->high * (1 + slack);
             tick *= 2)
            if (count < TICKS)
                ticks[count++] = tick;
        return count;
    }
    /* Over many decades the powers of ten alone; within less than one as on an even axis. */
    bool few = axis->high / axis->low > 500;
    for (double power = pow(10, floor(log10(axis->low))); power <= axis->high; power *= 10)
        for (int i = 0; i < (few ? 1 : 3); i++)
            if (power * mantissas[i] >= axis->low * (1 - slack) &&
                power * mantissas[i] <= axis->high * (1 + slack) && count < TICKS)
                ticks[count++] = power * mantissas[i];
    return count < 3 ? even_ticks(axis, round_step(1.5 * (axis->high - axis->low)), ticks) : count;
}

void svg_frame(FILE *stream, const struct svg_axis *x, const struct svg_axis *y)
{
    double ticks[TICKS];
    char text[64];
    const double below = 15, above = 11, left = 5, half = 4;
    int count = find_ticks(x, ticks);
    for (int i = 0; i < count; i++) {
        double at = svg_at(x, ticks[i]);
        svg_line(stream, "grid", at, y->first, at, y->last);
        snprintf(text, sizeof text, "%g%s", x->times * ticks[i], x->unit);
        svg_text(stream, "tick", at, y->first + below, SVG_MIDDLE, text);
    }
    count = find_ticks(y, ticks);
    for (int i = 0; i < count; i++) {
        double at = svg_at(y, ticks[i]);
        svg_line(stream, "grid", x->first, at, x->last, at);
        snprintf(text, sizeof text, "%g%s", y->times * ticks[i], y->unit);
        svg_text(stream, "tick", x->first - left, at + half, SVG_END, text);
    }
    svg_line(stream, "axis", x->first, y->first, x->last, y->first);
    svg_line(stream, "axis", x->first, y->first, x->first, y->last);
    svg_text(stream, "label", (x->first + x->last) / 2, y->first + 2.2 * below, SVG_MIDDLE,
             x->label);
    svg_text(stream, "label", 2, y->last - above, SVG_START, y->label);
}
