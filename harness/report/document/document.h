/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document with headings, paragraphs, lists, tables and pictures, written in one of two
 * languages: Markdown, and HTML (one page, its style and pictures inside, no scripts; for wide and
 * narrow screens). What the caller writes is the same for both.
 *
 *     const struct document_language *language = &document_html;
 *     language->begin(stream, "Title");
 *     language->paragraph(stream, "Text.");
 *     language->end(stream);
 *
 * All texts are plain: each language escapes what would mean something in it. Errors are the
 * stream's; look at ferror() when done. */
#ifndef HARNESS_REPORT_DOCUMENT_DOCUMENT_H
#define HARNESS_REPORT_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stdio.h>

/* One of a few figures that stand above all else. */
struct document_box {
    const char *name, *value, *remark;
};

enum document_row { ROW_PLAIN, ROW_HEADER, ROW_MARKED /* stands out from the others */ };

/* A table has at most so many columns. */
enum { DOCUMENT_COLUMNS = 12 };

struct document_language {
    const char *extension; /* of its files: "md" */

    void (*begin)(FILE *stream, const char *title);
    void (*end)(FILE *stream);
    void (*heading)(FILE *stream, const char *text);
    void (*paragraph)(FILE *stream, const char *text);

    /* Text to be copied as it is, one line. */
    void (*verbatim)(FILE *stream, const char *text);

    void (*list_begin)(FILE *stream);
    void (*item)(FILE *stream, const char *text);
    void (*list_end)(FILE *stream);

    /* `columns` has a letter a column: l text, to the left, which may break; r a number, to the right;
     * L and R the same, left out where the screen is as narrow as a phone's, and so is of a number what is
     * in brackets behind it. The first row after table_begin() is the header. */
    void (*table_begin)(FILE *stream, const char *columns);
    void (*row)(FILE *stream, const char *const *cells, int count, enum document_row kind);
    void (*table_end)(FILE *stream);

    /* A picture: its file, a larger or sharper one, and what it shows for those who cannot see it.
     * Both names are relative to the document, which is in `directory`. HTML has the picture inside,
     * if it is of a reasonable size; Markdown links to it. 0, or -1 where it cannot be read. */
    int (*picture)(FILE *stream, const char *directory, const char *file, const char *link,
                   const char *description);

    /* A link in a list of links. */
    void (*link_item)(FILE *stream, const char *address, const char *text);

    /* A few figures, side by side. */
    void (*boxes)(FILE *stream, const struct document_box *boxes, int count);

    /* A heading. What comes until fold_end() can be folded away, where the language can do that,
     * and is so at first unless it is `open`. */
    void (*fold_begin)(FILE *stream, const char *title, bool open);
    void (*fold_end)(FILE *stream);
};

extern const struct document_language document_markdown, document_html;

#endif
