/*
 * replay_golden.c - what a replay printed once, held against what it prints now
 *
 * A shop keeps recordings of sessions that matter, and what each of them showed. Before a change is
 * published they are played again: what is no longer the same is either a mistake or is accepted.
 */
#include "cli/replay_golden.h"

#include "cli/files.h"
#include "cli/report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FILE_MAX_SIZE ((size_t)1 << 28)
#define SHOWN_MAX     10

bool cli_golden_begin(cli_golden *golden, const char *file)
{
    *golden = (cli_golden){.file = file, .printed = tmpfile(), .output = dup(STDOUT_FILENO)};
    fflush(stdout);
    return (golden->printed && golden->output >= 0
            && dup2(fileno(golden->printed), STDOUT_FILENO) >= 0)
        || cli_error("%s: nothing can be kept for it: %s", file, strerror(errno));
}

/* Standard output is standard output again. */
static void give_back(const cli_golden *golden)
{
    fflush(stdout);
    dup2(golden->output, STDOUT_FILENO);
    close(golden->output);
}

void cli_golden_drop(cli_golden *golden)
{
    give_back(golden);
    fclose(golden->printed);
}

static char *read_printed(cli_golden *golden, cli_pool *pool, size_t *size)
{
    fseek(golden->printed, 0, SEEK_END);
    long end = ftell(golden->printed);
    *size = end > 0 ? (size_t)end : 0;
    char *text = cli_pool_alloc(pool, *size + 1, 1);
    rewind(golden->printed);
    *size = fread(text, 1, *size, golden->printed);
    return text;
}

/* A line without its end, or "(nothing)" past the last one; moves on to the next. */
static const char *next_line(cli_pool *pool, const char **at, bool *there)
{
    *there = **at != '\0';
    if (!*there) {
        return "(nothing)";
    }
    size_t size = strcspn(*at, "\n");
    const char *line = cli_pool_copy(pool, *at, size);
    *at += size + ((*at)[size] == '\n');
    return line;
}

static bool compare(const cli_golden *golden, cli_pool *pool, const char *expected,
                    const char *printed)
{
    unsigned line = 0, different = 0;
    bool more_expected = true, more_printed = true;
    while (more_expected || more_printed) {
        const char *a = next_line(pool, &expected, &more_expected);
        const char *b = next_line(pool, &printed, &more_printed);
        line++;
        if ((more_expected || more_printed) && strcmp(a, b) != 0 && ++different <= SHOWN_MAX) {
            cli_error("%s:%u: expected %s", golden->file, line, a);
            cli_note("%*s got %s", (int)strlen(golden->file), "", b);
        }
    }
    if (different > 0) {
        cli_note("%s: %u lines are not the same", golden->file, different);
        cli_hint("--accept writes what is printed now");
    }
    return different == 0;
}

bool cli_golden_end(cli_golden *golden, cli_pool *pool, bool accept)
{
    size_t size, expected_size;
    give_back(golden);
    const char *printed = read_printed(golden, pool, &size);
    fclose(golden->printed);
    if (accept || !cli_file_exists(golden->file)) {
        bool good = cli_file_write(pool, golden->file, printed, size);
        if (good) {
            cli_note("%s: written", golden->file);
        }
        return good;
    }
    const uint8_t *expected = cli_file_read(pool, golden->file, FILE_MAX_SIZE, &expected_size);
    return expected && compare(golden, pool, (const char *)expected, printed);
}
