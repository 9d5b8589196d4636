/*
 * counts.c - how often something was done
 *
 * A filter is a conjunction, and each of its conditions a set of events that mostly stands ready
 * (moment.h). Sets meet, what is left is counted. Prices alone are looked at event by event, and
 * only of the events that passed all else.
 */
#include "base/bytes.h"
#include "decisions/decimal.h"
#include "decisions/moment.h"

static sotto_event_set of_kinds(const sotto_moment *moment, uint32_t kinds)
{
    sotto_event_set set = {{0}};
    for (; kinds != 0; kinds &= kinds - 1) {
        sotto_event_set_join(&set, &moment->kinds[__builtin_ctz(kinds)]);
    }
    return set;
}

static void keep_about(sotto_moment *moment, sotto_event_set *set, const uint8_t **code)
{
    sotto_event_set about = sotto_moment_about(moment, sotto_plan_varint(code));
    sotto_event_set_meet(set, &about);
}

/* Keeps what costs at least `from` and less than `under`. */
static void keep_priced(const sotto_moment *moment, sotto_event_set *set, uint32_t from,
                        uint32_t under)
{
    uint32_t age = SOTTO_EVENT_FIRST;
    while (sotto_event_set_next(set, &age)) {
        uint32_t price = moment->event_prices[age];
        if (price == SOTTO_NO_PRICE || price < from || price >= under) {
            set->words[age >> 6] &= ~((uint64_t)1 << (age & 63));
        }
    }
}

/* The events that pass the filter at `*code`, which is left behind it. */
static sotto_event_set filtered(sotto_moment *moment, const uint8_t **code)
{
    uint32_t bits = (*code)[2];
    uint32_t earliest_s = (bits & SOTTO_FILTER_SESSION) != 0 ? moment->session_start_s : 0;
    sotto_event_set set = of_kinds(moment, sotto_load_u16(*code));
    *code += 3;
    if ((bits & SOTTO_FILTER_KEY) != 0) {
        keep_about(moment, &set, code);
    }
    if ((bits & SOTTO_FILTER_HERE) != 0) {
        sotto_event_set here = sotto_moment_of_item(moment, moment->page_item);
        sotto_event_set_meet(&set, &here);
    }
    if ((bits & SOTTO_FILTER_ON_SALE) != 0) {
        sotto_event_set_meet(&set, &moment->on_sale);
    }
    uint32_t under = (bits & SOTTO_FILTER_UNDER) != 0 ? sotto_plan_varint(code) : SOTTO_NO_PRICE;
    uint32_t from = (bits & SOTTO_FILTER_FROM) != 0 ? sotto_plan_varint(code) : 0;
    if ((bits & SOTTO_FILTER_WITHIN) != 0) {
        earliest_s = sotto_max_u32(earliest_s,
                                   sotto_age_s(sotto_plan_varint(code), moment->now_s));
    }
    if ((bits & SOTTO_FILTER_KEY_2) != 0) {
        keep_about(moment, &set, code);
    }
    if (earliest_s != 0) {
        sotto_event_set lately = sotto_moment_from(moment, earliest_s);
        sotto_event_set_meet(&set, &lately);
    }
    if ((bits & (SOTTO_FILTER_UNDER | SOTTO_FILTER_FROM)) != 0) {
        keep_priced(moment, &set, from, under);
    }
    return set;
}

static uint32_t sum_of_quantities(const sotto_moment *moment, const sotto_event_set *set)
{
    uint32_t sum = 0;
    uint32_t age = SOTTO_EVENT_FIRST;
    while (sotto_event_set_next(set, &age)) {
        sum += moment->event_quantities[age];
    }
    return sum;
}

/* How many events there are of which none is like another; `same` has the latest like each. */
static uint32_t count_different(const sotto_event_set *set, const uint8_t *same)
{
    sotto_event_set met = {{0}};
    uint32_t age = SOTTO_EVENT_FIRST;
    while (sotto_event_set_next(set, &age)) {
        sotto_event_set_add(&met, same[age]);
    }
    return sotto_event_set_count(&met);
}

/* How many events the item has that has most. */
static uint32_t most_of_one(const sotto_event_set *set, const uint8_t *same)
{
    uint16_t counts[SOTTO_PROFILE_EVENTS];
    uint32_t most = 0;
    uint32_t age = SOTTO_EVENT_FIRST;
    memset(counts, 0, sizeof counts);
    while (sotto_event_set_next(set, &age)) {
        most = sotto_max_u32(most, ++counts[same[age]]);
    }
    return most;
}

int64_t sotto_count_events(sotto_moment *moment, sotto_op op, const uint8_t **code)
{
    sotto_event_set set = filtered(moment, code);
    if (op == SOTTO_OP_ITEMS || op == SOTTO_OP_MOST) {
        sotto_event_set_meet(&set, &moment->about_items);
    }
    switch (op) {
    case SOTTO_OP_PIECES:
        return sotto_decimal_whole(sum_of_quantities(moment, &set));
    case SOTTO_OP_ITEMS:
        return sotto_decimal_whole(count_different(&set, moment->event_same_item));
    case SOTTO_OP_DAYS:
        return sotto_decimal_whole(count_different(&set, moment->event_same_day));
    case SOTTO_OP_MOST:
        return sotto_decimal_whole(most_of_one(&set, moment->event_same_item));
    case SOTTO_OP_SINCE:
        return sotto_event_set_count(&set) == 0
                   ? SOTTO_NOTHING
                   : sotto_decimal_whole(moment->now_s - sotto_moment_latest_s(moment, &set));
    default:
        SOTTO_ASSERT(op == SOTTO_OP_COUNT);
        return sotto_decimal_whole(sotto_event_set_count(&set));
    }
}
