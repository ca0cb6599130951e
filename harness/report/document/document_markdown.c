/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/report/document/document.h"

static void put_text(FILE *stream, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\`*_<>[]|&", *text))
            fputc('\\', stream);
        fputc(*text, stream);
    }
}

static void begin(FILE *stream, const char *title)
{
    fputs("# ", stream);
    put_text(stream, title);
    fputs("\n\n", stream);
}

static void end(FILE *stream)
{
    (void)stream;
}

static void heading(FILE *stream, const char *text)
{
    fputs("## ", stream);
    put_text(stream, text);
    fputs("\n\n", stream);
}

static void paragraph(FILE *stream, const char *text)
{
    put_text(stream, text);
    fputs("\n\n", stream);
}

static void verbatim(FILE *stream, const char *text)
{
    fprintf(stream, "    %s\n\n", text);
}

static void nothing(FILE *stream)
{
    (void)stream;
}

static void item(FILE *stream, const char *text)
{
    fputs("* ", stream);
    put_text(stream, text);
    fputc('\n', stream);
}

static void empty_line(FILE *stream)
{
    fputc('\n', stream);
}

static void table_begin(FILE *stream, const char *columns)
{
    (void)stream;
    (void)columns; /* rows say it below the header: the first to the left */
}

static void put_cell(FILE *stream, const char *text, bool marked)
{
    fputs(marked ? "| **" : "| ", stream);
    put_text(stream, text);
    fputs(marked ? "** " : " ", stream);
}

static void row(FILE *stream, const char *const *cells, int count, enum document_row kind)
{
    for (int i = 0; i < count; i++)
        put_cell(stream, cells[i], kind == ROW_MARKED && *cells[i]);
    fputs("|\n", stream);
    for (int i = 0; i < count && kind == ROW_HEADER; i++)
        fputs(i == 0 ? "| --- |" : " ---: |", stream);
    if (kind == ROW_HEADER)
        fputc('\n', stream);
}

static int picture(FILE *stream, const char *directory, const char *file, const char *link,
                   const char *description)
{
    (void)directory;
    fputs("[![", stream);
    put_text(stream, description);
    fprintf(stream, "](%s)](%s)\n\n", file, link);
    return 0;
}

static void link_item(FILE *stream, const char *address, const char *text)
{
    fputs("* [", stream);
    put_text(stream, text);
    fprintf(stream, "](%s)\n", address);
}

static void boxes(FILE *stream, const struct document_box *box, int count)
{
    for (int i = 0; i < count; i++) {
        fputs("* ", stream);
        put_text(stream, box[i].name);
        fputs(": **", stream);
        put_text(stream, box[i].value);
        fputs("** ", stream);
        put_text(stream, box[i].remark);
        fputc('\n', stream);
    }
    fputc('\n', stream);
}

static void fold_begin(FILE *stream, const char *title, bool open)
{
    (void)open; /* nothing folds here */
    heading(stream, title);
}

const struct document_language document_markdown = {
    .extension = "md",
    .begin = begin,
    .end = end,
    .heading = heading,
    .paragraph = paragraph,
    .verbatim = verbatim,
    .list_begin = nothing,
    .item = item,
    .list_end = empty_line,
    .table_begin = table_begin,
    .row = row,
    .table_end = empty_line,
    .picture = picture,
    .link_item = link_item,
    .boxes = boxes,
    .fold_begin = fold_begin,
    .fold_end = nothing,
};
