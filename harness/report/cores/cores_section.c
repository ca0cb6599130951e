/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/cores/cores_section.h"

#include <math.h>
#include <string.h>

#include "harness/base/text/append.h"
#include "harness/machine/cores/core_speeds.h"

bool cores_limit(const struct summary *summary)
{
    const double rounding = 0.999;
    return summary->machine_ceiling < rounding * summary->ceiling; /* false for NaN */
}

/* The row on the most workers of which the machine allows less than counting does. */
static const struct summary *limited(const struct result_set *set)
{
    const struct summary *found = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (summary->status == RUN_OK && cores_limit(summary) &&
            (!found || summary->setup.config.workers > found->setup.config.workers))
            found = summary;
    }
    return found;
}

void cores_text(const struct result_set *set, char text[CORES_TEXT])
{
    struct core_speeds speeds;
    char kinds[CORE_SPEEDS_TEXT];
    const struct summary *most = limited(set);
    text[0] = '\0';
    if (!core_speeds_read(set->machine.core_speeds, &speeds))
        return;
    core_speeds_sentence(&speeds, kinds);
    if (*kinds)
        text_append(text, CORES_TEXT, "The cores: %s.", kinds);
    if (most)
        text_append(
            text, CORES_TEXT, "%sOn %d workers counting allows %.2f, but this machine %.2f.",
            *text ? " " : "", most->setup.config.workers, most->ceiling, most->machine_ceiling);
    /* Others that take cores away make this one small, too. */
    if (!isnan(speeds.together) && speeds.seconds > 0 && machine_is_fit(&set->machine))
        text_append(
            text, CORES_TEXT,
            "%sWith all cores busy each worked at %.0f %% of the speed that it had alone (measured "
            "before, in %.1f s).",
            *text ? " " : "", 100 * speeds.together, speeds.seconds);
    if (!isnan(speeds.beside) && machine_is_fit(&set->machine))
        text_append(text, CORES_TEXT,
                    "%sBeside a core that streams through memory all the time one kept %.0f %%: so "
                    "much can memory, which all cores share, slow its tasks down.",
                    *text ? " " : "", 100 * speeds.beside);
}

void cores_put(const struct result_set *set, const struct document_language *language, FILE *stream)
{
    char text[CORES_TEXT];
    cores_text(set, text);
    if (*text)
        language->paragraph(stream, text);
}

int cores_fast(const struct machine_facts *facts)
{
    struct core_speeds speeds;
    if (!core_speeds_read(facts->core_speeds, &speeds) || speeds.kinds < 2)
        return 0;
    return speeds.kind[0].cores;
}
