/*
 * local_time.h - the shopper's clock: when the next day, or a minute of the day, begins
 */
#ifndef SOTTO_DECISIONS_LOCAL_TIME_H
#define SOTTO_DECISIONS_LOCAL_TIME_H

#include "base/base.h"
#include "base/fixed.h"

enum { SOTTO_DAY_S = 86400, SOTTO_DAY_MINUTES = 1440 };

/* When a day ends, in seconds since 1970. */
static inline uint32_t sotto_day_end_s(uint32_t day, int32_t utc_offset_min)
{
    int64_t end_s = ((int64_t)day + 1) * SOTTO_DAY_S - 60 * (int64_t)utc_offset_min;
    return end_s < 0 ? 0 : sotto_u32_saturate((uint64_t)end_s);
}

/* When it is this minute of the day next; a whole day from now, if it has just begun. */
static inline uint32_t sotto_minute_next_s(uint32_t now_s, int32_t utc_offset_min, uint32_t minute)
{
    int64_t local_s = ((int64_t)now_s + 60 * (int64_t)utc_offset_min) % SOTTO_DAY_S;
    int64_t wait_s = (int64_t)minute * 60 - local_s;
    while (wait_s <= 0) {
        wait_s += SOTTO_DAY_S;
    }
    return sotto_u32_saturate(now_s + (uint64_t)(wait_s > SOTTO_DAY_S ? wait_s - SOTTO_DAY_S
                                                                      : wait_s));
}

/* Whether a minute of the day is between two others, over midnight if need be; equal: all day. */
static inline bool sotto_minute_within(uint32_t minute, uint32_t from, uint32_t to)
{
    return from == to  ? true
           : from < to ? minute >= from && minute < to
                       : minute >= from || minute < to;
}

#endif
