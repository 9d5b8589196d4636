/*
 * Logs - a shop's own files, read row by row
 *
 * A source says where the files are, how a row is written and which column means what. Reading
 * is streaming: every row that survives is handed to a function, every row that does not is
 * counted under a reason, with a few examples of each. Nothing is dropped silently.
 *
 * memory    A buffer for each file, the longest row, and 8 to 16 bytes for each row if duplicates
 *           are to be dropped.
 * lifetime  The texts in a source and in its options must live as long as the reading. The texts
 *           in a row are good until the row function returns.
 * trust     Files may hold anything. A row is handed on only if its texts are valid UTF-8 without
 *           control characters and its ids have at most 512 bytes.
 */
#ifndef SOTTO_TRAIN_LOGS_H
#define SOTTO_TRAIN_LOGS_H

#include "sotto.h"
#include "train/fault.h"
#include "train/table.h"

#define SOTTO_LOG_EXAMPLES 3 /* examples kept for each reason */

typedef enum sotto_log_time {
    SOTTO_LOG_TIME_ISO8601,  /* 2010-12-01, 2010-12-01 08:26, 2010-12-01T08:26:00.5+01:00, ...Z */
    SOTTO_LOG_TIME_EPOCH_S,  /* seconds since 1970, a fraction is cut off */
    SOTTO_LOG_TIME_EPOCH_MS, /* milliseconds since 1970 */
    SOTTO_LOG_TIME_STRPTIME  /* by `time_pattern`, as strptime(3) reads it, in UTC */
} sotto_log_time;

/* What a row says a shopper did with the item. */
typedef enum sotto_log_kind {
    SOTTO_LOG_VIEW,     /* saw or clicked the product */
    SOTTO_LOG_CART,     /* put it in the cart */
    SOTTO_LOG_PURCHASE, /* bought it */
    SOTTO_LOG_IGNORE    /* of no use for training: counted, not handed on */
} sotto_log_kind;

/* "addtocart" in the event column means SOTTO_LOG_CART. */
typedef struct sotto_log_event {
    const char    *value;
    sotto_log_kind kind;
} sotto_log_event;

typedef enum sotto_log_test {
    SOTTO_LOG_MATCHES,     /* `text` is an extended POSIX regular expression, found anywhere */
    SOTTO_LOG_STARTS_WITH, /* `text` */
    SOTTO_LOG_EQUALS,      /* `text` */
    SOTTO_LOG_EMPTY,       /* nothing but blanks */
    SOTTO_LOG_NOT_EMPTY,
    SOTTO_LOG_AT_MOST,     /* a number <= `number`; a text that is no number does not match */
    SOTTO_LOG_AT_LEAST     /* a number >= `number` */
} sotto_log_test;

/* A row is dropped, and counted under `name`, when the test holds for its column. */
typedef struct sotto_log_rule {
    const char    *name; /* "returns"; two rules may share a name */
    const char    *column;
    sotto_log_test test;
    const char    *text;
    double         number;
} sotto_log_rule;

/* Which column means what. NULL where the log has no such column; only `item` is required. */
typedef struct sotto_log_columns {
    const char *item;
    const char *shopper;
    const char *session; /* without it: a shopper's rows with no gap over 30 minutes */
    const char *order;   /* what was bought together; without it: shopper and time */
    const char *event;   /* without it every row is of `kind` */
    const char *time;    /* without it rows are taken in the order they stand */
    const char *quantity;
    const char *title;   /* the rest makes a catalogue for a shop without a feed */
    const char *price;
    const char *category;
    const char *brand;
    const char *url;
    const char *image;
} sotto_log_columns;

typedef struct sotto_log_source {
    const char *const     *files; /* paths or glob(7) patterns; each must match something */
    size_t                 file_count;
    const char            *folder; /* relative paths start here; NULL for the working folder */
    sotto_log_format       format;
    char                   delimiter; /* 0 for the format's own: ',' or tab */
    bool                   headless;  /* no header line; columns are called "1", "2", ... */
    sotto_log_columns      columns;
    const sotto_log_event *events; /* what the values of the event column mean; other values are */
    size_t                 event_count; /* dropped and counted. None: our own names, as "view" */
    sotto_log_kind         kind; /* of every row, where there is no event column */
    sotto_log_time         time;
    const char            *time_pattern; /* for SOTTO_LOG_TIME_STRPTIME */
    const sotto_log_rule  *rules;        /* tried in order, before the built-in checks */
    size_t                 rule_count;
    bool                   drop_duplicates; /* all mapped columns equal; across files as well */
    double                 max_bad; /* share of bad rows that fails the run; see the default */
} sotto_log_source;

#define SOTTO_LOG_MAX_BAD_DEFAULT 0.01

/* Texts are UTF-8 without blanks around them; where there is no column, or nothing in it, empty. */
typedef struct sotto_log_row {
    sotto_log_kind kind;
    sotto_text     item, shopper, session, order;
    sotto_text     title, category, brand, url, image;
    bool           has_time, has_price;
    int64_t        time_s; /* without a time column: 0 */
    double         price;
    double         quantity; /* 1 without the column */
    const char    *file;
    uint64_t       line;
} sotto_log_row;

/* Takes one row. False stops the reading (having set the fault). */
typedef bool (*sotto_log_row_fn)(void *context, const sotto_log_row *row, sotto_train_fault *fault);

/* Told now and then how far the reading is: bytes of all files, compressed as they lie on disk. */
typedef void (*sotto_log_progress_fn)(void *context, uint64_t bytes_done, uint64_t bytes_total,
                                      uint64_t rows_read);

/* One reason for which rows were dropped. */
typedef struct sotto_log_drop {
    char     name[96]; /* a rule's name, or a built-in reason such as "bad date" */
    bool     bad;      /* counts towards `max_bad`; a shop's own rules and duplicates do not */
    uint64_t count;
    unsigned example_count;
    char     examples[SOTTO_LOG_EXAMPLES][240]; /* "orders.csv:17: the row as it was written" */
} sotto_log_drop;

typedef struct sotto_log_report {
    uint64_t        bytes_read;
    uint64_t        rows_read; /* kept + dropped */
    uint64_t        rows_kept;
    uint64_t        rows_bad; /* dropped for a reason that is `bad` */
    uint32_t        file_count;
    bool            has_time;
    int64_t         first_time_s, last_time_s; /* of kept rows */
    sotto_log_drop *drops; /* in the order of first meeting; freed by sotto_log_report_free */
    size_t          drop_count;
} sotto_log_report;

/*
 * Reads every file of every source, in order, and hands each good row to `row_fn` (which may be
 * NULL: then the logs are only checked). Fails, with the fault set, on a file that cannot be read,
 * a mapped column that is not there, a rule that is no rule, or too many bad rows. The report is
 * filled as far as the reading came, also after a failure.
 */
bool sotto_logs_read(const sotto_log_source *sources, size_t source_count, sotto_log_row_fn row_fn,
                     void *row_context, sotto_log_progress_fn progress_fn, void *progress_context,
                     sotto_log_report *report, sotto_train_fault *fault);

void sotto_log_report_free(sotto_log_report *report);

#endif
