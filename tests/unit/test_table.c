#include "temp_file.h"

#include "train/table.h"

static sotto_train_fault fault;

/* Reads the columns a and b of a text and writes rows as "line:a/b|" or "line!why|". */
static const char *rows_of(const char *text, sotto_log_format format)
{
    static char shown[8192];
    size_t used = 0;
    uint32_t a, b;
    memset(&fault, 0, sizeof fault);
    sotto_table *table = sotto_table_open(temp_text("table", text), format, 0, false, &fault);
    if (table == NULL) {
        return "not opened";
    }
    if (!sotto_table_ask(table, "a", true, &a, &fault)
        || !sotto_table_ask(table, "b", false, &b, &fault)) {
        sotto_table_close(table);
        return "no column";
    }
    sotto_table_row row;
    shown[0] = '\0';
    while (sotto_table_next(table, &row, &fault) == SOTTO_TABLE_ROW && used + 200 < sizeof shown) {
        used += row.bad != NULL
                    ? (size_t)snprintf(shown + used, sizeof shown - used, "%d!%s|", (int)row.line,
                                       row.bad)
                    : (size_t)snprintf(shown + used, sizeof shown - used, "%d:%.*s/%.*s|",
                                       (int)row.line, (int)row.fields[a].size, row.fields[a].bytes,
                                       (int)row.fields[b].size, row.fields[b].bytes);
    }
    sotto_table_close(table);
    return shown;
}

TEST(csv_is_read_as_rfc_4180_says)
{
    CHECK_STR(rows_of("a,b\r\n1,2\r\n", SOTTO_LOG_CSV), "2:1/2|");
    CHECK_STR(rows_of("b,x,a\n1,,3\n\n4,5,6", SOTTO_LOG_CSV), "2:3/1|4:6/4|");
    CHECK_STR(rows_of("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", SOTTO_LOG_CSV), "2:x,y/say \"hi\"|");
    CHECK_STR(rows_of("a,b\n\"x\ny\",2\n3,4\n", SOTTO_LOG_CSV), "2:x\ny/2|4:3/4|");
    CHECK_STR(rows_of("\"a\", b \n1,2,\n", SOTTO_LOG_CSV), "2:1/2|");
    CHECK_STR(rows_of("a,b\n\"\",7\" nail\n", SOTTO_LOG_CSV), "2:/7\" nail|");
}

TEST(rows_that_do_not_fit_are_bad_and_reading_goes_on)
{
    CHECK_STR(rows_of("a,b\n1\n1,2,3\n1,2\n", SOTTO_LOG_CSV),
              "2!too few fields|3!too many fields|4:1/2|");
    CHECK_STR(rows_of("a,b\n\"x\"y,2\n1,2\n", SOTTO_LOG_CSV),
              "2!text after a closing quote|3:1/2|");
    CHECK_STR(rows_of("a,b\n1,\"2\n3,4\n5,\"6\n7,8\n", SOTTO_LOG_CSV),
              "2!unclosed quote|3:3/4|4!unclosed quote|5:7/8|");
}

TEST(tsv_knows_no_quotes)
{
    CHECK_STR(rows_of("a\tb\nframe 7\"\t\"x\n", SOTTO_LOG_TSV), "2:frame 7\"/\"x|");
}

TEST(ndjson_members_are_columns)
{
    CHECK_STR(
        rows_of("{\"a\":\"x\",\"b\":12}\n{\"b\":true,\"a\":null}\n{\"a\":1.5}\n", SOTTO_LOG_NDJSON),
        "1:x/12|2:/true|3:1.5/|");
    CHECK_STR(rows_of("{\"a\":1}\n{\"a\":\n[1]\n{\"a\":2} x\n{\"a\":9007199254740993}\n{\"a\":3}",
                      SOTTO_LOG_NDJSON),
              "1:1/|2!not a JSON object|3!not a JSON object|4!text after the JSON object|"
              "5!a number past 2^53; write it as text|6:3/|");
}

TEST(ndjson_names_reach_inside)
{
    uint32_t deep, dotted;
    sotto_table_row row;
    const char *path = temp_text("deep", "{\"p\":{\"q\":{\"id\":\"7\"}},\"x.y\":\"8\"}\n");
    sotto_table *table = sotto_table_open(path, SOTTO_LOG_NDJSON, 0, false, &fault);
    REQUIRE(table != NULL);
    CHECK(sotto_table_ask(table, "p.q.id", true, &deep, &fault));
    CHECK(sotto_table_ask(table, "x.y", true, &dotted, &fault));
    REQUIRE(sotto_table_next(table, &row, &fault) == SOTTO_TABLE_ROW);
    CHECK_EQ(*row.fields[deep].bytes, '7');
    CHECK_EQ(*row.fields[dotted].bytes, '8');
    CHECK(sotto_table_next(table, &row, &fault) == SOTTO_TABLE_END);
    sotto_table_close(table);
}

TEST(a_missing_column_is_answered_with_the_nearest_and_the_header)
{
    CHECK_STR(rows_of("aa,b\n1,2\n", SOTTO_LOG_CSV), "no column");
    CHECK(strstr(fault.message, "/table: has no column \"a\"; its columns are: aa, b") != NULL);
    CHECK_STR(fault.hint, "did you mean \"aa\"?");
    CHECK_STR(rows_of("order;item;time\n1;2;3\n", SOTTO_LOG_CSV), "no column");
    CHECK_STR(fault.hint, "one column only: is the format or the delimiter right?");
    CHECK_STR(rows_of("b,aa\r1,2\r3,4\r", SOTTO_LOG_CSV), "no column");
    CHECK(strstr(fault.hint, "its lines end in a carriage return alone; convert it: tr ") != NULL);
}

/* A text that goes on behind a zero byte would be another text. */
TEST(a_zero_byte_that_json_writes_makes_a_bad_row)
{
    const char *shown = rows_of("{\"a\":\"x\\u0000y\"}\n{\"a\":\"x\\\\u0000\"}\n", SOTTO_LOG_NDJSON);
    CHECK_STR(shown, "1!a zero byte in a text|2:x\\u0000/|");
}

TEST(an_ndjson_column_that_no_row_has_is_missed_in_the_end_and_not_at_the_start)
{
    CHECK_STR(rows_of("{\"b\":1}\n{\"a\":2}\n", SOTTO_LOG_NDJSON), "1:/1|2:2/|");
    CHECK_STR(fault.message, "");
    CHECK_STR(rows_of("{\"b\":1}\n{\"aa\":2}\n", SOTTO_LOG_NDJSON), "1:/1|2:/|");
    CHECK(strstr(fault.message, "/table: has no column \"a\"; its columns are: b") != NULL);
    char text[700 * 9 + 1];
    for (int i = 0; i < 700; i++) {
        memcpy(text + i * 9, "{\"b\": 1}\n", 10);
    }
    text[sizeof text - 1] = '\0';
    rows_of(text, SOTTO_LOG_NDJSON);
    CHECK(strstr(fault.message, "/table: has no column \"a\"") != NULL);
}

TEST(an_empty_file_is_an_error_and_a_header_alone_is_not)
{
    CHECK_STR(rows_of("", SOTTO_LOG_CSV), "not opened");
    CHECK(strstr(fault.message, "/table: is empty") != NULL);
    CHECK_STR(rows_of("a,b\n", SOTTO_LOG_CSV), "");
}

TEST(files_without_a_header_number_their_columns)
{
    uint32_t second;
    sotto_table_row row;
    sotto_table *table =
        sotto_table_open(temp_text("bare", "x;y\n"), SOTTO_LOG_CSV, ';', true, &fault);
    REQUIRE(table != NULL);
    CHECK(sotto_table_ask(table, "2", true, &second, &fault));
    CHECK(!sotto_table_ask(table, "3", true, &second, &fault));
    REQUIRE(sotto_table_next(table, &row, &fault) == SOTTO_TABLE_ROW);
    CHECK_EQ(*row.fields[0].bytes, 'y');
    CHECK_EQ(row.line, 1);
    sotto_table_close(table);
}
