/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why is it not linear? What is missing, workers - speedup, split into parts that add up.
 *
 * The run is replayed from its trace, and one cause after the other is taken out of the replay: the
 * delay of the workers' starts, the hand-out of tasks, waiting for each other, what the machine took
 * away, what made the tasks slower than in the serial run, their uneven sizes. What the replay gains
 * by each is what that cause has cost, so a cause is not blamed for what it does not delay (a worker
 * that starts late costs nothing if another one ends later still). What is left in the end are equal
 * tasks of the serial run's speed, dealt out at once: the counting.
 *
 * With the wall times T_1 and T_W, the sum of the serial task times D_1 and replayed times E,
 *
 *     W - S = [W (T_W - E_0) + W (E_0 - E_1) + ... + W (E_n - D_1 / W) + (D_1 - T_1)] / T_W
 *
 * holds for any E: the parts are these terms.
 *
 * E_0 is the replay with all causes in it. Where tasks are dealt out to whoever is free, and the
 * replay still takes less than the run, somebody was idle although there were tasks left: that is
 * waiting, too.
 *
 * The last term is what the serial run took beside its tasks. It is set against the same of this
 * run, hand-out against hand-out, start and stop against start and stop; where it is not known when
 * the serial tasks were, it is `rest`. Where the CPU times of all tasks are known, the tasks of the
 * serial run count with theirs, and what was taken from that run is set against what was taken from
 * this one.
 *
 * No clock, no files. */
#ifndef HARNESS_MEASURE_JUDGE_LOSSES_H
#define HARNESS_MEASURE_JUDGE_LOSSES_H

#include <stdbool.h>
#include <stddef.h>

/* One task of a run; times since the run began. */
struct loss_task {
    int worker; /* from 0 to workers - 1 */
    double start_s, end_s;
    double cpu_s;          /* CPU time of its thread meanwhile; NaN: not known */
    double queue_s;        /* that its thread was ready and waited for a CPU; NaN: not known */
    double queue_before_s; /* the same between its task before and this one; NaN: not known */
};

/* A round: the serial run, and the run that is to be explained. */
struct loss_round {
    double serial_wall_s, wall_s;
    const double *serial_task_s; /* what each task took there */
    const double *serial_cpu_s;  /* CPU time of each; NULL: not known */
    /* When its first task began and its last one ended, since the run began; 0, 0: not known. */
    double serial_start_s, serial_end_s;
    const struct loss_task *tasks;
};

/* In units of speedup, the columns of losses.csv: gap = workers - speedup = the sum of all others.
 * A part may be negative: tasks that were faster than in the serial run, for instance. Hand-out,
 * start and stop, and what was taken away are less the same of the serial run. */
struct losses {
    double speedup, gap;
    double counting; /* more turns than tasks / workers: 25 on 2 take 13 and not 12.5 */
    double uneven;   /* tasks of different sizes, and waiting for the last one */
    double handout;  /* between two tasks of a worker, while nobody else was in the way */

    double start_stop; /* before the workers' first tasks, and after the last one of all */
    double waiting;    /* for each other: until another's task ended, or on a lock within a task */
    double taken_away; /* a task had no CPU: others, the host, a quota, more workers than cores */
    double slower_tasks; /* more CPU time than in serial: memory, caches, clock, core kind */
    double rest;         /* what does not add up */
};

/* Nothing is known: all figures are NaN. */
struct losses losses_unknown(void);

enum { LOSSES_PARTS = 8 };

/* A part by its number, in the order of the columns from `counting` on, and its name in words. */
double losses_part(const struct losses *losses, int part);
extern const char *const losses_names[LOSSES_PARTS];

/* Whether each worker ran the same tasks in every round: fixed shares, as fork and pthreads deal
 * them out. One round cannot show it; then it is whether the shares are blocks or take turns. */
bool losses_fixed_shares(const struct loss_round *rounds, size_t count, int tasks, int workers);

/* The means over `count` >= 1 rounds of `tasks` tasks, and in *error the standard errors of these
 * means (NaN of one round). 0, or -1 when there is no memory. */
int losses_split(const struct loss_round *rounds, size_t count, int tasks, int workers,
                 struct losses *mean, struct losses *error);

/* The largest part that stands out of the noise: beyond its error (of a mean over `rounds`; the chance
 * that one of the parts does so by accident is 5 %, by Student's t and Bonferroni's correction) and
 * worth a hundredth of a speedup, or of the workers' 0.2 %. Those with said[part] are left out (NULL:
 * none is); `rest` comes last. -1: there is none. Of one round no part has an error that is known, and
 * all stand out. */
int losses_largest(const struct losses *mean, const struct losses *error, int rounds, int workers,
                   const bool *said);

enum { LOSSES_TEXT = 512 };

/* In plain words: "7.30 times as fast on 8 workers. Of the 0.70 missing to linear, 0.30 is counting
 * (25 tasks on 8 workers), ...; 0.05 is not explained." Only parts that stand out are named, the
 * largest first; where none is left, it says that all is within the noise. */
void losses_text(const struct losses *mean, const struct losses *error, int rounds, int tasks,
                 int workers, char text[LOSSES_TEXT]);

#endif
