/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the compilers' warnings mean, for those who see them for the first time. */
#include <stddef.h>
#include <string.h>

#include "harness/grade/build/compile.h"

const char *compile_explain(const char *warning)
{
    static const struct {
        const char *flag, *meaning;
    } table[] = {
        {"unused-variable", "it was made and never used: is a line missing that should use it?"},
        {"unused-but-set-variable", "it is given a value that nobody looks at"},
        {"unused-parameter", "the function never looks at this argument; `(void)name;` says that "
                             "this is meant"},
        {"unused-function", "nobody calls this function: is it the one that run() should use?"},
        {"unused-value", "the result of this is thrown away: it has no effect"},
        {"unused-result", "whether the call succeeded is not looked at"},
        {"implicit-function-declaration", "the compiler does not know this function: is its header "
                                          "included, its name spelled right?"},
        {"implicit-int", "the type is missing"},
        {"return-type", "the function promises a value and ends without one: what its caller gets "
                        "is anybody's guess"},
        {"uninitialized", "it is read before it has been given a value"},
        {"maybe-uninitialized", "on some way through the code it is read before it has a value"},
        {"sometimes-uninitialized",
         "on some way through the code it is read before it has a value"},
        {"int-to-pointer-cast", "a number is handed over as an address; go through (intptr_t), or "
                                "hand over the address of "
                                "a struct that each thread has for itself"},
        {"pointer-to-int-cast", "an address is cut to a number: go through (intptr_t)"},
        {"int-conversion", "a number is used as an address, or the other way round"},
        {"incompatible-pointer-types",
         "the address of another type: a thread's function is `void *function(void *)`"},
        {"incompatible-function-pointer-types",
         "another kind of function: a thread's function is `void *function(void *)`"},
        {"unknown-pragmas", "the compiler does not know this pragma and ignores it"},
        {"source-uses-openmp", "the pragma is ignored: the compiler was not told of OpenMP"},
        {"sign-compare",
         "a number with a sign is compared with one without: -1 is then very large"},
        {"parentheses", "`=` gives a value, `==` compares; which is meant?"},
        {"infinite-recursion", "the function calls itself forever"},
        {"missing-field-initializers", "members that are not named become 0"},
        {"discarded-qualifiers", "something constant is handed to somebody who may change it"},
        {"stringop-overflow", "more is written than there is room for"},
        {"array-bounds", "the index is beyond the end of the array"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(warning, table[i].flag) == 0)
            return table[i].meaning;
    return NULL;
}
