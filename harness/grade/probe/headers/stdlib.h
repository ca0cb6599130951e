/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, with hooks; ../hooks.h explains. */
#pragma GCC system_header
#include_next <stdlib.h>

#ifndef HOOKS_STDLIB_H
#define HOOKS_STDLIB_H
void *hook_malloc(size_t bytes, HOOK_PLACE);
void *hook_calloc(size_t count, size_t bytes, HOOK_PLACE);
void *hook_realloc(void *block, size_t bytes, HOOK_PLACE);
void hook_free(void *block);
_Noreturn void hook_exit(int status, HOOK_PLACE);
#endif

/* Each time: malloc.h takes them away for a moment. */
#ifndef HOOKS_FOR_THE_PROBE_ITSELF
#define malloc(...) hook_malloc(__VA_ARGS__, HOOK_HERE)
#define calloc(...) hook_calloc(__VA_ARGS__, HOOK_HERE)
#define realloc(...) hook_realloc(__VA_ARGS__, HOOK_HERE)
#define free(...) hook_free(__VA_ARGS__)
#define exit(...) hook_exit(__VA_ARGS__, HOOK_HERE)
#endif
