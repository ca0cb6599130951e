/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/cores/core_speeds.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/text/append.h"

/* The kind of the core that a place is on, as hwloc numbers them (the slowest first, where it can tell);
 * 0 where it knows of one. */
static int kind_of(const struct topology *topology, int place)
{
    int kind = 0;
#if HWLOC_API_VERSION >= 0x00020400
    hwloc_obj_t pu =
        hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, (unsigned)topology->places[place]);
    kind = hwloc_cpukinds_get_by_cpuset(topology->handle, pu->cpuset, 0);
#else
    (void)topology, (void)place;
#endif
    return kind < 0 ? 0 : kind;
}

static int core_of(const struct topology *topology, int place)
{
    hwloc_obj_t pu =
        hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, (unsigned)topology->places[place]);
    hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(topology->handle, HWLOC_OBJ_CORE, pu);
    return core ? (int)core->logical_index : topology->places[place];
}

/* Whether a place is the first hardware thread of its core. */
static bool is_first(const struct topology *topology, int place)
{
    hwloc_obj_t pu =
        hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, (unsigned)topology->places[place]);
    return topology_turn(topology->handle, pu) == 0;
}

static int first_place_of(const struct topology *topology, int core)
{
    int place = 0;
    while (core_of(topology, place) != core)
        place++;
    return place;
}

static struct core_speeds nothing_measured(void)
{
    return (struct core_speeds){.second_thread = ASSUMED_SECOND_THREAD,
                                .second_place = {-1, -1},
                                .together = (double)NAN,
                                .beside = (double)NAN};
}

/* Places come with all first threads before the second ones, and fast kinds before slow ones. */
void core_speeds_assume(const struct topology *topology, struct core_speeds *speeds)
{
    int numbers[CORE_KINDS_AT_MOST];
    *speeds = nothing_measured();
    for (int place = 0; place < topology->threads; place++) {
        int number = kind_of(topology, place), k = 0;
        bool first = is_first(topology, place);
        while (k < speeds->kinds && numbers[k] != number)
            k++;
        if (k == CORE_KINDS_AT_MOST)
            k--;
        if (k == speeds->kinds) {
            numbers[speeds->kinds++] = number;
            speeds->kind[k].place = place;
            speeds->kind[k].speed = k == 0 ? 1 : ASSUMED_SLOW_CORE;
        }
        speeds->kind[k].threads++;
        speeds->kind[k].cores += first;
        if (!first && speeds->second_place[0] < 0) {
            speeds->second_place[0] = first_place_of(topology, core_of(topology, place));
            speeds->second_place[1] = place;
        }
    }
}

static bool has_second_threads(const struct core_speeds *speeds)
{
    for (int k = 0; k < speeds->kinds; k++)
        if (speeds->kind[k].threads > speeds->kind[k].cores)
            return true;
    return false;
}

bool core_speeds_differ(const struct core_speeds *speeds)
{
    return speeds->kinds > 1 || has_second_threads(speeds);
}

static const char *source(bool measured, bool given)
{
    return measured ? "measured" : given ? "given" : "assumed";
}

void core_speeds_text(const struct core_speeds *speeds, char text[CORE_SPEEDS_TEXT])
{
    text[0] = '\0';
    for (int k = 0; k < speeds->kinds; k++) {
        const struct core_kind *kind = &speeds->kind[k];
        text_append(text, CORE_SPEEDS_TEXT, "%s%d cores, %d threads: %.4g (%s)", k ? "; " : "",
                    kind->cores, kind->threads, kind->speed,
                    speeds->kinds == 1 ? "alike" : source(kind->measured, kind->given));
    }
    if (has_second_threads(speeds))
        text_append(text, CORE_SPEEDS_TEXT, "; second thread: %.4g (%s)", speeds->second_thread,
                    source(speeds->second_measured, speeds->second_given));
    if (!isnan(speeds->together))
        text_append(text, CORE_SPEEDS_TEXT, "; all at once: %.4g", speeds->together);
    if (!isnan(speeds->beside))
        text_append(text, CORE_SPEEDS_TEXT, "; beside a stream: %.4g", speeds->beside);
    if (speeds->seconds > 0)
        text_append(text, CORE_SPEEDS_TEXT, "; measured in %.2g s", speeds->seconds);
}

/* The numbers of a file are anybody's. */
static bool is_sane(const struct core_speeds *speeds)
{
    bool sane = speeds->kinds > 0 && speeds->second_thread > -1 && speeds->second_thread <= 8;
    for (int k = 0; k < speeds->kinds; k++) {
        const struct core_kind *kind = &speeds->kind[k];
        sane = sane && kind->cores > 0 && kind->threads >= kind->cores && kind->threads <= 65536 &&
               kind->speed > 1e-3 && kind->speed < 1e3;
    }
    return sane;
}

bool core_speeds_read(const char *text, struct core_speeds *speeds)
{
    *speeds = nothing_measured();
    for (const char *at = text; at && *at; at = strchr(at, ';'), at = at ? at + 1 : NULL) {
        struct core_kind kind = {.place = -1};
        char word[16] = "";
        if (sscanf(at, " %d cores, %d threads: %lf (%15[a-z])", &kind.cores, &kind.threads,
                   &kind.speed, word) == 4 &&
            speeds->kinds < CORE_KINDS_AT_MOST) {
            kind.measured = strcmp(word, "measured") == 0;
            speeds->kind[speeds->kinds++] = kind;
        } else if (sscanf(at, " second thread: %lf (%15[a-z])", &speeds->second_thread, word) ==
                   2) {
            speeds->second_measured = strcmp(word, "measured") == 0;
        } else if (sscanf(at, " all at once: %lf", &speeds->together) != 1 &&
                   sscanf(at, " beside a stream: %lf", &speeds->beside) != 1) {
            sscanf(at, " measured in %lf", &speeds->seconds);
        }
    }
    return is_sane(speeds);
}

void core_speeds_sentence(const struct core_speeds *speeds, char text[CORE_SPEEDS_TEXT])
{
    text[0] = '\0';
    if (!core_speeds_differ(speeds))
        return;
    for (int k = 0; k < speeds->kinds; k++) {
        const struct core_kind *kind = &speeds->kind[k];
        if (k == 0)
            text_append(text, CORE_SPEEDS_TEXT, "%d %score%s", kind->cores,
                        speeds->kinds > 1 ? "fast " : "", kind->cores == 1 ? "" : "s");
        else
            text_append(text, CORE_SPEEDS_TEXT, "%s%d at %.0f %% of their speed (%s)",
                        k + 1 < speeds->kinds ? ", " : " and ", kind->cores, 100 * kind->speed,
                        source(kind->measured, kind->given));
    }
    if (has_second_threads(speeds))
        text_append(text, CORE_SPEEDS_TEXT, "; the second thread of a core adds %.0f %% (%s)",
                    100 * speeds->second_thread,
                    source(speeds->second_measured, speeds->second_given));
}
