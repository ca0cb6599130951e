/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/build.h"

#include <fitsio.h>
#include <gsl/gsl_version.h>
#include <hwloc.h>
#include <stdio.h>

#ifndef BUILD_VERSION
#define BUILD_VERSION "unknown"
#endif
#ifndef BUILD_COMMIT
#define BUILD_COMMIT "unknown"
#endif
#ifndef BUILD_FLAGS
#define BUILD_FLAGS "unknown"
#endif

const char *build_version(void)
{
    return BUILD_VERSION;
}

const char *build_commit(void)
{
    return BUILD_COMMIT;
}

const char *build_compiler(void)
{
#ifdef __clang__
    return __VERSION__;
#else
    return "gcc " __VERSION__;
#endif
}

const char *build_flags(void)
{
    return BUILD_FLAGS;
}

void build_libraries(char *text, size_t size)
{
    float cfitsio;
    unsigned hwloc = hwloc_get_api_version();
    snprintf(text, size, "cfitsio %.3f, hwloc API %x.%x, GSL %s",
             (double)fits_get_version(&cfitsio), hwloc >> 16, hwloc >> 8 & 0xff, gsl_version);
}
