/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An error is one line that no terminal obeys, whatever a file is called or has in it. */
#include <errno.h>
#include <string.h>

#include "harness/base/error.h"
#include "tests/support/cmocka_all.h"

static void control_characters_are_shown(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(error_set(&error, "a\nb\x1b[31m", "%s",
                               "\x7f\tc\xc2\x9b"
                               "2J"),
                     -1);
    assert_string_equal(error.text, "a?b?[31m: ??c??2J");
}

static void other_characters_stay(void **state)
{
    (void)state;
    struct error error;
    error_set(&error, "M\xc3\xbcller\xc2\xa0\xe2\x82\xac", "%d \xff", 7); /* and what is no UTF-8 */
    assert_string_equal(error.text, "M\xc3\xbcller\xc2\xa0\xe2\x82\xac: 7 \xff");
}

static void a_long_one_is_cut(void **state)
{
    (void)state;
    struct error error;
    char name[2 * ERROR_TEXT_MAX];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(error_system(&error, name, "cannot be read", ENOENT), -1);
    assert_int_equal(strlen(error.text), ERROR_TEXT_MAX - 1);
    memcpy(name + ERROR_TEXT_MAX - 2, "\xc2\x9b", 2); /* in the middle of a character */
    error_set(&error, name, "why");
    assert_int_equal(strlen(error.text), ERROR_TEXT_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_characters_are_shown),
        cmocka_unit_test(other_characters_stay),
        cmocka_unit_test(a_long_one_is_cut),
    };
    return cmocka_run_group_tests_name("errors", tests, NULL, NULL);
}
