/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/measure/outlook.h"

bool plan_wants(const char *strategy, const char *sweeper, int workers, int most, bool asked_for)
{
    return asked_for || workers == most || (sweeper && strcmp(strategy, sweeper) == 0);
}

double plan_run_s(double serial_s, double overhead_s, int tasks, int workers, double cores,
                  bool waits)
{
    double turns = ceil((double)tasks / workers), speedup = tasks / turns;
    if (!waits && speedup > cores)
        speedup = cores;
    return overhead_s + serial_s / speedup;
}

static double round_s(const struct plan_section *section, double share)
{
    double sum = 0;
    for (size_t i = 0; i < section->count; i++) {
        const struct plan_config *config = &section->configs[i];
        if (!config->cut)
            sum += (config->twice ? 2 : 1) * (config->overhead_s + config->tasks_s * share);
    }
    return sum;
}

/* All rounds, the reference before them and the round after them that is watched. */
static double section_s(const struct plan_section *section, int asked_images, int rounds)
{
    double share = (double)section->images / asked_images;
    const struct plan_config *serial = &section->configs[0];
    return section->fixed_s + serial->overhead_s + serial->tasks_s * share +
           (rounds + 1) * round_s(section, share);
}

/* Cuts a quarter of the images; false where they are as few as they may be. */
static bool cut_images(struct plan_section *section)
{
    int fewer = section->images - (section->images + 3) / 4;
    if (fewer < section->images_at_least)
        fewer = section->images_at_least;
    if (fewer >= section->images)
        return false;
    section->images = fewer;
    return true;
}

/* Leaves out the configuration that takes longest; false where there is none to spare: one beside
 * the serial one is to stay. */
static bool cut_config(struct plan_section *section)
{
    size_t longest = 0, left = 0;
    for (size_t i = 1; i < section->count; i++) {
        const struct plan_config *config = &section->configs[i];
        left += !config->cut;
        if (!config->keep && !config->cut &&
            (longest == 0 ||
             config->overhead_s + config->tasks_s >
                 section->configs[longest].overhead_s + section->configs[longest].tasks_s))
            longest = i;
    }
    if (longest == 0 || left < 2)
        return false;
    section->configs[longest].cut = true;
    return true;
}

/* Asked for is what `images` held in the beginning. */
static double all_s(struct plan_section *sections, size_t count, const int *asked, int rounds)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sections[i].rounds = rounds;
        sections[i].seconds = section_s(&sections[i], asked[i], rounds);
        sum += sections[i].seconds;
    }
    return sum;
}

/* Cuts something in the section that takes longest of those that can be cut. */
static bool cut_once(struct plan_section *sections, size_t count, bool *done)
{
    for (;;) {
        size_t longest = count;
        for (size_t i = 0; i < count; i++)
            if (!done[i] && (longest == count || sections[i].seconds > sections[longest].seconds))
                longest = i;
        if (longest == count)
            return false;
        if (cut_images(&sections[longest]) || cut_config(&sections[longest]))
            return true;
        done[longest] = true;
    }
}

double plan_make(struct plan_section *sections, size_t count, double budget_s, int rounds_at_most)
{
    enum { SECTIONS_AT_MOST = 32 };
    int asked[SECTIONS_AT_MOST], rounds = rounds_at_most;
    bool done[SECTIONS_AT_MOST] = {false};
    if (count > SECTIONS_AT_MOST)
        count = SECTIONS_AT_MOST;
    for (size_t i = 0; i < count; i++) {
        asked[i] = sections[i].images;
        for (size_t k = 0; k < sections[i].count; k++)
            sections[i].configs[k].cut = false;
    }
    int least = rounds_at_most < PLAN_ROUNDS_AT_LEAST ? rounds_at_most : PLAN_ROUNDS_AT_LEAST;
    double seconds = all_s(sections, count, asked, rounds);
    while (seconds > budget_s && rounds > least)
        seconds = all_s(sections, count, asked, --rounds);
    while (seconds > budget_s && cut_once(sections, count, done))
        seconds = all_s(sections, count, asked, rounds);
    while (seconds > OUTLOOK_OVERRUN * budget_s && rounds > 1)
        seconds = all_s(sections, count, asked, --rounds);
    return seconds;
}

void plan_cuts_text(const struct plan_section *section, int images, char *text)
{
    size_t cut = 0;
    for (size_t i = 0; i < section->count; i++)
        cut += section->configs[i].cut;
    bool fewer = section->images < images;
    int used = 0;
    text[0] = '\0';
    if (fewer)
        used = snprintf(text, PLAN_TEXT, "%d image%s instead of %d", section->images,
                        section->images == 1 ? "" : "s", images);
    if (cut > 0)
        snprintf(text + used, PLAN_TEXT - (size_t)used, "%swithout the %zu longest",
                 fewer ? "; " : "", cut);
}

void plan_text(const struct plan_section *section, int images, char *text)
{
    size_t runs = 0;
    char cuts[PLAN_TEXT];
    for (size_t i = 0; i < section->count; i++)
        if (!section->configs[i].cut)
            runs += section->configs[i].twice ? 2 : 1;
    int seconds = (int)(section->seconds + 0.5);
    plan_cuts_text(section, images, cuts);
    snprintf(text, PLAN_TEXT, "%d round%s of %zu runs, %d:%02d%s%.100s%s", section->rounds,
             section->rounds == 1 ? "" : "s", runs, seconds / 60, seconds % 60,
             *cuts ? "; for lack of time " : "", cuts,
             section->rounds < PLAN_ROUNDS_AT_LEAST ? "; too few rounds for intervals" : "");
}
