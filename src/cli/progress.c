/*
 * progress.c - a line that is written over
 *
 *     reading [######..........]  41 %  1,240,000 rows  410,000 rows/s  4 s left
 *
 * The time left is what the work done so far took, stretched over what remains: crude, honest, and
 * right for streams of even rows.
 */
#include "cli/progress.h"

#include "cli/number.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BAR_WIDTH  16
#define INTERVAL_S 0.1

static struct {
    const char *what;
    double started_s, told_s;
    bool visible;
} line;

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void cli_progress_start(const char *what)
{
    cli_progress_clear();
    line.what = what;
    line.started_s = clock_s();
    line.told_s = line.started_s;
}

static void draw(double share, uint64_t rows, double elapsed_s)
{
    char bar[BAR_WIDTH + 1] = {0};
    for (int i = 0; i < BAR_WIDTH; i++) {
        bar[i] = i < (int)(share * BAR_WIDTH) ? '#' : '.';
    }
    fprintf(stderr, "\r\033[K%s [%s] %3.0f %%", line.what, bar, share * 100);
    if (rows) {
        char row_text[CLI_NUMBER_SIZE];
        char rate_text[CLI_NUMBER_SIZE];
        fprintf(stderr, "  %s rows  %s rows/s", cli_number_group(row_text, rows),
                cli_number_group(rate_text, (uint64_t)((double)rows / elapsed_s)));
    }
    if (share > 0.01) {
        fprintf(stderr, "  %.0f s left", elapsed_s / share - elapsed_s);
    }
    fflush(stderr);
}

void cli_progress_tell(void *context, uint64_t done, uint64_t total, uint64_t rows)
{
    (void)context;
    double now_s = clock_s();
    if (!line.what || now_s - line.told_s < INTERVAL_S || !isatty(STDERR_FILENO)) {
        return;
    }
    line.told_s = now_s;
    line.visible = true;
    double share = total ? (double)done / (double)total : 0;
    draw(share < 1 ? share : 1, rows, now_s - line.started_s);
}

void cli_progress_phase(void *context, const char *phase, uint64_t done, uint64_t total)
{
    if (!line.what || strcmp(line.what, phase) != 0) {
        cli_progress_start(phase);
    }
    cli_progress_tell(context, done, total, 0);
}

void cli_progress_clear(void)
{
    if (line.visible) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        line.visible = false;
    }
}
