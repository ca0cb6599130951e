/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that processes share: an anonymous file, mapped by everyone who has its descriptor.
 *
 * It has no name in any file system, so that nothing is left behind however the processes end. */
#ifndef HARNESS_BASE_SHARED_H
#define HARNESS_BASE_SHARED_H

#include <stddef.h>

#include "harness/base/error.h"

struct shared {
    void *address; /* NULL: none */
    size_t bytes;
    int fd; /* closed at exec; the launcher passes it on where it is wanted */
};

/* Creates `bytes` of memory, all zero. 0, or -1 with *error set. */
int shared_create(struct shared *shared, size_t bytes, struct error *error);

/* Maps the memory behind a descriptor that was inherited; its size is asked of the system. The
 * descriptor then belongs to *shared. 0, or -1 with *error set and the descriptor closed. */
int shared_attach(struct shared *shared, int fd, struct error *error);

/* Unmaps and closes; legal on a struct whose address is NULL. The memory itself goes when the last
 * process has let go. */
void shared_destroy(struct shared *shared);

#endif
