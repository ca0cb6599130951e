/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One benchmark, or all sections of the lesson one after the other, within one budget.
 *
 * Before anything is measured, one image of each section is timed, and a plan for all of them
 * together is made from that (harness/measure/forecast/plan.h): every section gets its rounds;
 * where the time is too short for six, it gets fewer images and then fewer configurations, which is
 * said. Before each section the plan is made again for what is left, since by then the machine may
 * be slower or faster. When a section takes longer because too few of its rounds were good, those
 * after it keep their time, so that on a disturbed machine the whole may take half as long
 * again. */
#ifndef HARNESS_COMMANDS_LESSON_LESSON_H
#define HARNESS_COMMANDS_LESSON_LESSON_H

#include "harness/commands/bench/bench_options.h"
#include "harness/commands/command.h"

/* Does what `speedup bench` with these options does. When one section fails, the others are run all
 * the same. The closing lines are those of the activity, which is the one to post, or of the
 * section that is run alone. Returns the exit code of the last one that failed, with *error set. */
enum exit_code lesson_run(const struct bench_options *options, const struct command_line *line,
                          struct error *error);

#endif
