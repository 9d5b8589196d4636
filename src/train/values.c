/*
 * values.c - numbers, times and texts as people write them in exports
 *
 * A log of a million rows has a million dates, and strptime takes a microsecond for each. ISO 8601
 * is therefore read by hand: fixed places, digits only, and the days by Howard Hinnant's formula,
 * which counts years from March so that the leap day comes last:
 *
 *     day of era  =  365 y + y/4 - y/100 + day of year,   y = year of the 400-year era
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strptime, timegm */
#endif
#include "train/values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

sotto_text sotto_text_trim(sotto_text text)
{
    while (text.size > 0 && (*text.bytes == ' ' || *text.bytes == '\t')) {
        text.bytes++;
        text.size--;
    }
    while (text.size > 0
           && (text.bytes[text.size - 1] == ' ' || text.bytes[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

const char *sotto_json_zero_byte(const char *json, size_t size)
{
    const char *end = json + size;
    for (const char *at = json; (at = memchr(at, '\\', (size_t)(end - at))) != NULL; at += 2) {
        if (end - at < 2) {
            return NULL;
        }
        if (end - at >= 6 && memcmp(at, "\\u0000", 6) == 0) {
            return at;
        }
    }
    return NULL;
}

bool sotto_text_equals(sotto_text text, const char *other)
{
    return strlen(other) == text.size && memcmp(text.bytes, other, text.size) == 0;
}

/* The size of the character at the start of `at`, 0 if it is none or a control character. */
static size_t clean_character(const unsigned char *at, size_t left)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = at[0];
    if (first < 0x80) {
        return first < 0x20 || first == 0x7f ? 0 : 1;
    }
    size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || left < size) {
        return 0;
    }
    uint32_t point = first & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | (at[i] & 0x3fu);
    }
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    bool control = point >= 0x80 && point <= 0x9f;
    return point < least[size] || point > 0x10ffff || surrogate || control ? 0 : size;
}

bool sotto_text_is_clean(sotto_text text)
{
    const unsigned char *at = (const unsigned char *)text.bytes;
    size_t left = text.size;
    while (left > 0) {
        size_t size = clean_character(at, left);
        if (size == 0) {
            return false;
        }
        at += size;
        left -= size;
    }
    return true;
}

bool sotto_number_read(sotto_text text, double *value)
{
    char copy[64];
    text = sotto_text_trim(text);
    if (text.size == 0 || text.size >= sizeof copy) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("0123456789+-.eE", text.bytes[i]) == NULL || text.bytes[i] == '\0') {
            return false;
        }
    }
    memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    char *end;
    double read = strtod(copy, &end);
    if (*end != '\0' || read > 1e300 || read < -1e300) {
        return false;
    }
    *value = read;
    return true;
}

/* Takes exactly `digits` digits off the front of the text. */
static bool take_digits(sotto_text *text, size_t digits, int *value)
{
    if (text->size < digits) {
        return false;
    }
    *value = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = text->bytes[i];
        if (c < '0' || c > '9') {
            return false;
        }
        *value = *value * 10 + (c - '0');
    }
    text->bytes += digits;
    text->size -= digits;
    return true;
}

static bool take_character(sotto_text *text, char c)
{
    if (text->size == 0 || *text->bytes != c) {
        return false;
    }
    text->bytes++;
    text->size--;
    return true;
}

static int64_t days_from_date(int year, int month, int day)
{
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400; /* years before 0 do not occur: four digits, no sign */
    int year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int64_t)era * 146097 + day_of_era - 719468;
}

static bool take_date(sotto_text *text, int64_t *days)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    if (!take_digits(text, 4, &year) || !take_character(text, '-') || !take_digits(text, 2, &month)
        || !take_character(text, '-') || !take_digits(text, 2, &day) || year < 1
        || month < 1 || month > 12) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
    *days = days_from_date(year, month, day);
    return day >= 1 && day <= length;
}

static bool take_clock(sotto_text *text, int64_t *seconds)
{
    int hour, minute, second = 0, digit;
    if (!take_digits(text, 2, &hour) || !take_character(text, ':')
        || !take_digits(text, 2, &minute)) {
        return false;
    }
    if (take_character(text, ':')) {
        if (!take_digits(text, 2, &second)) {
            return false;
        }
        if (take_character(text, '.') || take_character(text, ',')) {
            if (!take_digits(text, 1, &digit)) {
                return false;
            }
            while (take_digits(text, 1, &digit)) {
            }
        }
    }
    *seconds = hour * 3600 + minute * 60 + second;
    return hour <= 23 && minute <= 59 && second <= 60;
}

static bool take_zone(sotto_text *text, int64_t *offset_s)
{
    int sign, hours, minutes = 0;
    *offset_s = 0;
    if (text->size == 0 || take_character(text, 'Z') || take_character(text, 'z')) {
        return true;
    }
    if (take_character(text, '+')) {
        sign = 1;
    } else if (take_character(text, '-')) {
        sign = -1;
    } else {
        return false;
    }
    if (!take_digits(text, 2, &hours)) {
        return false;
    }
    if (text->size > 0) {
        (void)take_character(text, ':');
        if (!take_digits(text, 2, &minutes)) {
            return false;
        }
    }
    *offset_s = sign * (hours * 3600 + minutes * 60);
    return hours <= 18 && minutes <= 59;
}

bool sotto_time_read_iso8601(sotto_text text, int64_t *time_s)
{
    int64_t days, seconds = 0, offset_s = 0;
    text = sotto_text_trim(text);
    if (!take_date(&text, &days)) {
        return false;
    }
    if (text.size > 0) {
        bool parted = take_character(&text, 'T') || take_character(&text, ' ')
                      || take_character(&text, 't');
        if (!parted || !take_clock(&text, &seconds)) {
            return false;
        }
        text = sotto_text_trim(text); /* "2011-09-18 17:22:16 +0200" */
        if (!take_zone(&text, &offset_s)) {
            return false;
        }
    }
    *time_s = days * 86400 + seconds - offset_s;
    return text.size == 0;
}

bool sotto_time_read_pattern(sotto_text text, const char *pattern, int64_t *time_s)
{
    char copy[128];
    struct tm parts;
    text = sotto_text_trim(text);
    if (text.size == 0 || text.size >= sizeof copy) {
        return false;
    }
    memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    memset(&parts, 0, sizeof parts);
    parts.tm_mday = 1;
    const char *end = strptime(copy, pattern, &parts);
    if (end == NULL || *end != '\0') {
        return false;
    }
    long offset_s = parts.tm_gmtoff; /* of %z; timegm ignores it */
    int day = parts.tm_mday;
    parts.tm_gmtoff = 0;
    *time_s = (int64_t)timegm(&parts) - offset_s;
    return parts.tm_mday == day; /* timegm would make 31 February a day in March */
}

size_t sotto_text_distance(sotto_text a, sotto_text b)
{
    enum { LONGEST = 64 };
    size_t rows[3][LONGEST + 1];
    if (a.size > LONGEST || b.size > LONGEST) {
        return a.size > b.size ? a.size : b.size;
    }
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    memset(rows, 0, sizeof rows);
    for (size_t j = 0; j <= b.size; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t best = last[j - 1] + (a.bytes[i - 1] == b.bytes[j - 1] ? 0 : 1);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2]
                && a.bytes[i - 2] == b.bytes[j - 1] && before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            now[j] = best;
        }
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[b.size];
}
