/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifdef __linux__
#define _GNU_SOURCE /* memfd_create */
#endif
#include "harness/base/shared.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Linux has files without a name; elsewhere a POSIX shared memory object loses its name at once.
 * Not shm_open everywhere: in a container /dev/shm is often limited to 64 MiB. */
static int anonymous_file(void)
{
#ifdef __linux__
    return memfd_create("speedup", MFD_CLOEXEC);
#else
    char name[64];
    snprintf(name, sizeof name, "/speedup-%ld", (long)getpid());
    int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd >= 0)
        shm_unlink(name);
    return fd;
#endif
}

static int map(struct shared *shared, struct error *error)
{
    shared->address = mmap(NULL, shared->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, shared->fd, 0);
    if (shared->address != MAP_FAILED)
        return 0;
    shared->address = NULL;
    error_system(error, "shared memory", "mmap", errno);
    close(shared->fd);
    return -1;
}

int shared_create(struct shared *shared, size_t bytes, struct error *error)
{
    *shared = (struct shared){.bytes = bytes, .fd = anonymous_file()};
    if (shared->fd < 0)
        return error_system(error, "shared memory", "cannot be created", errno);
    if (ftruncate(shared->fd, (off_t)bytes) != 0) {
        error_system(error, "shared memory", "cannot be given its size", errno);
        close(shared->fd);
        return -1;
    }
    return map(shared, error);
}

int shared_attach(struct shared *shared, int fd, struct error *error)
{
    struct stat info;
    *shared = (struct shared){.fd = fd};
    if (fstat(fd, &info) != 0) {
        error_system(error, "shared memory", "cannot be inherited", errno);
        close(fd);
        return -1;
    }
    shared->bytes = (size_t)info.st_size;
    return map(shared, error);
}

void shared_destroy(struct shared *shared)
{
    if (!shared->address)
        return;
    munmap(shared->address, shared->bytes);
    close(shared->fd);
    shared->address = NULL;
}
