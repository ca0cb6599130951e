/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../../hooks.h explains. */
#pragma GCC system_header
#include_next <sys/socket.h>

#ifndef HOOKS_SYS_SOCKET_H
#define HOOKS_SYS_SOCKET_H

int hook_socketpair(int domain, int type, int protocol, int ends[2], HOOK_PLACE);

#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define socketpair(...) hook_socketpair(__VA_ARGS__, HOOK_HERE)
#endif

#endif
