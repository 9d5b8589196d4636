/*
 * Feed values - prices, stock and dates as shops write them
 */
#ifndef SOTTO_CLI_FEED_VALUES_H
#define SOTTO_CLI_FEED_VALUES_H

#include "sotto.h"

/*
 * A price in major units, "19.95" or "19.95 EUR", in minor ones. Nothing at all is SOTTO_NO_PRICE.
 * False for what is no price, or below zero.
 */
bool cli_feed_price(sotto_text text, uint32_t decimals, uint32_t *price);

/*
 * A date or time in ISO 8601, or seconds since 1970, in seconds. Nothing at all is 0. False for what
 * is no date, or before 1970.
 */
bool cli_feed_date(sotto_text text, uint32_t *time_s);

/* A number (above zero is in stock), or the words of SITE.md. Nothing at all is in stock. */
bool cli_feed_stock(sotto_text text, bool *in_stock);

#endif
