/*
 * Number - numbers as people read them
 */
#ifndef SOTTO_CLI_NUMBER_H
#define SOTTO_CLI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#define CLI_NUMBER_SIZE 32

/* 1240000 as "1,240,000". Returns `text`. */
char *cli_number_group(char text[CLI_NUMBER_SIZE], uint64_t number);

/* A whole number in decimal digits and nothing else. */
bool cli_number_read(const char *text, uint64_t *number);

/* A size in bytes: "4096", "64KB", "1.5MB" (of 1,000) or "64KiB", "1MiB" (of 1,024). */
bool cli_number_read_size(const char *text, uint64_t *size);

/* A span of time: a whole number and s, m, h or d. At most what 32 bits of seconds hold. */
bool cli_number_read_span(const char *text, uint32_t *span_s);

/* 2026-11-22T08:30:00Z, for a time in seconds since 1970. */
char *cli_number_time(char text[CLI_NUMBER_SIZE], uint64_t time_s);

#endif
