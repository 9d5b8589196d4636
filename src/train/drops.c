/*
 * drops.c - the account of rows that were not kept
 *
 * There are as many reasons as a shop has rules and a dozen more, so a list will do.
 */
#include "train/drops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sotto_log_drop *reason_of(sotto_log_report *report, const char *reason, bool bad)
{
    for (size_t i = 0; i < report->drop_count; i++) {
        sotto_log_drop *drop = &report->drops[i];
        if (drop->bad == bad && strncmp(drop->name, reason, sizeof drop->name - 1) == 0) {
            return drop;
        }
    }
    size_t size = (report->drop_count + 1) * sizeof *report->drops;
    sotto_log_drop *drops = realloc(report->drops, size);
    if (drops == NULL) {
        return NULL;
    }
    report->drops = drops;
    sotto_log_drop *drop = &drops[report->drop_count++];
    memset(drop, 0, sizeof *drop);
    (void)snprintf(drop->name, sizeof drop->name, "%s", reason);
    drop->bad = bad;
    return drop;
}

/* "orders.csv:17: text", cut to what fits; all but plain ASCII becomes '?'. */
static void keep_example(sotto_log_drop *drop, const char *file, uint64_t line, sotto_text raw)
{
    char *text = drop->examples[drop->example_count++];
    size_t room = sizeof drop->examples[0];
    const char *name = strrchr(file, '/');
    name = name != NULL ? name + 1 : file;
    int used = snprintf(text, room, "%.100s:%llu: ", name, (unsigned long long)line);
    char *at = text + used, *end = text + room - 1;
    for (size_t i = 0; i < raw.size && at < end; i++) {
        unsigned char c = (unsigned char)raw.bytes[i];
        *at++ = c == '\t' ? ' ' : c < 0x20 || c >= 0x7f ? '?' : (char)c;
    }
    *at = '\0';
}

bool sotto_drops_add(sotto_log_report *report, const char *reason, bool bad, const char *file,
                     uint64_t line, sotto_text raw)
{
    sotto_log_drop *drop = reason_of(report, reason, bad);
    if (drop == NULL) {
        return false;
    }
    drop->count++;
    report->rows_bad += bad ? 1 : 0;
    if (drop->example_count < SOTTO_LOG_EXAMPLES) {
        keep_example(drop, file, line, raw);
    }
    return true;
}

const sotto_log_drop *sotto_drops_worst(const sotto_log_report *report)
{
    const sotto_log_drop *worst = NULL;
    for (size_t i = 0; i < report->drop_count; i++) {
        const sotto_log_drop *drop = &report->drops[i];
        if (drop->bad && (worst == NULL || drop->count > worst->count)) {
            worst = drop;
        }
    }
    return worst;
}

void sotto_log_report_free(sotto_log_report *report)
{
    free(report->drops);
    memset(report, 0, sizeof *report);
}
