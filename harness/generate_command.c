/* speedup generate: fake images, made in parallel, one at a time by each thread. */
#include <hwloc.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "generator/fake.h"
#include "generator/fits.h"
#include "harness/command.h"
#include "harness/directory.h"
#include "harness/options.h"
#include "harness/progress.h"

struct settings {
    size_t count, ny, nx;
    uint32_t seed;
    const char *out;
    size_t workers; /* 0: as many as there is room for */
};

/* What the threads share. */
struct production {
    const struct settings *settings;
    const struct fake_plan *plan;

    pthread_mutex_t mutex; /* guards all below */
    size_t next, done;     /* images that somebody has taken, that are written */
    bool failed;           /* then nobody takes another */
    struct error error;    /* the first one */
    struct progress progress;
};

static int file_path(const struct settings *settings, size_t i, char path[PATH_MAX],
                     struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/fake_%zux%zu_%zu.fits", settings->out, settings->ny,
                          settings->nx, i);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, settings->out, "the name of this directory is too long");
    return 0;
}

/* The number of the next image, or -1 when there is nothing left to do. */
static long take_image(struct production *production)
{
    long taken = -1;
    pthread_mutex_lock(&production->mutex);
    if (!production->failed && production->next < production->settings->count)
        taken = (long)production->next++;
    pthread_mutex_unlock(&production->mutex);
    return taken;
}

static void report_done(struct production *production, const char *path)
{
    pthread_mutex_lock(&production->mutex);
    production->done++;
    progress_set(&production->progress, production->done, path);
    pthread_mutex_unlock(&production->mutex);
}

static void report_failure(struct production *production, const struct error *error)
{
    pthread_mutex_lock(&production->mutex);
    if (!production->failed)
        production->error = *error;
    production->failed = true;
    pthread_mutex_unlock(&production->mutex);
}

static void *work(void *argument)
{
    struct production *production = argument;
    const struct settings *settings = production->settings;
    struct error error = {""};
    struct image image = {0};
    char path[PATH_MAX];
    long i;
    bool failed = true;

    struct fake_workspace *workspace = fake_workspace_create(production->plan, &error);
    if (!workspace || image_create(&image, settings->ny, settings->nx, &error) != 0)
        goto end;
    while ((i = take_image(production)) >= 0) {
        uint32_t seed = settings->seed + (uint32_t)i;
        if (fake_image(production->plan, workspace, seed, &image, &error) != 0 ||
            file_path(settings, (size_t)i, path, &error) != 0 ||
            fits_write_image(path, &image, &error) != 0)
            goto end;
        report_done(production, path);
    }
    failed = false;
end:
    if (failed)
        report_failure(production, &error);
    image_destroy(&image);
    fake_workspace_destroy(workspace);
    return NULL;
}

/* Starts the threads and waits until all have ended; production->error tells how it went. */
static void run_threads(struct production *production, size_t workers)
{
    struct error error;
    size_t started = 0;
    pthread_t *threads = calloc(workers, sizeof *threads);
    if (!threads) {
        error_set(&error, "generate", "no memory for %zu threads", workers);
        report_failure(production, &error);
        return;
    }
    for (; started < workers; started++) {
        int problem = pthread_create(&threads[started], NULL, work, production);
        if (problem) {
            error_system(&error, "--workers", "cannot start so many threads", problem);
            report_failure(production, &error);
            break;
        }
    }
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i],
                     NULL); /* cannot fail: the thread exists and nobody else joins it */
    free(threads);
}

static int produce(const struct settings *settings, size_t workers, struct error *error)
{
    struct production production = {.settings = settings};
    struct fake_plan *plan = fake_plan_create(settings->ny, settings->nx, error);
    if (!plan)
        return -1;
    production.plan = plan;
    int problem = pthread_mutex_init(&production.mutex, NULL);
    if (problem) {
        fake_plan_destroy(plan);
        return error_system(error, "generate", "cannot make a mutex", problem);
    }
    production.progress = progress_start("generate", settings->count);
    run_threads(&production, workers);
    progress_finish(&production.progress);
    pthread_mutex_destroy(&production.mutex);
    fake_plan_destroy(plan);
    if (production.failed)
        *error = production.error;
    return production.failed ? -1 : 0;
}

/* The hardware threads that this process may use; 1 where nobody can tell. */
static size_t allowed_processors(void)
{
    hwloc_topology_t topology;
    if (hwloc_topology_init(&topology) != 0)
        return 1;
    int processors = 0;
    hwloc_bitmap_t allowed = hwloc_bitmap_alloc();
    if (allowed && hwloc_topology_load(topology) == 0) {
        /* Not every system binds processes; there, all processors are for everybody. */
        if (hwloc_get_cpubind(topology, allowed, HWLOC_CPUBIND_PROCESS) != 0)
            hwloc_bitmap_copy(allowed, hwloc_topology_get_allowed_cpuset(topology));
        processors = hwloc_get_nbobjs_inside_cpuset_by_type(topology, allowed, HWLOC_OBJ_PU);
    }
    hwloc_bitmap_free(allowed);
    hwloc_topology_destroy(topology);
    return processors > 0 ? (size_t)processors : 1;
}

static const char help[] =
    "Usage: speedup generate [OPTION]...\n\n"
    "Writes fake images as float64 FITS files, fake_{rows}x{columns}_{i}.fits, and prints their\n"
    "names. Image i is the one that NumPy makes of seed SEED + i.\n\n"
    "  --count N       number of images, i from 0 to N - 1 (25)\n"
    "  --size NYxNX    rows x columns of each image (1000x1000)\n"
    "  --seed SEED     seed of image 0, a whole number from 0 to 4294967295 (1)\n"
    "  --out DIR       directory to write into, made where it is missing (.)\n"
    "  --workers N     threads to work with (one for each processor that may be used)\n"
    "  --help          this text\n";

static int read_settings(int argc, char **argv, struct settings *settings, struct error *error)
{
    enum { COUNT = 256, SIZE, SEED, OUT, WORKERS };
    static const struct option options[] = {
        {"count", required_argument, NULL, COUNT},     {"size", required_argument, NULL, SIZE},
        {"seed", required_argument, NULL, SEED},       {"out", required_argument, NULL, OUT},
        {"workers", required_argument, NULL, WORKERS}, {NULL, 0, NULL, 0},
    };
    const long count_at_most = 1000000, workers_at_most = 4096;
    const long seed_at_most = sizeof(long) > 4 ? (long)UINT32_MAX : LONG_MAX;
    int option, failed = 0;
    long value;

    while (!failed && (option = options_next(argc, argv, options, error)) != OPTION_END)
        switch (option) {
        case COUNT:
            failed = option_integer("--count", optarg, 1, count_at_most, &value, error);
            settings->count = (size_t)value;
            break;
        case SIZE:
            failed = option_size("--size", optarg, &settings->ny, &settings->nx, error);
            break;
        case SEED:
            failed = option_integer("--seed", optarg, 0, seed_at_most, &value, error);
            settings->seed = (uint32_t)value;
            break;
        case OUT:
            settings->out = optarg;
            break;
        case WORKERS:
            failed = option_integer("--workers", optarg, 1, workers_at_most, &value, error);
            settings->workers = (size_t)value;
            break;
        default:
            failed = -1;
        }
    if (failed)
        return -1;
    if (optind < argc)
        return error_set(error, argv[optind], "generate takes options only; see --help");
    if (!*settings->out)
        return error_set(error, "--out", "needs the name of a directory");
    if (settings->count - 1 > UINT32_MAX - settings->seed)
        return error_set(error, "--seed", "%lu + %zu is more than the largest seed, %lu",
                         (unsigned long)settings->seed, settings->count - 1,
                         (unsigned long)UINT32_MAX);
    return 0;
}

static enum exit_code run(int argc, char **argv, struct error *error)
{
    struct settings settings = {.count = 25, .ny = 1000, .nx = 1000, .seed = 1, .out = "."};
    char path[PATH_MAX];

    if (read_settings(argc, argv, &settings, error) != 0)
        return EXIT_CODE_USAGE;
    if (directory_create(settings.out, error) != 0)
        return EXIT_CODE_FAILED;

    size_t workers = settings.workers ? settings.workers : allowed_processors();
    if (workers > settings.count)
        workers = settings.count;
    if (produce(&settings, workers, error) != 0)
        return EXIT_CODE_FAILED;
    for (size_t i = 0; i < settings.count; i++) {
        if (file_path(&settings, i, path, error) != 0)
            return EXIT_CODE_FAILED;
        puts(path);
    }
    return EXIT_CODE_DONE;
}

const struct command generate_command = {
    .name = "generate",
    .summary = "write fake images as FITS files",
    .help = help,
    .run = run,
};
