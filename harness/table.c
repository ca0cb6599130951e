#include "harness/table.h"

#include <math.h>
#include <string.h>

#include "harness/config.h"

/* "12.3 (12.1-12.5)", or "12.3" where there is no interval, or "-" where there is nothing. */
static void put_estimate(const struct csv_table *summary, size_t row, const char *value,
                         const char *low, const char *high, const char *format, FILE *stream)
{
    char number[3][32], text[100];
    double numbers[3] = {csv_number(summary, row, value), csv_number(summary, row, low),
                         csv_number(summary, row, high)};
    for (int i = 0; i < 3; i++)
        snprintf(number[i], sizeof number[i], format, numbers[i]);
    if (isnan(numbers[0]))
        snprintf(text, sizeof text, "-");
    else if (isnan(numbers[1]))
        snprintf(text, sizeof text, "%s", number[0]);
    else
        snprintf(text, sizeof text, "%s (%s-%s)", number[0], number[1], number[2]);
    fprintf(stream, "  %-22s", text);
}

static void put_percent(double share, FILE *stream)
{
    if (isnan(share))
        fprintf(stream, "  %6s", "-");
    else
        fprintf(stream, "  %4.0f %%", 100 * share);
}

void table_print(const struct csv_table *summary, FILE *stream)
{
    fprintf(stream, "%-20s %7s  %-22s  %-22s  %7s  %6s  %6s  %6s  %8s  %s\n", "strategy", "workers",
            "wall s (95 % CI)", "speedup (95 % CI)", "ceiling", "of it", "effic.", "CPU", "memory",
            "status");
    for (size_t row = 0; row < summary->rows; row++) {
        double speedup = csv_number(summary, row, "speedup");
        double ceiling = csv_number(summary, row, "ceiling");
        char label[64];
        double kib = csv_number(summary, row, "max_rss_kib");
        config_label(csv_text(summary, row, "strategy"), csv_text(summary, row, "lock"), label,
                     sizeof label);
        fprintf(stream, "%-20s %7s", label, csv_text(summary, row, "workers"));
        put_estimate(summary, row, "wall_median_s", "wall_low_s", "wall_high_s", "%.4g", stream);
        put_estimate(summary, row, "speedup", "speedup_low", "speedup_high", "%.3f", stream);
        fprintf(stream, "  %7.2f", ceiling);
        put_percent(speedup / ceiling, stream);
        put_percent(csv_number(summary, row, "efficiency"), stream);
        put_percent(csv_number(summary, row, "cpu_utilisation"), stream);
        if (isnan(kib))
            fprintf(stream, "  %8s", "-");
        else
            fprintf(stream, "  %4.0f MiB", kib / 1024);
        fprintf(stream, "  %s\n", csv_text(summary, row, "status"));
    }
}

long table_best(const struct csv_table *summary)
{
    long best = -1;
    for (size_t row = 0; row < summary->rows; row++) {
        double speedup = csv_number(summary, row, "speedup");
        if (strcmp(csv_text(summary, row, "status"), "ok") != 0 || isnan(speedup))
            continue;
        if (best < 0 || speedup > csv_number(summary, (size_t)best, "speedup"))
            best = (long)row;
    }
    return best;
}

int table_images(const struct csv_table *summary)
{
    /* There is no column for it, but activity_speedup = images * t0 / wall time. */
    long best = table_best(summary);
    if (best < 0)
        return 0;
    size_t row = (size_t)best;
    double images = csv_number(summary, row, "activity_speedup") *
                    csv_number(summary, row, "wall_median_s") / csv_number(summary, row, "t0_s");
    return isnan(images) ? 0 : (int)lround(images);
}

void table_print_best(const struct csv_table *summary, FILE *stream)
{
    long best = table_best(summary);
    int images = table_images(summary);
    if (best < 0) {
        fprintf(stream, "No result: nothing ran to its end and was right.\n");
        return;
    }
    size_t row = (size_t)best;
    const char *workers = csv_text(summary, row, "workers");
    const char *cores = csv_text(summary, row, "cores");
    fprintf(stream, "Best speedup: %.2f", csv_number(summary, row, "speedup"));
    if (!isnan(csv_number(summary, row, "speedup_low")))
        fprintf(stream, " (95 %% CI %.2f-%.2f)", csv_number(summary, row, "speedup_low"),
                csv_number(summary, row, "speedup_high"));
    fprintf(stream, " with %s on %s worker%s, %s core%s (%s).\n",
            csv_text(summary, row, "strategy"), workers, strcmp(workers, "1") == 0 ? "" : "s",
            cores, strcmp(cores, "1") == 0 ? "" : "s", csv_text(summary, row, "cpu"));
    fprintf(stream,
            "As the activity defines it: speedup = %d * t0 / tp = %d * %.4f s / %.4f s = %.2f.\n",
            images, images, csv_number(summary, row, "t0_s"),
            csv_number(summary, row, "wall_median_s"),
            csv_number(summary, row, "activity_speedup"));
}
