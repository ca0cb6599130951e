/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PLACES_AT_MOST = 65536 };

void model_destroy(struct machine_model *model)
{
    free(model->places);
    *model = (struct machine_model){0};
}

/* First threads of all kinds, then second ones, and so on. */
int model_of_speeds(struct machine_model *model, const struct core_speeds *speeds, double quota,
                    struct error *error)
{
    int threads = 0, most = 0;
    *model = (struct machine_model){.speeds = *speeds, .quota = quota};
    for (int k = 0; k < speeds->kinds; k++) {
        threads += speeds->kind[k].threads;
        most = speeds->kind[k].threads > most ? speeds->kind[k].threads : most;
    }
    model->places = calloc((size_t)threads, sizeof *model->places);
    if (!model->places)
        return error_set(error, "topology", "no memory");
    for (int turn = 0; model->count < threads && turn < most; turn++) {
        int core = 0;
        for (int k = 0; k < speeds->kinds; core += speeds->kind[k++].cores) {
            const struct core_kind *kind = &speeds->kind[k];
            for (int i = turn * kind->cores; i < (turn + 1) * kind->cores && i < kind->threads; i++)
                model->places[model->count++] =
                    (struct model_place){core + i % kind->cores, kind->speed};
        }
        model->cores = core;
    }
    return 0;
}

int model_of_topology(struct machine_model *model, const struct topology *topology,
                      struct error *error)
{
    struct core_speeds speeds;
    core_speeds_assume(topology, &speeds);
    return model_of_speeds(model, &speeds, topology->quota, error);
}

/* Fast and slow cores; slow ones alone are slow beside nobody. */
static int make_kinds(struct machine_model *model, int fast, int slow, struct error *error)
{
    struct core_speeds speeds = {
        .second_thread = ASSUMED_SECOND_THREAD, .together = (double)NAN, .beside = (double)NAN};
    if (fast > 0)
        speeds.kind[speeds.kinds++] =
            (struct core_kind){.cores = fast, .threads = fast, .speed = 1, .place = -1};
    if (slow > 0)
        speeds.kind[speeds.kinds++] = (struct core_kind){
            .cores = slow, .threads = slow, .speed = fast > 0 ? ASSUMED_SLOW_CORE : 1, .place = -1};
    return model_of_speeds(model, &speeds, 0, error);
}

static int make_regular(struct machine_model *model, int cores, int threads, struct error *error)
{
    struct core_speeds speeds = {.kinds = 1,
                                 .second_thread = ASSUMED_SECOND_THREAD,
                                 .together = (double)NAN,
                                 .beside = (double)NAN};
    speeds.kind[0] =
        (struct core_kind){.cores = cores, .threads = cores * threads, .speed = 1, .place = -1};
    return model_of_speeds(model, &speeds, 0, error);
}

int model_text_error(const char *option, const char *text, struct error *error)
{
    return error_set(
        error, option,
        "'%s' is no machine; say \"4\", \"2x32x2\", \"8P+16E\", a file.xml of lstopo, or "
        "\"pack:2 core:8 pu:2\"",
        text);
}

void model_synthetic_text(const char *text, char *synthetic, size_t size)
{
    int a, b, c, end = 0;
    if (sscanf(text, "%4dP+%4dE%n", &a, &b, &end) == 2 && end > 0 && !text[end])
        snprintf(synthetic, size, "core:%d pu:1", a + b);
    else if (sscanf(text, "%4dx%4dx%4d%n", &a, &b, &c, &end) == 3 && end > 0 && !text[end])
        snprintf(synthetic, size, "pack:%d core:%d pu:%d", a, b, c);
    else if (sscanf(text, "%4d%n", &a, &end) == 1 && end > 0 && !text[end])
        snprintf(synthetic, size, "core:%d pu:1", a);
    else
        snprintf(synthetic, size, "%s", text);
}

static int make_hwloc(struct machine_model *model, const char *option, const char *text,
                      struct error *error)
{
    struct topology topology;
    struct error why;
    if (topology_load(&topology, text, &why) != 0)
        return model_text_error(option, text, error);
    int failed = model_of_topology(model, &topology, error);
    topology_destroy(&topology);
    return failed;
}

int model_of_text(struct machine_model *model, const char *option, const char *text,
                  struct error *error)
{
    int a, b, c, end = 0;
    if (sscanf(text, "%4dP+%4dE%n", &a, &b, &end) == 2 && !text[end] && a >= 0 && b >= 0 &&
        a + b > 0)
        return make_kinds(model, a, b, error);
    end = 0;
    if (sscanf(text, "%4dx%4dx%4d%n", &a, &b, &c, &end) == 3 && !text[end] && a > 0 && b > 0 &&
        c > 0 && (long)a * b * c <= PLACES_AT_MOST)
        return make_regular(model, a * b, c, error);
    end = 0;
    if (sscanf(text, "%4d%n", &a, &end) == 1 && !text[end] && a > 0)
        return make_regular(model, a, 1, error);
    return make_hwloc(model, option, text, error);
}
