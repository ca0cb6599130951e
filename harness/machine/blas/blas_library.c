/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* dladdr() and RTLD_DEFAULT of glibc */
#include "harness/machine/blas/blas_library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/cblas.h"

/* How a library is recognised: by a symbol that it alone has; where it has none, or hides them, by
 * a word in the last two parts of its path. */
struct kind {
    const char *name, *symbol, *word;
    const char *threading; /* where it cannot be asked */
    const char *variables[BLAS_VARIABLES + 1];
    const char *without;
};

enum { OPENBLAS, BLIS, MKL, ATLAS, GSL, ACCELERATE, NETLIB, KINDS };

static const struct kind kinds[KINDS] = {
    [OPENBLAS] = {"OpenBLAS",
                  "openblas_get_config",
                  "openblas",
                  "unknown",
                  {"OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"},
                  "all cores that this process may use"},
    [BLIS] = {"BLIS",
              "bli_info_get_version_str",
              "blis",
              "unknown",
              {"BLIS_NUM_THREADS", "OMP_NUM_THREADS"},
              "1"},
    [MKL] = {"Intel MKL",
             "MKL_Get_Max_Threads",
             "mkl",
             "unknown",
             {"MKL_NUM_THREADS", "OMP_NUM_THREADS"},
             "all cores that this process may use"},
    [ATLAS] = {"ATLAS", "ATL_buildinfo", "atlas", "unknown", {NULL}, "as many as it was built for"},
    [GSL] = {"GSL's CBLAS", NULL, "gslcblas", "none", {NULL}, "1"},
    [ACCELERATE] = {"Accelerate",
                    NULL,
                    "vecLib",
                    "unknown",
                    {"VECLIB_MAXIMUM_THREADS"},
                    "as many as it finds useful"},
    /* Global variables of Netlib's CBLAS: last, because others have taken its code in. */
    [NETLIB] = {"Netlib reference BLAS", "RowMajorStrg", NULL, "none", {NULL}, "1"},
};

/* The library, as the dynamic linker knows it. */
struct found {
    struct cblas cblas; /* all zero: there is none */
    char file[PATH_MAX];
};

static struct found find_library(void)
{
    struct found found = {.cblas.library = NULL};
    struct error ignored;
    char real[PATH_MAX];
    Dl_info info;
    void *symbol;
    if (cblas_load(&found.cblas, &ignored) != 0)
        return found;
    memcpy(&symbol, &found.cblas.dgemm, sizeof symbol);
    if (dladdr(symbol, &info) == 0 || !info.dli_fname)
        return found;
    snprintf(found.file, sizeof found.file, "%s", info.dli_fname);
    if (realpath(info.dli_fname, real))
        snprintf(found.file, sizeof found.file, "%s", real);
    return found;
}

static const char *last_two_parts(const char *path)
{
    const char *at = strrchr(path, '/');
    while (at && at > path && at[-1] != '/')
        at--;
    return at ? at : path;
}

/* -1 where it is none that we know. */
static int kind_of(const struct found *found, bool *by_symbol)
{
    for (int i = 0; i < KINDS; i++) {
        *by_symbol =
            kinds[i].symbol && found->cblas.library && dlsym(found->cblas.library, kinds[i].symbol);
        if (*by_symbol || (kinds[i].word && strstr(last_two_parts(found->file), kinds[i].word)))
            return i;
    }
    return -1;
}

/* What a function int f(void) of the library says; `otherwise` where it has none of that name. */
static int ask_int(const struct found *found, const char *name, int otherwise)
{
    int (*function)(void);
    return cblas_function(&found->cblas, name, &function) ? function() : otherwise;
}

static void ask_text(const struct found *found, const char *name, char text[BLAS_TEXT])
{
    const char *(*function)(void);
    const char *answer = cblas_function(&found->cblas, name, &function) ? function() : NULL;
    if (answer)
        snprintf(text, BLAS_TEXT, "%s", answer);
}

/* "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ..." : the second word. */
static void look_at_openblas(const struct found *found, struct blas_library *library)
{
    static const char *const threading[] = {"none", "pthreads", "OpenMP"};
    char config[BLAS_TEXT] = "";
    int number = ask_int(found, "openblas_get_parallel", -1);
    ask_text(found, "openblas_get_config", config);
    sscanf(config, "OpenBLAS %60s", library->version);
    library->many_kernels = strstr(config, "DYNAMIC_ARCH") != NULL;
    ask_text(found, "openblas_get_corename", library->kernel);
    if (number >= 0 && number < 3)
        snprintf(library->threading, BLAS_TEXT, "%s", threading[number]);
    if (number == 2) { /* what OpenMP says counts, and it reads its own variable only */
        library->variables[0] = "OMP_NUM_THREADS";
        library->variables[1] = NULL;
    } else if (number == 0) {
        library->variables[0] = NULL;
        snprintf(library->without, BLAS_TEXT, "1");
    }
}

static void look_at_blis(const struct found *found, struct blas_library *library)
{
    const char *(*name_of)(int);
    int number = ask_int(found, "bli_arch_query_id", -1);
    ask_text(found, "bli_info_get_version_str", library->version);
    if (number >= 0 && cblas_function(&found->cblas, "bli_arch_string", &name_of))
        snprintf(library->kernel, BLAS_TEXT, "%s", name_of(number));
    if (ask_int(found, "bli_info_get_enable_openmp", 0))
        snprintf(library->threading, BLAS_TEXT, "OpenMP");
    else if (ask_int(found, "bli_info_get_enable_pthreads", 0))
        snprintf(library->threading, BLAS_TEXT, "pthreads");
    else if (ask_int(found, "bli_info_get_enable_threading", 1) == 0)
        snprintf(library->threading, BLAS_TEXT, "none");
}

static void look_at_mkl(const struct found *found, struct blas_library *library)
{
    void (*version)(char *, int);
    const char *layer = getenv("MKL_THREADING_LAYER");
    if (cblas_function(&found->cblas, "MKL_Get_Version_String", &version))
        version(library->version, BLAS_TEXT);
    if (layer && *layer)
        snprintf(library->threading, BLAS_TEXT, "%s (MKL_THREADING_LAYER)", layer);
}

/* In an OpenMP region the threads are taken already: OpenBLAS and BLIS then use one. */
static int openmp_threads(const struct found *found)
{
    if (ask_int(found, "omp_in_parallel", 0))
        return 1;
    return ask_int(found, "omp_get_max_threads", 0);
}

static int threads_of(const struct found *found, int kind)
{
    switch (kind) {
    case OPENBLAS:
        if (ask_int(found, "openblas_get_parallel", -1) == 2)
            return openmp_threads(found);
        return ask_int(found, "openblas_get_num_threads", 0);
    case BLIS: {
        /* Its integers are as long as it was built to have them; here so small that it is one. */
        int threads = ask_int(found, "bli_thread_get_num_threads", 0);
        return threads == -1 ? 1 : threads; /* -1: nothing is set, which means one */
    }
    case MKL:
        return ask_int(found, "MKL_Get_Max_Threads", 0);
    case GSL:
    case NETLIB:
        return 1;
    default:
        return 0;
    }
}

int blas_library_threads(void)
{
    bool by_symbol;
    struct found found = find_library();
    int threads = threads_of(&found, kind_of(&found, &by_symbol));
    cblas_let_go(&found.cblas);
    return threads;
}

void blas_library_set_threads(int threads)
{
    static const char *const names[] = {"openblas_set_num_threads", "MKL_Set_Num_Threads"};
    struct found found = find_library();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        void (*set)(int);
        if (cblas_function(&found.cblas, names[i], &set))
            set(threads);
    }
    void (*set_long)(ptrdiff_t);
    if (cblas_function(&found.cblas, "bli_thread_set_num_threads", &set_long))
        set_long(threads);
    cblas_let_go(&found.cblas);
}

const char *blas_library_decided_by(const struct blas_library *library, int *value)
{
    for (int i = 0; library->variables[i]; i++) {
        const char *text = getenv(library->variables[i]);
        *value = text ? atoi(text) : 0; /* as the libraries read it */
        if (*value > 0)
            return library->variables[i];
    }
    *value = 0;
    return NULL;
}

void blas_library_look(struct blas_library *library)
{
    static const char UNKNOWN[] = "unknown";
    struct found found = find_library();
    bool by_symbol;
    int kind = kind_of(&found, &by_symbol);
    *library = (struct blas_library){.threads = threads_of(&found, kind)};
    snprintf(library->file, sizeof library->file, "%s", *found.file ? found.file : UNKNOWN);
    strcpy(library->name, UNKNOWN);
    strcpy(library->version, UNKNOWN);
    strcpy(library->kernel, UNKNOWN);
    strcpy(library->threading, UNKNOWN);
    if (kind >= 0) {
        snprintf(library->name, BLAS_TEXT, "%s", kinds[kind].name);
        snprintf(library->how_named, BLAS_TEXT, "%s",
                 by_symbol ? kinds[kind].symbol : "the name of its file");
        snprintf(library->threading, BLAS_TEXT, "%s", kinds[kind].threading);
        snprintf(library->without, BLAS_TEXT, "%s", kinds[kind].without);
        memcpy(library->variables, kinds[kind].variables, sizeof library->variables);
    }
    if (kind == OPENBLAS)
        look_at_openblas(&found, library);
    else if (kind == BLIS)
        look_at_blis(&found, library);
    else if (kind == MKL)
        look_at_mkl(&found, library);
    cblas_let_go(&found.cblas);
}
