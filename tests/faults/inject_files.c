/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* RTLD_NEXT, memfd_create(), O_TMPFILE */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/faults/inject_private.h"

/* ---- pipes ---------------------------------------------------------------------------------------- */

int pipe(int ends[2])
{
    return FAILS(FAULT_PIPE, EMFILE) ? -1 : NEXT(pipe)(ends);
}

int socketpair(int domain, int type, int protocol, int ends[2])
{
    return FAILS(FAULT_PIPE, EMFILE) ? -1 : NEXT(socketpair)(domain, type, protocol, ends);
}

int socket(int domain, int type, int protocol)
{
    return FAILS(FAULT_PIPE, EMFILE) ? -1 : NEXT(socket)(domain, type, protocol);
}

int dup2(int from, int to)
{
    return FAILS(FAULT_DUP, EMFILE) ? -1 : NEXT(dup2)(from, to);
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
    return FAILS(FAULT_POLL, EINTR) ? -1 : NEXT(poll)(files, count, milliseconds);
}

ssize_t read(int fd, void *buffer, size_t bytes)
{
    if (FAILS(FAULT_READ, EIO) || FAILS(FAULT_READ_EINTR, EINTR))
        return -1;
    return NEXT(read)(fd, buffer, bytes);
}

ssize_t pread(int fd, void *buffer, size_t bytes, off_t offset)
{
    return FAILS(FAULT_READ, EIO) ? -1 : NEXT(pread)(fd, buffer, bytes, offset);
}

ssize_t write(int fd, const void *buffer, size_t bytes)
{
    if (FAILS(FAULT_WRITE, ENOSPC) || FAILS(FAULT_WRITE_EINTR, EINTR))
        return -1;
    return NEXT(write)(fd, buffer, bytes);
}

/* ---- files ---------------------------------------------------------------------------------------- */

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list more;
        va_start(more, flags);
        mode = (mode_t)va_arg(more, int);
        va_end(more);
    }
    return FAILS(FAULT_OPEN, EMFILE) ? -1 : NEXT(open)(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    return FAILS(FAULT_OPEN, EMFILE) ? NULL : NEXT(fopen)(path, mode);
}

/* The same under the names that libraries for large files know. */
int open64(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list more;
        va_start(more, flags);
        mode = (mode_t)va_arg(more, int);
        va_end(more);
    }
    return FAILS(FAULT_OPEN, EMFILE) ? -1 : NEXT(open64)(path, flags, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    return FAILS(FAULT_OPEN, EMFILE) ? NULL : NEXT(fopen64)(path, mode);
}

FILE *fdopen(int fd, const char *mode)
{
    return FAILS(FAULT_OPEN, EMFILE) ? NULL : NEXT(fdopen)(fd, mode);
}

FILE *tmpfile(void)
{
    return FAILS(FAULT_OPEN, EMFILE) ? NULL : NEXT(tmpfile)();
}

int mkstemp(char *path)
{
    return FAILS(FAULT_OPEN, EMFILE) ? -1 : NEXT(mkstemp)(path);
}

int memfd_create(const char *name, unsigned flags)
{
    return FAILS(FAULT_OPEN, EMFILE) ? -1 : NEXT(memfd_create)(name, flags);
}

DIR *opendir(const char *path)
{
    return FAILS(FAULT_LIST, EMFILE) ? NULL : NEXT(opendir)(path);
}

int scandir(const char *path, struct dirent ***entries, int (*filter)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **))
{
    return FAILS(FAULT_LIST, EMFILE) ? -1 : NEXT(scandir)(path, entries, filter, compare);
}

int mkdir(const char *path, mode_t mode)
{
    return FAILS(FAULT_MKDIR, ENOSPC) ? -1 : NEXT(mkdir)(path, mode);
}

char *mkdtemp(char *path)
{
    return FAILS(FAULT_MKDIR, ENOSPC) ? NULL : NEXT(mkdtemp)(path);
}

int rename(const char *from, const char *to)
{
    return FAILS(FAULT_RENAME, EACCES) ? -1 : NEXT(rename)(from, to);
}

int ftruncate(int fd, off_t bytes)
{
    return FAILS(FAULT_RESIZE, ENOSPC) ? -1 : NEXT(ftruncate)(fd, bytes);
}

/* The file is closed, as it is when the last bytes find no room. */
int fclose(FILE *stream)
{
    bool failed = FAILS(FAULT_CLOSE, ENOSPC);
    int result = NEXT(fclose)(stream);
    if (!failed)
        return result;
    errno = ENOSPC;
    return EOF;
}

/* A stream's buffer hides what happens to its bytes, and the stream itself has to notice; so the file
 * behind it is exchanged for another. */
static void exchange(FILE *stream, const char *path)
{
    int other = NEXT(open)(path, O_WRONLY);
    if (other < 0)
        return;
    NEXT(dup2)(other, fileno(stream));
    close(other);
}

/* Messages on standard error are left alone: they are what is looked at. */
static void fill(FILE *stream, const void *caller)
{
    if (stream != stderr && inject_fails(FAULT_STREAM, caller))
        exchange(stream, "/dev/full");
}

static void shut(FILE *stream, const void *caller)
{
    if (inject_fails(FAULT_READ, caller))
        exchange(stream, "/dev/null"); /* open for writing only */
}

size_t fread(void *buffer, size_t size, size_t count, FILE *stream)
{
    shut(stream, __builtin_return_address(0));
    return NEXT(fread)(buffer, size, count, stream);
}

char *fgets(char *line, int size, FILE *stream)
{
    shut(stream, __builtin_return_address(0));
    return NEXT(fgets)(line, size, stream);
}

#define FILL(stream) fill(stream, __builtin_return_address(0))

int fputs(const char *text, FILE *stream)
{
    FILL(stream);
    return NEXT(fputs)(text, stream);
}

int fputc(int character, FILE *stream)
{
    FILL(stream);
    return NEXT(fputc)(character, stream);
}

#undef putc
int putc(int character, FILE *stream)
{
    FILL(stream);
    return NEXT(fputc)(character, stream);
}

int puts(const char *text)
{
    FILL(stdout);
    return NEXT(puts)(text);
}

size_t fwrite(const void *buffer, size_t size, size_t count, FILE *stream)
{
    FILL(stream);
    return NEXT(fwrite)(buffer, size, count, stream);
}

int fprintf(FILE *stream, const char *format, ...)
{
    va_list more;
    FILL(stream);
    va_start(more, format);
    int length = vfprintf(stream, format, more);
    va_end(more);
    return length;
}

int printf(const char *format, ...)
{
    va_list more;
    FILL(stdout);
    va_start(more, format);
    int length = vfprintf(stdout, format, more);
    va_end(more);
    return length;
}
