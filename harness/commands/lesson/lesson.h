/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One benchmark, or all sections of the lesson one after the other, within one budget.
 *
 * Before anything is measured one image of each section is timed, and a plan is made of that for all
 * of them together (harness/measure/forecast/plan.h): every section gets its rounds, and where the time
 * is too short for six, fewer images, and then fewer configurations, which is said. Before each section
 * the plan of what is left is made again, for by then the machine may be slower or faster, and the clock
 * says what is left. Of a section that goes on because too few of its rounds were good that is not taken
 * from those after it, so that on a disturbed machine the whole may take half as long again. */
#ifndef HARNESS_COMMANDS_LESSON_LESSON_H
#define HARNESS_COMMANDS_LESSON_LESSON_H

#include "harness/commands/bench/bench_options.h"
#include "harness/commands/command.h"

/* Does what `speedup bench` with these options does. A failure in one section does not keep the others
 * from being run; the closing lines are those of the activity, which is the one to post, or of the
 * section that is run alone. */
enum exit_code lesson_run(const struct bench_options *options, const struct command_line *line,
                          struct error *error);

#endif
