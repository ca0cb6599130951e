/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be thought of a trial; for trial.c. */
#ifndef TESTS_FAULTS_TRIAL_JUDGE_H
#define TESTS_FAULTS_TRIAL_JUDGE_H

#include "tests/faults/trial.h"

/* Sets trial->problem to what is wrong with the exit code, with what was said (trial.out, trial.err),
 * and with what is in the directory and in tmp/. */
void trial_judge(const struct trial_command *command, const struct fault *fault,
                 struct trial *trial);

#endif
