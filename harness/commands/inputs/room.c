/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/inputs/room.h"

#include <math.h>

#include "harness/base/directory.h"
#include "harness/machine/memory.h"

/* A pixel is a float64. */
enum { PIXEL = 8 };

/* The header and the padding of a FITS file, at most. */
enum { FITS_REST = 2 * 2880 };

static const double GIB = 1024.0 * 1024 * 1024;

static bool fits(double bytes, double free_bytes)
{
    return free_bytes <= 0 || bytes <= free_bytes; /* 0: it is not known */
}

static int check_all_in_memory(const struct demand *demand, const char *what, struct error *error)
{
    const int each = 4 * PIXEL;
    double bytes = demand->pixels * (demand->read ? each - PIXEL : each);
    double free_bytes = 1024 * memory_available_kib("");
    if (fits(bytes, free_bytes))
        return 0;
    return error_set(error, what,
                     "%.1f GiB of memory are needed (%d bytes a pixel), and %.1f GiB are free; "
                     "choose fewer or smaller images, or --io files",
                     bytes / GIB, each, free_bytes / GIB);
}

static int check_memory_of_workers(const struct room *room, const struct demand *demand,
                                   const char *what, struct error *error)
{
    double workers = fmin(room->workers, demand->images);
    double bytes = demand->largest * (workers * 2 * PIXEL + PIXEL);
    double free_bytes = 1024 * memory_available_kib("");
    if (fits(bytes, free_bytes))
        return 0;
    return error_set(error, what,
                     "%.1f GiB of memory are needed (%d bytes a pixel in each of %.0f workers), "
                     "and %.1f GiB are free; choose fewer --workers or smaller images",
                     bytes / GIB, 2 * PIXEL, workers, free_bytes / GIB);
}

static int check_disk(const struct room *room, const struct demand *demand, const char *what,
                      struct error *error)
{
    const int files = demand->read ? 2 : 3;
    double bytes = files * (demand->pixels * PIXEL + demand->images * FITS_REST);
    double free_bytes = directory_free_bytes(room->directory);
    if (fits(bytes, free_bytes))
        return 0;
    return error_set(error, what,
                     "%.1f GiB on the disk of %s are needed (%d bytes a pixel), and %.1f GiB are "
                     "free; choose fewer or smaller images, or another --out",
                     bytes / GIB, room->directory, files * PIXEL, free_bytes / GIB);
}

int room_check(const struct room *room, const struct demand *demand, const char *what,
               struct error *error)
{
    if (!room->directory)
        return check_all_in_memory(demand, what, error);
    return check_disk(room, demand, what, error) != 0
               ? -1
               : check_memory_of_workers(room, demand, what, error);
}
