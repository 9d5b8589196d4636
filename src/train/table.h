/*
 * Table - rows and named columns from a file, whatever it is written in
 *
 * CSV, TSV and NDJSON, plain or compressed, look alike from here: ask for columns by name, then
 * take row after row. Logs and product feeds are both read through it.
 *
 * memory    A window on the file that grows to the longest row, at most about 1 MiB.
 * lifetime  A row is good until the next one is taken; the table until it is closed.
 * trust     The file may hold anything. A row that cannot be split is handed out as bad, with the
 *           reason; reading goes on after it. Texts are not checked for UTF-8.
 */
#ifndef SOTTO_TRAIN_TABLE_H
#define SOTTO_TRAIN_TABLE_H

#include "sotto.h"
#include "train/fault.h"

/* How rows are written. Compression (.gz, .zst) is seen from the first bytes, not from the name. */
typedef enum sotto_log_format {
    SOTTO_LOG_CSV,   /* RFC 4180: quotes, doubled quotes, line breaks inside quotes, CRLF or LF */
    SOTTO_LOG_TSV,   /* tabs; a quote is an ordinary character */
    SOTTO_LOG_NDJSON /* one JSON object a line; columns are member names, "a.b" reaches inside */
} sotto_log_format;

#define SOTTO_TABLE_MAX_COLUMNS 64 /* that can be asked for */

typedef struct sotto_table sotto_table;

typedef struct sotto_table_row {
    const sotto_text *fields; /* by the number sotto_table_ask gave; empty if the row has none */
    uint64_t          line;   /* where the row starts, counted from 1 */
    sotto_text        raw;    /* the row as it is written, for messages */
    const char       *bad;    /* NULL, or why the row cannot be read: static text */
} sotto_table_row;

typedef enum sotto_table_turn {
    SOTTO_TABLE_ROW,   /* `row` is filled; look at `bad` first */
    SOTTO_TABLE_END,
    SOTTO_TABLE_FAILED /* the file cannot be read on; the fault says why */
} sotto_table_turn;

/*
 * Opens a file and reads its header. `delimiter` 0 is the format's own; `headless` files call
 * their columns "1", "2", ... `path` must live as long as the table. NULL, with the fault set, on
 * failure.
 */
sotto_table *sotto_table_open(const char *path, sotto_log_format format, char delimiter,
                              bool headless, sotto_train_fault *fault);
void sotto_table_close(sotto_table *table);

/*
 * Asks for a column and gets the number its field will have in every row, in order of asking. A
 * header without it is a failure that names the nearest column there is. NDJSON has no header:
 * there a `required` column that is in none of the first 500 rows makes sotto_table_next fail, and
 * one that is not required may be missing for ever.
 */
bool sotto_table_ask(sotto_table *table, const char *name, bool required, uint32_t *number,
                     sotto_train_fault *fault);

sotto_table_turn sotto_table_next(sotto_table *table, sotto_table_row *row,
                                  sotto_train_fault *fault);

/* How far the reading is in the file as it lies on disk, for a progress bar. */
uint64_t sotto_table_position(const sotto_table *table);

#endif
