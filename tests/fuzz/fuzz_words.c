/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "harness/measure/command/placeholders.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_AT_MOST = 16, LENGTH_AT_MOST = 1 << 16 };

/* What stands for a placeholder, worked out once more in the plainest way. */
struct stand_in {
    const char *placeholder;
    char text[LENGTH_AT_MOST];
};

static const char *base_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

/* Without the last ending, which is looked for behind the last slash. */
static void cut_ending(char *text)
{
    char *dot = strrchr(text, '.');
    if (dot && !strchr(dot, '/'))
        *dot = '\0';
}

static void cut_base(char *text)
{
    char *slash = strrchr(text, '/');
    if (!slash)
        strcpy(text, ".");
    else if (slash == text)
        text[1] = '\0';
    else
        *slash = '\0';
}

static void put(char *result, size_t *length, const char *text)
{
    size_t more = strlen(text);
    fuzz_check(*length + more < LENGTH_AT_MOST, "more text than was thought of");
    memcpy(result + *length, text, more + 1);
    *length += more;
}

static void replace_plainly(const char *text, struct stand_in *list, size_t count, char *result)
{
    size_t length = 0;
    result[0] = '\0';
    while (*text) {
        size_t i = 0;
        while (i < count && strncmp(text, list[i].placeholder, strlen(list[i].placeholder)) != 0)
            i++;
        char one[] = {*text, '\0'};
        put(result, &length, i < count ? list[i].text : one);
        text += i < count ? strlen(list[i].placeholder) : 1;
    }
}

/* Each word as replace_plainly() has it, and the file last where no word asks for it. */
static void check_words(char *const *words, const struct placeholder_values *values)
{
    static struct stand_in list[] = {{.placeholder = "{}"},
                                     {.placeholder = "{/}"},
                                     {.placeholder = "{//}"},
                                     {.placeholder = "{.}"},
                                     {.placeholder = "{/.}"},
                                     {.placeholder = "{#}", .text = "7"},
                                     {.placeholder = "{%}", .text = "2"},
                                     {.placeholder = "{workers}", .text = "4"}};
    static char expected[LENGTH_AT_MOST];
    size_t count = sizeof list / sizeof list[0], i;
    bool named = false;
    strcpy(list[0].text, values->file);
    strcpy(list[1].text, base_of(values->file));
    strcpy(list[2].text, values->file);
    cut_base(list[2].text);
    strcpy(list[3].text, values->file);
    cut_ending(list[3].text);
    strcpy(list[4].text, base_of(values->file));
    cut_ending(list[4].text);

    char **replaced = placeholders_replace(words, values);
    fuzz_check(replaced != NULL, "no memory for the words");
    for (i = 0; words[i]; i++) {
        replace_plainly(words[i], list, count, expected);
        fuzz_check(replaced[i] && strcmp(replaced[i], expected) == 0, "a word is replaced wrongly");
        for (size_t k = 0; k + 1 < count; k++)
            named = named || strstr(words[i], list[k].placeholder);
        char *alone = placeholders_replace_text(words[i], values);
        fuzz_check(alone && strcmp(alone, expected) == 0, "a text is replaced wrongly");
        free(alone);
    }
    if (!named && *values->file) {
        fuzz_check(replaced[i] && strcmp(replaced[i], values->file) == 0, "the file is not there");
        i++;
    }
    fuzz_check(!replaced[i], "there are more words than were given");
    free(replaced);
}

void fuzz_words(const uint8_t *data, size_t size)
{
    enum { SIZE_AT_MOST = 400 };
    char text[SIZE_AT_MOST + 1], *lines[WORDS_AT_MOST + 2] = {0};
    int count = 0;
    if (size > SIZE_AT_MOST)
        return;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *at = text, *end; at && count <= WORDS_AT_MOST; at = end) {
        end = strchr(at, '\n');
        if (end)
            *end++ = '\0';
        lines[count++] = at;
    }
    const struct placeholder_values values = {
        .file = lines[0], .task = 6, .worker = 1, .workers = 4};
    check_words(lines + 1, &values);
    placeholders_name_workers(lines + 1);
    for (int i = 0; i < count; i++)
        placeholders_name_task(lines[i]);
}
