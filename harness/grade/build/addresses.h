/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From addresses in a program to lines of its source. */
#ifndef HARNESS_GRADE_ADDRESSES_H
#define HARNESS_GRADE_ADDRESSES_H

/* The line in `source` of the first of `count` return addresses (from the beginning of `program`)
 * that lies there; 0 where none does, or where neither addr2line nor llvm-symbolizer is
 * installed. */
int addresses_line(const char *program, const char *source, const unsigned long *address,
                   int count);

#endif
