/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmocka with the headers that it wants before itself. */
#ifndef TESTS_SUPPORT_CMOCKA_ALL_H
#define TESTS_SUPPORT_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* last: it needs the four above */

#endif
