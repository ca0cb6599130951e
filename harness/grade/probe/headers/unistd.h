/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../hooks.h explains. */
#pragma GCC system_header
#include_next <unistd.h>

#ifndef HOOKS_UNISTD_H
#define HOOKS_UNISTD_H

pid_t hook_fork(HOOK_PLACE);
ssize_t hook_read(int fd, void *buffer, size_t bytes, HOOK_PLACE);
ssize_t hook_write(int fd, const void *buffer, size_t bytes, HOOK_PLACE);
int hook_pipe(int ends[2], HOOK_PLACE);
unsigned hook_sleep(unsigned seconds, HOOK_PLACE);
int hook_usleep(unsigned microseconds, HOOK_PLACE);
_Noreturn void hook_exit_at_once(int status, HOOK_PLACE);

#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define fork() hook_fork(HOOK_HERE)
#define read(...) hook_read(__VA_ARGS__, HOOK_HERE)
#define write(...) hook_write(__VA_ARGS__, HOOK_HERE)
#define pipe(...) hook_pipe(__VA_ARGS__, HOOK_HERE)
#define sleep(...) hook_sleep(__VA_ARGS__, HOOK_HERE)
#define usleep(...) hook_usleep(__VA_ARGS__, HOOK_HERE)
#define _exit(...) hook_exit_at_once(__VA_ARGS__, HOOK_HERE)
#endif

#endif
