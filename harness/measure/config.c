/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/config.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void config_label(const char *strategy, const char *lock, const char *blas_asked, char *label,
                  size_t size)
{
    bool has_mode = *lock && strcmp(lock, lock_names[LOCK_NONE]) != 0;
    bool two_layers = *blas_asked && strcmp(blas_asked, "1") != 0 && strcmp(strategy, "blas") != 0;
    snprintf(label, size, "%s%s%s%s%s", strategy, has_mode ? " " : "", has_mode ? lock : "",
             two_layers ? "+blas" : "", two_layers ? blas_asked : "");
}

void config_word(const char *strategy, const char *lock, const char *blas_asked, char *word,
                 size_t size)
{
    config_label(strategy, lock, blas_asked, word, size);
    for (char *blank = strchr(word, ' '); blank; blank = strchr(blank, ' '))
        *blank = '/';
}

const char *const grain_names[] = {"image", "band", NULL};
const char *const io_names[] = {"memory", "files", NULL};
const char *const bind_names[] = {"cores", "none", NULL};
const char *const lock_names[] = {"none", "held", "released", NULL};
const char *const status_names[] = {"ok", "wrong", "failed", "crashed", "timeout", NULL};
