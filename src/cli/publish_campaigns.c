/*
 * publish_campaigns.c - slots, rules, what is said of consent, and the plan to the campaigns part
 */
#include "cli/publish.h"

#include "cli/plan_share.h"
#include "cli/report.h"

#include "format/plan_write.h"
#include "train/rfm.h"

#include <string.h>

static sotto_string text_of(const char *text)
{
    return (sotto_string){text, strlen(text)};
}

static uint32_t in_minor_units(uint64_t ten_thousandths, uint32_t decimals)
{
    for (; decimals < 4; decimals++) {
        ten_thousandths /= 10;
    }
    return ten_thousandths < UINT32_MAX ? (uint32_t)ten_thousandths : UINT32_MAX;
}

/* The plan with the thirds of those who bought, and the rhythm, as the trained model has them. */
static sotto_plan_content with_rfm(const cli_site *site, const uint8_t *model)
{
    sotto_plan_content plan = *site->plan;
    sotto_rfm rfm;
    if (!model || !sotto_rfm_read(model, &rfm)) {
        return plan;
    }
    if (rfm.rhythm_s != 0) {
        plan.rhythm_s = rfm.rhythm_s;
    }
    if (rfm.orders[0] != 0) {
        for (uint32_t i = 0; i < 2; i++) {
            plan.recency_s[i] = rfm.recency_s[i];
            plan.orders[i] = rfm.orders[i];
            plan.spent[i] = in_minor_units(rfm.spent[i], site->price_decimals);
        }
    }
    return plan;
}

bool cli_publish_campaigns(const cli_site *site, const uint8_t *model, sotto_bytes *part)
{
    cli_pool memory = {0};
    sotto_plan_content plan;
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
    if (site->plan) {
        plan = with_rfm(site, model);
        cli_plan_share(&plan, &memory);
        content.plan = &plan;
    }
    const char *why = NULL;
    sotto_status status = sotto_campaigns_write(&content, part, &why);
    cli_pool_free(&memory);
    return status == SOTTO_OK
        || cli_error("%s: no campaigns can be made of it: %s", site->file,
                     why ? why : "it is beyond the format's limits");
}
