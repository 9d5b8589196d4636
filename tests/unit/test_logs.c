#include "temp_file.h"

#include "train/logs.h"

static sotto_train_fault fault;
static sotto_log_report report;
static char kept[8192];
static size_t kept_size;

static bool keep(void *context, const sotto_log_row *row, sotto_train_fault *row_fault)
{
    (void)context;
    (void)row_fault;
    if (kept_size + 200 < sizeof kept) {
        kept_size +=
            (size_t)snprintf(kept + kept_size, sizeof kept - kept_size, "%d:%d %.*s %.*s %lld|",
                             (int)row->line, (int)row->kind, (int)row->item.size, row->item.bytes,
                             (int)row->shopper.size, row->shopper.bytes, (long long)row->time_s);
    }
    return true;
}

static bool read_source(const sotto_log_source *source)
{
    kept_size = 0;
    kept[0] = '\0';
    sotto_log_report_free(&report);
    memset(&fault, 0, sizeof fault);
    return sotto_logs_read(source, 1, keep, NULL, NULL, NULL, &report, &fault);
}

static uint64_t dropped(const char *reason)
{
    for (size_t i = 0; i < report.drop_count; i++) {
        if (strcmp(report.drops[i].name, reason) == 0) {
            return report.drops[i].count;
        }
    }
    return 0;
}

/* item,shopper,time,event as CSV; everything else as a test sets it. */
static sotto_log_source source_of(const char *const *file)
{
    return (sotto_log_source){.files = file, .file_count = 1, .format = SOTTO_LOG_CSV,
                              .columns = {.item = "item", .shopper = "who", .time = "when"},
                              .max_bad = SOTTO_LOG_MAX_BAD_DEFAULT};
}

TEST(good_rows_are_handed_on_with_their_lines)
{
    const char *file = temp_text("log", "when,item,who\n1970-01-01T00:00:07Z, 85123A ,anna\n"
                                        "1970-01-01 00:00:09,22423,\n");
    sotto_log_source source = source_of(&file);
    REQUIRE(read_source(&source));
    CHECK_STR(kept, "2:0 85123A anna 7|3:0 22423  9|");
    CHECK_EQ(report.rows_kept, 2);
    CHECK_EQ(report.first_time_s, 7);
    CHECK_EQ(report.last_time_s, 9);
    CHECK_EQ(report.file_count, 1);
}

TEST(every_kind_of_time_is_read)
{
    static const struct { sotto_log_time time; const char *pattern, *text; } rows[] = {
        {SOTTO_LOG_TIME_EPOCH_S, NULL, "1291191960"},
        {SOTTO_LOG_TIME_EPOCH_S, NULL, "1291191960.75"},
        {SOTTO_LOG_TIME_EPOCH_MS, NULL, "1291191960123"},
        {SOTTO_LOG_TIME_ISO8601, NULL, "2010-12-01 08:26:00"},
        {SOTTO_LOG_TIME_STRPTIME, "%d.%m.%Y %H:%M", "01.12.2010 08:26"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[100];
        ROW("%s", rows[i].text);
        snprintf(text, sizeof text, "when,item,who\n%s,7,x\n", rows[i].text);
        const char *file = temp_text("log", text);
        sotto_log_source source = source_of(&file);
        source.time = rows[i].time;
        source.time_pattern = rows[i].pattern;
        CHECK(read_source(&source));
        CHECK_STR(kept, "2:0 7 x 1291191960|");
    }
}

TEST(every_dropped_row_is_counted_under_its_reason)
{
    static char text[4096];
    char long_id[514];
    memset(long_id, 'x', sizeof long_id);
    long_id[513] = '\0';
    snprintf(text, sizeof text,
             "when,item,who,n\n"
             "1,a,x,1\n1,a,x,1\n"        /* a duplicate */
             "1,,x,1\nyesterday,a,x,1\n" /* no item, no date */
             "1,b,x,-1\n1,b,x,lots\n"
             "1,caf\xe9,x,1\n1,%s,x,1\n"
             "1,c\n1,c,x,1,9\n"
             "1,TEST1,x,-5\n",
             long_id);
    const char *file = temp_text("log", text);
    sotto_log_rule rule = {"test codes", "item", SOTTO_LOG_STARTS_WITH, "TEST", 0};
    sotto_log_source source = source_of(&file);
    source.columns.quantity = "n";
    source.time = SOTTO_LOG_TIME_EPOCH_S;
    source.rules = &rule;
    source.rule_count = 1;
    source.drop_duplicates = true;
    source.max_bad = 1;
    REQUIRE(read_source(&source));
    static const char *once[] = {"duplicate", "missing item", "bad date", "negative quantity",
                                 "bad quantity", "not UTF-8", "id too long", "too few fields",
                                 "too many fields", "test codes"};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        ROW("%s", once[i]);
        CHECK_EQ(dropped(once[i]), 1);
    }
    CHECK_EQ(report.drop_count, sizeof once / sizeof *once);
    CHECK_EQ(report.rows_read, 11);
    CHECK_EQ(report.rows_kept, 1);
    CHECK_EQ(report.rows_bad, 8); /* all but the duplicate and what the shop's rule dropped */
}

/* `bad` of `count` rows have no date. */
static bool read_garbage(unsigned bad, unsigned count)
{
    static char text[64 * 4096];
    size_t used = (size_t)snprintf(text, sizeof text, "when,item,who\n");
    for (unsigned i = 0; i < count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s,item%u,x\n",
                                 i % (count / (bad > 0 ? bad : 1)) == 5 && bad > 0 ? "?" : "17", i);
    }
    const char *file = temp_text("garbage.csv", text);
    sotto_log_source source = source_of(&file);
    source.time = SOTTO_LOG_TIME_EPOCH_S;
    return read_source(&source);
}

TEST(one_percent_of_garbage_passes_and_more_fails)
{
    CHECK(read_garbage(20, 2000));
    CHECK_EQ(report.rows_bad, 20);
    CHECK_EQ(report.rows_kept, 1980);
    CHECK(!read_garbage(40, 2000));
    CHECK_STR(fault.message, "garbage.csv:7: ?,item5,x: bad date; 40 of 2000 rows (2 %) are bad, "
                             "and max_bad is 1 %");
    CHECK_STR(fault.hint, "is time_format right for this column?");
    CHECK_EQ(report.rows_kept, 1960); /* the report is there although the run failed */
}

TEST(a_log_that_is_wrong_throughout_fails_early)
{
    static char text[40 * 3000];
    size_t used = (size_t)snprintf(text, sizeof text, "when,item,who\n");
    for (int i = 0; i < 3000; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "nonsense,1,x\n");
    }
    const char *file = temp_text("wrong.csv", text);
    sotto_log_source source = source_of(&file);
    CHECK(!read_source(&source));
    CHECK_EQ(report.rows_read, 1000);
}

TEST(a_log_without_the_mapped_columns_names_them)
{
    const char *file = temp_text("orders.csv", "when,itme,who\n1,2,3\n");
    sotto_log_source source = source_of(&file);
    CHECK(!read_source(&source));
    CHECK(strstr(fault.message,
                 "orders.csv: has no column \"item\"; its columns are: when, itme, who"));
    CHECK_STR(fault.hint, "did you mean \"itme\"?");
    sotto_log_rule rule = {"returns", "Invoice", SOTTO_LOG_STARTS_WITH, "C", 0};
    source.columns.item = "itme";
    source.rules = &rule;
    source.rule_count = 1;
    CHECK(!read_source(&source));
    CHECK(strstr(fault.message, "has no column \"Invoice\"") != NULL);
}

TEST(files_that_are_not_there_are_named)
{
    const char *file = "/nowhere/*.csv";
    sotto_log_source source = source_of(&file);
    CHECK(!read_source(&source));
    CHECK_STR(fault.message, "/nowhere/*.csv: no file matches");
    file = "orders.csv";
    source.folder = "/nowhere";
    CHECK(!read_source(&source));
    CHECK_STR(fault.message, "/nowhere/orders.csv: cannot be opened: No such file or directory");
    file = temp_text("empty.csv", "");
    CHECK(!read_source(&source));
    CHECK(strstr(fault.message, "empty.csv: is empty") != NULL);
}

TEST(patterns_are_read_in_order_and_duplicates_found_across_files)
{
    temp_text("d2.csv", "when,item,who\n1,a,x\n2,b,x\n");
    temp_text("d1.csv", "when,item,who\n1,a,x\n");
    const char *file = "d?.csv";
    sotto_log_source source = source_of(&file);
    source.folder = temp_folder();
    source.time = SOTTO_LOG_TIME_EPOCH_S;
    source.drop_duplicates = true;
    REQUIRE(read_source(&source));
    CHECK_STR(kept, "2:0 a x 1|3:0 b x 2|");
    CHECK_EQ(dropped("duplicate"), 1);
    CHECK_STR(report.drops[0].examples[0], "d2.csv:2: 1,a,x");
}

TEST(events_are_mapped_ignored_or_counted)
{
    const char *file =
        temp_text("log", "when,item,who,what\n1,a,x,seen\n1,a,x,bought\n1,a,x,scroll\n"
                         "1,a,x,hover\n");
    sotto_log_event events[] = {{"seen", SOTTO_LOG_VIEW}, {"bought", SOTTO_LOG_PURCHASE},
                                {"scroll", SOTTO_LOG_IGNORE}};
    sotto_log_source source = source_of(&file);
    source.time = SOTTO_LOG_TIME_EPOCH_S;
    source.columns.event = "what";
    source.events = events;
    source.event_count = 3;
    REQUIRE(read_source(&source));
    CHECK_STR(kept, "2:0 a x 1|3:2 a x 1|");
    CHECK_EQ(dropped("event ignored"), 1);
    CHECK_EQ(dropped("event not mapped"), 1);
    CHECK_EQ(report.rows_bad, 0);
}

TEST(ids_of_one_and_of_512_bytes_are_kept)
{
    static char text[1200];
    char id[513];
    memset(id, 'y', sizeof id);
    id[512] = '\0';
    snprintf(text, sizeof text, "when,item,who\n1,z,x\n1,%s,x\n", id);
    const char *file = temp_text("log", text);
    sotto_log_source source = source_of(&file);
    source.time = SOTTO_LOG_TIME_EPOCH_S;
    REQUIRE(read_source(&source));
    CHECK_EQ(report.rows_kept, 2);
}
