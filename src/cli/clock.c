/*
 * clock.c - the time that goes into what is written
 */
#include "cli/clock.h"

#include "cli/number.h"

#include <stdlib.h>
#include <time.h>

uint64_t cli_clock_now(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    uint64_t time_s;
    return fixed && cli_number_read(fixed, &time_s) ? time_s : (uint64_t)time(NULL);
}
