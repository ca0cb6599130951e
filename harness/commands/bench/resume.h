/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup bench --resume DIR`: a benchmark that was interrupted or killed goes on where it stopped.
 * How it was begun is in DIR/plan.json (plan_file.h), its rounds are in DIR/rounds.unfinished
 * (checkpoint.h). */
#ifndef HARNESS_COMMANDS_BENCH_RESUME_H
#define HARNESS_COMMANDS_BENCH_RESUME_H

#include "harness/commands/bench/bench_options.h"
#include "harness/results/resume/plan_file.h"

/* The command line that a benchmark was begun with, as if it had been typed again. */
struct resume {
    struct plan_file plan;
    struct bench_options options;
    struct command_line line;
};

/* Reads it from the directory given->resume. The options and operands on the command line `line`
 * may repeat those that it was begun with, but not differ from them; nor may the machine, the
 * program, or the files that were read. 0, or -1 with *error set and nothing to close. */
int resume_open(struct resume *resume, const struct bench_options *given,
                const struct command_line *line, struct error *error);
void resume_close(struct resume *resume);

/* How far the benchmark in a directory has come. */
enum resume_state { RESUME_NOTHING, RESUME_UNFINISHED, RESUME_COMPLETE };
enum resume_state resume_look(const char *directory);

#endif
