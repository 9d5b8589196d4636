/*
 * calendar.h - the date of a day
 */
#ifndef SOTTO_DECISIONS_CALENDAR_H
#define SOTTO_DECISIONS_CALENDAR_H

#include "base/base.h"

typedef struct sotto_date {
    uint32_t year, month, day;     /* month and day from 1 */
} sotto_date;

/* The date of a day since 1970 in the calendar everyone uses, the Gregorian one. */
sotto_date sotto_date_of(uint32_t day);

/* 0 Monday to 6 Sunday. */
static inline uint32_t sotto_weekday_of(uint32_t day)
{
    return (day + 3) % 7;          /* 1970 began on a Thursday */
}

#endif
