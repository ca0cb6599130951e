/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result says, worked out and put into words for the report. Every function takes the whole
 * set (at least one summary) and looks for the configurations that it needs; only those that are
 * right count. Times are seconds. */
#ifndef HARNESS_REPORT_FINDINGS_H
#define HARNESS_REPORT_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/base/text/append.h"
#include "harness/measure/summary.h"

enum { FINDING_LENGTH = 1024 }; /* bytes for each text below */

/* What is missing between the best speedup and a linear one, in units of speedup. */
struct loss {
    int workers;
    double speedup;
    double ceiling;     /* what counting alone allows; NaN where it is not known */
    double by_counting; /* workers - ceiling */
    double elsewhere;   /* ceiling - speedup; 0 where the speedup is above the ceiling */
};

/* fork-pipe beside fork, on the largest number of workers that both have. */
struct copying {
    int workers;
    double fork_s, pipe_s;
    double bytes;      /* that went through the pipes in one run; NaN where it is not known */
    double extra_s;    /* pipe_s - fork_s; negative where fork-pipe was faster */
    bool within_noise; /* the two cannot be told apart */
};

/* Is the effort worth it? */
struct payback {
    double serial_s, best_s;
    double saved_s; /* in one run */
    double runs;    /* until effort_h are saved, of two digits; infinite where nothing is saved */
    double runs_low, runs_high; /* the same at the ends of the interval of the speedup; NaN: none */
    bool within_noise;          /* the interval of the speedup includes 1 */
};

/* Each returns false, and fills in nothing, where the configurations for it are not there. */
bool findings_loss(const struct result_set *set, struct loss *loss);
bool findings_copying(const struct result_set *set, struct copying *copying);
bool findings_payback(const struct result_set *set, double effort_h, struct payback *payback);

/* The same as sentences, and some more. `text` has room for FINDING_LENGTH bytes; it becomes "" in
 * the cases above. */
void findings_machine_text(const struct result_set *set, char *text);

/* "" where nobody has judged the measurement. Where the verdict is not that it is fit to post, there
 * is no best, no linear or not, no payback and nothing to post: these are "". */
void findings_verdict_text(const struct result_set *set, char *text);

/* The same for a screen that is short of lines: of many reasons the first two. */
void findings_verdict_short_text(const struct result_set *set, char *text);
void findings_best_text(const struct result_set *set, char *text);
void findings_linear_text(const struct result_set *set, char *text);
void findings_copying_text(const struct result_set *set, char *text);
void findings_payback_text(const struct result_set *set, double effort_h, char *text);

/* "pool: 1.87 times as fast on 2 workers. Of the 0.13 missing to linear, ..." False, and text is
 * "", where the losses are not known, and for one worker. */
bool findings_losses_text(const struct summary *summary, char *text);

/* Whether this is the row of its strategy on the most workers, among those that are right. */
bool findings_is_on_most(const struct result_set *set, const struct summary *summary);

/* Appends to such a text; what does not fit is cut. */
#define findings_add(text, ...) text_append(text, FINDING_LENGTH, __VA_ARGS__)

/* One line to post. */
void findings_post_text(const struct result_set *set, char *text);

/* That the BLAS library does not know the machine, or is not tuned at all, and what to do about it;
 * "" where all is well. The benchmark has found that out: its warning begins with this mark. */
#define FINDINGS_BLAS_MARK "BLAS: "
void findings_blas_text(const struct result_set *set, char *text);

#endif
