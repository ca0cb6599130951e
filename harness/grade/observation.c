/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/observation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 10, LINE_MAX_BYTES = 2048 };

static void copy(char *to, size_t room, const char *from)
{
    snprintf(to, room, "%s", strcmp(from, "-") == 0 ? "" : from);
}

static int read_addresses(const char *text, unsigned long *address)
{
    int count = 0;
    for (char *end; *text && *text != '-' && count < ADDRESSES_MAX; text = end + (*end == ',')) {
        address[count] = strtoul(text, &end, 16);
        if (end == text)
            break;
        count++;
    }
    return count;
}

/* A finding that a crash has cut short has no kind yet, and is left out. */
static void read_fault(struct observation *observation, char **field)
{
    if (field[1][0] == '\0')
        return;
    struct fault *fault =
        observation_add(observation, field[1], field[2], atoi(field[3]), field[5]);
    if (fault)
        fault->addresses = read_addresses(field[4], fault->address);
}

static void read_thread(struct observation *observation, char **field)
{
    if (observation->stances == STANCES_MAX)
        return;
    struct stance *stance = &observation->stance[observation->stances++];
    stance->process = atoi(field[1]);
    stance->thread = atoi(field[2]);
    copy(stance->stand, sizeof stance->stand, field[3]);
    copy(stance->file, sizeof stance->file, field[4]);
    stance->line = atoi(field[5]);
    stance->holder = atoi(field[6]);
    stance->locked_line = atoi(field[7]);
    stance->state = field[8][0];
    stance->addresses = read_addresses(field[9], stance->address);
}

static void read_place(struct observation *observation, char **field)
{
    if (observation->places == PLACES_MAX)
        return;
    struct named_place *place = &observation->place[observation->places++];
    copy(place->name, sizeof place->name, field[1]);
    copy(place->file, sizeof place->file, field[2]);
    place->line = atoi(field[3]);
}

static void read_value(struct observation *observation, char **field)
{
    double value = atof(field[2]);
    struct {
        const char *name;
        int *member;
    } whole[] = {{"signal", &observation->signal},
                 {"status", &observation->status},
                 {"running_most", &observation->running_most},
                 {"threads_most", &observation->threads_most},
                 {"processes_most", &observation->processes_most},
                 {"created", &observation->created}};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (strcmp(field[1], whole[i].name) == 0)
            *whole[i].member = (int)value;
    if (strcmp(field[1], "wall_s") == 0)
        observation->wall_s = value;
    else if (strcmp(field[1], "cpu_s") == 0)
        observation->cpu_s = value;
    else if (strcmp(field[1], "task_s") == 0)
        observation->task_s = value;
    else if (strcmp(field[1], "hangs") == 0)
        observation->hangs = value > 0;
    else if (strcmp(field[1], "argument_shared") == 0)
        observation->argument_shared = value > 0;
    else if (strcmp(field[1], "argument_again") == 0)
        observation->argument_again = value > 0;
    else if (strcmp(field[1], "looks_at_clock") == 0)
        observation->looks_at_clock = value > 0;
}

/* Returns whether the line is the last one of a report, without which that is not whole. */
static bool read_line(struct observation *observation, char *line)
{
    static const struct {
        const char *name;
        int fields;
        void (*read)(struct observation *observation, char **field);
    } kinds[] = {{"fault", 6, read_fault},
                 {"thread", 10, read_thread},
                 {"place", 4, read_place},
                 {"value", 3, read_value}};
    char *field[FIELDS_MAX] = {line};
    int count = 1;
    for (char *tab = strchr(line, '\t'); tab && count < FIELDS_MAX; tab = strchr(tab + 1, '\t')) {
        *tab = '\0';
        field[count++] = tab + 1;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(field[0], kinds[i].name) == 0 && count == kinds[i].fields)
            kinds[i].read(observation, field);
    return count == 3 && strcmp(field[1], "argument_shared") == 0;
}

int observation_read(struct observation *observation, const char *report)
{
    bool whole = false;
    memset(observation, 0, sizeof *observation);
    for (const char *at = report; *at;) {
        char line[LINE_MAX_BYTES];
        size_t length = strcspn(at, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(length < sizeof line ? length : sizeof line - 1),
                 at);
        whole = read_line(observation, line) || whole;
        at += length + (at[length] == '\n');
    }
    return whole ? 0 : -1;
}

const struct named_place *observation_place(const struct observation *observation, const char *name)
{
    for (int i = 0; i < observation->places; i++)
        if (strcmp(observation->place[i].name, name) == 0)
            return &observation->place[i];
    return NULL;
}

double observation_at_a_time(const struct observation *observation)
{
    return observation->wall_s > 0 ? observation->task_s / observation->wall_s : 0;
}

bool observation_had_cores(const struct observation *observation, int cores)
{
    const double SHARE_AT_LEAST = 0.95;
    double at_a_time = observation_at_a_time(observation);
    double wanted = at_a_time < cores ? at_a_time : cores;
    return observation->cpu_s >= SHARE_AT_LEAST * wanted * observation->wall_s;
}

struct fault *observation_find(struct observation *observation, const char *kind)
{
    for (int i = 0; i < observation->faults; i++)
        if (strcmp(observation->fault[i].kind, kind) == 0)
            return &observation->fault[i];
    return NULL;
}

void observation_drop(struct observation *observation, const char *kind)
{
    struct fault *fault = observation_find(observation, kind);
    if (!fault)
        return;
    size_t after = (size_t)(observation->fault + observation->faults - (fault + 1));
    memmove(fault, fault + 1, after * sizeof *fault);
    observation->faults--;
}

struct fault *observation_add(struct observation *observation, const char *kind, const char *file,
                              int line, const char *text)
{
    if (observation_find(observation, kind) || observation->faults == FAULTS_MAX)
        return NULL;
    struct fault *fault = &observation->fault[observation->faults++];
    memset(fault, 0, sizeof *fault);
    copy(fault->kind, sizeof fault->kind, kind);
    copy(fault->file, sizeof fault->file, file);
    fault->line = line;
    copy(fault->text, sizeof fault->text, text);
    return fault;
}
