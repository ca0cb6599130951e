/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/titles.h"

#include <string.h>
#include <time.h>

#include "harness/report/cores/cores_section.h"
#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/table.h"

enum { TEXT_LENGTH = 512, TITLE_LENGTH = 55 };

static void put_count(char *text, size_t size, int count, const char *what)
{
    snprintf(text, size, "%d %s%s", count, what, count == 1 ? "" : "s");
}

/* Where the machine ends: at its cores, and at its hardware threads where these are more; or where
 * a container's limit ends it before. */
static void put_machine(FILE *settings, int cores, int threads, double quota)
{
    char text[64], all[64];
    bool limited = quota > 0 && quota < cores;
    double most = quota > 0 && quota < threads ? quota : threads;
    put_count(text, sizeof text, cores, "core");
    put_count(all, sizeof all, threads, threads > cores ? "hardware thread" : "core");
    if (limited)
        snprintf(text, sizeof text, "limit: %.3g CPU%s", quota, quota > 1 ? "s" : "");
    if (most < threads)
        snprintf(all, sizeof all, "limit: %.3g CPU%s", quota, quota > 1 ? "s" : "");
    fprintf(settings, "cores = %.9g\nthreads = %d\nall_cores = %.9g\n", limited ? quota : cores,
            limited ? 0 : threads, most);
    gnuplot_put_string(settings, "cores_text", text);
    gnuplot_put_string(settings, "all_cores_text", all);
}

static void put_caption(FILE *settings, const char *cpu, int cores, int threads, const char *host,
                        const char *date)
{
    char text[TEXT_LENGTH], core_text[32], thread_text[64];
    put_count(core_text, sizeof core_text, cores, "core");
    put_count(thread_text, sizeof thread_text, threads, "hardware thread");
    snprintf(text, sizeof text, "%s, %s, %s", cpu, core_text, thread_text);
    gnuplot_put_string(settings, "caption_1", text);
    snprintf(text, sizeof text, "host %s%s%.20s", host, *date ? ", " : "", date);
    gnuplot_put_string(settings, "caption_2", text);
    gnuplot_put_string(settings, "remark", "");
}

/* "disturbed: others kept 1.7 of 2 CPUs busy": the first reason; the report has them all. */
static void put_remark(FILE *settings, const char *verdict)
{
    char text[TITLE_LENGTH + 16];
    snprintf(text, sizeof text, "%.*s", (int)strcspn(verdict, ";"), verdict);
    gnuplot_put_string(settings, "remark", text);
}

void titles_write(FILE *settings, const struct result_set *set)
{
    const struct machine_facts *machine = &set->machine;
    char text[TEXT_LENGTH];
    bool waits = set->summaries[0].setup.latency_s >= 0; /* false for NaN; waiting takes no core */
    table_subject(set, text, sizeof text);
    gnuplot_put_string(settings, "what", text);
    gnuplot_put_string(settings, "tasks_name", waits ? "tasks" : "images");
    put_machine(settings, machine->cores, machine->threads, machine->quota);
    fprintf(settings, "fast_cores = %d\n", waits ? 0 : cores_fast(machine));
    put_caption(settings, machine->cpu, machine->cores, machine->threads, machine->host,
                machine->date);
    if (!machine_is_fit(machine))
        put_remark(settings, machine->verdict);
}

void titles_write_watched(FILE *settings, const char *command, const struct topology *topology)
{
    char date[32] = "", what[TITLE_LENGTH + 8];
    time_t now = time(NULL);
    struct tm *today = localtime(&now);
    if (!today || strftime(date, sizeof date, "%Y-%m-%d", today) == 0)
        date[0] = '\0';
    snprintf(what, sizeof what, "%.*s%s", TITLE_LENGTH, command,
             strlen(command) > TITLE_LENGTH ? " ..." : "");
    gnuplot_put_string(settings, "what", what);
    put_machine(settings, topology->cores, topology->threads, topology->quota);
    put_caption(settings, topology->cpu, topology->cores, topology->threads, topology->host, date);
    fputs("watched = 1\n", settings);
}
