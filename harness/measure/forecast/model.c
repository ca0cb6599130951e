/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/model.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLACES_AT_MOST = 65536 };

static int make(struct machine_model *model, int count, struct error *error)
{
    *model = (struct machine_model){.count = count, .second_thread = MODEL_SECOND_THREAD};
    model->places = calloc((size_t)count, sizeof *model->places);
    return model->places ? 0 : error_set(error, "topology", "no memory");
}

void model_destroy(struct machine_model *model)
{
    free(model->places);
    *model = (struct machine_model){0};
}

/* Rank of the kind of a core, 0 the slowest; -1 where it is not known. */
static int kind_of(hwloc_topology_t handle, hwloc_obj_t pu)
{
    int efficiency = -1;
#if HWLOC_API_VERSION >= 0x00020400
    int kind = hwloc_cpukinds_get_by_cpuset(handle, pu->cpuset, 0);
    if (kind < 0 ||
        hwloc_cpukinds_get_info(handle, (unsigned)kind, NULL, &efficiency, NULL, NULL, 0) != 0)
        efficiency = -1;
#else
    (void)handle, (void)pu;
#endif
    return efficiency;
}

int model_of_topology(struct machine_model *model, const struct topology *topology,
                      struct error *error)
{
    int fastest = -1;
    if (make(model, topology->threads, error) != 0)
        return -1;
    for (int i = 0; i < topology->threads; i++) {
        hwloc_obj_t pu =
            hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, (unsigned)topology->places[i]);
        hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(topology->handle, HWLOC_OBJ_CORE, pu);
        int kind = kind_of(topology->handle, pu);
        if (kind > fastest)
            fastest = kind;
        model->places[i].core = core ? (int)core->logical_index : i;
        model->places[i].speed = kind < fastest ? MODEL_SLOW_CORE : 1; /* the fast come first */
        if (i < topology->cores)
            model->slow_cores += kind < fastest;
    }
    model->cores = topology->cores;
    model->quota = topology->quota;
    return 0;
}

static int make_kinds(struct machine_model *model, int fast, int slow, struct error *error)
{
    if (make(model, fast + slow, error) != 0)
        return -1;
    for (int i = 0; i < model->count; i++)
        model->places[i] = (struct model_place){i, i < fast ? 1 : MODEL_SLOW_CORE};
    model->cores = model->count;
    model->slow_cores = fast ? slow : 0;
    for (int i = 0; i < slow && fast == 0; i++) /* slow beside nobody */
        model->places[i].speed = 1;
    return 0;
}

/* First threads of all cores, then the second ones. */
static int make_regular(struct machine_model *model, int cores, int threads, struct error *error)
{
    if (make(model, cores * threads, error) != 0)
        return -1;
    for (int i = 0; i < model->count; i++)
        model->places[i] = (struct model_place){i % cores, 1};
    model->cores = cores;
    return 0;
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
