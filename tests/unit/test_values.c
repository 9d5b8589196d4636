#include "test.h"

#include "train/values.h"

static sotto_text text_of(const char *text)
{
    return (sotto_text){text, strlen(text)};
}

TEST(dates_of_many_exports_are_read)
{
    static const struct { const char *text; int64_t time_s; } rows[] = {
        {"1970-01-01", 0},
        {"2010-12-01 08:26:00", 1291191960},
        {"2010-12-01 08:26", 1291191960},
        {"2010-12-01T08:26:00Z", 1291191960},
        {"2010-12-01T09:26:00+01:00", 1291191960},
        {"2010-12-01T09:26:00.123456+0100", 1291191960},
        {"2010-12-01 03:26:00 -05", 1291191960},
        {"2000-02-29T00:00:00", 951782400},
        {"2038-01-19T03:14:08Z", 2147483648},
        {" 2011-01-01 ", 1293840000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t time_s = -1;
        ROW("%s", rows[i].text);
        CHECK(sotto_time_read_iso8601(text_of(rows[i].text), &time_s));
        CHECK_EQ(time_s, rows[i].time_s);
    }
}

TEST(what_is_no_date_is_refused)
{
    static const char *rows[] = {
        "", "2010", "2010-13-01", "2010-02-29", "2010-00-10", "2010-01-00", "01/12/2010 08:26",
        "2010-12-01x", "2010-12-01 24:00", "2010-12-01 08:60", "2010-12-01 08:26:61",
        "2010-12-01T", "2010-12-01T08:26:00+1", "2010-12-01T08:26:00.", "0000-01-01", "nan",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t time_s;
        ROW("%s", rows[i]);
        CHECK(!sotto_time_read_iso8601(text_of(rows[i]), &time_s));
    }
}

TEST(patterns_read_what_strptime_reads)
{
    int64_t time_s = 0;
    CHECK(sotto_time_read_pattern(text_of("01/12/2010 08:26"), "%d/%m/%Y %H:%M", &time_s));
    CHECK_EQ(time_s, 1291191960);
    CHECK(sotto_time_read_pattern(text_of("2010-12-01 09:26 +0100"), "%Y-%m-%d %H:%M %z", &time_s));
    CHECK_EQ(time_s, 1291191960);
    CHECK(!sotto_time_read_pattern(text_of("31/02/2010 08:26"), "%d/%m/%Y %H:%M", &time_s));
    CHECK(!sotto_time_read_pattern(text_of("01/12/2010 08:26x"), "%d/%m/%Y %H:%M", &time_s));
    CHECK(!sotto_time_read_pattern(text_of(""), "%d/%m/%Y", &time_s));
}

TEST(numbers_are_decimal_and_whole_texts)
{
    double value = 0;
    CHECK(sotto_number_read(text_of(" -1.50 "), &value) && value == -1.5);
    CHECK(sotto_number_read(text_of("1e3"), &value) && value == 1000);
    static const char *rows[] = {"",    "-",   "1,5", "0x10",  "nan",
                                 "inf", "1 2", "12a", "1e999", "--1"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ROW("%s", rows[i]);
        CHECK(!sotto_number_read(text_of(rows[i]), &value));
    }
}

TEST(clean_text_is_utf8_without_controls)
{
    static const struct { const char *text; bool clean; } rows[] = {
        {"", true}, {"plain", true}, {"Stra\xc3\x9f" "e \xe2\x82\xac \xf0\x9f\x8e\x81", true},
        {"caf\xe9", false},                /* Latin-1 */
        {"\xc0\xaf", false},               /* overlong */
        {"\xe0\x80\xaf", false},
        {"\xed\xa0\x80", false},           /* surrogate */
        {"\xf4\x90\x80\x80", false},       /* past U+10FFFF */
        {"\xe2\x82", false},               /* cut */
        {"\x80", false}, {"a\tb", false}, {"a\x7f", false}, {"\xc2\x85", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ROW("%zu", i);
        CHECK_EQ(sotto_text_is_clean(text_of(rows[i].text)), rows[i].clean);
    }
    CHECK(!sotto_text_is_clean((sotto_text){"a\0b", 3}));
}

TEST(distance_counts_edits)
{
    CHECK_EQ(sotto_text_distance(text_of("InvoiceDate"), text_of("InvoiceDate")), 0);
    CHECK_EQ(sotto_text_distance(text_of("StokCode"), text_of("StockCode")), 1);
    CHECK_EQ(sotto_text_distance(text_of("StcokCode"), text_of("StockCode")), 1);
    CHECK_EQ(sotto_text_distance(text_of(""), text_of("abc")), 3);
}
