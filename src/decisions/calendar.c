/*
 * calendar.c - counting days to a date
 *
 * Years are counted from March, so that the leap day is a year's last, and in eras of 400 years,
 * after which the calendar repeats. Within an era of 146,097 days:
 *
 *     year  = days less the leap days before it, by 365
 *     month = five months have 153 days, wherever one begins to count: (5 d + 2) / 153
 *
 * which are the well-known steps of "civil from days"
 * (howardhinnant.github.io/date_algorithms.html).
 */
#include "decisions/calendar.h"

enum {
    DAYS_TO_1970 = 719468,         /* from the first of March of the year 0 */
    DAYS_OF_ERA = 146097
};

sotto_date sotto_date_of(uint32_t day)
{
    uint32_t days = day + DAYS_TO_1970;
    uint32_t era = days / DAYS_OF_ERA;
    uint32_t of_era = days % DAYS_OF_ERA;
    uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    uint32_t month = (5 * of_year + 2) / 153;
    sotto_date date = {
        .year = 400 * era + year + (month >= 10 ? 1 : 0),
        .month = month < 10 ? month + 3 : month - 9,
        .day = of_year - (153 * month + 2) / 5 + 1,
    };
    return date;
}
