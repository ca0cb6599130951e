/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/median/network/plan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "filters/median/network/draft.h"

enum {
    LIST_MOST = NETWORK_WINDOW_MOST * NETWORK_WINDOW_MOST, /* values of a window */
    LINES = NETWORK_WINDOW_MOST + NETWORK_SIDE_MOST /* rows, or columns, that a square reaches */
};
enum direction { ROW, COLUMN };

/* Values in ascending order. */
struct list {
    size_t count;
    uint32_t value[LIST_MOST];
};

struct plan {
    struct network_draft draft;
    size_t window, side;
    /* Sorted rows, and columns, of the pixels, once they are known. See line(). */
    struct list *lines[2][LINES][2 * NETWORK_SIDE_MOST];
};

/* Every other value of a list, from the first (odd = 0) or the second on. */
static void take_alternate(const struct list *list, size_t odd, struct list *taken)
{
    taken->count = 0;
    for (size_t i = odd; i < list->count; i += 2)
        taken->value[taken->count++] = list->value[i];
}

/* An assignment that copies no more values than there are. */
static void list_copy(struct list *to, const struct list *from)
{
    to->count = from->count;
    memcpy(to->value, from->value, from->count * sizeof *to->value);
}

/* Merges two lists into *merged, which is neither. */
static void merge(struct plan *plan, const struct list *a, const struct list *b,
                  struct list *merged)
{
    if (a->count == 0 || b->count == 0) {
        list_copy(merged, a->count ? a : b);
        return;
    }
    if (a->count == 1 && b->count == 1) {
        merged->count = 2;
        merged->value[0] = network_compare(&plan->draft, a->value[0], b->value[0]);
        merged->value[1] = merged->value[0] + 1;
        return;
    }
    struct list part_a, part_b, even, odd;
    take_alternate(a, 0, &part_a);
    take_alternate(b, 0, &part_b);
    merge(plan, &part_a, &part_b, &even);
    take_alternate(a, 1, &part_a);
    take_alternate(b, 1, &part_b);
    merge(plan, &part_a, &part_b, &odd);
    /* The least is the first of the even ones; after it, an odd one and an even one may be in the
     * wrong order, but no more than that. */
    size_t count = 0, i = 0;
    merged->value[count++] = even.value[0];
    for (; i < odd.count && i + 1 < even.count; i++) {
        uint32_t lower = network_compare(&plan->draft, odd.value[i], even.value[i + 1]);
        merged->value[count++] = lower;
        merged->value[count++] = lower + 1;
    }
    for (size_t j = i; j < odd.count; j++)
        merged->value[count++] = odd.value[j];
    for (size_t j = i + 1; j < even.count; j++)
        merged->value[count++] = even.value[j];
    merged->count = count;
}

/* Pixels begin ... end-1 of a row or column, sorted. */
static void sort_pixels(struct plan *plan, enum direction direction, size_t at, size_t begin,
                        size_t end, struct list *sorted)
{
    sorted->count = 0;
    if (end == begin)
        return;
    if (end - begin == 1) {
        size_t y = direction == ROW ? at : begin, x = direction == ROW ? begin : at;
        uint32_t place = (uint32_t)network_place(plan->side, y, x);
        sorted->count = 1;
        sorted->value[0] = network_input(&plan->draft, place);
        return;
    }
    struct list lower, upper;
    size_t middle = begin + (end - begin + 1) / 2;
    sort_pixels(plan, direction, at, begin, middle, &lower);
    sort_pixels(plan, direction, at, middle, end, &upper);
    merge(plan, &lower, &upper, sorted);
}

/* The square is halved as a tree on each axis: part 1 is all of it, part p has the halves 2 p and
 * 2 p + 1. The windows of a part have in common the pixels begin ... end-1. */
struct part {
    size_t begin, end;
};

/* How many windows it has, on its axis. */
static size_t windows_of(const struct plan *plan, size_t number)
{
    size_t windows = plan->side;
    for (; number > 1; number /= 2)
        windows /= 2;
    return windows;
}

static struct part part_of(const struct plan *plan, size_t number)
{
    size_t windows = windows_of(plan, number), parts = plan->side / windows;
    size_t first = (number - parts) * windows; /* parts of one size are numbered from `parts` on */
    return (struct part){first + windows - 1, first + plan->window};
}

/* The pixels that a half has more than the whole: on one side of it. */
static struct part added_by(const struct plan *plan, size_t half)
{
    struct part whole = part_of(plan, half / 2), part = part_of(plan, half);
    return half % 2 ? (struct part){whole.end, part.end} : (struct part){part.begin, whole.begin};
}

/* Row or column `at` as far as it belongs to a part of the other axis, sorted. Kept, as several
 * halves ask for it. NULL where memory failed. */
static const struct list *line(struct plan *plan, enum direction direction, size_t at,
                               size_t number)
{
    struct list *known = plan->lines[direction][at][number];
    if (known)
        return known;
    struct list *sorted = calloc(1, sizeof *sorted);
    if (!sorted) {
        plan->draft.failed = true;
        return NULL;
    }
    if (number == 1) {
        struct part all = part_of(plan, 1);
        sort_pixels(plan, direction, at, all.begin, all.end, sorted);
    } else {
        const struct list *whole = line(plan, direction, at, number / 2);
        struct part more = added_by(plan, number);
        struct list added;
        sort_pixels(plan, direction, at, more.begin, more.end, &added);
        if (whole)
            merge(plan, whole, &added, sorted);
    }
    plan->lines[direction][at][number] = sorted;
    return sorted;
}

/* Rows (columns) begin ... end-1, as far as they belong to a part, sorted together. */
static void sort_lines(struct plan *plan, enum direction direction, struct part lines,
                       size_t number, struct list *sorted)
{
    sorted->count = 0;
    if (lines.end - lines.begin == 1) {
        const struct list *only = line(plan, direction, lines.begin, number);
        if (only)
            list_copy(sorted, only);
        return;
    }
    struct list lower, upper;
    size_t middle = lines.begin + (lines.end - lines.begin + 1) / 2;
    sort_lines(plan, direction, (struct part){lines.begin, middle}, number, &lower);
    sort_lines(plan, direction, (struct part){middle, lines.end}, number, &upper);
    merge(plan, &lower, &upper, sorted);
}

/* The value with index k of two lists together: if s of the k + 1 least are in a, it is the higher
 * of a[s - 1] and b[k - s]; for every other s, that is too high. */
static uint32_t select_value(struct plan *plan, const struct list *a, const struct list *b,
                             size_t k)
{
    uint32_t least = 0;
    bool found = false;
    for (size_t s = 0; s <= k + 1; s++) {
        bool in_a = s > 0, in_b = s <= k;
        if (s > a->count || (in_b && k - s >= b->count))
            continue;
        uint32_t one = in_a ? a->value[s - 1] : b->value[k - s];
        uint32_t other = in_b ? b->value[k - s] : one;
        if (in_a && in_b)
            least = found ? network_fold(&plan->draft, one, other, least)
                          : network_compare(&plan->draft, one, other) + 1;
        else
            least = found ? network_compare(&plan->draft, one, least) : one;
        found = true;
    }
    return least;
}

/* Forgets what no window of `window` * `window` pixels can have as its median, of the `core` pixels
 * that it shares: in *list from index *first on. */
static void forget(const struct plan *plan, size_t core, struct list *list, size_t *first)
{
    size_t pixels = plan->window * plan->window, k = pixels / 2, more = pixels - core;
    size_t low = k > more ? k - more : 0, high = k < core ? k : core - 1;
    size_t drop = low > *first ? low - *first : 0;
    list->count = high - *first + 1 - drop;
    memmove(list->value, list->value + drop, list->count * sizeof *list->value);
    *first += drop;
}

/* The medians of the windows of a part of the rows and a part of the columns. `core` has the values
 * that they share, in order, from index `first` on. */
static void find_medians(struct plan *plan, size_t rows, size_t columns, const struct list *core,
                         size_t first)
{
    size_t side = plan->side, k = plan->window * plan->window / 2;
    bool by_rows = windows_of(plan, rows) >= windows_of(plan, columns); /* in turn */
    for (size_t half = 0; half < 2; half++) {
        size_t half_rows = by_rows ? 2 * rows + half : rows;
        size_t half_columns = by_rows ? columns : 2 * columns + half;
        struct list added, list;
        size_t start = first;
        if (by_rows)
            sort_lines(plan, ROW, added_by(plan, half_rows), columns, &added);
        else
            sort_lines(plan, COLUMN, added_by(plan, half_columns), rows, &added);
        if (half_rows >= side && half_columns >= side) {
            plan->draft.medians[(half_rows - side) * side + half_columns - side] =
                select_value(plan, core, &added, k - first);
            continue;
        }
        struct part y = part_of(plan, half_rows), x = part_of(plan, half_columns);
        merge(plan, core, &added, &list);
        forget(plan, (y.end - y.begin) * (x.end - x.begin), &list, &start);
        find_medians(plan, half_rows, half_columns, &list, start);
    }
}

static void wire_up(struct plan *plan)
{
    struct part core = part_of(plan, 1);
    struct list sorted;
    size_t first = 0, side = core.end - core.begin;
    sort_lines(plan, COLUMN, core, 1, &sorted);
    forget(plan, side * side, &sorted, &first);
    find_medians(plan, 1, 1, &sorted, first);
}

static void destroy_plan(struct plan *plan)
{
    if (!plan)
        return;
    struct list **lines = &plan->lines[0][0][0];
    for (size_t i = 0; i < sizeof plan->lines / sizeof *lines; i++)
        free(lines[i]);
    free(plan->draft.steps);
    free(plan);
}

struct network *network_create(size_t window, struct error *error)
{
    struct plan *plan = calloc(1, sizeof *plan);
    struct network *network = calloc(1, sizeof *network);
    if (plan && network) {
        plan->window = network->window = window;
        plan->side = network->side = window < NETWORK_SIDE_MOST ? 2 : NETWORK_SIDE_MOST;
        wire_up(plan);
    }
    if (!plan || !network || network_lay(&plan->draft, network) != 0) {
        error_set(error, "median", "no memory to plan a network for a window of %zu", window);
        network_destroy(network);
        network = NULL;
    }
    destroy_plan(plan);
    return network;
}

void network_destroy(struct network *network)
{
    if (network)
        free(network->steps);
    free(network);
}
