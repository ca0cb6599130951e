/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup grade: tests, sanitizers, timing and a verdict on a strategy. */
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/base/output.h"
#include "harness/base/process/interrupt.h"
#include "harness/commands/command.h"
#include "harness/commands/program/names.h"
#include "harness/grade/grade_print.h"
#include "harness/machine/topology.h"

enum { TIMED_WORKERS_MAX = 16 }; /* more cores than that tell no more about 25 tasks */

struct settings {
    const char *strategy, *source, *json; /* NULL: not given */
    int workers;                          /* 0: several numbers */
    unsigned seed;
    bool quick;
};

static const struct option_row options[] = {
    {"strategy", "NAME", NULL, "a strategy that comes with the program", OPTION_TEXT,
     OPTION_INTO(struct settings, strategy), .otherwise = "mine: strategies/mine.c"},
    {"source", "FILE.c", NULL, "a file with a `strategy_mine`; more files may follow", OPTION_TEXT,
     OPTION_INTO(struct settings, source)},
    {"workers", "N", NULL, "try it on N workers only", OPTION_INTEGER,
     OPTION_INTO(struct settings, workers), .minimum = 1, .maximum = 64, .otherwise = "1 to 64"},
    {"json", "FILE", NULL, "write the verdicts to FILE, for scripts", OPTION_TEXT,
     OPTION_INTO(struct settings, json)},
    {"quick", NULL, NULL, "fewer cases and no timing: takes a few seconds", OPTION_FLAG,
     OPTION_INTO(struct settings, quick)},
    {"seed", "N", "1", "seed of the random pauses that bring up what happens rarely",
     OPTION_INTEGER, OPTION_INTO(struct settings, seed), .minimum = 1, .maximum = 1000000},
    {0},
};

/* What is to be graded: a strategy of ours, or files. */
struct request {
    const char *strategy; /* NULL: files */
    const char *source;   /* the first file; NULL: a strategy */
    char **files;         /* `count` more files */
    int count;
    const char *json; /* NULL: none */
    struct examination examination;
};

static int count_cores(struct examination *examination, struct error *error)
{
    struct topology topology;
    if (topology_load(&topology, NULL, error) != 0)
        return -1;
    int cores = examination->cores = topology_most_workers(&topology);
    if (examination->workers == 0)
        examination->workers = cores < TIMED_WORKERS_MAX ? cores : TIMED_WORKERS_MAX;
    topology_destroy(&topology);
    return 0;
}

/* Grades the file `source`; NULL: the strategy. */
static int grade_one(const struct request *request, const char *source, struct grade *grade,
                     struct error *error)
{
    struct subject subject;
    double began_s = clock_seconds();
    int failed = source ? subject_of_file(&subject, source, error)
                        : subject_of_strategy(&subject, request->strategy, error);
    memset(grade, 0, sizeof *grade);
    if (!failed) {
        snprintf(grade->source, sizeof grade->source, "%s", subject.source);
        grade->workers = request->examination.workers;
        failed = examine(&subject, &request->examination, &grade->evidence, error);
    }
    if (!failed)
        judgement_make(&subject, &grade->evidence, grade->workers, &grade->judgement);
    grade->wall_s = clock_seconds() - began_s;
    subject_destroy(&subject);
    return failed;
}

/* Grades all, and writes what is found: in words as it comes, in JSON where it is wanted. *wrong
 * becomes how many are not right. */
static int grade_all(const struct request *request, FILE *json, int *wrong, struct error *error)
{
    struct grade *grade = malloc(sizeof *grade);
    int failed = grade ? 0 : error_set(error, "grade", "no memory");
    for (int i = 0; i <= request->count && !failed; i++) {
        const char *source = i == 0 ? request->source : request->files[i - 1];
        failed = grade_one(request, source, grade, error);
        if (failed)
            break;
        grade_print(stdout, grade);
        fflush(stdout);
        *wrong += !grade->judgement.right;
        if (json) {
            fprintf(json, "%s\n    ", i == 0 ? "" : ",");
            grade_print_json(json, grade);
        }
    }
    free(grade);
    return failed;
}

static int grade_with_json(const struct request *request, int *wrong, struct error *error)
{
    struct output output;
    char directory[PATH_MAX];
    const char *slash = strrchr(request->json, '/');
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - request->json) : 1,
             slash ? request->json : ".");
    if (output_open(&output, directory[0] ? directory : "/", slash ? slash + 1 : request->json,
                    error) != 0)
        return -1;
    fprintf(output.stream, "{\"schema\": 1, \"compiler\": \"%s\", \"grades\": [",
            compile_compiler());
    if (grade_all(request, output.stream, wrong, error) != 0) {
        output_discard(&output);
        return -1;
    }
    fprintf(output.stream, "\n]}\n");
    return output_commit(&output, error);
}

/* Whether each file can be read, before the first is graded: a class takes a while, and is not to end in
 * the middle. */
static int check_files(const struct request *request, struct error *error)
{
    int failed = 0;
    for (int i = 0; i <= request->count && request->source && !failed; i++) {
        struct subject subject;
        failed = subject_of_file(&subject, i == 0 ? request->source : request->files[i - 1], error);
        subject_destroy(&subject);
    }
    return failed;
}

/* A strategy that is not there, or cannot be graded, is a mistake on the command line. */
static int check_request(const struct settings *settings, const struct command_line *line,
                         struct error *error)
{
    struct subject subject;
    if (line->operand_count > 0 && !settings->source)
        return error_set(error, line->operands[0], "write --source before the files");
    if (settings->source && settings->strategy)
        return error_set(error, "--strategy", "cannot be combined with --source");
    if (!settings->strategy)
        return 0;
    if (!names_strategy("--strategy", settings->strategy, error))
        return -1;
    int failed = subject_of_strategy(&subject, settings->strategy, error);
    subject_destroy(&subject);
    return failed;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    struct request request = {
        .strategy = settings->strategy,
        .source = settings->source,
        .files = line->operands,
        .count = line->operand_count,
        .json = settings->json,
        .examination = {.seed = settings->seed,
                        .only = settings->workers,
                        .quick = settings->quick,
                        .workers = settings->workers},
    };
    int wrong = 0;
    if (check_request(settings, line, error) != 0)
        return EXIT_CODE_USAGE;
    if (!request.source && !request.strategy)
        request.strategy = "mine";
    if (check_files(&request, error) != 0 || interrupt_catch(error) != 0 ||
        count_cores(&request.examination, error) != 0)
        return EXIT_CODE_FAILED;
    int failed = request.json ? grade_with_json(&request, &wrong, error)
                              : grade_all(&request, NULL, &wrong, error);
    if (failed)
        return EXIT_CODE_FAILED;
    if (wrong == 0)
        return EXIT_CODE_DONE;
    error->text[0] = '\0'; /* the verdict has said it */
    return EXIT_CODE_FAILED;
}

const struct command grade_command = {
    .name = "grade",
    .summary = "tests, sanitizers, timing and a verdict on a strategy of your own",
    .arguments = "[--strategy NAME | --source FILE.c...] [OPTION]...",
    .about =
        "Compiles a strategy, tries it with 0 to 1009 tasks on 1 to 64 workers, in builds with "
        "AddressSanitizer and ThreadSanitizer too, times it beside serial and pool, and says in "
        "the last line whether it is right, how many points it gets, or which fault it has on "
        "which line. Ends with exit code 0 where it is right (parallel or not), 1 where it is "
        "not.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_most = OPERANDS_ANY,
    .run = run,
};
