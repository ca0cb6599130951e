/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "strategies/strategy.h"

extern const struct strategy strategy_serial, strategy_fork, strategy_fork_pipe, strategy_pthreads,
    strategy_pool, strategy_process_pool, strategy_openmp, strategy_blas, strategy_global_lock,
    strategy_spawn, strategy_programs, strategy_gnu_parallel, strategy_mpi, strategy_inside,
    strategy_mine;

const struct strategy *const strategy_catalogue[] = {
    &strategy_serial,      &strategy_fork,         &strategy_fork_pipe, &strategy_pthreads,
    &strategy_pool,        &strategy_process_pool, &strategy_openmp,    &strategy_blas,
    &strategy_global_lock, &strategy_spawn,        &strategy_programs,  &strategy_gnu_parallel,
    &strategy_mpi,         &strategy_inside,       &strategy_mine,      NULL,
};
