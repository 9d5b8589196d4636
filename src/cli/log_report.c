/*
 * log_report.c - what was read, what was dropped, and why
 */
#include "cli/log_report.h"

#include "cli/number.h"
#include "cli/report.h"

/* The day of a time, for which the first ten characters do. */
static const char *day(char text[CLI_NUMBER_SIZE], int64_t time_s)
{
    cli_number_time(text, time_s < 0 ? 0 : (uint64_t)time_s);
    text[10] = '\0';
    return text;
}

void cli_log_report_print(const sotto_log_report *report)
{
    char read[CLI_NUMBER_SIZE];
    char kept[CLI_NUMBER_SIZE];
    char first[CLI_NUMBER_SIZE];
    char last[CLI_NUMBER_SIZE];
    if (report->rows_read == 0) {
        return;
    }
    cli_number_group(read, report->rows_read);
    cli_number_group(kept, report->rows_kept);
    if (report->has_time && report->rows_kept) {
        cli_note("%s rows in %u %s, %s kept, from %s to %s", read, report->file_count,
                 report->file_count == 1 ? "file" : "files", kept, day(first, report->first_time_s),
                 day(last, report->last_time_s));
    } else {
        cli_note("%s rows in %u %s, %s kept", read, report->file_count,
                 report->file_count == 1 ? "file" : "files", kept);
    }
    for (size_t i = 0; i < report->drop_count; i++) {
        const sotto_log_drop *drop = &report->drops[i];
        char count[CLI_NUMBER_SIZE];
        cli_note("dropped %s: %s%s", cli_number_group(count, drop->count), drop->name,
                 drop->bad ? " (bad rows)" : "");
        for (unsigned j = 0; j < drop->example_count; j++) {
            cli_note("  %s", drop->examples[j]);
        }
    }
}

static void print_drop(cli_json *json, const sotto_log_drop *drop)
{
    cli_json_object(json, NULL);
    cli_json_text(json, "reason", drop->name);
    cli_json_bool(json, "bad", drop->bad);
    cli_json_number(json, "count", drop->count);
    cli_json_array(json, "examples");
    for (unsigned i = 0; i < drop->example_count; i++) {
        cli_json_text(json, NULL, drop->examples[i]);
    }
    cli_json_end(json);
    cli_json_end(json);
}

void cli_log_report_json(cli_json *json, const char *key, const sotto_log_report *report)
{
    cli_json_object(json, key);
    cli_json_number(json, "files", report->file_count);
    cli_json_number(json, "bytes", report->bytes_read);
    cli_json_number(json, "rows", report->rows_read);
    cli_json_number(json, "kept", report->rows_kept);
    cli_json_number(json, "bad", report->rows_bad);
    if (report->has_time && report->rows_kept) {
        cli_json_signed(json, "first_time_s", report->first_time_s);
        cli_json_signed(json, "last_time_s", report->last_time_s);
    }
    cli_json_array(json, "dropped");
    for (size_t i = 0; i < report->drop_count; i++) {
        print_drop(json, &report->drops[i]);
    }
    cli_json_end(json);
    cli_json_end(json);
}
