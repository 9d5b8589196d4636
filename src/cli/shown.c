/*
 * shown.c - items, prices and reasons as people read them
 */
#include "cli/shown.h"

#include "base/base.h"
#include "cli/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

void cli_show_text(sotto_text text)
{
    cli_utf8_print(stdout, text.bytes, text.size);
}

char *cli_price_text(char text[CLI_PRICE_SIZE], const sotto_site *site, uint32_t price)
{
    uint32_t unit = 1;
    uint32_t decimals = site->price_decimals <= 4 ? site->price_decimals : 4;
    for (uint32_t i = 0; i < decimals; i++) {
        unit *= 10;
    }
    int currency_size = site->currency.size < 8 ? (int)site->currency.size : 8;
    if (price == SOTTO_NO_PRICE) {
        text[0] = '\0';
    } else if (decimals == 0) {
        snprintf(text, CLI_PRICE_SIZE, "%u %.*s", price, currency_size, site->currency.bytes);
    } else {
        snprintf(text, CLI_PRICE_SIZE, "%u.%0*u %.*s", price / unit, (int)decimals, price % unit,
                 currency_size, site->currency.bytes);
    }
    return text;
}

void cli_show_item(const sotto_bundle *bundle, uint32_t item)
{
    sotto_text title = sotto_item_text(bundle, SOTTO_TITLE, item);
    cli_show_text(sotto_item_id(bundle, item));
    if (title.size) {
        fputs("  ", stdout);
        cli_show_text(title);
    }
}

static void json_price(cli_json *json, const char *key, uint32_t price)
{
    if (price == SOTTO_NO_PRICE) {
        cli_json_null(json, key);
    } else {
        cli_json_number(json, key, price);
    }
}

static sotto_text category_of(const sotto_bundle *bundle, uint32_t category)
{
    return category == SOTTO_NONE ? (sotto_text){"", 0} : sotto_category_name(bundle, category);
}

static sotto_text brand_of(const sotto_bundle *bundle, uint32_t brand)
{
    return brand == SOTTO_NONE ? (sotto_text){"", 0} : sotto_brand_name(bundle, brand);
}

void cli_json_item(cli_json *json, const sotto_bundle *bundle, uint32_t item)
{
    sotto_item_facts facts = sotto_item_get(bundle, item);
    cli_json_bytes(json, "id", sotto_item_id(bundle, item));
    if (!sotto_bundle_has(bundle, SOTTO_CATALOGUE)) {
        return;
    }
    cli_json_bytes(json, "title", sotto_item_text(bundle, SOTTO_TITLE, item));
    json_price(json, "price", facts.price);
    json_price(json, "list_price", facts.list_price);
    cli_json_bytes(json, "category", category_of(bundle, facts.category));
    cli_json_bytes(json, "brand", brand_of(bundle, facts.brand));
    cli_json_bool(json, "listed", facts.listed);
    cli_json_bool(json, "in_stock", facts.in_stock);
}

static const struct {
    const char *name, *words;
} reasons[] = {
    [SOTTO_BECAUSE_VIEWED] = {"viewed", "is looked at after"},
    [SOTTO_BECAUSE_TOGETHER] = {"together", "is bought with"},
    [SOTTO_BECAUSE_SEEN] = {"seen", "was looked at before"},
    [SOTTO_BECAUSE_CATEGORY] = {"category", "interest in category"},
    [SOTTO_BECAUSE_BRAND] = {"brand", "interest in brand"},
    [SOTTO_BECAUSE_POPULAR] = {"popular", "is popular"},
    [SOTTO_BECAUSE_TRENDING] = {"trending", "is trending"},
    [SOTTO_BECAUSE_PINNED] = {"pinned", "was placed by the shop"},
    [SOTTO_BECAUSE_MANUAL] = {"manual", "was chosen by the shop"},
    [SOTTO_BECAUSE_CATEGORY_TOP] = {"category-top", "is popular in the same category"},
    [SOTTO_BECAUSE_VIEWED_BOUGHT] = {"viewed-then-bought", "is bought by those who looked at"},
    [SOTTO_BECAUSE_LOOKS] = {"looks-like", "looks like"},
    [SOTTO_BECAUSE_NEW] = {"new", "is new"},
    [SOTTO_BECAUSE_BOUGHT_BEFORE] = {"bought-before", "was bought before"},
};

const char *cli_reason_name(sotto_reason_kind kind)
{
    size_t number = (size_t)kind;
    return number >= 1 && number < SOTTO_ARRAY_COUNT(reasons) ? reasons[number].name
                                                                      : "unknown";
}

/* What a reason rests on: an item's id, a category's or brand's name; empty if nothing. */
static sotto_text about(const sotto_bundle *bundle, const sotto_reason *reason)
{
    switch (reason->kind) {
    case SOTTO_BECAUSE_CATEGORY:
    case SOTTO_BECAUSE_CATEGORY_TOP:
        return reason->item < sotto_category_count(bundle) ? category_of(bundle, reason->item)
                                                           : (sotto_text){"", 0};
    case SOTTO_BECAUSE_BRAND:
        return reason->item < sotto_brand_count(bundle) ? brand_of(bundle, reason->item)
                                                        : (sotto_text){"", 0};
    default:
        return reason->item < sotto_item_count(bundle) ? sotto_item_id(bundle, reason->item)
                                                       : (sotto_text){"", 0};
    }
}

void cli_show_reason(const sotto_bundle *bundle, const sotto_reason *reason)
{
    size_t number = (size_t)reason->kind;
    bool known = number >= 1 && number < SOTTO_ARRAY_COUNT(reasons);
    fputs(known ? reasons[number].words : "for a reason this version does not know", stdout);
    sotto_text what = about(bundle, reason);
    bool is_item = reason->kind == SOTTO_BECAUSE_VIEWED || reason->kind == SOTTO_BECAUSE_TOGETHER
                || reason->kind == SOTTO_BECAUSE_VIEWED_BOUGHT
                || reason->kind == SOTTO_BECAUSE_LOOKS;
    bool is_itself = reason->kind == SOTTO_BECAUSE_SEEN
                  || reason->kind == SOTTO_BECAUSE_BOUGHT_BEFORE;
    if (is_item && what.size) {
        putchar(' ');
        cli_show_item(bundle, reason->item);
    } else if (what.size && !is_itself) {
        putchar(' ');
        cli_show_text(what);
    }
    if (reason->points) {
        printf(" (%.3f)", reason->points / 65536.0);
    }
}

void cli_json_reason(cli_json *json, const sotto_bundle *bundle, const sotto_reason *reason)
{
    cli_json_object(json, NULL);
    cli_json_text(json, "kind", cli_reason_name(reason->kind));
    cli_json_bytes(json, "about", about(bundle, reason));
    cli_json_number(json, "points", reason->points);
    cli_json_end(json);
}

static bool holds(sotto_text text, const char *word, size_t size)
{
    for (size_t i = 0; i + size <= text.size; i++) {
        if (strncasecmp(text.bytes + i, word, size) == 0) {
            return true;
        }
    }
    return false;
}

/* Puts an item where it belongs among those found, the most popular first. */
static void insert(const sotto_bundle *bundle, uint32_t item, uint32_t *items, uint32_t count,
                   uint32_t room)
{
    uint32_t popularity = sotto_item_popularity(bundle, item);
    uint32_t at = count < room ? count : room;
    while (at > 0 && sotto_item_popularity(bundle, items[at - 1]) < popularity) {
        if (at < room) {
            items[at] = items[at - 1];
        }
        at--;
    }
    if (at < room) {
        items[at] = item;
    }
}

uint32_t cli_find_items(const sotto_bundle *bundle, const char *word, uint32_t *items,
                        uint32_t room)
{
    size_t size = strlen(word);
    uint32_t exact = sotto_item_find(bundle, word, size);
    uint32_t count = 0;
    if (exact != SOTTO_NO_ITEM) {
        items[0] = exact;
        return 1;
    }
    for (uint32_t i = 0; i < sotto_item_count(bundle); i++) {
        if (holds(sotto_item_text(bundle, SOTTO_TITLE, i), word, size)) {
            insert(bundle, i, items, count, room);
            count++;
        }
    }
    return count;
}
