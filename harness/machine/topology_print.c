/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "harness/machine/topology.h"

static void print_caches(hwloc_topology_t handle, FILE *stream)
{
    static const hwloc_obj_type_t levels[] = {HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L2CACHE,
                                              HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L4CACHE};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        hwloc_obj_t cache = hwloc_get_obj_by_type(handle, levels[i], 0);
        if (!cache)
            continue;
        int sharing = hwloc_get_nbobjs_inside_cpuset_by_type(handle, cache->cpuset, HWLOC_OBJ_CORE);
        char name[16];
        hwloc_obj_type_snprintf(name, sizeof name, cache, 0);
        fprintf(stream, "%-16s %d x %" PRIu64 " KiB, each for %d core%s\n", name,
                hwloc_get_nbobjs_by_type(handle, levels[i]), cache->attr->cache.size / 1024,
                sharing, sharing == 1 ? "" : "s");
    }
}

#if HWLOC_API_VERSION >= 0x00020400
static void print_kinds(hwloc_topology_t handle, FILE *stream)
{
    int kinds = hwloc_cpukinds_get_nr(handle, 0);
    hwloc_bitmap_t set = hwloc_bitmap_alloc();
    if (kinds <= 1)
        fprintf(stream, "%-16s one, as far as the system tells\n", "core kinds");
    for (int kind = 0; set && kinds > 1 && kind < kinds; kind++) {
        int efficiency = -1;
        if (hwloc_cpukinds_get_info(handle, (unsigned)kind, set, &efficiency, NULL, NULL, 0) != 0)
            continue;
        fprintf(stream, "%-16s kind %d (%s): %d cores, %d hardware threads\n", "core kinds", kind,
                efficiency < 0      ? "speed unknown"
                : kind == kinds - 1 ? "fastest"
                                    : "slower",
                hwloc_get_nbobjs_inside_cpuset_by_type(handle, set, HWLOC_OBJ_CORE),
                hwloc_get_nbobjs_inside_cpuset_by_type(handle, set, HWLOC_OBJ_PU));
    }
    hwloc_bitmap_free(set);
}
#else
static void print_kinds(hwloc_topology_t handle, FILE *stream)
{
    (void)handle;
    fprintf(stream, "%-16s unknown: this hwloc is older than 2.4\n", "core kinds");
}
#endif

static void print_affinity(hwloc_topology_t handle, FILE *stream)
{
    char text[256] = "unknown to this system";
    hwloc_bitmap_t set = hwloc_bitmap_alloc();
    if (set && hwloc_get_cpubind(handle, set, HWLOC_CPUBIND_PROCESS) == 0)
        hwloc_bitmap_list_snprintf(text, sizeof text, set);
    fprintf(stream, "%-16s hardware threads %s (numbers of the system)\n", "affinity", text);
    hwloc_bitmap_free(set);
}

void topology_print(const struct topology *topology, FILE *stream)
{
    fprintf(stream, "%-16s %s\n", "host", topology->host);
    fprintf(stream, "%-16s %s\n", "system", topology->os);
    fprintf(stream, "%-16s %s\n", "cpu", topology->cpu);
    fprintf(stream, "%-16s %d\n", "packages", topology->packages);
    fprintf(stream, "%-16s %d usable of %d\n", "cores", topology->cores, topology->machine_cores);
    fprintf(stream, "%-16s %d usable of %d\n", "hardware threads", topology->threads,
            topology->machine_threads);
    print_kinds(topology->handle, stream);
    print_caches(topology->handle, stream);
    fprintf(stream, "%-16s %d\n", "NUMA nodes", topology->numa_nodes);
    fprintf(stream, "%-16s %.1f GiB\n", "memory", topology->memory_bytes / (1024.0 * 1024 * 1024));
    print_affinity(topology->handle, stream);
    if (topology->quota > 0)
        fprintf(stream, "%-16s %.2f CPUs at a time, set for this container\n", "CPU quota",
                topology->quota);
    else
        fprintf(stream, "%-16s none\n", "CPU quota");
    fprintf(stream, "%-16s %s\n", "binding",
            topology->can_bind ? "workers can be bound to cores"
                               : "not possible on this system: workers may move between cores");
}
