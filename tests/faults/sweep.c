/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make faults: one call after the other fails, in a few small commands, and each time the program has
 * to say so and to leave nothing behind (tests/faults/trial.h). Prints a table.
 *
 *     sweep PROGRAM INJECTOR [own|all] [every|few] [COMMAND[:KIND]]...
 *
 * `every`: each call of a kind; `few`: of each place in the source two or three. Streams are written
 * and read a number at a time, so of these it is always a few. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/faults/tree.h"
#include "tests/faults/trial.h"

#define IMAGES "images/fake_16x12_0.fits", "images/fake_16x12_1.fits"
#define TINY "--images", "2", "--size", "16x12", "--window", "5", "--workers", "2", "--rounds", "1"
#define WORDS(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static const struct trial_command commands[] = {
    {"generate", WORDS("generate", "--count", "2", "--size", "16x12", "--out", "out"), "out", NULL,
     true},
    {"filter", WORDS("filter", "--window", "5", "--out", "out", IMAGES), "out", NULL, true},
    {"bench", WORDS("bench", TINY, "--strategies", "serial,pool", "--out", "out"), "out", NULL,
     false},
    {"threads", WORDS("bench", TINY, "--strategies", "pthreads,openmp,global-lock", "--out", "out"),
     "out", NULL, false},
    {"processes",
     WORDS("bench", TINY, "--strategies", "fork,fork-pipe,process-pool,spawn", "--out", "out"),
     "out", NULL, false},
    {"files",
     WORDS("bench", TINY, "--io", "files", "--strategies", "pool,programs", "--out", "out"), "out",
     NULL, false},
    {"command",
     WORDS("bench", "--workers", "2", "--rounds", "1", "--strategies", "pool,programs", "--result",
           "made/{/}.done", "--out", "out", "--overwrite", IMAGES, "--", "cp", "{}",
           "made/{/}.done"),
     "out", NULL, false},
    {"wait",
     WORDS("bench", "--filter", "wait", "--latency", "1", "--images", "4", "--workers", "2",
           "--rounds", "1", "--strategies", "pthreads,fork", "--out", "out"),
     "out", NULL, false},
    {"plot", WORDS("plot", "out"), "out", "result", true},
    {"report", WORDS("report", "out"), "out", "result", true},
    {"compare", WORDS("compare", "--out", "out", "result"), "out", NULL, true},
    {"topology", WORDS("topology"), "out", NULL, true},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

/* What the commands are given. */
static const struct trial_command made[] = {
    {"images", WORDS("generate", "--count", "2", "--size", "16x12", "--out", "images"), "images",
     NULL, true},
    {"result", WORDS("bench", TINY, "--strategies", "serial,pool", "--out", "result"), "result",
     NULL, false},
};

/* How often a call of one place has failed in a command. */
struct seen {
    const char *command; /* its first word */
    enum fault_kind kind;
    unsigned long place;
    int times;
};
enum { SEEN_AT_MOST = 20000 };

struct sweep {
    const char *program;
    struct seen *seen;
    long seen_count;
    bool all, every;
    long faults, problems;
};

/* What the table has of one kind in one command. */
struct tally {
    long calls, places, faults, went_on, ended, theirs, problems;
};

/* Whether this call of those that were counted is tried: of each place the first two, in whichever
 * benchmark they come up, and the last. */
static bool is_tried(struct sweep *sweep, const struct trial_command *command, enum fault_kind kind,
                     const struct fault_state *counted, long number, long calls)
{
    unsigned long place = counted->places[number - 1];
    long i = 0, later = number;
    while (i < sweep->seen_count && (sweep->seen[i].place != place || sweep->seen[i].kind != kind ||
                                     strcmp(sweep->seen[i].command, command->arguments[0]) != 0))
        i++;
    if (i == SEEN_AT_MOST)
        return true;
    if (i == sweep->seen_count)
        sweep->seen[sweep->seen_count++] = (struct seen){command->arguments[0], kind, place, 0};
    while (later < calls && counted->places[later] != place)
        later++;
    bool tried = sweep->seen[i].times < 2 || (later == calls && sweep->seen[i].times == 2);
    sweep->seen[i].times += tried;
    return tried;
}

static long count_places(const struct fault_state *counted, long calls)
{
    long places = 0;
    for (long i = 0; i < calls; i++) {
        long k = 0;
        while (k < i && counted->places[k] != counted->places[i])
            k++;
        places += k == i;
    }
    return places;
}

static void report(const struct sweep *sweep, const struct trial_command *command,
                   const struct fault *fault, const struct trial *trial)
{
    const struct fault_state *state = trial_state();
    printf("%s: %s %ld, from %s+0x%lx: %s\n", command->name, fault_names[fault->kind],
           fault->number, state->module, state->place, trial->problem);
    if (!trial->theirs) {
        printf("    addr2line -f -p -e %s 0x%lx\n", sweep->program, state->place - 1);
        if (trial->code == 1 || trial->code == 0)
            return;
    }
    size_t count;
    char *text = tree_read(".", "trial.err", &count);
    printf("    it had said: %s\n", text ? text : "");
    free(text);
}

static int try_one(struct sweep *sweep, const struct trial_command *command,
                   const struct fault *fault, struct tally *tally)
{
    struct trial trial;
    if (trial_run(command, fault, &trial) != 0)
        return -1;
    tally->faults += trial.failed;
    if (trial.problem[0]) {
        report(sweep, command, fault, &trial);
        fflush(stdout);
        *(trial.theirs ? &tally->theirs : &tally->problems) += 1;
    } else if (trial.failed)
        *(trial.code == 0 ? &tally->went_on : &tally->ended) += 1;
    return 0;
}

static int try_kind(struct sweep *sweep, const struct trial_command *command, enum fault_kind kind,
                    struct tally *tally)
{
    struct fault fault = {kind, 0, sweep->all};
    struct trial trial;
    static struct fault_state counted;
    if (trial_run(command, &fault, &trial) != 0)
        return -1;
    memcpy(&counted, trial_state(), sizeof counted);
    tally->calls = counted.calls;
    long calls = tally->calls < FAULT_CALLS_KEPT ? tally->calls : FAULT_CALLS_KEPT;
    tally->places = count_places(&counted, calls);
    bool every = sweep->every && kind != FAULT_STREAM && kind != FAULT_READ;
    for (fault.number = 1; fault.number <= calls; fault.number++)
        if ((every || is_tried(sweep, command, kind, &counted, fault.number, calls)) &&
            try_one(sweep, command, &fault, tally) != 0)
            return -1;
    return 0;
}

static bool is_wanted(int count, char **names, const char *command, const char *kind)
{
    char both[80];
    snprintf(both, sizeof both, "%s:%s", command, kind);
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], command) == 0 || strcmp(names[i], both) == 0)
            return true;
    return count == 0;
}

static int try_command(struct sweep *sweep, const struct trial_command *command, int count,
                       char **names)
{
    bool expected = false;
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        struct tally tally = {0};
        if (!is_wanted(count, names, command->name, fault_names[kind]))
            continue;
        if (!expected && trial_expect(command) != 0)
            return -1;
        expected = true;
        if (try_kind(sweep, command, (enum fault_kind)kind, &tally) != 0)
            return -1;
        if (tally.calls > 0)
            printf("| %s | %s | %ld | %ld | %ld | %ld | %ld | %ld | %ld |\n", command->name,
                   fault_names[kind], tally.calls, tally.places, tally.faults, tally.went_on,
                   tally.ended, tally.theirs, tally.problems);
        fflush(stdout);
        sweep->faults += tally.faults;
        sweep->problems += tally.problems;
    }
    return 0;
}

static int make_inputs(void)
{
    if (mkdir("made", 0777) != 0)
        return -1;
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        char kept[80];
        snprintf(kept, sizeof kept, "%s.expected", made[i].out);
        if (trial_expect(&made[i]) != 0 || rename(kept, made[i].out) != 0)
            return -1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    char program[PATH_MAX], injector[PATH_MAX];
    struct sweep sweep = {.program = program};
    char directory[] = "/tmp/speedup-faults-XXXXXX";
    int at = 3, failed = 0;
    if (argc < 3) {
        fputs("usage: sweep PROGRAM INJECTOR [own|all] [every|few] [COMMAND[:KIND]]...\n", stderr);
        return 2;
    }
    for (; at < argc && (strcmp(argv[at], "own") == 0 || strcmp(argv[at], "all") == 0 ||
                         strcmp(argv[at], "every") == 0 || strcmp(argv[at], "few") == 0);
         at++) {
        sweep.all |= strcmp(argv[at], "all") == 0;
        sweep.every |= strcmp(argv[at], "every") == 0;
    }
    sweep.seen = calloc(SEEN_AT_MOST, sizeof *sweep.seen);
    if (!sweep.seen || !realpath(argv[1], program) || !realpath(argv[2], injector) ||
        !mkdtemp(directory) || chdir(directory) != 0 || trial_prepare(program, injector) != 0 ||
        make_inputs() != 0) {
        free(sweep.seen);
        return 1;
    }
    puts("| command | kind | calls | places | faults | went on | exit 1 | theirs | problems |\n"
         "| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int i = 0; i < COMMANDS && !failed; i++)
        failed = try_command(&sweep, &commands[i], argc - at, argv + at) != 0;
    free(sweep.seen);
    printf("%ld faults, %ld problems\n", sweep.faults, sweep.problems);
    if (chdir("/") != 0 || tree_remove(directory) != 0)
        failed = 1;
    return failed || sweep.problems > 0;
}
