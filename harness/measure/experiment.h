/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiment: every configuration of one filter on one set of images, measured in rounds.
 *
 *     first    one run of the serial strategy makes the reference, which also warms up the machine
 *     rounds   each measures every configuration once, in a new random order, so that whatever
 *              drifts (heat, other programs) hits all of them alike
 *     last     a round that is watched and not timed (sampler.h): CPU and memory over time, and the
 *              peak memory of all processes of a run together
 *
 * Every result is compared with the reference, bit for bit or within the filter's tolerance. A
 * configuration that was wrong, failed, crashed or hung is out from then on; but one that failed or
 * crashed gets a second chance, once, for it may have been killed from outside. A round in which
 * the serial one was lost counts for nobody, nor does one that others disturbed, as long as there
 * is time to measure it again.
 *
 * The serial one, and one other (config_measured_twice()), are measured twice in every round: how
 * far a configuration differs from itself is the noise floor. The first round tells what each
 * takes; those for which there is no time are left out from then on.
 *
 * In the end the rounds are summarised. An observer hears of each run at once.
 */
#ifndef HARNESS_MEASURE_EXPERIMENT_H
#define HARNESS_MEASURE_EXPERIMENT_H

#include <stdbool.h>

#include "generator/image.h"
#include "harness/base/error.h"
#include "harness/measure/checkpoint/checkpoint.h"
#include "harness/measure/command/result_files.h"
#include "harness/measure/config.h"
#include "harness/measure/forecast/model.h"
#include "harness/measure/observer.h"
#include "harness/measure/summary.h"

struct experiment {
    const struct config *configs; /* configs[0] is the serial one: the baseline of all others */
    int config_count;
    const struct image *images; /* the inputs; with `--io files` only the first needs its pixels */
    int image_count;
    char *const *files; /* with `--io files` their absolute paths; or see `command` */
    struct hosts hosts; /* other machines, for launchers */
    int rounds;         /* measure so many; 0: as many as fit into the budget, at most 25 */
    int rounds_at_most; /* where the budget decides, so many are enough if six are good; 0: 25 */
    double budget_s;    /* start no round that would not end within it; one round is always done; as
                           long as fewer than six were good, within one and a half times that */
    double usable;     /* hardware threads that we may use, or a smaller quota, to tell which rounds
                           were good (verdict.h); 0: all of them */
    const bool *keep;  /* each configuration: it stays, however long it takes; NULL: all do */
    double limit_s;    /* kill a run after so long; 0: ten times the serial one, ten seconds, and a
                          quarter for each worker */
    const char *where; /* "section 2 of 5", for the progress line; NULL: nothing to say */
    double later_s;    /* what comes after it will take, seconds; for the same */
    const struct machine_model *machine; /* for what it allows; NULL: not known */
    const char *directory; /* an existing one, for a time, for the files of `--io files` */

    /* Its rounds are kept in it as they are done, and those that it has already (checkpoint_open())
     * are not measured again; NULL: it cannot be gone on with. */
    struct checkpoint *checkpoint;

    bool unwatched; /* without the last round, which is watched and not timed */
    bool is_trial;  /* a first look: that its rounds are few is no warning */

    /* Where the tasks are a command of the user's, given each of `files` by the name that it has
     * here. `results` are the files that it writes, or NULL where it is not known which. */
    char *const *command;
    struct result_files *results;
    result_compare *compare; /* how they are compared, with `compare_context` */
    void *compare_context;
};

/* Does all that; `observer` hears of it. *set becomes the result; the caller destroys it. Of
 * set->machine only the warnings are touched, which are added to, and `order`, which tells where
 * the random order came from. A configuration that fails is reported on standard error and in its
 * summary. An interrupt (launch_interrupted()) ends the rounds early; what was measured is
 * summarised. 0, or -1 with *error set and nothing to destroy when not even the reference could be
 * made, or the observer has failed. */
int experiment_run(const struct experiment *experiment, const struct observer *observer,
                   struct result_set *set, struct error *error);

#endif
