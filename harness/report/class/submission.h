/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A submission: NICKNAME.speedup.json, one small file that says how fast a machine was and nothing
 * about whose it is. plots/submission.schema.json describes it for programs. */
#ifndef HARNESS_REPORT_CLASS_SUBMISSION_H
#define HARNESS_REPORT_CLASS_SUBMISSION_H

#include "harness/base/error.h"
#include "harness/report/class/entry.h"

enum {
    SUBMISSION_SCHEMA = 1,
    SUBMISSION_BYTES = 30000,        /* a submission has at most so many */
    SUBMISSION_READ_AT_MOST = 200000 /* bytes; larger files are none, and only so much is read */
};
#define SUBMISSION_ENDING ".speedup.json"

/* Whether it will do as a nickname, and so as part of a file's name: 1 to 40 bytes of letters,
 * digits, `.`, `_`, `-` and UTF-8 beyond ASCII, of which the first is none of these three. 0, or -1
 * with *error set. */
int submission_check_name(const char *name, struct error *error);

/* Writes DIRECTORY/NAME.speedup.json. `host` and `command` go into it unless they are NULL. 0, or -1
 * with *error set. */
int submission_write(const struct entry *entry, const char *host, const char *command,
                     const char *directory, struct error *error);

/* Reads one, which comes from anybody: every figure is checked, texts lose their control characters,
 * and entry_judge() judges it anew. 1, or 0 where the file is JSON but no submission, or -1 with
 * *error naming the file and what is wrong. */
int submission_read(const char *path, struct entry *entry, struct error *error);

#endif
