/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the lesson: presets of `speedup bench`, one after the other. */
#ifndef HARNESS_REPORT_SECTIONS_H
#define HARNESS_REPORT_SECTIONS_H

struct section {
    const char *name;
    const char *title;        /* one line, printed before its table */
    const char *subdirectory; /* of the result directory; NULL: the directory itself */
    double share;             /* of the whole time budget; all shares add up to 1 */
    const char *options[16];  /* go before the user's, which overrule them; ended by NULL */
};

/* All sections, in the order of the lesson, ended by one whose name is NULL. */
extern const struct section sections[];

#endif
