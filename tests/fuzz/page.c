/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a page or in the settings for gnuplot, read by the plainest of rules: whatever does not
 * follow them got there from outside. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

static const char *const elements[] = {
    "!doctype", "a",      "b",      "body",  "br",    "circle", "code", "details", "div",
    "em",       "figure", "g",      "h1",    "h2",    "h3",     "head", "html",    "img",
    "i",        "li",     "line",   "meta",  "ol",    "p",      "path", "pre",     "rect",
    "small",    "span",   "strong", "style", "sub",   "sup",    "svg",  "summary", "table",
    "tbody",    "td",     "text",   "th",    "thead", "title",  "tr",   "tspan",   "ul"};
static const char *const attributes[] = {
    "alt", "aria-label", "charset",     "class", "content",   "cx",      "cy",
    "d",   "dx",         "dy",          "fill",  "height",    "href",    "html",
    "id",  "lang",       "name",        "open",  "points",    "r",       "role",
    "rx",  "src",        "text-anchor", "title", "transform", "viewBox", "width",
    "x",   "x1",         "x2",          "xmlns", "y",         "y1",      "y2"};

static int is_in(const char *const *list, size_t count, const char *word, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == length && strncmp(list[i], word, length) == 0)
            return 1;
    return 0;
}
#define IS_IN(list, word, length) is_in(list, sizeof list / sizeof list[0], word, length)

/* An address is of a file beside the page, or a picture inside it. */
static void check_address(const char *value, size_t length)
{
    static const char inside[] = "data:image/";
    int picture = length >= sizeof inside - 1 && strncmp(value, inside, sizeof inside - 1) == 0;
    fuzz_check(picture || !memchr(value, ':', length) || strncmp(value, "https://", 8) == 0,
               "a page points elsewhere");
}

/* One attribute; returns what is behind it. */
static const char *check_attribute(const char *at)
{
    size_t length = strcspn(at, "= >\n/");
    const char *value = at + length;
    fuzz_check(IS_IN(attributes, at, length), "a page has an attribute that is none of ours");
    if (*value != '=')
        return value;
    fuzz_check(value[1] == '"', "a value without quotes");
    const char *end = strchr(value + 2, '"');
    fuzz_check(end != NULL, "a value without an end");
    if (strncmp(at, "href", 4) == 0 || strncmp(at, "src", 3) == 0)
        check_address(value + 2, (size_t)(end - value - 2));
    return end + 1;
}

/* From behind '<' to behind '>'. */
static const char *check_element(const char *at)
{
    const int closing = *at == '/';
    at += closing;
    size_t length = strcspn(at, " >\n/");
    fuzz_check(IS_IN(elements, at, length), "a page has an element that is none of ours");
    const int style = length == 5 && strncmp(at, "style", 5) == 0 && !closing;
    for (at += length; *at && *at != '>';)
        at = strchr(" \n/", *at) ? at + 1 : check_attribute(at);
    fuzz_check(*at == '>', "an element without an end");
    if (style) /* its text is no markup */
        at = strstr(at, "</style");
    fuzz_check(at != NULL, "a style without an end");
    return style ? at : at + 1;
}

void fuzz_check_page(const char *name)
{
    char *text = fuzz_read(name);
    for (const char *at = text; (at = strchr(at, '<'));)
        at = check_element(at + 1);
    for (const char *at = text; *at; at++)
        fuzz_check((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t',
                   "a page with a control character");
    free(text);
}

/* A string in double quotes: nothing that means anything to gnuplot but \ooo. */
static const char *check_string(const char *at)
{
    for (at++; *at != '"'; at++) {
        fuzz_check(*at >= ' ' && *at < 0x7f && !strchr("`@$'{}^&~[]|!#%?", *at) ? 1 : *at == '?',
                   "a string for gnuplot with a character that means something");
        if (*at == '\\')
            for (int i = 0; i < 3; i++, at++)
                fuzz_check(at[1] >= '0' && at[1] <= '7', "a backslash in a string for gnuplot");
    }
    return at + 1;
}

static const char *check_number(const char *at)
{
    static const char *const words[] = {"NaN", "nan", "-nan", "inf", "-inf"};
    char *end;
    size_t length = strcspn(at, " \n");
    strtod(at, &end);
    fuzz_check(end == at + length || IS_IN(words, at, length), "no number for gnuplot");
    return at + length;
}

/* NAME = NUMBER, NAME = "STRING", or a block of numbers between $NAME << END and END. */
void fuzz_check_settings(const char *name)
{
    char *text = fuzz_read(name);
    int block = 0;
    for (const char *at = text; *at; at++) {
        if (block) {
            block = strncmp(at, "END\n", 4) != 0;
            while (*at != '\n')
                at = !block       ? strchr(at, '\n')
                     : *at == ' ' ? at + 1
                     : *at == '"' ? check_string(at)
                                  : check_number(at);
            continue;
        }
        block = *at == '$';
        at += block;
        while (isalnum((unsigned char)*at) || *at == '_')
            at++;
        const char *between = block ? " << END" : " = ";
        fuzz_check(strncmp(at, between, strlen(between)) == 0, "no assignment for gnuplot");
        at += strlen(between);
        if (!block)
            at = *at == '"' ? check_string(at) : check_number(at);
        fuzz_check(*at == '\n', "a line for gnuplot goes on");
    }
    free(text);
}
