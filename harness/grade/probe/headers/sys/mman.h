/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../../hooks.h explains. */
#pragma GCC system_header
#include_next <sys/mman.h>

#ifndef HOOKS_SYS_MMAN_H
#define HOOKS_SYS_MMAN_H

void *hook_mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t offset,
                HOOK_PLACE);
int hook_munmap(void *address, size_t bytes, HOOK_PLACE);

#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define mmap(...) hook_mmap(__VA_ARGS__, HOOK_HERE)
#define munmap(...) hook_munmap(__VA_ARGS__, HOOK_HERE)
#endif

#endif
