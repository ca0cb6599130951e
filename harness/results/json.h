/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup.json: a whole result in one document, for programs.
 *
 *     {
 *       "schema": 1,
 *       "verdict": "fit to post",
 *       "machine": {"host": ..., ..., "commit": ..., "verdict": ..., "remedy": ..., "warnings": [...]},
 *       "summary": [{"filter": ..., ...}, ...],
 *       "losses": [{"strategy": ..., "gap": ..., ...}, ...]
 *     }
 *
 * An object of "summary" has the columns of summary.csv under the same names, without those of the
 * machine, which stand in "machine" once; one of "losses" has those of losses.csv, and is not read
 * back. A number is written with the digits that it has in CSV; what is empty there is null here.
 * The library is Jansson. */
#ifndef HARNESS_RESULTS_JSON_H
#define HARNESS_RESULTS_JSON_H

#include "harness/base/error.h"
#include "harness/measure/summary.h"

#define JSON_FILE "speedup.json"

/* Writes DIRECTORY/speedup.json. 0, or -1 with *error set. */
int json_write(const char *directory, const struct result_set *set, struct error *error);

/* Writes any document of Jansson's as DIRECTORY/NAME, whole or not at all, and lets go of it. NULL
 * stands for one that there was no memory for. 0, or -1 with *error set. */
struct json_t;
int json_write_file(struct json_t *document, const char *directory, const char *name,
                    struct error *error);

/* Reads such a file, wherever it is, into *set, which the caller destroys; the traces are NULL.
 * Members other than these are ignored; what these hold is checked like the fields of a CSV file
 * (field.h). 0, or -1 with *error naming the file and what is wrong, and nothing to destroy. */
int json_read(const char *path, struct result_set *set, struct error *error);

#endif
