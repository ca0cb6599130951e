/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of hang it is, told from where the threads stand. */
#ifndef HARNESS_GRADE_HANG_H
#define HARNESS_GRADE_HANG_H

#include "harness/grade/observation.h"

/* Fills in *fault: deadlock, lost-wakeup or endless-loop, with the line to look at first. `program`
 * and `source` are what ran: they give the lines of threads that stand in no call of ours. */
void hang_judge(const struct observation *observation, const char *program, const char *source,
                struct fault *fault);

/* A line about a thread: "process 17, thread 18 waits for a lock at mine.c:20; thread 19 took it on
 * line 12". `text` has `size` bytes. */
void hang_describe(const struct stance *stance, const char *program, const char *source, char *text,
                   size_t size);

/* The line in `source` where the thread stands; 0: not known. */
int hang_line(const struct stance *stance, const char *program, const char *source);

#endif
