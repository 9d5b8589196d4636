/*
 * gather.c - all rows of all logs, as events
 */
#include "train/gather.h"

#include <string.h>

static void tell_reading(void *context, uint64_t bytes_done, uint64_t bytes_total,
                         uint64_t rows_read)
{
    const sotto_train_options *options = context;
    (void)rows_read;
    if (options->progress_fn != NULL) {
        options->progress_fn(options->progress_context, "reading", bytes_done, bytes_total);
    }
}

/* Where a log has rows but none that can be used, the report says what became of them. */
static bool nothing_kept(const sotto_log_source *source, const sotto_log_report *report,
                         sotto_train_fault *fault)
{
    const char *file = source->file_count > 0 ? source->files[0] : "log";
    if (report->rows_read == 0) {
        return sotto_fault_set(fault, "%s: has no rows", file);
    }
    sotto_fault_set(fault, "%s: none of %llu rows can be used", file,
                    (unsigned long long)report->rows_read);
    const sotto_log_drop *most = NULL;
    for (size_t i = 0; i < report->drop_count; i++) {
        most = most == NULL || report->drops[i].count > most->count ? &report->drops[i] : most;
    }
    return most == NULL || sotto_fault_hint(fault, "most were dropped as \"%s\", for instance %s",
                                            most->name, most->examples[0]);
}

bool sotto_gather_rows(const sotto_log_source *sources, size_t source_count,
                       const sotto_train_options *options, sotto_log_row_fn row_fn,
                       void *row_context, sotto_log_report *report, sotto_train_fault *fault)
{
    sotto_train_options copy = *options;
    if (source_count == 0) {
        memset(report, 0, sizeof *report);
        return sotto_fault_set(fault, "no log is named");
    }
    bool good = sotto_logs_read(sources, source_count, row_fn, row_context, tell_reading, &copy,
                                report, fault);
    if (good && report->rows_kept == 0) {
        (void)nothing_kept(&sources[0], report, fault);
        good = false;
    }
    return good;
}

bool sotto_gather(const sotto_log_source *sources, size_t source_count,
                  const sotto_train_options *options, sotto_events *events,
                  sotto_log_report *report, sotto_train_fault *fault)
{
    sotto_events_init(events);
    return sotto_gather_rows(sources, source_count, options, sotto_events_add, events, report,
                             fault);
}
