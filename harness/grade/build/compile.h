/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiling what is graded, alone and into a probe. */
#ifndef HARNESS_GRADE_COMPILE_H
#define HARNESS_GRADE_COMPILE_H

#include <limits.h>
#include <stdbool.h>

#include "harness/grade/build/subject.h"
#include "harness/grade/observation.h"

enum build {
    BUILD_CHECK,   /* the file alone, with warnings; no program */
    BUILD_PLAIN,   /* as the program itself is built */
    BUILD_ADDRESS, /* AddressSanitizer and UndefinedBehaviorSanitizer */
    BUILD_THREAD   /* ThreadSanitizer */
};

enum { DIAGNOSTICS_MAX = 20 };
struct diagnostic {
    bool is_error;
    char file[FILE_MAX];
    int line; /* 0: of the linker */
    char text[FAULT_TEXT_MAX];
};

struct compiled {
    bool ok;
    bool hooked;            /* its calls go through the probe */
    char program[PATH_MAX]; /* of the probe; "" for BUILD_CHECK */
    struct diagnostic diagnostic[DIAGNOSTICS_MAX];
    int diagnostics;
};

/* The compiler that this program was built with, for messages. */
const char *compile_compiler(void);

/* Compiles into `directory`. 0, also where the file cannot be compiled: that is for compiled->ok to
 * say; -1 with *error set when the compiler cannot be run, parts of the probe are missing, or the file is
 * no longer what it was. */
int compile_build(const struct subject *subject, enum build build, const char *directory,
                  struct compiled *compiled, struct error *error);

/* What a warning of gcc or clang means for the student, by its flag ("unused-variable"); NULL where
 * its own words are enough. */
const char *compile_explain(const char *warning);

#endif
