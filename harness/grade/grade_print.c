/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/grade_print.h"

#include <stdarg.h>
#include <string.h>

#include "harness/base/commandline/options.h"
#include "harness/grade/plan.h"

enum { TEXT_LENGTH = 2048 };

/* On a quiet machine with equal cores pool reaches at least this share of the ceiling. */
static const double BUSY_SHARE = 0.8;

static void put_line(FILE *stream, const char *word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A word, and beside it a text in lines of 80 columns. */
static void put_line(FILE *stream, const char *word, const char *format, ...)
{
    const int column = 12;
    char text[TEXT_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(stream, "  %-*s", column - 2, word);
    options_print_text(text, (size_t)column, stream);
}

/* "TEXT [-Wflag]": what the flag means for those who see it for the first time. */
static void explain_warning(FILE *stream, const char *text)
{
    char flag[64];
    const char *at = strstr(text, "[-W");
    if (!at)
        return;
    snprintf(flag, sizeof flag, "%.*s", (int)strcspn(at + 3, "]"), at + 3);
    if (compile_explain(flag))
        put_line(stream, "", "that is: %s", compile_explain(flag));
}

static void print_diagnostics(FILE *stream, const struct compiled *check)
{
    for (int i = 0; i < check->diagnostics; i++) {
        const struct diagnostic *diagnostic = &check->diagnostic[i];
        const char *word = diagnostic->is_error ? "error" : "warning";
        if (diagnostic->line > 0)
            put_line(stream, word, "%s:%d: %s", diagnostic->file, diagnostic->line,
                     diagnostic->text);
        else
            put_line(stream, word, "%s", diagnostic->text);
        explain_warning(stream, diagnostic->text);
    }
}

static void print_faults(FILE *stream, const struct evidence *evidence)
{
    for (int i = 0; i < evidence->seen.faults; i++) {
        const struct fault *fault = &evidence->seen.fault[i];
        if (fault->line > 0)
            put_line(stream, "seen", "%s, noticed on line %d: %s", fault->kind, fault->line,
                     fault->text);
        else
            put_line(stream, "seen", "%s: %s", fault->kind, fault->text);
    }
    if (evidence->stacks > 0)
        fprintf(stream, "  it hangs; this is where everybody stands:\n");
    for (int i = 0; i < evidence->stacks; i++)
        fprintf(stream, "            %s\n", evidence->stack[i]);
    for (int i = 0; i < evidence->notes; i++)
        put_line(stream, "note", "%s", evidence->note[i]);
}

static void print_speed(FILE *stream, const struct grade *grade)
{
    const struct judgement *judgement = &grade->judgement;
    if (judgement->speedup > 0)
        put_line(stream, "speedup",
                 "%.2f on %d workers; pool %.2f, ceiling %.2f (%d tasks that compute, median of %d "
                 "rounds)",
                 judgement->speedup, grade->workers, judgement->pool_speedup, judgement->ceiling,
                 PLAN_TIMED_TASKS, grade->evidence.rounds);
    if (judgement->speedup > 0 && judgement->pool_speedup < BUSY_SHARE * judgement->ceiling)
        put_line(stream, "note",
                 "pool itself is far from the ceiling: the machine is busy, or its cores are not "
                 "alike");
    if (judgement->right && grade->evidence.sleeping.done)
        put_line(
            stream, "waiting",
            "%.0f %% of what %d workers can gain with tasks that wait, %.0f %% where tasks are "
            "uneven",
            100 * judgement->waiting_share, grade->evidence.wait_workers,
            100 * judgement->uneven_share);
}

void grade_print(FILE *stream, const struct grade *grade)
{
    const struct judgement *judgement = &grade->judgement;
    fprintf(stream, "%s, %d cases in %.1f s\n", grade->source, grade->evidence.cases,
            grade->wall_s);
    print_diagnostics(stream, &grade->evidence.check);
    print_faults(stream, &grade->evidence);
    print_speed(stream, grade);
    put_line(stream, "next", "%s", judgement->next);
    if (judgement->kind[0])
        put_line(stream, "more", "speedup explain %s", judgement->kind);
    fprintf(stream, "%s\n", judgement->line_text); /* one line, for scripts */
}

/* ---- JSON --------------------------------------------------------------------------------------- */

static void put_string(FILE *stream, const char *name, const char *text)
{
    fprintf(stream, ", \"%s\": \"", name);
    for (const char *at = text; *at; at++) {
        if (*at == '"' || *at == '\\')
            fprintf(stream, "\\%c", *at);
        else if ((unsigned char)*at < ' ')
            fprintf(stream, "\\u%04x", (unsigned)*at);
        else
            fputc(*at, stream);
    }
    fputc('"', stream);
}

static void put_bool(FILE *stream, const char *name, bool value)
{
    fprintf(stream, ", \"%s\": %s", name, value ? "true" : "false");
}

/* Undefined is null, never 0. */
static void put_number(FILE *stream, const char *name, double value, bool known)
{
    if (known)
        fprintf(stream, ", \"%s\": %.6g", name, value);
    else
        fprintf(stream, ", \"%s\": null", name);
}

void grade_print_json(FILE *stream, const struct grade *grade)
{
    const struct judgement *judgement = &grade->judgement;
    bool timed = judgement->speedup > 0;
    fprintf(stream, "{\"points\": %d", judgement->points);
    put_number(stream, "points_max", POINTS_MAX, true);
    put_string(stream, "source", grade->source);
    put_bool(stream, "correct", judgement->right);
    put_bool(stream, "parallel", judgement->right && judgement->parallel);
    put_string(stream, "kind", judgement->kind);
    put_string(stream, "file", judgement->file);
    put_number(stream, "line", judgement->line, judgement->line > 0);
    put_string(stream, "seen", judgement->seen);
    put_string(stream, "verdict", judgement->line_text);
    put_string(stream, "next", judgement->next);
    put_number(stream, "workers", grade->workers, timed);
    put_number(stream, "speedup", judgement->speedup, timed);
    put_number(stream, "pool_speedup", judgement->pool_speedup, timed);
    put_number(stream, "ceiling", judgement->ceiling, timed);
    put_number(stream, "waiting_share", judgement->waiting_share, judgement->right);
    put_number(stream, "uneven_share", judgement->uneven_share, judgement->right);
    put_number(stream, "cases", grade->evidence.cases, true);
    put_number(stream, "seconds", grade->wall_s, true);
    fputc('}', stream);
}
