/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/topology.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "harness/machine/quota.h"

static int count(hwloc_topology_t handle, hwloc_obj_type_t type)
{
    int number = hwloc_get_nbobjs_by_type(handle, type);
    return number > 0 ? number : 1; /* the system may not tell; there is at least one */
}

/* Efficiency rank of the kind of core that a hardware thread belongs to; higher is faster, 0 where
 * the machine has one kind or does not tell. */
static int speed_of(hwloc_topology_t handle, hwloc_obj_t pu)
{
    int efficiency = 0;
#if HWLOC_API_VERSION >= 0x00020400
    int kind = hwloc_cpukinds_get_by_cpuset(handle, pu->cpuset, 0);
    if (kind < 0 ||
        hwloc_cpukinds_get_info(handle, (unsigned)kind, NULL, &efficiency, NULL, NULL, 0) != 0)
        efficiency = 0;
#else
    (void)handle, (void)pu;
#endif
    return efficiency;
}

struct place {
    int turn;  /* 0 for the first hardware thread of its core, 1 for the second, ... */
    int speed; /* of its core */
    int index; /* logical index of the hardware thread */
};

static int compare_places(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    if (p->turn != q->turn)
        return p->turn - q->turn;
    if (p->speed != q->speed)
        return q->speed - p->speed;
    return p->index - q->index;
}

int topology_turn(hwloc_topology_t handle, hwloc_obj_t pu)
{
    hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(handle, HWLOC_OBJ_CORE, pu);
    int turn = 0;
    /* Those of one core follow one another. */
    for (hwloc_obj_t earlier = pu->prev_cousin;
         core && earlier && hwloc_get_ancestor_obj_by_type(handle, HWLOC_OBJ_CORE, earlier) == core;
         earlier = earlier->prev_cousin)
        turn++;
    return turn;
}

static int order_places(struct topology *topology, struct error *error)
{
    size_t number = (size_t)topology->threads;
    struct place *places = calloc(number, sizeof *places);
    topology->places = calloc(number, sizeof *topology->places);
    if (!places || !topology->places) {
        free(places);
        return error_set(error, "topology", "no memory");
    }
    for (int i = 0; i < topology->threads; i++) {
        hwloc_obj_t pu = hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, (unsigned)i);
        places[i] = (struct place){.index = i,
                                   .turn = topology_turn(topology->handle, pu),
                                   .speed = speed_of(topology->handle, pu)};
    }
    qsort(places, number, sizeof *places, compare_places);
    for (int i = 0; i < topology->threads; i++)
        topology->places[i] = places[i].index;
    free(places);
    return 0;
}

/* hwloc leaves out what the cpuset of a container forbids, but not what an affinity mask (taskset)
 * does. */
static void restrict_to_affinity(hwloc_topology_t handle)
{
    hwloc_bitmap_t set = hwloc_bitmap_alloc();
    if (set && hwloc_get_cpubind(handle, set, HWLOC_CPUBIND_PROCESS) == 0 &&
        !hwloc_bitmap_iszero(set))
        hwloc_topology_restrict(handle, set, 0);
    hwloc_bitmap_free(set);
}

static void count_machine(struct topology *topology)
{
    hwloc_topology_t whole;
    topology->machine_cores = topology->cores;
    topology->machine_threads = topology->threads;
    if (hwloc_topology_init(&whole) != 0)
        return;
    if (hwloc_topology_set_flags(whole, HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED) == 0 &&
        hwloc_topology_load(whole) == 0) {
        topology->machine_cores = count(whole, HWLOC_OBJ_CORE);
        topology->machine_threads = count(whole, HWLOC_OBJ_PU);
    }
    hwloc_topology_destroy(whole);
}

/* hwloc adds up the memory of the NUMA nodes it sees; a virtual machine may have given its later
 * memory to none of them, so the system's own total counts where it is larger. */
static double total_memory(hwloc_topology_t handle)
{
    double bytes = (double)hwloc_get_root_obj(handle)->total_memory;
#ifdef _SC_PHYS_PAGES
    double physical = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    if (physical > bytes)
        bytes = physical;
#endif
    return bytes;
}

static void name_machine(struct topology *topology)
{
    struct utsname names;
    hwloc_obj_t package = hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PACKAGE, 0);
    hwloc_obj_t root = hwloc_get_root_obj(topology->handle);
    const char *model = package ? hwloc_obj_get_info_by_name(package, "CPUModel") : NULL;
    if (!model)
        model = hwloc_obj_get_info_by_name(root, "CPUModel");

    if (gethostname(topology->host, sizeof topology->host) != 0)
        snprintf(topology->host, sizeof topology->host, "unknown");
    topology->host[sizeof topology->host - 1] = '\0';
    if (uname(&names) == 0) {
        snprintf(topology->os, sizeof topology->os, "%s %s", names.sysname, names.release);
        if (!model)
            model = names.machine;
    }
    snprintf(topology->cpu, sizeof topology->cpu, "%s", model ? model : "unknown");
    for (size_t end = strlen(topology->cpu); end > 0 && topology->cpu[end - 1] == ' '; end--)
        topology->cpu[end - 1] = '\0';
}

/* "machine.xml", as lstopo writes it, or a description of hwloc. */
static int set_synthetic(hwloc_topology_t handle, const char *text)
{
    size_t length = strlen(text);
    if (length > 4 && strcmp(text + length - 4, ".xml") == 0)
        return hwloc_topology_set_xml(handle, text);
    return hwloc_topology_set_synthetic(handle, text);
}

/* hwloc takes minutes over a machine of ten thousand threads, and more memory than there is over one of
 * ten million. Words are TYPE:COUNT or COUNT, which multiply. */
static bool is_too_large(const char *synthetic)
{
    const double most = 8192; /* as Linux has it */
    double threads = 1;
    for (const char *at = synthetic + strspn(synthetic, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        const char *colon = memchr(at, ':', length);
        double count = (double)strtoul(colon ? colon + 1 : at, NULL, 0);
        threads *= count > 0 ? count : 1;
        at += length;
    }
    return threads > most;
}

static int load(struct topology *topology, const char *synthetic, const char *membership,
                const char *groups, struct error *error)
{
    *topology = (struct topology){0};
    if (synthetic && is_too_large(synthetic))
        return error_set(error, "topology", "has more hardware threads than any system manages");
    if (hwloc_topology_init(&topology->handle) != 0)
        return error_set(error, "topology", "hwloc cannot start");
    if ((synthetic && set_synthetic(topology->handle, synthetic) != 0) ||
        hwloc_topology_load(topology->handle) != 0) {
        topology_destroy(topology);
        return error_set(error, "topology", "hwloc cannot read the machine");
    }
    if (!synthetic)
        restrict_to_affinity(topology->handle);
    topology->packages = count(topology->handle, HWLOC_OBJ_PACKAGE);
    topology->numa_nodes = count(topology->handle, HWLOC_OBJ_NUMANODE);
    topology->cores = count(topology->handle, HWLOC_OBJ_CORE);
    topology->threads = count(topology->handle, HWLOC_OBJ_PU);
    topology->memory_bytes = total_memory(topology->handle);
    name_machine(topology);
    if (synthetic) {
        topology->machine_cores = topology->cores;
        topology->machine_threads = topology->threads;
    } else {
        const struct hwloc_topology_support *support = hwloc_topology_get_support(topology->handle);
        topology->can_bind = support->cpubind->set_thisthread_cpubind;
        topology->quota = quota_read(membership, groups);
        count_machine(topology);
    }
    if (order_places(topology, error) != 0) {
        topology_destroy(topology);
        return -1;
    }
    return 0;
}

int topology_load(struct topology *topology, const char *synthetic, struct error *error)
{
    return load(topology, synthetic, "/proc/self/cgroup", "/sys/fs/cgroup", error);
}

int topology_load_within(struct topology *topology, const char *membership, const char *groups,
                         struct error *error)
{
    return load(topology, NULL, membership, groups, error);
}

void topology_destroy(struct topology *topology)
{
    if (topology->handle)
        hwloc_topology_destroy(topology->handle);
    free(topology->places);
    *topology = (struct topology){0};
}

int topology_most_workers(const struct topology *topology)
{
    int most = topology->threads;
    if (topology->quota > 0 && topology->quota < most)
        most = (int)(topology->quota + 0.5);
    return most < 1 ? 1 : most;
}

int topology_sweep(const struct topology *topology, int *workers, int capacity)
{
    int most = topology_most_workers(topology), number = 0;
    int cores = topology->cores < most ? topology->cores : most;
    for (int w = 1; w < cores && number < capacity; w *= 2)
        workers[number++] = w;
    if (number < capacity)
        workers[number++] = cores;
    if (most > cores && number < capacity)
        workers[number++] = most;
    return number;
}

void topology_bind_worker(const struct topology *topology, int worker)
{
    if (!topology->can_bind)
        return;
    unsigned place = (unsigned)topology->places[worker % topology->threads];
    hwloc_obj_t pu = hwloc_get_obj_by_type(topology->handle, HWLOC_OBJ_PU, place);
    /* A failure costs some precision of the measurement, nothing else. */
    hwloc_set_cpubind(topology->handle, pu->cpuset, HWLOC_CPUBIND_THREAD);
}
