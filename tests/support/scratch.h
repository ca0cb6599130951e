/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A directory for the files of a test, removed with all that is in it. */
#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include <stddef.h>

/* Fixtures for cmocka: make a new, empty directory and make it the current one; go back and remove
 * it. As fixtures of each test (cmocka_unit_test_setup_teardown) or of a whole group; *state is
 * theirs. 0, or -1. */
int scratch_enter(void **state);
int scratch_leave(void **state);

/* The number of entries of a directory, hidden ones too; -1 where it cannot be read. */
int scratch_count(const char *directory);

/* Writes a file of these bytes; the calling test fails where that cannot be done. */
void scratch_write(const char *path, const void *bytes, size_t count);

/* All bytes of a file and a null byte after them, to be freed; *count becomes their number. The
 * calling test fails where it cannot be read. */
char *scratch_read(const char *path, size_t *count);

#endif
