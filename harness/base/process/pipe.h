/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole messages through pipes and sockets, where one read() or write() may do a part only. */
#ifndef HARNESS_BASE_PROCESS_PIPE_H
#define HARNESS_BASE_PROCESS_PIPE_H

#include <stddef.h>

/* Reads exactly `bytes` bytes. 1; 0 when the other end was closed before the first of them; -1 when
 * it was closed later, or with errno set on a failure. */
int pipe_read(int fd, void *buffer, size_t bytes);

/* Writes exactly `bytes` bytes. 0, or -1 with errno set. */
int pipe_write(int fd, const void *buffer, size_t bytes);

#endif
