/*
 * Values - numbers, times and texts as people write them in exports
 *
 * All take a stretch of bytes that is not terminated and may hold anything.
 */
#ifndef SOTTO_TRAIN_VALUES_H
#define SOTTO_TRAIN_VALUES_H

#include "sotto.h"

/* Without the blanks around it. */
sotto_text sotto_text_trim(sotto_text text);

/* Valid UTF-8 (no overlong forms, no surrogates) and no control characters, not even U+0080-9F. */
bool sotto_text_is_clean(sotto_text text);

/* Where JSON writes a zero byte (\u0000), which would end the text it is in; NULL if nowhere. */
const char *sotto_json_zero_byte(const char *json, size_t size);

bool sotto_text_equals(sotto_text text, const char *other);

/* A decimal number, all of the text: "12", "-1.50", "1e3". Not "nan", not "0x10". */
bool sotto_number_read(sotto_text text, double *value);

/*
 * ISO 8601 as exports write it: a date, or date and time with 'T' or a blank between them, seconds
 * and their fraction optional, then nothing, 'Z', +hh:mm, +hhmm or +hh. Without a zone it is UTC.
 */
bool sotto_time_read_iso8601(sotto_text text, int64_t *time_s);

/* By a strptime(3) pattern, in UTC; the whole text must be used up. */
bool sotto_time_read_pattern(sotto_text text, const char *pattern, int64_t *time_s);

/* How many letters must be added, dropped, changed or swapped with a neighbour. */
size_t sotto_text_distance(sotto_text a, sotto_text b);

#endif
