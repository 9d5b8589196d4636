/*
 * logs.c - a shop's own files, read row by row
 *
 * For each row, in this order: can it be split? does a rule of the shop drop it? what event is it?
 * is what it says usable? was it there before? The shop's rules come before the built-in checks, so
 * that a return that is named by a rule is not also an error.
 */
#include "train/logs.h"

#include "train/drops.h"
#include "train/row_rules.h"
#include "train/seen.h"
#include "train/values.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COLUMN_COUNT    13
#define PROGRESS_ROWS   16384u
#define EARLY_STOP_ROWS 1000u /* after these many rows, half of them bad is reason enough */
#define LATEST_TIME_S   4294967295.0

/* The places of the mapped columns, in the order of sotto_log_columns. */
enum {
    ITEM,
    SHOPPER,
    SESSION,
    ORDER,
    EVENT,
    TIME,
    QUANTITY,
    TITLE,
    PRICE,
    CATEGORY,
    BRAND,
    URL,
    IMAGE
};

typedef struct log_reader {
    const sotto_log_source *source;
    const char             *names[COLUMN_COUNT];
    sotto_rules             rules;
    sotto_seen             *seen;
    char                   *key; /* of a row, for duplicates */
    size_t                  key_size;
    sotto_log_row_fn        row_fn;
    void                   *row_context;
    sotto_log_progress_fn   progress_fn;
    void                   *progress_context;
    uint64_t                bytes_before, bytes_total;
    uint64_t                source_rows, source_bad;
    sotto_log_report       *report;
    sotto_train_fault      *fault;
} log_reader;

/* What a file's columns are called in its table: numbers, or NO_FIELD. */
#define NO_FIELD UINT32_MAX

typedef struct log_file {
    const char  *path;
    sotto_table *table;
    uint32_t     numbers[COLUMN_COUNT];
    uint32_t    *rule_numbers;
} log_file;

static void list_names(log_reader *reader)
{
    const sotto_log_columns *columns = &reader->source->columns;
    const char *names[COLUMN_COUNT] = {
        columns->item,     columns->shopper, columns->session,  columns->order, columns->event,
        columns->time,     columns->quantity, columns->title,   columns->price, columns->category,
        columns->brand,    columns->url,      columns->image,
    };
    memcpy(reader->names, names, sizeof names);
}

static bool ask_columns(log_reader *reader, log_file *file)
{
    for (uint32_t i = 0; i < COLUMN_COUNT; i++) {
        bool required = i == ITEM || i == TIME || i == EVENT;
        file->numbers[i] = NO_FIELD;
        if (reader->names[i] != NULL
            && !sotto_table_ask(file->table, reader->names[i], required, &file->numbers[i],
                                reader->fault)) {
            return false;
        }
    }
    for (size_t i = 0; i < reader->rules.count; i++) {
        if (!sotto_table_ask(file->table, reader->rules.rules[i].column, false,
                             &file->rule_numbers[i], reader->fault)) {
            return false;
        }
    }
    return true;
}

/* ---- one row --------------------------------------------------------------------------------- */

static bool read_time(const sotto_log_source *source, sotto_text text, int64_t *time_s)
{
    double number;
    bool good = false;
    switch (source->time) {
    case SOTTO_LOG_TIME_ISO8601:
        good = sotto_time_read_iso8601(text, time_s);
        break;
    case SOTTO_LOG_TIME_STRPTIME:
        good = sotto_time_read_pattern(text, source->time_pattern, time_s);
        break;
    case SOTTO_LOG_TIME_EPOCH_S:
    case SOTTO_LOG_TIME_EPOCH_MS:
        good = sotto_number_read(text, &number);
        if (good && source->time == SOTTO_LOG_TIME_EPOCH_MS) {
            number /= 1000;
        }
        good = good && number >= 0 && number <= LATEST_TIME_S;
        *time_s = good ? (int64_t)number : 0;
        break;
    }
    return good && *time_s >= 0 && (double)*time_s <= LATEST_TIME_S;
}

/* Fills the row's values that can be wrong. Returns NULL or the reason why they are. */
static const char *read_values(const log_reader *reader, const sotto_text *cells,
                               sotto_log_row *row)
{
    if (cells[ITEM].size == 0) {
        return "missing item";
    }
    for (uint32_t i = ITEM; i <= ORDER; i++) {
        if (cells[i].size > SOTTO_MAX_ID_SIZE) {
            return "id too long";
        }
    }
    for (uint32_t i = 0; i < COLUMN_COUNT; i++) {
        bool is_text = i <= ORDER || i == TITLE || i >= CATEGORY;
        if (is_text && !sotto_text_is_clean(cells[i])) {
            return "not UTF-8";
        }
    }
    row->has_time = reader->names[TIME] != NULL;
    if (row->has_time && !read_time(reader->source, cells[TIME], &row->time_s)) {
        return "bad date";
    }
    row->quantity = 1;
    if (cells[QUANTITY].size > 0) {
        if (!sotto_number_read(cells[QUANTITY], &row->quantity)) {
            return "bad quantity";
        }
        if (row->quantity < 0) {
            return "negative quantity";
        }
    }
    row->has_price = sotto_number_read(cells[PRICE], &row->price) && row->price >= 0;
    return NULL;
}

/* A hash of all mapped cells with their sizes, so that "a","bc" is not "ab","c". */
static bool hash_cells(log_reader *reader, const sotto_text *cells, sotto_log_kind kind,
                       uint64_t *hash)
{
    size_t size = 1;
    for (uint32_t i = 0; i < COLUMN_COUNT; i++) {
        size += sizeof(uint32_t) + cells[i].size;
    }
    if (size > reader->key_size) {
        char *key = realloc(reader->key, size * 2);
        if (key == NULL) {
            return sotto_fault_set(reader->fault, "not enough memory to find duplicates");
        }
        reader->key = key;
        reader->key_size = size * 2;
    }
    char *at = reader->key;
    *at++ = (char)kind;
    for (uint32_t i = 0; i < COLUMN_COUNT; i++) {
        uint32_t cell_size = (uint32_t)cells[i].size;
        memcpy(at, &cell_size, sizeof cell_size);
        at += sizeof cell_size;
        if (cell_size > 0) {
            memcpy(at, cells[i].bytes, cell_size);
        }
        at += cell_size;
    }
    *hash = sotto_hash(reader->key, size);
    return true;
}

/* Why a row is dropped, and whether that makes it a bad one; NULL if it is kept. */
static bool judge(log_reader *reader, const log_file *file, const sotto_table_row *raw,
                  sotto_text *cells, sotto_log_row *row, const char **reason, bool *bad)
{
    *bad = true;
    *reason = raw->bad;
    if (*reason != NULL) {
        return true;
    }
    *bad = false;
    for (size_t i = 0; i < reader->rules.count; i++) {
        if (sotto_rules_hold(&reader->rules, i, raw->fields[file->rule_numbers[i]])) {
            *reason = reader->rules.rules[i].name;
            return true;
        }
    }
    for (uint32_t i = 0; i < COLUMN_COUNT; i++) {
        cells[i] = file->numbers[i] == NO_FIELD ? (sotto_text){"", 0}
                                                : sotto_text_trim(raw->fields[file->numbers[i]]);
    }
    row->kind = reader->source->kind;
    if (reader->names[EVENT] != NULL
        && !sotto_log_kind_find(reader->source, cells[EVENT], &row->kind)) {
        *reason = "event not mapped";
        return true;
    }
    if (row->kind == SOTTO_LOG_IGNORE) {
        *reason = "event ignored";
        return true;
    }
    *reason = read_values(reader, cells, row);
    *bad = *reason != NULL;
    if (*reason == NULL && reader->source->drop_duplicates) {
        uint64_t hash = 0;
        bool was_new = true;
        if (!hash_cells(reader, cells, row->kind, &hash)) {
            return false;
        }
        if (!sotto_seen_add(reader->seen, hash, &was_new)) {
            return sotto_fault_set(reader->fault, "not enough memory to find duplicates");
        }
        *reason = was_new ? NULL : "duplicate";
    }
    return true;
}

static bool keep(log_reader *reader, const sotto_text *cells, sotto_log_row *row)
{
    sotto_log_report *report = reader->report;
    row->item = cells[ITEM];
    row->shopper = cells[SHOPPER];
    row->session = cells[SESSION];
    row->order = cells[ORDER];
    row->title = cells[TITLE];
    row->category = cells[CATEGORY];
    row->brand = cells[BRAND];
    row->url = cells[URL];
    row->image = cells[IMAGE];
    report->rows_kept++;
    if (row->has_time) {
        if (!report->has_time || row->time_s < report->first_time_s) {
            report->first_time_s = row->time_s;
        }
        if (!report->has_time || row->time_s > report->last_time_s) {
            report->last_time_s = row->time_s;
        }
        report->has_time = true;
    }
    return reader->row_fn == NULL || reader->row_fn(reader->row_context, row, reader->fault);
}

/* ---- files and sources ----------------------------------------------------------------------- */

static bool too_many_bad(const log_reader *reader)
{
    const sotto_log_drop *worst = sotto_drops_worst(reader->report);
    sotto_fault_set(reader->fault,
                    "%s: %s; %llu of %llu rows (%.3g %%) are bad, and max_bad is %.3g %%",
                    worst->examples[0], worst->name, (unsigned long long)reader->source_bad,
                    (unsigned long long)reader->source_rows,
                    100.0 * (double)reader->source_bad / (double)reader->source_rows,
                    100.0 * reader->source->max_bad);
    if (strcmp(worst->name, "not UTF-8") == 0) {
        return sotto_fault_hint(reader->fault,
                                "convert the file, for instance: iconv -f WINDOWS-1252 -t UTF-8");
    }
    if (strcmp(worst->name, "bad date") == 0) {
        return sotto_fault_hint(reader->fault, "is time_format right for this column?");
    }
    return sotto_fault_hint(reader->fault, "a rule may drop such rows by name, or raise max_bad");
}

static void tell_progress(const log_reader *reader, const log_file *file)
{
    if (reader->progress_fn != NULL) {
        uint64_t done = reader->bytes_before + sotto_table_position(file->table);
        reader->progress_fn(reader->progress_context, done, reader->bytes_total,
                            reader->report->rows_read);
    }
}

static bool read_rows(log_reader *reader, const log_file *file)
{
    sotto_table_row raw;
    sotto_text cells[COLUMN_COUNT];
    for (;;) {
        sotto_table_turn turn = sotto_table_next(file->table, &raw, reader->fault);
        if (turn != SOTTO_TABLE_ROW) {
            return turn == SOTTO_TABLE_END;
        }
        const char *reason;
        bool bad;
        sotto_log_row row = {.file = file->path, .line = raw.line};
        reader->source_rows++;
        if (++reader->report->rows_read % PROGRESS_ROWS == 0) {
            tell_progress(reader, file);
        }
        if (!judge(reader, file, &raw, cells, &row, &reason, &bad)) {
            return false;
        }
        if (reason == NULL) {
            if (!keep(reader, cells, &row)) {
                return false;
            }
            continue;
        }
        reader->source_bad += bad ? 1 : 0;
        if (!sotto_drops_add(reader->report, reason, bad, file->path, raw.line, raw.raw)) {
            return sotto_fault_set(reader->fault, "not enough memory");
        }
        double limit = reader->source->max_bad > 0.5 ? reader->source->max_bad : 0.5;
        if (reader->source_rows >= EARLY_STOP_ROWS
            && (double)reader->source_bad > limit * (double)reader->source_rows) {
            return too_many_bad(reader);
        }
    }
}

static bool read_file(log_reader *reader, const char *path)
{
    const sotto_log_source *source = reader->source;
    log_file file = {.path = path};
    file.rule_numbers = calloc(source->rule_count + 1, sizeof *file.rule_numbers);
    if (file.rule_numbers == NULL) {
        return sotto_fault_set(reader->fault, "%s: not enough memory", path);
    }
    reader->report->file_count++;
    file.table = sotto_table_open(path, source->format, source->delimiter, source->headless,
                                  reader->fault);
    bool good = file.table != NULL && ask_columns(reader, &file) && read_rows(reader, &file);
    if (file.table != NULL) {
        reader->report->bytes_read += sotto_table_position(file.table);
        reader->bytes_before += sotto_table_position(file.table);
    }
    sotto_table_close(file.table);
    free(file.rule_numbers);
    return good;
}

/* All files of a source, patterns resolved. */
static bool find_files(const sotto_log_source *source, glob_t *found, sotto_train_fault *fault)
{
    memset(found, 0, sizeof *found);
    for (size_t i = 0; i < source->file_count; i++) {
        const char *file = source->files[i];
        size_t folder_size = source->folder != NULL && *file != '/' ? strlen(source->folder) : 0;
        char *pattern = calloc(1, folder_size + strlen(file) + 2);
        if (pattern == NULL) {
            return sotto_fault_set(fault, "not enough memory");
        }
        if (folder_size > 0) {
            memcpy(pattern, source->folder, folder_size);
            pattern[folder_size++] = '/';
        }
        memcpy(pattern + folder_size, file, strlen(file));
        int flags = (i > 0 ? GLOB_APPEND : 0) | GLOB_NOESCAPE;
        bool has_wildcard = strpbrk(file, "*?[") != NULL;
        int result = glob(pattern, has_wildcard ? flags : flags | GLOB_NOCHECK, NULL, found);
        if (result != 0) {
            sotto_fault_set(fault,
                            result == GLOB_NOMATCH ? "%s: no file matches" : "%s: cannot be listed",
                            pattern);
        }
        free(pattern);
        if (result != 0) {
            return false;
        }
    }
    return true;
}

static uint64_t size_of_files(const glob_t *files)
{
    uint64_t size = 0;
    struct stat status;
    for (size_t i = 0; i < files->gl_pathc; i++) {
        if (stat(files->gl_pathv[i], &status) == 0 && status.st_size > 0) {
            size += (uint64_t)status.st_size;
        }
    }
    return size;
}

static bool check_source(const sotto_log_source *source, sotto_train_fault *fault)
{
    if (source->file_count == 0) {
        return sotto_fault_set(fault, "a log source names no files");
    }
    if (source->columns.item == NULL) {
        return sotto_fault_set(fault, "%s: no column is mapped to item", source->files[0]);
    }
    if (source->time == SOTTO_LOG_TIME_STRPTIME && source->time_pattern == NULL) {
        return sotto_fault_set(fault, "%s: the time has no pattern", source->files[0]);
    }
    return true;
}

static bool read_source(log_reader *reader, const glob_t *files)
{
    reader->source_rows = 0;
    reader->source_bad = 0;
    list_names(reader);
    if (!sotto_rules_open(&reader->rules, reader->source, reader->fault)) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; good && i < files->gl_pathc; i++) {
        good = read_file(reader, files->gl_pathv[i]);
    }
    sotto_rules_close(&reader->rules);
    double limit = reader->source->max_bad * (double)reader->source_rows;
    if (good && (double)reader->source_bad > limit) {
        return too_many_bad(reader);
    }
    return good;
}

bool sotto_logs_read(const sotto_log_source *sources, size_t source_count, sotto_log_row_fn row_fn,
                     void *row_context, sotto_log_progress_fn progress_fn, void *progress_context,
                     sotto_log_report *report, sotto_train_fault *fault)
{
    sotto_seen seen = {0};
    log_reader reader = {.seen = &seen, .row_fn = row_fn, .row_context = row_context,
                         .progress_fn = progress_fn, .progress_context = progress_context,
                         .report = report, .fault = fault};
    memset(report, 0, sizeof *report);
    glob_t *files = calloc(source_count + 1, sizeof *files);
    bool good = files != NULL || sotto_fault_set(fault, "not enough memory");
    for (size_t i = 0; good && i < source_count; i++) {
        good = check_source(&sources[i], fault) && find_files(&sources[i], &files[i], fault);
        reader.bytes_total += good ? size_of_files(&files[i]) : 0;
    }
    for (size_t i = 0; good && i < source_count; i++) {
        reader.source = &sources[i];
        good = read_source(&reader, &files[i]);
    }
    if (good && progress_fn != NULL) {
        progress_fn(progress_context, reader.bytes_total, reader.bytes_total, report->rows_read);
    }
    for (size_t i = 0; files != NULL && i < source_count; i++) {
        globfree(&files[i]);
    }
    free(files);
    free(reader.key);
    sotto_seen_free(&seen);
    return good;
}
