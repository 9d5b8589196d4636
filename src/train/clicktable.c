/*
 * clicktable.c - sessions in a table with a column for session, item and time
 *
 * Recognising turns the first line into a log source; the rest is what any shop's logs go through.
 */
#include "train/clicktable.h"

#include "train/gather.h"
#include "train/window.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE    64u
#define COLUMN_KINDS 5u

typedef enum column_kind { SESSION, ITEM, TIME, SHOPPER, EVENT } column_kind;

static const char *const known_names[COLUMN_KINDS][6] = {
    [SESSION] = {"sessionid", "session"},
    [ITEM] = {"itemid", "item", "productid", "product"},
    [TIME] = {"time", "timestamp", "times", "eventtime", "unixtime"},
    [SHOPPER] = {"userid", "user", "visitorid", "shopper"},
    [EVENT] = {"type", "event", "eventtype"},
};

/* Whatever else happened is passed over. */
static const sotto_log_event known_events[] = {
    {"view", SOTTO_LOG_VIEW}, {"views", SOTTO_LOG_VIEW}, {"click", SOTTO_LOG_VIEW},
    {"clicks", SOTTO_LOG_VIEW},
};

typedef struct table_header {
    char names[COLUMN_KINDS][NAME_SIZE]; /* as the file writes them; empty: has no such column */
    char delimiter;
} table_header;

/* ---- the first line -------------------------------------------------------------------------- */

/* "Session_Id" becomes "sessionid". */
static void fold_name(sotto_text name, char folded[NAME_SIZE])
{
    size_t used = 0;
    for (size_t i = 0; i < name.size && used + 1 < NAME_SIZE; i++) {
        if (isalnum((unsigned char)name.bytes[i])) {
            folded[used++] = (char)tolower((unsigned char)name.bytes[i]);
        }
    }
    folded[used] = '\0';
}

static void take_column(table_header *header, sotto_text name)
{
    char folded[NAME_SIZE];
    fold_name(name, folded);
    for (size_t kind = 0; kind < COLUMN_KINDS && name.size < NAME_SIZE; kind++) {
        for (size_t i = 0; i < 6 && known_names[kind][i] != NULL; i++) {
            if (strcmp(folded, known_names[kind][i]) == 0 && header->names[kind][0] == '\0') {
                memcpy(header->names[kind], name.bytes, name.size);
                header->names[kind][name.size] = '\0';
            }
        }
    }
}

static sotto_text without_quotes(sotto_text name)
{
    while (name.size > 0
           && (name.bytes[name.size - 1] == '\r' || name.bytes[name.size - 1] == '"')) {
        name.size--;
    }
    while (name.size > 0 && name.bytes[0] == '"') {
        name.bytes++;
        name.size--;
    }
    return name;
}

static bool read_header(sotto_text line, table_header *header)
{
    memset(header, 0, sizeof *header);
    header->delimiter = memchr(line.bytes, '\t', line.size) != NULL ? '\t' : ',';
    size_t from = 0;
    for (size_t at = 0; at <= line.size; at++) {
        if (at == line.size || line.bytes[at] == header->delimiter) {
            take_column(header, without_quotes((sotto_text){line.bytes + from, at - from}));
            from = at + 1;
        }
    }
    bool has_who = header->names[SESSION][0] != '\0'
                   || (header->names[SHOPPER][0] != '\0' && header->names[TIME][0] != '\0');
    return has_who && header->names[ITEM][0] != '\0';
}

static bool recognise(const char *path, table_header *header, bool *is_table,
                      sotto_train_fault *fault)
{
    sotto_window window;
    sotto_record record;
    bool found = false;
    *is_table = false;
    if (!sotto_window_open(&window, path, fault)) {
        return false;
    }
    bool good = sotto_window_find(&window, false, '\t', &record, &found, fault);
    *is_table = good && found && record.bad == NULL && read_header(record.text, header);
    sotto_window_close(&window);
    return good;
}

bool sotto_clicktable_recognise(const char *path, bool *is_table, sotto_train_fault *fault)
{
    table_header header;
    return recognise(path, &header, is_table, fault);
}

/* ---- the rows -------------------------------------------------------------------------------- */

static const char *name_or_none(const table_header *header, column_kind kind)
{
    return header->names[kind][0] != '\0' ? header->names[kind] : NULL;
}

static sotto_log_source source_of(const char *const *path, const table_header *header,
                                  sotto_log_time time)
{
    sotto_log_source source = {
        .files = path,
        .file_count = 1,
        .format = header->delimiter == '\t' ? SOTTO_LOG_TSV : SOTTO_LOG_CSV,
        .columns = {.item = name_or_none(header, ITEM),
                    .shopper = name_or_none(header, SHOPPER),
                    .session = name_or_none(header, SESSION),
                    .event = name_or_none(header, EVENT),
                    .time = name_or_none(header, TIME)},
        .events = known_events,
        .event_count = sizeof known_events / sizeof known_events[0],
        .kind = SOTTO_LOG_VIEW,
        .time = time,
        .max_bad = SOTTO_LOG_MAX_BAD_DEFAULT,
    };
    return source;
}

/* Times are tried as seconds, then as dates, then as milliseconds. */
static bool gather(const char *path, const table_header *header, sotto_events *events,
                   sotto_train_fault *fault)
{
    static const sotto_log_time forms[] = {SOTTO_LOG_TIME_EPOCH_S, SOTTO_LOG_TIME_ISO8601,
                                           SOTTO_LOG_TIME_EPOCH_MS};
    sotto_train_options options = sotto_train_defaults();
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        sotto_log_report report = {0};
        sotto_log_source source = source_of(&path, header, forms[i]);
        bool good = sotto_gather(&source, 1, &options, events, &report, fault);
        sotto_log_report_free(&report);
        if (good) {
            return true;
        }
        if (i + 1 < sizeof forms / sizeof forms[0]) {
            sotto_events_free(events);
        }
    }
    return false;
}

static bool copy_sessions(const sotto_events *events, bool learn, const sotto_sequences *from,
                          sotto_intern *items, sotto_sequences *to)
{
    uint32_t *numbers = malloc(((size_t)events->items.count + 1) * sizeof *numbers);
    bool good = numbers != NULL;
    for (uint32_t i = 0; good && i < events->items.count; i++) {
        sotto_text id = sotto_intern_get(&events->items, i);
        if (learn) {
            good = sotto_intern_add(items, id, &numbers[i]);
        } else {
            numbers[i] = sotto_intern_find(items, id);
        }
    }
    for (uint32_t session = 0; good && session < from->count; session++) {
        good = sotto_sequences_open(to, from->shoppers[session], from->times_s[session]);
        for (size_t i = from->starts[session]; good && i < from->starts[session + 1]; i++) {
            good = sotto_sequences_push(to, numbers[from->items[i]]);
        }
    }
    free(numbers);
    return good;
}

bool sotto_clicktable_read(const char *path, bool learn, sotto_intern *items,
                           sotto_sequences *sessions, sotto_train_fault *fault)
{
    table_header header;
    sotto_events events;
    sotto_sequences read = {0};
    bool is_table;
    memset(sessions, 0, sizeof *sessions);
    if (!recognise(path, &header, &is_table, fault)) {
        return false;
    }
    if (!is_table) {
        return sotto_fault_set(fault, "%s: its first line names no session and item columns", path);
    }
    bool good = gather(path, &header, &events, fault);
    uint32_t gap_s = sotto_train_defaults().session_gap_s;
    if (good && !(sotto_sessions_make(&events, gap_s, &read)
                  && copy_sessions(&events, learn, &read, items, sessions))) {
        good = sotto_fault_set(fault, "%s: not enough memory", path);
    }
    sotto_sequences_free(&read);
    sotto_events_free(&events);
    return good;
}
