/*
 * facts.c - the names of docs/EXPRESSIONS.md section 3
 *
 * Each is a number, a text or a truth. What a page did not say, or nobody knows, is nothing: then
 * every comparison with it is false.
 */
#include "decisions/calendar.h"
#include "decisions/decimal.h"
#include "decisions/moment.h"
#include "decisions/standing.h"
#include "ranking/cluster.h"

/* ---- Numbers --------------------------------------------------------------------------------- */

static int64_t money(const sotto_moment *moment, uint64_t minor)
{
    return sotto_decimal_money(minor, moment->bundle->campaigns.site.price_decimals);
}

static int64_t price(const sotto_moment *moment, uint32_t minor)
{
    return minor == SOTTO_NO_PRICE ? SOTTO_NOTHING : money(moment, minor);
}

static int64_t since(const sotto_moment *moment, bool known, uint32_t time_s)
{
    return known ? sotto_decimal_whole(sotto_age_s(time_s, moment->now_s)) : SOTTO_NOTHING;
}

static int64_t cart_number(const sotto_moment *moment, sotto_fact_number fact)
{
    uint32_t time_s;
    switch (fact) {
    case SOTTO_CART_TOTAL:
        return money(moment, moment->cart_total);
    case SOTTO_CART_ITEMS:
        return sotto_decimal_whole(moment->cart_item_count);
    case SOTTO_CART_QUANTITY:
        return sotto_decimal_whole(moment->cart_quantity);
    default: {
        bool known = sotto_moment_cart_touched(moment, &time_s);
        return since(moment, known, time_s);
    }
    }
}

static uint32_t looks_at(const sotto_moment *moment, sotto_event_set events)
{
    sotto_event_set looks = moment->kinds[SOTTO_VIEW - 1];
    sotto_event_set_join(&looks, &moment->kinds[SOTTO_CLICK - 1]);
    sotto_event_set_meet(&looks, &events);
    return sotto_event_set_count(&looks);
}

static int64_t discount_of(sotto_item_facts facts)
{
    if (facts.list_price == SOTTO_NO_PRICE || facts.price >= facts.list_price) {
        return 0;
    }
    return SOTTO_DECIMAL_ONE - sotto_decimal_share(facts.price, facts.list_price);
}

static int64_t item_number(const sotto_moment *moment, sotto_fact_number fact)
{
    sotto_item_facts facts = sotto_item_get(moment->bundle, moment->page_item);
    if (moment->page_item == SOTTO_NO_ITEM) {
        return SOTTO_NOTHING;
    }
    switch (fact) {
    case SOTTO_ITEM_PRICE:
        return price(moment, facts.price);
    case SOTTO_ITEM_LIST_PRICE:
        return price(moment, facts.list_price);
    case SOTTO_ITEM_DISCOUNT:
        return discount_of(facts);
    default:
        return sotto_decimal_whole(
            looks_at(moment, sotto_moment_of_item(moment, moment->page_item)));
    }
}

static int64_t page_number(const sotto_moment *moment, sotto_fact_number fact)
{
    const sotto_scene *scene = moment->scene;
    switch (fact) {
    case SOTTO_PAGE_ACTIVE:
        return sotto_decimal_whole(scene->page_active_s);
    case SOTTO_PAGE_IDLE:
        return sotto_decimal_whole(scene->idle_s);
    default:
        return (int64_t)sotto_min_u32(scene->scroll_percent, 100) * (SOTTO_DECIMAL_ONE / 100);
    }
}

static int64_t session_number(const sotto_moment *moment, sotto_fact_number fact)
{
    const sotto_profile *profile = moment->profile;
    const sotto_ledger *ledger = moment->ledger;
    uint32_t time_s;
    switch (fact) {
    case SOTTO_SESSION_ACTIVE: {
        bool same = ledger && ledger->session_start_s == profile->session_start_s;
        int64_t active_s = (int64_t)(same ? ledger->session_active_s : 0)
                         + moment->scene->session_active_s;
        return sotto_decimal(sotto_decimal_whole(active_s));
    }
    case SOTTO_SESSION_AGE:
        return since(moment, profile != NULL, moment->session_start_s);
    case SOTTO_SESSION_VIEWS:
        return sotto_decimal_whole(
            looks_at(moment, sotto_moment_from(moment, moment->session_start_s)));
    case SOTTO_VISITS:
        return sotto_decimal_whole(profile ? profile->session_count : 0);
    default:
        return sotto_last_visit(moment, &time_s)
                   ? sotto_decimal_whole(moment->session_start_s - time_s)
                   : SOTTO_NOTHING;
    }
}

static int64_t order_number(const sotto_moment *moment, sotto_fact_number fact)
{
    const sotto_ledger *ledger = moment->ledger;
    uint32_t cell;
    switch (fact) {
    case SOTTO_ORDERS:
        return sotto_decimal_whole(ledger ? ledger->order_count : 0);
    case SOTTO_SPENT:
        return money(moment, ledger ? ledger->spent : 0);
    case SOTTO_SINCE_ORDER: {
        bool known = ledger && ledger->order_count > 0;
        return since(moment, known, known ? ledger->order_s : 0);
    }
    default:
        cell = fact == SOTTO_RECENCY ? sotto_recency_cell(moment) : sotto_frequency_cell(moment);
        return cell == 0 ? SOTTO_NOTHING : sotto_decimal_whole(cell);
    }
}

static int64_t clock_number(const sotto_moment *moment, sotto_fact_number fact)
{
    sotto_date date = sotto_date_of(moment->day);
    switch (fact) {
    case SOTTO_HOUR:
        return sotto_decimal_whole(moment->minute_of_day / 60);
    case SOTTO_MINUTE:
        return sotto_decimal_whole(moment->minute_of_day % 60);
    case SOTTO_DAY:
        return sotto_decimal_whole(date.day);
    case SOTTO_MONTH:
        return sotto_decimal_whole(date.month);
    default:
        return sotto_decimal_whole(date.year);
    }
}

int64_t sotto_fact_number_get(sotto_moment *moment, sotto_fact_number fact)
{
    return fact <= SOTTO_CART_IDLE     ? cart_number(moment, fact)
           : fact <= SOTTO_ITEM_SEEN   ? item_number(moment, fact)
           : fact <= SOTTO_PAGE_SCROLL ? page_number(moment, fact)
           : fact <= SOTTO_SINCE_VISIT ? session_number(moment, fact)
           : fact <= SOTTO_FREQUENCY   ? order_number(moment, fact)
                                       : clock_number(moment, fact);
}

/* ---- Texts ----------------------------------------------------------------------------------- */

/* What a page says: nothing if it is empty, and no longer than a value can be. */
static sotto_text said(sotto_text text, size_t most)
{
    return text.size == 0 ? (sotto_text){NULL, 0}
                          : (sotto_text){text.bytes, text.size < most ? text.size : most};
}

/* The part before a letter, or all of it. */
static sotto_text before(sotto_text text, char letter)
{
    sotto_text part = {text.bytes, 0};
    while (part.size < text.size && text.bytes[part.size] != letter) {
        part.size++;
    }
    return part;
}

static sotto_text cluster_name(sotto_moment *moment)
{
    static const char numbers[] = "0123456789101112131415";
    const sotto_plan_rules *rules = &moment->plan->rules;
    if (!moment->has_cluster) {
        moment->has_cluster = true;
        moment->cluster = moment->profile ? sotto_cluster_of(moment->bundle, moment->profile)
                                          : SOTTO_NONE;
    }
    uint32_t number = moment->cluster;
    if (number >= SOTTO_PLAN_MAX_CLUSTERS) {
        return (sotto_text){"", 0};
    }
    if (number < rules->cluster_count && rules->clusters[number].size > 0) {
        return rules->clusters[number];
    }
    return number < 10 ? (sotto_text){numbers + number, 1}
                       : (sotto_text){numbers + 10 + 2 * (number - 10), 2};
}

sotto_text sotto_fact_text_get(sotto_moment *moment, sotto_fact_text fact)
{
    static const char weekdays[] = "montuewedthufrisatsun";
    const sotto_scene *scene = moment->scene;
    switch (fact) {
    case SOTTO_PAGE_PATH:
        return said(scene->path, SOTTO_PATH_MAX_SIZE);
    case SOTTO_PAGE_TYPE:
        return scene->page_type.size == 0 ? (sotto_text){"", 0}
                                          : said(scene->page_type, SOTTO_VALUE_MAX_SIZE);
    case SOTTO_RFM:
        return sotto_rfm_name(moment);
    case SOTTO_LIFECYCLE:
        return sotto_lifecycle_name(moment);
    case SOTTO_CLUSTER_NAME:
        return cluster_name(moment);
    case SOTTO_DEVICE:
        return said(scene->device, SOTTO_VALUE_MAX_SIZE);
    case SOTTO_LANGUAGE:
        return before(said(scene->language, SOTTO_VALUE_MAX_SIZE), '-');
    case SOTTO_REGION:
        return before(said(scene->timezone, SOTTO_VALUE_MAX_SIZE), '/');
    case SOTTO_TIMEZONE:
        return said(scene->timezone, SOTTO_VALUE_MAX_SIZE);
    case SOTTO_REFERRER:
        return said(scene->referrer, SOTTO_VALUE_MAX_SIZE);
    default:
        SOTTO_ASSERT(fact == SOTTO_WEEKDAY);
        return (sotto_text){weekdays + 3 * sotto_weekday_of(moment->day), 3};
    }
}

/* ---- Truths ---------------------------------------------------------------------------------- */

bool sotto_fact_truth_get(const sotto_moment *moment, sotto_fact_truth fact)
{
    uint32_t visits = moment->profile ? moment->profile->session_count : 0;
    switch (fact) {
    case SOTTO_ITEM_IN_STOCK:
        return moment->page_item != SOTTO_NO_ITEM
            && sotto_item_get(moment->bundle, moment->page_item).in_stock;
    case SOTTO_FIRST_VISIT:
        return visits <= 1;
    case SOTTO_RETURNING:
        return visits > 1;
    case SOTTO_TOUCH:
        return moment->scene->touch;
    default:
        SOTTO_ASSERT(fact == SOTTO_REMEMBERED);
        return moment->profile != NULL;
    }
}
