/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/report/document/document.h"
#include "harness/report/document/embed.h"
#include "harness/report/document/escape.h"
#include "harness/report/document/style.h"

enum { CELL_BYTES = 512 };

static void put_element(FILE *stream, const char *name, const char *text)
{
    fprintf(stream, "<%s>", name);
    escape_put(stream, text);
    fprintf(stream, "</%s>\n", name);
}

static void begin(FILE *stream, const char *title)
{
    fputs("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
          stream);
    put_element(stream, "title", title);
    fputs("<style>\n", stream);
    style_put(stream);
    fputs("</style>\n</head>\n<body>\n", stream);
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

/* The style sheet has a rule for text in column 3, "l3", and for one that narrow screens lack, "x3". */
static void table_begin(FILE *stream, const char *columns)
{
    fputs("<div class=\"wide\"><table class=\"", stream);
    for (int i = 0; columns[i]; i++) {
        if (columns[i] == 'l' || columns[i] == 'L')
            fprintf(stream, " l%d", i + 1);
        if (columns[i] == 'L' || columns[i] == 'R')
            fprintf(stream, " x%d", i + 1);
    }
    fputs("\">\n", stream);
}

/* "3.20 (3.10-3.30)": what is in brackets at the end comes second. */
static void put_cell(FILE *stream, const char *name, const char *text)
{
    char first[CELL_BYTES];
    const char *bracket = strstr(text, " (");
    size_t length = strlen(text);
    if (!bracket || strchr(bracket + 2, '(') || text[length - 1] != ')' || length >= CELL_BYTES) {
        put_element(stream, name, text);
        return;
    }
    snprintf(first, sizeof first, "%.*s", (int)(bracket - text), text);
    fprintf(stream, "<%s>", name);
    escape_put(stream, first);
    fputs(" <small>", stream);
    escape_put(stream, bracket + 1);
    fprintf(stream, "</small></%s>\n", name);
}

static void row(FILE *stream, const char *const *cells, int count, enum document_row kind)
{
    bool header = kind == ROW_HEADER; /* is printed again at the top of each page */
    fprintf(stream, "%s<tr%s>\n", header ? "<thead>\n" : "",
            kind == ROW_MARKED ? " class=\"me\"" : "");
    for (int i = 0; i < count; i++)
        put_cell(stream, header ? "th" : "td", cells[i]);
    fprintf(stream, "</tr>\n%s", header ? "</thead>\n" : "");
}

static void table_end(FILE *stream)
{
    fputs("</table></div>\n", stream);
}

/* The sharp one where that is small; these are bytes: a page of eight pictures is to stay below 2 MB.
 * The hidden box remembers whether a phone shows the picture large. */
static int picture(FILE *stream, const char *directory, const char *file, const char *link,
                   const char *description)
{
    const size_t sharp = 120000, largest = 700000;
    fputs("<p class=\"picture\"><label><input type=\"checkbox\"><img alt=\"", stream);
    escape_put(stream, description);
    fputs("\" src=\"", stream);
    int put = embed_put(stream, directory, link, sharp);
    if (put == 0)
        put = embed_put(stream, directory, file, largest);
    if (put == 0)
        escape_put(stream, file);
    fputs("\"></label></p>\n", stream);
    return put < 0 ? -1 : 0;
}

static void link_item(FILE *stream, const char *address, const char *text)
{
    fputs("<li><a href=\"", stream);
    escape_put(stream, address);
    fputs("\">", stream);
    escape_put(stream, text);
    fputs("</a></li>\n", stream);
}

static void boxes(FILE *stream, const struct document_box *box, int count)
{
    fputs("<div class=\"boxes\">\n", stream);
    for (int i = 0; i < count; i++) {
        fputs("<div>", stream);
        put_element(stream, "span", box[i].name);
        put_element(stream, "strong", box[i].value);
        put_element(stream, "small", box[i].remark);
        fputs("</div>\n", stream);
    }
    fputs("</div>\n", stream);
}

static void fold_begin(FILE *stream, const char *title, bool open)
{
    fprintf(stream, "<details%s>\n", open ? " open" : "");
    put_element(stream, "summary", title);
}

static void fold_end(FILE *stream)
{
    fputs("</details>\n", stream);
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
    .boxes = boxes,
    .fold_begin = fold_begin,
    .fold_end = fold_end,
};
