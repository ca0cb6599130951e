/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libFuzzer calls; FUZZ_TARGET is one of fuzz.h. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FUZZ_TARGET(data, size);
    return 0;
}
