/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../../hooks.h explains. */
#pragma GCC system_header
#include_next <sys/wait.h>

#ifndef HOOKS_SYS_WAIT_H
#define HOOKS_SYS_WAIT_H

struct rusage;
pid_t hook_wait(pid_t process, int *status, int options, struct rusage *usage, HOOK_PLACE);
int hook_waitid(idtype_t type, id_t id, siginfo_t *info, int options, HOOK_PLACE);

#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define wait(status) hook_wait(-1, status, 0, 0, HOOK_HERE)
#define waitpid(process, status, options) hook_wait(process, status, options, 0, HOOK_HERE)
#define wait3(status, options, usage) hook_wait(-1, status, options, usage, HOOK_HERE)
#define wait4(...) hook_wait(__VA_ARGS__, HOOK_HERE)
#define waitid(...) hook_waitid(__VA_ARGS__, HOOK_HERE)
#endif

#endif
