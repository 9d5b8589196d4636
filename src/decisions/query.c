/*
 * query.c - the parameters of an address
 *
 *     ?utm_source=news+letter&ref=%C3%A9t%C3%A9&again
 *
 * are utm_source, "news letter"; ref, "été"; again, "". As in HTML forms a plus is a space and %XX
 * a byte; a percent sign that two hexadecimal digits do not follow is itself. Of one name the first
 * counts. What is decoded is never longer than it was, so all of it goes into one stretch of the
 * moment, once, for the first expression that asks.
 */
#include "decisions/moment.h"

static uint32_t digit_of(char letter)
{
    return letter >= '0' && letter <= '9'   ? (uint32_t)(letter - '0')
           : letter >= 'a' && letter <= 'f' ? (uint32_t)(letter - 'a' + 10)
           : letter >= 'A' && letter <= 'F' ? (uint32_t)(letter - 'A' + 10)
                                            : 16;
}

/* Decodes [from, end) to the end of what was decoded; returns how many bytes it came to. */
static uint16_t decode(sotto_moment *moment, uint32_t at, const char *from, const char *end)
{
    uint32_t start = at;
    while (from < end) {
        uint32_t high = end - from > 2 && *from == '%' ? digit_of(from[1]) : 16;
        uint32_t low = high < 16 ? digit_of(from[2]) : 16;
        if (low < 16) {
            moment->query[at++] = (uint8_t)(16 * high + low);
            from += 3;
        } else {
            moment->query[at++] = *from == '+' ? ' ' : (uint8_t)*from;
            from++;
        }
    }
    return (uint16_t)(at - start);
}

static const char *find(const char *from, const char *end, char letter)
{
    while (from < end && *from != letter) {
        from++;
    }
    return from;
}

static void decode_all(sotto_moment *moment)
{
    sotto_text query = moment->scene->query;
    const char *from = query.bytes;
    const char *end = from;
    uint32_t at = 0;
    moment->has_query = true;
    if (query.size > 0) {
        end += query.size < SOTTO_MOMENT_QUERY_SIZE ? query.size : SOTTO_MOMENT_QUERY_SIZE;
        from += *from == '?' ? 1 : 0;
    }
    while (from < end && moment->parameter_count < SOTTO_MOMENT_PARAMETERS) {
        const char *stop = find(from, end, '&');
        const char *name_end = find(from, stop, '=');
        if (stop > from) {
            sotto_query_parameter *parameter = &moment->parameters[moment->parameter_count++];
            parameter->name_at = (uint16_t)at;
            parameter->name_size = decode(moment, at, from, name_end);
            at += parameter->name_size;
            parameter->value_at = (uint16_t)at;
            parameter->value_size =
                name_end < stop ? decode(moment, at, name_end + 1, stop) : 0;
            at += parameter->value_size;
        }
        from = stop < end ? stop + 1 : end;
    }
}

sotto_text sotto_query_get(sotto_moment *moment, sotto_text name)
{
    if (!moment->has_query) {
        decode_all(moment);
    }
    for (uint32_t i = 0; i < moment->parameter_count; i++) {
        const sotto_query_parameter *parameter = &moment->parameters[i];
        if (parameter->name_size == name.size
            && memcmp(moment->query + parameter->name_at, name.bytes, name.size) == 0) {
            const char *value = (const char *)moment->query + parameter->value_at;
            return (sotto_text){value, sotto_min_u32(parameter->value_size, SOTTO_VALUE_MAX_SIZE)};
        }
    }
    return (sotto_text){NULL, 0};
}
