/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.json: how a benchmark was begun, written into its directory before anything is measured, so
 * that it can be resumed.
 *
 *     {
 *       "schema": 1,
 *       "machine": {"benchmark": "0f3a...", "host": ..., "cpu": ..., "cores": ..., "threads": ...,
 *                   "quota": ...},
 *       "program": {"version": ..., "sum": "..."},
 *       "section": "",
 *       "directory": "/home/ada/speedup",
 *       "arguments": ["bench", "--images", "25", ...]
 *     }
 *
 * Names of files are bytes and need not be text in any encoding. So every text is written with one
 * character for each byte, U+0000 to U+00FF. */
#ifndef HARNESS_RESULTS_RESUME_PLAN_FILE_H
#define HARNESS_RESULTS_RESUME_PLAN_FILE_H

#include "harness/base/error.h"
#include "harness/machine/machine.h"

#define PLAN_FILE "plan.json"

enum { PLAN_SUM_LENGTH = 24 }; /* 16 hexadecimal digits, and some room */

struct plan_file {
    struct machine_facts machine; /* its names and numbers; no texts */
    char section[32];             /* the section of a lesson that is measured here; "": none */
    char sum[PLAN_SUM_LENGTH];    /* checksum of the program that began it */
    char *directory;              /* where it was started, for names that are relative; owned */
    char **arguments; /* `count` of them, from the command's name on, ended by NULL; owned */
    int count;
};

/* Writes DIR/plan.json for a benchmark that this program begins now, in the current directory. 0,
 * or -1 with *error set. */
int plan_file_write(const char *directory, const struct machine_facts *machine, const char *section,
                    int argc, char *const *argv, struct error *error);

/* Reads it. 0, or -1 with *error naming the file and what is wrong, and nothing to free. */
int plan_file_read(const char *directory, struct plan_file *plan, struct error *error);

/* Legal on a struct of zeros, and again. */
void plan_file_free(struct plan_file *plan);

/* Whether this program on this machine (`now`) may go on with it. 0, or -1 with *error saying what
 * has changed. */
int plan_file_check(const struct plan_file *plan, const struct machine_facts *now,
                    struct error *error);

#endif
