/*
 * table.c - rows and named columns from a file
 *
 *     window (records)  ->  cells, in the file's order  ->  fields, in the asker's order
 *
 * A delimited record is cut into cells; a cell that was quoted is copied, with its doubled quotes
 * made single, to a side buffer so that the record itself stays as it was written. An NDJSON record
 * is parsed by cJSON, and a cell is the member that a dotted name leads to.
 */
#include "train/table.h"

#include "train/values.h"
#include "train/window.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CELLS      4096u
#define NUMBER_SIZE    32u
#define DECISIVE_ROWS  500u /* NDJSON rows that should have shown each required column */
#define SHOWN_COLUMNS  400u /* bytes of column names in a message */
#define LARGEST_NUMBER 9007199254740992.0 /* 2^53: past it a JSON number is not exact */

struct sotto_table {
    const char      *path;
    sotto_log_format format;
    char             delimiter;
    sotto_window     window;
    char            *header; /* the names' bytes */
    sotto_text      *columns;
    uint32_t         column_count;
    char            *names[SOTTO_TABLE_MAX_COLUMNS]; /* what was asked for */
    uint32_t         sources[SOTTO_TABLE_MAX_COLUMNS];
    sotto_text       fields[SOTTO_TABLE_MAX_COLUMNS];
    char             numbers[SOTTO_TABLE_MAX_COLUMNS][NUMBER_SIZE];
    bool             required[SOTTO_TABLE_MAX_COLUMNS];
    bool             met[SOTTO_TABLE_MAX_COLUMNS]; /* some row had it */
    uint32_t         asked_count;
    uint64_t         row_count;
    sotto_text      *cells;
    char            *side; /* where quoted cells are copied to */
    size_t           side_size;
    cJSON           *object; /* of the row handed out last */
};

/* ---- delimited records ----------------------------------------------------------------------- */

static bool reserve_side(sotto_table *table, size_t size)
{
    if (size <= table->side_size) {
        return true;
    }
    char *side = realloc(table->side, size);
    if (side == NULL) {
        return false;
    }
    table->side = side;
    table->side_size = size;
    return true;
}

/* Reads a quoted cell that starts at *at; leaves *at behind its closing quote. */
static sotto_text unquote(const char **at, const char *end, char **side)
{
    char *start = *side;
    const char *from = *at + 1;
    while (from < end && !(*from == '"' && (from + 1 == end || from[1] != '"'))) {
        if (*from == '"') {
            from++; /* the second of two stands for one */
        }
        *(*side)++ = *from++;
    }
    *at = from < end ? from + 1 : end;
    return (sotto_text){start, (size_t)(*side - start)};
}

/* Cuts a record into at most MAX_CELLS cells. Returns NULL or why it cannot be cut. */
static const char *split(sotto_table *table, sotto_text text, uint32_t *count)
{
    if (text.size > 0 && text.bytes[text.size - 1] == '\r') {
        text.size--;
    }
    bool quotes = table->format == SOTTO_LOG_CSV;
    if (quotes && !reserve_side(table, text.size + 1)) {
        return "not enough memory";
    }
    const char *at = text.bytes, *end = text.bytes + text.size;
    char *side = table->side;
    *count = 0;
    for (;;) {
        if (*count == MAX_CELLS) {
            return "too many fields";
        }
        sotto_text *cell = &table->cells[(*count)++];
        if (quotes && at < end && *at == '"') {
            *cell = unquote(&at, end, &side);
            if (at < end && *at != table->delimiter) {
                return "text after a closing quote";
            }
        } else {
            const char *stop = memchr(at, table->delimiter, (size_t)(end - at));
            stop = stop != NULL ? stop : end;
            *cell = (sotto_text){at, (size_t)(stop - at)};
            at = stop;
        }
        if (at == end) {
            return NULL;
        }
        at++;
    }
}

/* A row may be longer than the header by empty cells: some exports end each line with a comma. */
static const char *check_count(const sotto_table *table, uint32_t count)
{
    if (count < table->column_count) {
        return "too few fields";
    }
    for (uint32_t i = table->column_count; i < count; i++) {
        if (sotto_text_trim(table->cells[i]).size > 0) {
            return "too many fields";
        }
    }
    return NULL;
}

/* ---- NDJSON records -------------------------------------------------------------------------- */

/* The member that "a.b.c" leads to; a member whose own name has dots wins over the path. */
static const cJSON *member_of(const cJSON *object, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);
    const char *dot = strchr(name, '.');
    if (member != NULL || dot == NULL || (size_t)(dot - name) >= 128) {
        return member;
    }
    char head[128];
    memcpy(head, name, (size_t)(dot - name));
    head[dot - name] = '\0';
    const cJSON *inner = cJSON_GetObjectItemCaseSensitive(object, head);
    return cJSON_IsObject(inner) ? member_of(inner, dot + 1) : NULL;
}

/* Writes a member's value as text; false for a number that JSON cannot hold exactly. */
static bool member_text(const cJSON *member, char number[NUMBER_SIZE], sotto_text *text)
{
    *text = (sotto_text){"", 0};
    if (cJSON_IsString(member)) {
        *text = (sotto_text){member->valuestring, strlen(member->valuestring)};
    } else if (cJSON_IsBool(member)) {
        *text = cJSON_IsTrue(member) ? (sotto_text){"true", 4} : (sotto_text){"false", 5};
    } else if (cJSON_IsNumber(member)) {
        double value = member->valuedouble;
        bool whole = value > -LARGEST_NUMBER && value < LARGEST_NUMBER
                     && value == (double)(int64_t)value;
        if (!whole && (value >= LARGEST_NUMBER || value <= -LARGEST_NUMBER)) {
            return false;
        }
        int size = whole ? snprintf(number, NUMBER_SIZE, "%lld", (long long)value)
                         : snprintf(number, NUMBER_SIZE, "%.15g", value);
        *text = (sotto_text){number, (size_t)size};
    }
    return true;
}

static const char *read_object(sotto_table *table, sotto_text text)
{
    cJSON_Delete(table->object);
    const char *end = NULL;
    table->object = cJSON_ParseWithLengthOpts(text.bytes, text.size, &end, false);
    if (!cJSON_IsObject(table->object)) {
        return "not a JSON object";
    }
    for (; end < text.bytes + text.size; end++) {
        if (strchr(" \t\r", *end) == NULL) {
            return "text after the JSON object";
        }
    }
    if (sotto_json_zero_byte(text.bytes, text.size) != NULL) {
        return "a zero byte in a text";
    }
    for (uint32_t i = 0; i < table->asked_count; i++) {
        const cJSON *member = member_of(table->object, table->names[i]);
        table->met[i] = table->met[i] || member != NULL;
        if (!member_text(member, table->numbers[i], &table->fields[i])) {
            return "a number past 2^53; write it as text";
        }
    }
    return NULL;
}

/* ---- the header ------------------------------------------------------------------------------ */

static bool out_of_memory(const sotto_table *table, sotto_train_fault *fault)
{
    return sotto_fault_set(fault, "%s: not enough memory", table->path);
}

/* Takes copies of the header's names, or makes names for a file that has none. */
static bool name_columns(sotto_table *table, uint32_t count, bool headless,
                         sotto_train_fault *fault)
{
    size_t size = 1;
    for (uint32_t i = 0; i < count; i++) {
        size += headless ? NUMBER_SIZE : table->cells[i].size;
    }
    table->header = malloc(size);
    table->columns = calloc(count + 1, sizeof *table->columns);
    if (table->header == NULL || table->columns == NULL) {
        return out_of_memory(table, fault);
    }
    char *at = table->header;
    for (uint32_t i = 0; i < count; i++) {
        sotto_text name = sotto_text_trim(table->cells[i]);
        if (headless) {
            name.size = (size_t)snprintf(at, NUMBER_SIZE, "%u", i + 1);
        } else if (name.size > 0) {
            memcpy(at, name.bytes, name.size);
        }
        table->columns[i] = (sotto_text){at, name.size};
        at += name.size;
    }
    table->column_count = count;
    return true;
}

/* The names of the first object's members, one level of "a.b" included. */
static uint32_t list_members(const sotto_table *table, const cJSON *object, const char *prefix,
                             char *names, size_t names_size, size_t *used, uint32_t count)
{
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        if (cJSON_IsObject(member) && *prefix == '\0') {
            count = list_members(table, member, member->string, names, names_size, used, count);
            continue;
        }
        int size = snprintf(names + *used, names_size - *used, *prefix != '\0' ? "%s.%s" : "%s%s",
                            prefix, member->string);
        if (size < 0 || (size_t)size >= names_size - *used || count == MAX_CELLS) {
            break;
        }
        table->cells[count++] = (sotto_text){names + *used, (size_t)size};
        *used += (size_t)size;
    }
    return count;
}

static bool read_header(sotto_table *table, bool headless, sotto_train_fault *fault)
{
    sotto_record record;
    bool found;
    do {
        if (!sotto_window_find(&table->window, table->format == SOTTO_LOG_CSV, table->delimiter,
                               &record, &found, fault)) {
            return false;
        }
        if (!found) {
            return sotto_fault_set(fault, "%s: is empty", table->path);
        }
        if (sotto_text_trim(record.text).size > 0 && *record.text.bytes != '\r') {
            break;
        }
        sotto_window_pass(&table->window, &record);
    } while (true);

    uint32_t count = 0;
    if (table->format == SOTTO_LOG_NDJSON) {
        char names[8192];
        size_t used = 0;
        if (record.bad == NULL && read_object(table, record.text) == NULL) {
            count = list_members(table, table->object, "", names, sizeof names, &used, 0);
        }
        return name_columns(table, count, false, fault);
    }
    const char *bad = record.bad != NULL ? record.bad : split(table, record.text, &count);
    if (bad != NULL) {
        return sotto_fault_set(fault, "%s:%llu: %s in the header", table->path,
                               (unsigned long long)record.line, bad);
    }
    if (!headless) {
        sotto_window_pass(&table->window, &record);
    }
    return name_columns(table, count, headless, fault);
}

static void list_columns(const sotto_table *table, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < table->column_count && used + 8 < size; i++) {
        sotto_text name = table->columns[i];
        int shown = name.size > 60 ? 60 : (int)name.size;
        used += (size_t)snprintf(text + used, size - used, "%s%.*s", i > 0 ? ", " : "", shown,
                                 name.bytes);
    }
    if (used + 8 >= size) {
        memcpy(text + size - 5, " ...", 5);
    }
}

static bool missing_column(const sotto_table *table, const char *name, sotto_train_fault *fault)
{
    char shown[SHOWN_COLUMNS];
    sotto_text wanted = {name, strlen(name)};
    size_t nearest_distance = SIZE_MAX;
    uint32_t nearest = 0;
    for (uint32_t i = 0; i < table->column_count; i++) {
        size_t distance = sotto_text_distance(wanted, table->columns[i]);
        if (distance < nearest_distance) {
            nearest_distance = distance;
            nearest = i;
        }
    }
    list_columns(table, shown, sizeof shown);
    sotto_fault_set(fault, "%s: has no column \"%s\"; its columns are: %s", table->path, name,
                    shown);
    if (strchr(shown, '\r') != NULL) {
        sotto_fault_hint(fault, "its lines end in a carriage return alone; convert it: "
                         "tr '\\r' '\\n' < %s > converted.csv", table->path);
    } else if (nearest_distance != SIZE_MAX && nearest_distance <= wanted.size / 2 + 1) {
        sotto_fault_hint(fault, "did you mean \"%.*s\"?", (int)table->columns[nearest].size,
                         table->columns[nearest].bytes);
    } else if (table->column_count == 1) {
        sotto_fault_hint(fault, "one column only: is the format or the delimiter right?");
    }
    return false;
}

/* ---- the public face ------------------------------------------------------------------------- */

sotto_table *sotto_table_open(const char *path, sotto_log_format format, char delimiter,
                              bool headless, sotto_train_fault *fault)
{
    sotto_table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        sotto_fault_set(fault, "%s: not enough memory", path);
        return NULL;
    }
    table->path = path;
    table->format = format;
    table->delimiter = delimiter != '\0' ? delimiter : format == SOTTO_LOG_TSV ? '\t' : ',';
    table->cells = calloc(MAX_CELLS, sizeof *table->cells);
    bool good = table->cells != NULL || out_of_memory(table, fault);
    good = good && sotto_window_open(&table->window, path, fault);
    good = good && read_header(table, headless, fault);
    if (!good) {
        sotto_table_close(table);
        return NULL;
    }
    return table;
}

void sotto_table_close(sotto_table *table)
{
    if (table == NULL) {
        return;
    }
    for (uint32_t i = 0; i < table->asked_count; i++) {
        free(table->names[i]);
    }
    cJSON_Delete(table->object);
    sotto_window_close(&table->window);
    free(table->header);
    free(table->columns);
    free(table->cells);
    free(table->side);
    free(table);
}

bool sotto_table_ask(sotto_table *table, const char *name, bool required, uint32_t *number,
                     sotto_train_fault *fault)
{
    if (table->asked_count == SOTTO_TABLE_MAX_COLUMNS) {
        return sotto_fault_set(fault, "%s: more than %d columns are asked for", table->path,
                               SOTTO_TABLE_MAX_COLUMNS);
    }
    uint32_t source = 0;
    while (source < table->column_count && !sotto_text_equals(table->columns[source], name)) {
        source++;
    }
    if (source == table->column_count && table->format != SOTTO_LOG_NDJSON) {
        return missing_column(table, name, fault);
    }
    char *copy = malloc(strlen(name) + 1);
    if (copy == NULL) {
        return out_of_memory(table, fault);
    }
    memcpy(copy, name, strlen(name) + 1);
    table->names[table->asked_count] = copy;
    table->sources[table->asked_count] = source;
    table->required[table->asked_count] = required;
    *number = table->asked_count++;
    return true;
}

/* Has an NDJSON file shown every column it should have? */
static bool check_members(const sotto_table *table, sotto_train_fault *fault)
{
    for (uint32_t i = 0; table->format == SOTTO_LOG_NDJSON && i < table->asked_count; i++) {
        if (table->required[i] && !table->met[i]) {
            return missing_column(table, table->names[i], fault);
        }
    }
    return true;
}

sotto_table_turn sotto_table_next(sotto_table *table, sotto_table_row *row,
                                  sotto_train_fault *fault)
{
    sotto_record record;
    bool found, blank;
    do {
        if (!sotto_window_find(&table->window, table->format == SOTTO_LOG_CSV, table->delimiter,
                               &record, &found, fault)) {
            return SOTTO_TABLE_FAILED;
        }
        if (!found) {
            bool complete = table->row_count == 0 || check_members(table, fault);
            return complete ? SOTTO_TABLE_END : SOTTO_TABLE_FAILED;
        }
        blank = record.text.size == 0 || (record.text.size == 1 && *record.text.bytes == '\r');
        if (blank) {
            sotto_window_pass(&table->window, &record);
        }
    } while (blank);

    const char *bad = record.bad;
    if (bad == NULL && table->format == SOTTO_LOG_NDJSON) {
        bad = read_object(table, record.text);
    } else if (bad == NULL) {
        uint32_t count;
        bad = split(table, record.text, &count);
        bad = bad != NULL ? bad : check_count(table, count);
        for (uint32_t i = 0; bad == NULL && i < table->asked_count; i++) {
            table->fields[i] = table->cells[table->sources[i]];
        }
        if (bad != NULL && record.line_count > 1) {
            record = sotto_record_first_line(record);
            bad = "unclosed quote";
        }
    }
    sotto_window_pass(&table->window, &record);
    if (++table->row_count == DECISIVE_ROWS && !check_members(table, fault)) {
        return SOTTO_TABLE_FAILED;
    }
    *row = (sotto_table_row){table->fields, record.line, record.text, bad};
    return SOTTO_TABLE_ROW;
}

uint64_t sotto_table_position(const sotto_table *table)
{
    return sotto_stream_position(table->window.stream);
}
