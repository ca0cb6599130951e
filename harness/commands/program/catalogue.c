/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/command.h"

extern const struct command generate_command, filter_command, bench_command, topology_command,
    blas_command, list_command, plot_command, report_command, compare_command, submit_command,
    predict_command, prints_command, watch_command, columns_command, grade_command, explain_command,
    manual_command;

const struct command *const command_catalogue[] = {
    &generate_command, &filter_command,  &bench_command,
    &topology_command, &blas_command,    &list_command,
    &plot_command,     &report_command,  &compare_command,
    &submit_command,   &predict_command, &columns_command,
    &grade_command,    &explain_command, &prints_command,
    &watch_command,    &manual_command,  NULL,
};
