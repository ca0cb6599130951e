/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of a strategy: one colour and one shape, the same in every graph. */
#ifndef HARNESS_REPORT_GRAPHS_CHART_STYLE_H
#define HARNESS_REPORT_GRAPHS_CHART_STYLE_H

/* Shape and dash are numbers of gnuplot's: `test` in gnuplot shows them all. */
struct style {
    unsigned colour; /* 0xrrggbb */
    int shape;       /* gnuplot's pointtype */
    int dash;        /* gnuplot's dashtype; 1 is solid */
};

/* The style of a strategy as config_label() writes it: "pool", "global-lock released",
 * "pool+blas4". BLAS threads below a strategy keep its colour, open its shape where that is filled
 * (or fill it), and set the dashes. A lock that is released has a lighter colour and an open shape,
 * one that is held a filled one. A name that is in no table of ours gets a style that depends on
 * nothing but the name. */
struct style style_of(const char *label);

/* A style for the n-th of things that are no strategies, from 0 on. */
struct style style_number(int n);

/* The colour with 40 % of white. */
unsigned style_lighter(unsigned colour);

#endif
