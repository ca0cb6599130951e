/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a measurement was made on and with, and what may have disturbed it: machine.txt. */
#ifndef HARNESS_MACHINE_MACHINE_H
#define HARNESS_MACHINE_MACHINE_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/machine/disturbance/disturbance.h"
#include "harness/machine/topology.h"

enum { WARNINGS_AT_MOST = 32, WARNING_LENGTH = 256 };

/* Warnings in the order in which they came up; all go into machine.txt and the report. */
struct warnings {
    int count;
    bool silent; /* while it is set, warnings are kept and not printed */
    int lines;   /* of the terminal, that the printed ones took */
    char text[WARNINGS_AT_MOST][WARNING_LENGTH];
};

/* Adds a warning (formatted as by printf) and prints it on standard error at once. A warning says
 * what to do about it. One that is there already is not added again. */
void warnings_add(struct warnings *warnings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same without a word on standard error: it has been printed before. */
void warnings_keep(struct warnings *warnings, const char *text);

/* What a result says about where it comes from. */
enum { MACHINE_NAME_LENGTH = 128, MACHINE_TEXT_LENGTH = 1024, BENCHMARK_LENGTH = 24 };
struct machine_facts {
    char host[MACHINE_NAME_LENGTH], cpu[MACHINE_NAME_LENGTH];
    int cores, threads; /* that the program may use */
    double quota;       /* CPUs that a container's limit allows at a time; 0: no limit */

    char benchmark[BENCHMARK_LENGTH]; /* which one this is of; "": of an earlier version */

    /* Texts, each one line; "" where they are not known. */
    char date[MACHINE_TEXT_LENGTH], command[MACHINE_TEXT_LENGTH], commit[MACHINE_TEXT_LENGTH],
        compiler[MACHINE_TEXT_LENGTH], flags[MACHINE_TEXT_LENGTH], libraries[MACHINE_TEXT_LENGTH],
        order[MACHINE_TEXT_LENGTH]; /* how runs were shuffled; the experiment says it */

    /* The verdict on the measurement (judge/verdict.h), in words; "" where nobody has judged it. */
    char verdict[MACHINE_TEXT_LENGTH];  /* "fit to post", "disturbed: ...", "wrong results: ..." */
    char remedy[MACHINE_TEXT_LENGTH];   /* what to do about it */
    char alike[MACHINE_TEXT_LENGTH];    /* "pool and openmp": the best ones */
    char estimate[MACHINE_TEXT_LENGTH]; /* of the speedup, from CPU time: "1.87" */
    char noise_floor[MACHINE_TEXT_LENGTH]; /* "0.9 % (serial), 1.4 % (pool on 2)" */

    char core_speeds[MACHINE_TEXT_LENGTH]; /* kinds of cores, as core_speeds_text() has them */

    struct warnings warnings; /* about the measurement */
};

/* The texts, from date to core_speeds, by number, and the names that files have for them. */
enum { MACHINE_TEXTS = 13 };
extern const char *const machine_text_names[MACHINE_TEXTS];
const char *machine_text(const struct machine_facts *facts, int number);
void machine_set_text(struct machine_facts *facts, int number, const char *text); /* cut to fit */

/* Fills in what is known before anything is measured: this machine, this program, today, and
 * `command`, which is what was typed. Verdict, speeds and warnings are left alone. */
void machine_describe(struct machine_facts *facts, const struct topology *topology,
                      const char *command);

/* The largest of the noise floors, as a share (0.014); NaN where nothing was measured twice. */
double machine_noise_floor(const struct machine_facts *facts);

/* Whether there may be a headline, a best, a line to post: the verdict is that it is fit to post, or
 * there is no verdict. */
bool machine_is_fit(const struct machine_facts *facts);

/* Writes DIR/machine.txt: the whole topology, then the texts, what was looked at (disturbance.h) and
 * the warnings. 0, or -1 with *error set. */
int machine_write(const char *directory, const struct topology *topology,
                  const struct machine_facts *facts, const struct disturbance *disturbance,
                  struct error *error);

/* Reads the texts and warnings of DIR/machine.txt into *facts, and touches nothing else of it; ""
 * where there is no such line, or no such file. 0, or -1 with *error set. */
int machine_read(const char *directory, struct machine_facts *facts, struct error *error);

#endif
