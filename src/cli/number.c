/*
 * number.c - numbers as people read and write them
 */
#include "cli/number.h"

#include "base/base.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

char *cli_number_group(char text[CLI_NUMBER_SIZE], uint64_t number)
{
    char digits[CLI_NUMBER_SIZE];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    char *to = text;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = digits[i];
    }
    *to = '\0';
    return text;
}

bool cli_number_read(const char *text, uint64_t *number)
{
    if (!isdigit((unsigned char)text[0])) {
        return false;
    }
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno || *end) {
        return false;
    }
    *number = value;
    return true;
}

bool cli_number_read_size(const char *text, uint64_t *size)
{
    static const struct {
        const char *name;
        double      factor;
    } units[] = {
        {"", 1}, {"B", 1}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9},
        {"KiB", 1024}, {"MiB", 1024.0 * 1024}, {"GiB", 1024.0 * 1024 * 1024},
    };
    if (!isdigit((unsigned char)text[0])) {
        return false;
    }
    char *end;
    double value = strtod(text, &end);
    while (*end == ' ') {
        end++;
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(units); i++) {
        if (strcasecmp(end, units[i].name) == 0 && value * units[i].factor < 1e15) {
            *size = (uint64_t)(value * units[i].factor);
            return true;
        }
    }
    return false;
}

bool cli_number_read_span(const char *text, uint32_t *span_s)
{
    static const char     units[] = "smhd";
    static const uint32_t factors[] = {1, 60, 3600, 86400};
    size_t size = strlen(text);
    const char *unit = size > 1 ? strchr(units, text[size - 1]) : NULL;
    char digits[16];
    if (!unit || size > sizeof digits) {
        return false;
    }
    memcpy(digits, text, size - 1);
    digits[size - 1] = '\0';
    uint64_t value;
    if (!cli_number_read(digits, &value) || value > UINT32_MAX / factors[unit - units]) {
        return false;
    }
    *span_s = (uint32_t)value * factors[unit - units];
    return true;
}

char *cli_number_time(char text[CLI_NUMBER_SIZE], uint64_t time_s)
{
    time_t time = (time_t)time_s;
    struct tm parts;
    if (time_s > 253402300799u || !gmtime_r(&time, &parts)
        || strftime(text, CLI_NUMBER_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        snprintf(text, CLI_NUMBER_SIZE, "%llu s", (unsigned long long)time_s);
    }
    return text;
}
