/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directories as a whole, without cmocka, so that programs that are no tests can use them too. */
#ifndef TESTS_FAULTS_TREE_H
#define TESTS_FAULTS_TREE_H

#include <stddef.h>

/* Removes a directory and all in it; nothing where there is none. 0, or -1 with errno set. */
int tree_remove(const char *path);

/* Copies the plain files of a directory into another, which is made. 0, or -1 with errno set. */
int tree_copy(const char *from, const char *to);

/* The names in a directory in the order of the alphabet, hidden ones too, without `.` and `..`.
 * Returns how many, and tree_names_free() is the caller's; -1 with errno set. */
int tree_names(const char *path, char ***names);
void tree_names_free(char **names, int count);

/* All bytes of DIRECTORY/NAME and a null byte, to be freed; NULL with errno set. */
char *tree_read(const char *directory, const char *name, size_t *count);

#endif
