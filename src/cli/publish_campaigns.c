/*
 * publish_campaigns.c - slots, rules and what is said of consent to the campaigns part
 */
#include "cli/publish.h"

#include "cli/report.h"

#include <string.h>

static sotto_string text_of(const char *text)
{
    return (sotto_string){text, strlen(text)};
}

bool cli_publish_campaigns(const cli_site *site, sotto_bytes *part)
{
    sotto_campaigns_content content = {
        .shop_id = text_of(site->shop_id),
        .shop_name = text_of(site->shop_name),
        .currency = text_of(site->currency),
        .locale = text_of(site->locale),
        .price_decimals = site->price_decimals,
        .just_bought_s = site->just_bought_s,
        .session_gap_s = site->session_gap_s,
        .retention_s = site->retention_s,
        .interest_half_life_s = site->interest_half_life_s,
        .excluded_items = site->excluded_items.hashes,
        .excluded_item_count = site->excluded_items.count,
        .excluded_categories = site->excluded_categories.hashes,
        .excluded_category_count = site->excluded_categories.count,
        .excluded_brands = site->excluded_brands.hashes,
        .excluded_brand_count = site->excluded_brands.count,
        .slots = site->slots,
        .slot_count = site->slot_count,
        .consent = site->consent,
    };
    const char *why = NULL;
    return sotto_campaigns_write(&content, part, &why) == SOTTO_OK
        || cli_error("%s: no campaigns can be made of it: %s", site->file,
                     why ? why : "it is beyond the format's limits");
}
