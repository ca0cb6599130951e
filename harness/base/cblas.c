/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* dladdr(), RTLD_DEFAULT and RTLD_NODELETE of glibc */
#include "harness/base/cblas.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static const char *const names[] = {
#ifdef __APPLE__
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "libopenblas.dylib",
#else
    "libblas.so.3",   "libflexiblas.so.3", "libopenblas.so.0",
    "libopenblas.so", "libcblas.so.3",     "libmkl_rt.so",
#endif
};

/* C has no cast from the pointer that dlsym() returns to a pointer to a function; but POSIX makes
 * them the same size, so the bytes can be copied. */
bool cblas_function(const struct cblas *cblas, const char *name, void *function)
{
    void *symbol = cblas->library ? dlsym(cblas->library, name) : NULL;
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

/* Whether this library has both products; the reference BLAS of some systems has no CBLAS. */
static bool take_functions(struct cblas *cblas)
{
    return cblas_function(cblas, "cblas_dgemm", &cblas->dgemm) &&
           cblas_function(cblas, "cblas_dsyrk", &cblas->dsyrk);
}

/* Whether a library that is there already is the one to take; not so GSL's own CBLAS, which is
 * there only because we are linked to GSL. */
static bool is_preferred(void)
{
    Dl_info info;
    void *symbol = dlsym(RTLD_DEFAULT, "cblas_dgemm");
    return symbol && dladdr(symbol, &info) != 0 && info.dli_fname &&
           !strstr(info.dli_fname, "gslcblas");
}

int cblas_load(struct cblas *cblas, struct error *error)
{
    *cblas = (struct cblas){.library = is_preferred() ? dlopen(NULL, RTLD_LAZY) : NULL};
    if (take_functions(cblas))
        return 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cblas_let_go(cblas);
        cblas->library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
        if (take_functions(cblas))
            return 0;
    }
    cblas_let_go(cblas);
    cblas->library = dlopen(NULL, RTLD_LAZY);
    if (take_functions(cblas))
        return 0;
    cblas_let_go(cblas);
    return error_set(error, "BLAS",
                     "no library for matrix products is here; `make deps` installs "
                     "OpenBLAS");
}

void cblas_let_go(struct cblas *cblas)
{
    if (cblas->library)
        dlclose(cblas->library);
    *cblas = (struct cblas){.library = NULL};
}
