#include "test.h"

#include "decisions/calendar.h"

TEST(dates_that_are_known)
{
    static const struct {
        uint32_t day_number, year, month, day, weekday;
    } rows[] = {
        {0, 1970, 1, 1, 3},       {58, 1970, 2, 28, 5},     {59, 1970, 3, 1, 6},
        {11016, 2000, 2, 29, 1},  {11017, 2000, 3, 1, 2},   {10957, 2000, 1, 1, 5},
        {19782, 2024, 2, 29, 3},  {20088, 2024, 12, 31, 1}, {20089, 2025, 1, 1, 2},
        {47540, 2100, 2, 28, 6},  {47541, 2100, 3, 1, 0},   {49710, 2106, 2, 7, 6},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("day %u", rows[i].day_number);
        sotto_date date = sotto_date_of(rows[i].day_number);
        CHECK_EQ(date.year, rows[i].year);
        CHECK_EQ(date.month, rows[i].month);
        CHECK_EQ(date.day, rows[i].day);
        CHECK_EQ(sotto_weekday_of(rows[i].day_number), rows[i].weekday);
    }
}

static uint32_t days_of(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

TEST(every_day_there_is_follows_the_one_before)
{
    /* Up to the last day that 32 bits of seconds reach, with a day's difference of clocks. */
    sotto_date wanted = {1970, 1, 1};
    for (uint32_t day = 0; day <= UINT32_MAX / 86400 + 1; day++) {
        sotto_date date = sotto_date_of(day);
        ROW("day %u", day);
        if (!CHECK(date.year == wanted.year && date.month == wanted.month
                   && date.day == wanted.day)) {
            return;
        }
        if (wanted.day++ == days_of(wanted.year, wanted.month)) {
            wanted.day = 1;
            wanted.year += wanted.month == 12 ? 1 : 0;
            wanted.month = wanted.month % 12 + 1;
        }
    }
}
