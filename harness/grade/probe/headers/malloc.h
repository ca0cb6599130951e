/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's, which declares once more what stdlib.h has. */
#pragma GCC system_header
#undef malloc
#undef calloc
#undef realloc
#undef free
#include_next <malloc.h>
#include <stdlib.h>
