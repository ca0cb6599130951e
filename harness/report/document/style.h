/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How our pages of HTML look: on wide and narrow screens, light and dark, and printed. */
#ifndef HARNESS_REPORT_DOCUMENT_STYLE_H
#define HARNESS_REPORT_DOCUMENT_STYLE_H

#include <stdio.h>

/* The style sheet, for a <style> element. */
void style_put(FILE *stream);

#endif
