/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of faults, by name. Their long texts are in faults.md, which `speedup explain` prints. */
#ifndef HARNESS_GRADE_FAULTS_H
#define HARNESS_GRADE_FAULTS_H

struct fault_kind {
    const char *name;
    const char *meaning; /* half a sentence, for the verdict */
    const char *next;    /* the one next thing to try, a sentence */
};

/* All, ended by one without a name. Where several are seen at once, the first in this order is the
 * cause of the others. The last five (from lock-held on) leave the results right, but cost
 * points. */
extern const struct fault_kind fault_kinds[];

/* The kind of this name, or NULL. */
const struct fault_kind *fault_find(const char *name);

/* The one next thing to try, where `seen` is what was seen of it. */
const char *fault_next(const struct fault_kind *kind, const char *seen);

#endif
