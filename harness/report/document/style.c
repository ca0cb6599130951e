/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/document/style.h"

#include "harness/report/document/document.h"

static const char colours[] =
    ":root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #f1f4f6;\n"
    "  --rule: #ddd; --grey: #5a6168; --link: #00598c; --blue: #0072b2; --red: #c04a00;\n"
    "  --c0: #0072b2; --c1: #6a3d9a; --c2: #007a5a; --c3: #b3568d;\n"
    "  --c4: #8a6d00; --c5: #3a8fc4; --c6: #555; --c7: #00899c; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --ink: #e6e6e6; --paper: #16191c; --soft: #23282d; --rule: #444; --grey: #a8b0b7;\n"
    "    --link: #7cc4ee; --blue: #56b4e9; --red: #ff9a4d; --c0: #56b4e9; --c1: #c3a5f0;\n"
    "    --c2: #35c79b; --c3: #e39ac6; --c4: #e6c84a; --c5: #9ad4f5; --c6: #bbb; --c7: #5fd3e6; }\n"
    "}\n";

static const char text[] =
    "body { font: 17px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper);\n"
    "  max-width: 62rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }\n"
    "h1 { font-size: 1.6rem; line-height: 1.25; }\n"
    "h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 2px solid var(--blue); }\n"
    "a { color: var(--link); }\n"
    "img { width: 100%; height: auto; box-sizing: border-box; border: 1px solid var(--rule); "
    "background: #fff; }\n"
    ".picture input { display: none; }\n"
    "pre { background: var(--soft); border-left: 4px solid var(--blue); padding: .8rem;\n"
    "  white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums; }\n"
    "th, td { padding: .25rem .4rem; text-align: right; white-space: nowrap;\n"
    "  overflow-wrap: normal; border-bottom: 1px solid var(--rule); }\n"
    "th { vertical-align: bottom; }\n"
    "td { vertical-align: top; }\n"
    "td small, th small { font-size: inherit; color: var(--grey); }\n"
    "tr:hover td { background: var(--soft); }\n"
    "tr.me td { font-weight: 700; color: var(--red); }\n"
    "details { margin: 1rem 0; }\n"
    "summary { cursor: pointer; font-size: 1.2rem; font-weight: 700; padding: .3rem 0;\n"
    "  border-bottom: 2px solid var(--blue); }\n"
    ".boxes { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));\n"
    "  gap: .8rem; margin: 1rem 0; }\n"
    ".boxes div { background: var(--soft); border-top: 4px solid var(--blue); padding: .6rem "
    ".8rem; }\n"
    ".boxes span, .boxes strong, .boxes small { display: block; }\n"
    ".boxes strong { font-size: 1.5rem; line-height: 1.3; }\n"
    ".boxes span, .boxes small { color: var(--grey); }\n";

/* Numbers stay on one line; text may break, but not into a column of letters. */
static void put_columns(FILE *stream)
{
    for (int i = 1; i <= DOCUMENT_COLUMNS; i++)
        fprintf(stream,
                ".l%d :is(th, td):nth-child(%d) { text-align: left; }\n"
                ".l%d td:nth-child(%d) { white-space: normal; overflow-wrap: anywhere; min-width: "
                "5rem; }\n"
                ".l%d.x%d td:nth-child(%d) { min-width: 8.6rem; }\n"
                ".l%d :is(th, td):nth-child(%d) small { display: inline; color: inherit; }\n",
                i, i, i, i, i, i, i, i, i);
}

/* A small window; a phone held upright. What is left out there is in the same table on a wider screen. */
static void put_narrow(FILE *stream)
{
    fputs("@media screen and (max-width: 60rem) {\n"
          "  table { font-size: .78rem; }\n"
          "  th, td { padding: .25rem .3rem; }\n"
          "}\n"
          "@media screen and (max-width: 34rem) {\n"
          "  body { padding: .6rem; }\n"
          "  h1 { font-size: 1.35rem; }\n"
          "  table { font-size: .74rem; width: 100%; }\n"
          "  th, td { padding: .2rem; }\n"
          "  th { white-space: normal; }\n"
          "  td small, th small { display: none; }\n"
          "  svg text, svg .tick, svg .label { font-size: 15px; }\n"
          "  svg .name { font-size: 13px; }\n"
          "  svg.many .name:not(.me) { display: none; }\n"
          "  .picture { overflow-x: auto; margin: 1rem -.6rem; }\n"
          "  .picture::after { content: 'Tap to enlarge'; font-size: .74rem; color: var(--grey);\n"
          "    margin: 0 .6rem; }\n"
          "  .picture img { display: block; border: 0; }\n"
          "  .picture input:checked + img { width: 250%; }\n",
          stream);
    for (int i = 1; i <= DOCUMENT_COLUMNS; i++)
        fprintf(stream, "  .x%d :is(th, td):nth-child(%d) { display: none; }\n", i, i);
    fputs("}\n", stream);
}

static const char graphs[] =
    "svg { display: block; width: 100%; max-width: 44rem; height: auto; }\n"
    "svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }\n"
    "svg .tick { fill: var(--grey); font-size: 11px; }\n"
    "svg .name { font-size: 11px; paint-order: stroke; stroke: var(--paper); stroke-width: 3; }\n"
    ".grid { stroke: var(--rule); stroke-width: .7; }\n"
    ".axis { stroke: var(--grey); }\n"
    ".linear { stroke: var(--grey); stroke-dasharray: 5 4; }\n"
    ".dot { fill: var(--blue); stroke: var(--paper); stroke-width: .6; }\n"
    ".band { fill: var(--blue); stroke: none; opacity: .16; }\n"
    ".curve { fill: none; stroke: var(--blue); stroke-width: 2; }\n"
    ".c0 { --c: var(--c0); } .c1 { --c: var(--c1); } .c2 { --c: var(--c2); }\n"
    ".c3 { --c: var(--c3); } .c4 { --c: var(--c4); } .c5 { --c: var(--c5); }\n"
    ".c6 { --c: var(--c6); } .c7 { --c: var(--c7); } .me { --c: var(--red); }\n"
    ".curve[class*=' c'], .curve.me { stroke: var(--c); }\n"
    ".dot[class*=' c'], .dot.me, svg .name[class*=' c'], svg .name.me { fill: var(--c); }\n"
    ".curve.me { stroke-width: 3.5; }\n"
    "svg .name.me { font-weight: 700; }\n"
    ".lead { stroke: var(--c, var(--blue)); stroke-width: .8; stroke-dasharray: 1 2; }\n"
    ".curve.c1, .curve.c5 { stroke-dasharray: 9 3; }\n"
    ".curve.c2, .curve.c6 { stroke-dasharray: 3 3; }\n"
    ".curve.c3, .curve.c7 { stroke-dasharray: 9 3 2 3; }\n";

/* What is folded is not printed: a heading with nothing below it says nothing. Unfold it to have it.
 * Tables break between rows. */
static const char print[] =
    "@media print {\n"
    "  :root { --ink: #000; --paper: #fff; --soft: #fff; --rule: #bbb; --grey: #444; --blue: "
    "#0072b2; }\n"
    "  @page { margin: 14mm; }\n"
    "  body { font-size: 10pt; line-height: 1.4; max-width: none; padding: 0; }\n"
    "  h1, h2, summary { break-after: avoid; }\n"
    "  h2 { margin-top: 1rem; }\n"
    "  svg, img, .boxes, pre, tr { break-inside: avoid; }\n"
    "  svg, img { max-width: 12cm; }\n"
    "  details:not([open]) { display: none; }\n"
    "  details { margin: .6rem 0; }\n"
    "  summary { list-style: none; }\n"
    "  .wide { overflow: visible; }\n"
    "  table { font-size: 7.5pt; }\n"
    "  th, td { padding: .05rem .25rem; white-space: normal; }\n"
    "}\n";

void style_put(FILE *stream)
{
    fputs(colours, stream);
    fputs(text, stream);
    fputs(graphs, stream);
    put_narrow(stream);
    put_columns(stream);
    fputs(print, stream);
}
