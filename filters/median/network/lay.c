/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draft to a network: strike out what nobody needs, join comparators that follow each other,
 * lay the wires.
 */
#include <stdlib.h>
#include <string.h>

#include "filters/median/network/draft.h"

static uint32_t add(struct network_draft *draft, struct network_draft_step step)
{
    if (draft->count == draft->room) {
        size_t room = draft->room ? 2 * draft->room : 1024;
        struct network_draft_step *steps = realloc(draft->steps, room * sizeof *steps);
        if (!steps) {
            draft->failed = true;
            return 0;
        }
        draft->steps = steps;
        draft->room = room;
    }
    draft->steps[draft->count++] = step;
    uint32_t value = draft->values;
    for (size_t j = 0; j < NETWORK_TO_MOST; j++)
        draft->values += step.to[j] != NETWORK_NONE;
    return value;
}

uint32_t network_input(struct network_draft *draft, uint32_t place)
{
    return add(draft, (struct network_draft_step){
                          NETWORK_INPUT,
                          {NETWORK_NONE, NETWORK_NONE, NETWORK_NONE, NETWORK_NONE},
                          {draft->values, NETWORK_NONE, NETWORK_NONE, NETWORK_NONE},
                          {place, 0}});
}

uint32_t network_compare(struct network_draft *draft, uint32_t a, uint32_t b)
{
    return add(draft, (struct network_draft_step){
                          NETWORK_COMPARE,
                          {a, b, NETWORK_NONE, NETWORK_NONE},
                          {draft->values, draft->values + 1, NETWORK_NONE, NETWORK_NONE},
                          {0, 0}});
}

uint32_t network_fold(struct network_draft *draft, uint32_t a, uint32_t b, uint32_t least)
{
    return add(draft, (struct network_draft_step){
                          NETWORK_FOLD,
                          {a, b, least, NETWORK_NONE},
                          {draft->values, NETWORK_NONE, NETWORK_NONE, NETWORK_NONE},
                          {0, 0}});
}

/* What is known of the values, by number. */
struct values {
    bool *needed;
    uint32_t *maker; /* the step that makes it, */
    uint32_t *reads; /* how many read it, */
    uint32_t *first; /* the first that reads it, */
    uint32_t *last;  /* and the last; for a median, the number of steps */
    uint16_t *wire;
    uint16_t *free; /* wires that nobody needs now: a stack */
};

static void remove_steps(struct network_draft *draft)
{
    size_t kept = 0;
    for (size_t i = 0; i < draft->count; i++)
        if (draft->steps[i].kind != NETWORK_NOTHING)
            draft->steps[kept++] = draft->steps[i];
    draft->count = kept;
}

/* From the end: a step is needed where a later one needs one of its values. */
static void strike_out(struct network_draft *draft, size_t medians, bool *needed)
{
    for (size_t i = 0; i < medians; i++)
        needed[draft->medians[i]] = true;
    for (size_t i = draft->count; i-- > 0;) {
        struct network_draft_step *step = &draft->steps[i];
        size_t results = 0;
        for (size_t j = 0; j < NETWORK_TO_MOST; j++)
            if (step->to[j] != NETWORK_NONE && needed[step->to[j]])
                results++;
            else
                step->to[j] = NETWORK_NONE;
        if (results == 0)
            step->kind = NETWORK_NOTHING;
        else if (step->kind == NETWORK_COMPARE && results == 1)
            step->kind = step->to[0] != NETWORK_NONE ? NETWORK_LOWER : NETWORK_HIGHER;
        for (size_t j = 0; results > 0 && j < NETWORK_FROM_MOST; j++)
            if (step->from[j] != NETWORK_NONE)
                needed[step->from[j]] = true;
    }
    remove_steps(draft);
}

static void look_up(const struct network_draft *draft, size_t medians, struct values *values)
{
    memset(values->reads, 0, draft->values * sizeof *values->reads);
    for (size_t i = 0; i < draft->count; i++) {
        const struct network_draft_step *step = &draft->steps[i];
        for (size_t j = 0; j < NETWORK_TO_MOST; j++)
            if (step->to[j] != NETWORK_NONE)
                values->maker[step->to[j]] = (uint32_t)i;
        for (size_t j = 0; j < NETWORK_FROM_MOST; j++)
            if (step->from[j] != NETWORK_NONE) {
                if (values->reads[step->from[j]]++ == 0)
                    values->first[step->from[j]] = (uint32_t)i;
                values->last[step->from[j]] = (uint32_t)i;
            }
    }
    for (size_t i = 0; i < medians; i++) {
        values->reads[draft->medians[i]]++;
        values->last[draft->medians[i]] = (uint32_t)draft->count;
    }
}

/* Two inputs that only this comparator reads: it takes them from where they lie. */
static void join_inputs(struct network_draft_step *step, struct network_draft_step *one,
                        struct network_draft_step *other)
{
    step->kind = NETWORK_FIRST;
    step->place[0] = one->place[0];
    step->place[1] = other->place[0];
    step->from[0] = step->from[1] = NETWORK_NONE;
    one->kind = other->kind = NETWORK_NOTHING;
}

/* The step compares the higher value of comparator p with the lower one of comparator q, and nobody
 * else reads the two: the three become one.
 *
 *     ---+-------- lowest           it reads and writes four wires, where the three do six
 *     ---+---+----
 *     ---+---+----
 *     ---+-------- highest
 */
static void join_comparators(struct network_draft *draft, struct network_draft_step *step,
                             uint32_t p, uint32_t q, const struct values *values)
{
    struct network_draft_step *one = &draft->steps[p], *other = &draft->steps[q];
    /* It takes the place of the later of the two; what the earlier gives must not be read before. */
    uint32_t place = p > q ? p : q;
    if (values->first[one->to[0]] < place || values->first[other->to[1]] < place)
        return;
    struct network_draft_step joined = {
        NETWORK_JOINED,
        {one->from[0], one->from[1], other->from[0], other->from[1]},
        {one->to[0], step->to[0], step->to[1], other->to[1]},
        {0, 0}};
    one->kind = other->kind = step->kind = NETWORK_NOTHING;
    draft->steps[place] = joined;
}

/* Whether both are comparators, `higher` is the higher value of the one and `lower` the lower value
 * of the other. */
static bool is_inner_pair(const struct network_draft_step *one, uint32_t higher,
                          const struct network_draft_step *other, uint32_t lower)
{
    return one->kind == NETWORK_COMPARE && other->kind == NETWORK_COMPARE && one->to[1] == higher &&
           other->to[0] == lower;
}

/* Joins step i with the steps that made what it compares, where nobody else reads that. */
static void try_to_join(struct network_draft *draft, size_t i, const struct values *values)
{
    struct network_draft_step *step = &draft->steps[i];
    uint32_t a = step->from[0], b = step->from[1];
    if (step->kind != NETWORK_COMPARE || values->reads[a] > 1 || values->reads[b] > 1)
        return;
    uint32_t p = values->maker[a], q = values->maker[b];
    struct network_draft_step *one = &draft->steps[p], *other = &draft->steps[q];
    if (one->kind == NETWORK_INPUT && other->kind == NETWORK_INPUT)
        join_inputs(step, one, other);
    else if (is_inner_pair(one, a, other, b))
        join_comparators(draft, step, p, q, values);
    else if (is_inner_pair(other, b, one, a))
        join_comparators(draft, step, q, p, values);
}

static uint16_t wire_of(const struct values *values, uint32_t value)
{
    return value == NETWORK_NONE ? 0 : values->wire[value];
}

static void lay_wires(const struct network_draft *draft, struct values *values,
                      struct network *network)
{
    size_t free_wires = 0;
    for (size_t i = 0; i < draft->count; i++) {
        const struct network_draft_step *from = &draft->steps[i];
        struct network_step *step = &network->steps[i];
        step->kind = (uint16_t)from->kind;
        for (size_t j = 0; j < NETWORK_TO_MOST; j++)
            if (from->to[j] != NETWORK_NONE)
                values->wire[from->to[j]] =
                    free_wires > 0 ? values->free[--free_wires] : (uint16_t)network->wires++;
        for (size_t j = 0; j < NETWORK_FROM_MOST; j++) {
            step->to[j] = wire_of(values, from->to[j]);
            step->from[j] = wire_of(values, from->from[j]);
            if (from->from[j] != NETWORK_NONE && values->last[from->from[j]] == i)
                values->free[free_wires++] = step->from[j];
        }
        if (from->kind == NETWORK_INPUT || from->kind == NETWORK_FIRST)
            for (size_t j = 0; j < 2; j++)
                step->from[j] = (uint16_t)from->place[j];
    }
    network->count = draft->count;
    for (size_t i = 0; i < network->side * network->side; i++)
        network->median[i] = values->wire[draft->medians[i]];
}

int network_lay(struct network_draft *draft, struct network *network)
{
    size_t count = draft->values, medians = network->side * network->side;
    if (draft->failed)
        return -1;
    struct values values = {
        calloc(count, sizeof *values.needed), calloc(count, sizeof *values.maker),
        calloc(count, sizeof *values.reads),  calloc(count, sizeof *values.first),
        calloc(count, sizeof *values.last),   calloc(count, sizeof *values.wire),
        calloc(count, sizeof *values.free)};
    network->steps = calloc(draft->count, sizeof *network->steps);
    int failed = -1;
    if (values.needed && values.maker && values.reads && values.first && values.last &&
        values.wire && values.free && network->steps) {
        strike_out(draft, medians, values.needed);
        look_up(draft, medians, &values);
        for (size_t i = 0; i < draft->count; i++)
            try_to_join(draft, i, &values);
        remove_steps(draft);
        look_up(draft, medians, &values);
        lay_wires(draft, &values, network);
        failed = 0;
    }
    free(values.needed);
    free(values.maker);
    free(values.reads);
    free(values.first);
    free(values.last);
    free(values.wire);
    free(values.free);
    return failed;
}
