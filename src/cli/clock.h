/*
 * Clock - the time that goes into what is written
 */
#ifndef SOTTO_CLI_CLOCK_H
#define SOTTO_CLI_CLOCK_H

#include <stdint.h>

/* Seconds since 1970: now, or SOURCE_DATE_EPOCH, so that a run can be repeated to the byte. */
uint64_t cli_clock_now(void);

#endif
