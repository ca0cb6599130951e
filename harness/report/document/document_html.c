/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/document/document.h"

static const char style[] =
    ":root { color-scheme: light dark; }\n"
    "body { font: 17px/1.55 system-ui, sans-serif; color: #1a1a1a; background: #fff;\n"
    "       max-width: 62rem; margin: 0 auto; padding: 1rem; }\n"
    "h1 { font-size: 1.6rem; line-height: 1.25; }\n"
    "h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 2px solid #0072b2; }\n"
    "a { color: #00598c; }\n"
    "img { width: 100%; height: auto; border: 1px solid #ddd; background: #fff; }\n"
    "pre { background: #f1f4f6; border-left: 4px solid #0072b2; padding: .8rem;\n"
    "      white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums; }\n"
    "th, td { padding: .25rem .5rem; text-align: right; white-space: nowrap;\n"
    "         border-bottom: 1px solid #ddd; }\n"
    "th:first-child, td:first-child { text-align: left; }\n"
    "tr:hover td { background: #f1f4f6; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  body { color: #e6e6e6; background: #16191c; }\n"
    "  a { color: #7cc4ee; }\n"
    "  pre, tr:hover td { background: #23282d; }\n"
    "  th, td { border-color: #444; }\n"
    "}\n";

static void put_text(FILE *stream, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", stream);
            break;
        case '<':
            fputs("&lt;", stream);
            break;
        case '>':
            fputs("&gt;", stream);
            break;
        case '"':
            fputs("&quot;", stream);
            break;
        default:
            fputc(*text, stream);
        }
}

static void put_element(FILE *stream, const char *name, const char *text)
{
    fprintf(stream, "<%s>", name);
    put_text(stream, text);
    fprintf(stream, "</%s>\n", name);
}

static void begin(FILE *stream, const char *title)
{
    fputs("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
          stream);
    put_element(stream, "title", title);
    fprintf(stream, "<style>\n%s</style>\n</head>\n<body>\n", style);
    put_element(stream, "h1", title);
}

static void end(FILE *stream)
{
    fputs("</body>\n</html>\n", stream);
}

static void heading(FILE *stream, const char *text)
{
    put_element(stream, "h2", text);
}

static void paragraph(FILE *stream, const char *text)
{
    put_element(stream, "p", text);
}

static void verbatim(FILE *stream, const char *text)
{
    put_element(stream, "pre", text);
}

static void list_begin(FILE *stream)
{
    fputs("<ul>\n", stream);
}

static void item(FILE *stream, const char *text)
{
    put_element(stream, "li", text);
}

static void list_end(FILE *stream)
{
    fputs("</ul>\n", stream);
}

static void table_begin(FILE *stream)
{
    fputs("<div class=\"wide\"><table>\n", stream);
}

static void row(FILE *stream, const char *const *cells, int count, bool header)
{
    fputs("<tr>\n", stream);
    for (int i = 0; i < count; i++)
        put_element(stream, header ? "th" : "td", cells[i]);
    fputs("</tr>\n", stream);
}

static void table_end(FILE *stream)
{
    fputs("</table></div>\n", stream);
}

static void picture(FILE *stream, const char *file, const char *link, const char *description)
{
    fputs("<p><a href=\"", stream);
    put_text(stream, link);
    fputs("\"><img src=\"", stream);
    put_text(stream, file);
    fputs("\" alt=\"", stream);
    put_text(stream, description);
    fputs("\"></a></p>\n", stream);
}

static void link_item(FILE *stream, const char *address, const char *text)
{
    fputs("<li><a href=\"", stream);
    put_text(stream, address);
    fputs("\">", stream);
    put_text(stream, text);
    fputs("</a></li>\n", stream);
}

const struct document_language document_html = {
    .extension = "html",
    .begin = begin,
    .end = end,
    .heading = heading,
    .paragraph = paragraph,
    .verbatim = verbatim,
    .list_begin = list_begin,
    .item = item,
    .list_end = list_end,
    .table_begin = table_begin,
    .row = row,
    .table_end = table_end,
    .picture = picture,
    .link_item = link_item,
};
