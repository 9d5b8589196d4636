/*
 * site_values.c - shares, money, dates and hours of the day, as campaigns write them
 */
#include "cli/site_plan.h"

#include "train/values.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Percent with two decimals, of 10,000. */
uint32_t cli_member_share(const cli_node *object, const char *key, uint32_t otherwise)
{
    cli_node member;
    double percent = cli_member_real(object, key, 0, 100, -1);
    if (percent < 0 || !cli_node_get(object, key, &member)) {
        return otherwise;
    }
    double share = round(percent * 100);
    if (fabs(share - percent * 100) > 1e-6) {
        cli_node_mistake(&member, NULL, "a percentage has at most two decimals");
    }
    return (uint32_t)share;
}

/* Major units, as minor ones. */
uint32_t cli_member_money(const cli_node *object, const char *key, uint32_t decimals)
{
    double factor = pow(10, decimals);
    double value = cli_member_real(object, key, 0, 4294967294.0 / factor, 0);
    return (uint32_t)llround(value * factor);
}

/* A date alone is its midnight in UTC; as an end, the end of that day. */
uint32_t cli_member_date(const cli_node *object, const char *key, bool to_the_end)
{
    cli_node member;
    int64_t time_s = 0;
    if (!cli_node_get(object, key, &member)) {
        return 0;
    }
    const char *text = cli_node_text(&member, NULL);
    if (!text) {
        return 0;
    }
    size_t size = strlen(text);
    if (!sotto_time_read_iso8601((sotto_text){text, size}, &time_s)) {
        cli_node_expected(&member,
                          "a date or time such as 2026-12-24 or 2026-12-24T18:00:00+01:00");
        return 0;
    }
    time_s += to_the_end && size == strlen("2026-12-24") ? 86400 : 0;
    if (time_s < 0 || time_s >= UINT32_MAX) {
        cli_node_mistake(&member, NULL, "expected a date from 1970 to 2105");
        return 0;
    }
    return (uint32_t)time_s;
}

/* "HH:MM", at most 24:00; false if it is not. */
static bool read_minute(const char *text, uint32_t *minute)
{
    unsigned hours;
    unsigned minutes;
    char separator;
    if (sscanf(text, "%2u%c%2u", &hours, &separator, &minutes) != 3 || separator != ':'
        || strspn(text, "0123456789:") != 5 || minutes > 59 || 60 * hours + minutes > 1440) {
        return false;
    }
    *minute = 60 * hours + minutes;
    return true;
}

bool cli_member_hours(const cli_node *object, const char *key, uint32_t *from, uint32_t *to)
{
    cli_node member;
    if (!cli_node_get(object, key, &member)) {
        return false;
    }
    const char *text = cli_node_text(&member, NULL);
    char first[6] = "";
    if (!text) {
        return false;
    }
    memcpy(first, text, strlen(text) < 5 ? strlen(text) : 5);
    if (strlen(text) != strlen("09:00-18:30") || text[5] != '-' || !read_minute(first, from)
        || !read_minute(text + 6, to)) {
        return cli_node_expected(&member, "hours such as \"09:00-18:30\"");
    }
    *from %= 1440;
    if (*from == *to) {
        return cli_node_mistake(&member, NULL, "the hours end where they begin");
    }
    *to %= 1440;
    return *from != *to;
}

const char *cli_node_short_text(const cli_node *node, size_t most)
{
    const char *text = cli_node_text(node, "-");
    if (strlen(text) < 1 || strlen(text) > most) {
        cli_node_mistake(node, NULL, "expected 1 to %zu bytes", most);
    }
    return text;
}
