/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults on order: a library that is loaded before all others (LD_PRELOAD) and makes the n-th call of
 * one kind fail, counted over all processes of the program under test. Linux with glibc.
 *
 * What it is to do stands in the environment:
 *
 *     SPEEDUP_FAULT          "KIND N WHO": kind by its number; N 0: only count; WHO `own` for calls
 *                            out of the program itself (and where files are concerned, out of
 *                            cfitsio for it), `all` for those of all its libraries
 *     SPEEDUP_FAULT_STATE    a file that holds a struct fault_state, shared by all processes
 *     SPEEDUP_FAULT_PROGRAM  the program; in all others that it starts, nothing fails
 */
#ifndef TESTS_FAULTS_INJECT_H
#define TESTS_FAULTS_INJECT_H

#include <stdatomic.h>

enum fault_kind {
    FAULT_MALLOC,      /* malloc, calloc, realloc, ...: no memory */
    FAULT_MMAP,        /* no memory */
    FAULT_FORK,        /* fork, posix_spawn: too many processes */
    FAULT_THREAD,      /* pthread_create: too many */
    FAULT_WRITE,       /* write: disk full */
    FAULT_STREAM,      /* fprintf and its like: from here on there is no room for this file */
    FAULT_CLOSE,       /* fclose: disk full */
    FAULT_RESIZE,      /* ftruncate: disk full */
    FAULT_OPEN,        /* open, fopen, mkstemp, mkdtemp, memfd_create, ...: too many open files */
    FAULT_LIST,        /* opendir, scandir: too many open files */
    FAULT_PIPE,        /* pipe, socketpair, socket: too many open files */
    FAULT_DUP,         /* dup2 */
    FAULT_READ,        /* read, fread, pread: input/output error */
    FAULT_RENAME,      /* rename: not permitted */
    FAULT_MKDIR,       /* mkdir: disk full */
    FAULT_EXEC,        /* no such file */
    FAULT_POLL,        /* interrupted */
    FAULT_WAIT,        /* waitpid, waitid: interrupted */
    FAULT_READ_EINTR,  /* read: interrupted */
    FAULT_WRITE_EINTR, /* write: interrupted */
    FAULT_KINDS
};

/* Those after which a program goes on as if nothing had been. */
#define FAULT_IS_INTERRUPTION(kind) ((kind) >= FAULT_POLL)

enum { FAULT_CALLS_KEPT = 65536, FAULT_MODULE_MAX = 64 };

/* Places in cfitsio are counted from here, in the program from 0; others are addresses. */
#define FAULT_FITS 0x40000000UL

struct fault_state {
    atomic_long calls; /* of this kind, so far */
    atomic_long failed;
    char module[FAULT_MODULE_MAX];          /* whose call has failed: the name of its file */
    unsigned long place;                    /* and where: bytes from the start of that */
    unsigned long places[FAULT_CALLS_KEPT]; /* of each call, in the order of the calls */
};

#endif
