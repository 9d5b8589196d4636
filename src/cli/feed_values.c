/*
 * feed_values.c - prices, stock and dates as shops write them
 */
#include "cli/feed_values.h"

#include "base/base.h"
#include "train/values.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

/* Without the currency's code that some feeds put after the number. */
static sotto_text without_currency(sotto_text text)
{
    size_t size = text.size;
    while (size > 0 && isalpha((unsigned char)text.bytes[size - 1])) {
        size--;
    }
    bool code = text.size - size == 3 && size > 0;
    return code ? sotto_text_trim((sotto_text){text.bytes, size}) : text;
}

bool cli_feed_price(sotto_text text, uint32_t decimals, uint32_t *price)
{
    double value;
    *price = SOTTO_NO_PRICE;
    if (text.size == 0) {
        return true;
    }
    if (!sotto_number_read(without_currency(text), &value) || value < 0) {
        return false;
    }
    double minor = round(value * pow(10, decimals));
    if (minor >= SOTTO_NO_PRICE) {
        return false;
    }
    *price = (uint32_t)minor;
    return true;
}

bool cli_feed_date(sotto_text text, uint32_t *time_s)
{
    int64_t time = 0;
    double number;
    if (text.size > 0 && !sotto_time_read_iso8601(text, &time)) {
        if (!sotto_number_read(text, &number) || number < 0 || number > UINT32_MAX) {
            return false;
        }
        time = (int64_t)number;
    }
    *time_s = (uint32_t)time;
    return time >= 0 && time <= UINT32_MAX;
}

bool cli_feed_stock(sotto_text text, bool *in_stock)
{
    static const struct {
        const char *word;
        bool        in_stock;
    } words[] = {
        {"in stock", true},  {"in_stock", true},      {"true", true},          {"yes", true},
        {"preorder", true},  {"backorder", true},     {"out of stock", false},
        {"out_of_stock", false}, {"false", false},    {"no", false},
    };
    double number;
    *in_stock = true;
    if (text.size == 0) {
        return true;
    }
    if (sotto_number_read(text, &number)) {
        *in_stock = number > 0;
        return true;
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(words); i++) {
        if (text.size == strlen(words[i].word)
            && strncasecmp(text.bytes, words[i].word, text.size) == 0) {
            *in_stock = words[i].in_stock;
            return true;
        }
    }
    return false;
}
