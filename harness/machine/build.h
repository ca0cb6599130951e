/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this program is: its version, and the sources, compiler, flags and libraries that it was
 * made with. Each text is one line. */
#ifndef HARNESS_MACHINE_BUILD_H
#define HARNESS_MACHINE_BUILD_H

#include <stddef.h>

const char *build_version(void);  /* "1.0"; VERSION in config.mk */
const char *build_commit(void);   /* "unknown" where it was built without git */
const char *build_compiler(void); /* "gcc 12.2.0" */
const char *build_flags(void);    /* the compiler and its flags, as the Makefile has them */

/* The libraries that it runs with now, but for the BLAS: "cfitsio 4.200, hwloc API 2.7, GSL 2.7.1". */
void build_libraries(char *text, size_t size);

#endif
