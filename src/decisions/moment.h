/*
 * moment.h - all that evaluation reads, gathered once
 *
 * Hundreds of expressions are asked about the same moment, most of them about the same 256 events.
 * So what they would all look up is looked up first: the item of each event, its price, category
 * and brand, and which events are of a kind, in a category, of a brand (event_set.h). What few ask
 * (the kind of shopper, the address's parameters, the page's category) is worked out by the
 * first that does.
 *
 * Events are numbered by age, 0 the latest. Times ahead of now count as now.
 */
#ifndef SOTTO_DECISIONS_MOMENT_H
#define SOTTO_DECISIONS_MOMENT_H

#include "decisions/event_set.h"
#include "model/bundle.h"
#include "model/program.h"
#include "profile/ledger.h"
#include "profile/profile.h"

enum {
    SOTTO_MOMENT_GROUPS = 256,
    SOTTO_MOMENT_SLOTS = 512,
    SOTTO_MOMENT_LINES = 64,
    SOTTO_MOMENT_QUERY_SIZE = 2048,
    SOTTO_MOMENT_PARAMETERS = 32,
    SOTTO_PATH_MAX_SIZE = 256,
    SOTTO_VALUE_MAX_SIZE = 1024    /* of a text that an expression sees */
};

/*
 * Events by brand; or by category, where an event belongs to its own and to all above it. Where
 * there are more than SOTTO_MOMENT_GROUPS of these, those that have a group have it whole; of the
 * others the events are looked at one by one.
 */
typedef struct sotto_event_groups {
    uint32_t        count;
    bool            overflowed;
    uint16_t        of[SOTTO_PROFILE_EVENTS];     /* by event; SOTTO_LIST_NONE if there is none */
    uint16_t        slots[SOTTO_MOMENT_SLOTS];    /* by value: group + 1, 0 is free */
    uint16_t        values[SOTTO_MOMENT_GROUPS];
    sotto_event_set sets[SOTTO_MOMENT_GROUPS];
} sotto_event_groups;

/* A parameter of the page's address: places in the moment's `query`. */
typedef struct sotto_query_parameter {
    uint16_t name_at, name_size, value_at, value_size;
} sotto_query_parameter;

/* A line of the cart. */
typedef struct sotto_moment_line {
    uint32_t item;                 /* SOTTO_NO_ITEM if the bundle does not know it */
    uint32_t quantity;
    uint64_t hash;                 /* 0 if it is not known: lines that the scene gives */
} sotto_moment_line;

struct sotto_moment {
    const sotto_plan    *plan;
    const sotto_bundle  *bundle;
    const sotto_profile *profile;  /* NULL: nothing is known of the shopper */
    const sotto_ledger  *ledger;   /* NULL: nor of what they were shown */
    const sotto_scene   *scene;

    uint32_t now_s, day, minute_of_day;   /* day and minute of the shopper's clock */
    uint32_t page_item;            /* the page's first, SOTTO_NO_ITEM if it is about none */
    uint32_t session_start_s;

    uint64_t cart_total;           /* minor units */
    uint32_t cart_item_count, cart_quantity;
    uint32_t line_count;           /* of those that stand here */
    sotto_moment_line lines[SOTTO_MOMENT_LINES];

    uint32_t event_count;
    bool     ordered;              /* times only fall with age */
    uint32_t event_items[SOTTO_PROFILE_EVENTS];     /* indexes; SOTTO_NO_ITEM if unknown, or none */
    uint32_t event_times_s[SOTTO_PROFILE_EVENTS];
    uint32_t event_prices[SOTTO_PROFILE_EVENTS];    /* SOTTO_NO_PRICE if unknown */
    uint16_t event_quantities[SOTTO_PROFILE_EVENTS]; /* at least 1 */
    uint8_t  event_same_item[SOTTO_PROFILE_EVENTS];  /* the latest event of the same item */
    uint8_t  event_same_day[SOTTO_PROFILE_EVENTS];   /* the latest event of the same day */
    sotto_event_set    kinds[SOTTO_EVENT_KIND_LAST]; /* by kind - 1; no views of nothing */
    sotto_event_set    about_items;                  /* events that name an item, known or not */
    sotto_event_set    on_sale;
    sotto_event_groups categories, brands;

    /* Worked out when first asked for. */
    bool     has_segments, has_cluster, has_query, has_page_category, has_interest, has_named;
    uint32_t cluster;              /* SOTTO_NONE if it is not known */
    uint32_t page_category;
    uint64_t category_interest, brand_interest;      /* all of it */
    uint32_t parameter_count;
    sotto_query_parameter parameters[SOTTO_MOMENT_PARAMETERS];
    uint32_t segments[SOTTO_MAX_SEGMENTS / 32];
    uint8_t  query[SOTTO_MOMENT_QUERY_SIZE];
};

/* Whether a category is `outer` or below it; SOTTO_NONE is in nothing, and nothing is in it. */
bool sotto_category_within(const sotto_bundle *bundle, uint32_t category, uint32_t outer);

/*
 * The history (moment_events.c)
 */
void sotto_moment_gather(sotto_moment *moment);

/* Events not earlier than a time. */
sotto_event_set sotto_moment_from(const sotto_moment *moment, uint32_t time_s);

/*
 * Events of an item, or about a category or what is below it, or of a brand: by a key of the
 * plan.
 */
sotto_event_set sotto_moment_about(sotto_moment *moment, uint32_t key);

/* Events of an item by its index. */
sotto_event_set sotto_moment_of_item(const sotto_moment *moment, uint32_t item);

/* The time of the latest of these events; they are not none. */
uint32_t sotto_moment_latest_s(const sotto_moment *moment, const sotto_event_set *events);

/*
 * The cart (moment_cart.c)
 */
/* The number-th line; false past the end. An item that the scene gives twice has two lines. */
bool sotto_moment_cart_line(const sotto_moment *moment, uint32_t number, sotto_moment_line *line);

/* Adds up the cart. */
void sotto_moment_cart_gather(sotto_moment *moment);

/* Price times quantity of what is in the cart, minor units. */
static inline uint64_t sotto_moment_cart_total(const sotto_moment *moment)
{
    return moment->cart_total;
}

/* When the cart was last added to or taken from; false if it is empty, or nobody knows. */
bool sotto_moment_cart_touched(const sotto_moment *moment, uint32_t *time_s);

/* Whether something in the cart, or the page, is what a key names, or in it. */
bool sotto_moment_in_cart(const sotto_moment *moment, uint32_t key);
bool sotto_moment_page_is(sotto_moment *moment, uint32_t key);

/*
 * What expressions ask of it; numbers are those of decimal.h, a text that is nothing is NULL
 */
int64_t sotto_fact_number_get(sotto_moment *moment, sotto_fact_number fact);
sotto_text sotto_fact_text_get(sotto_moment *moment, sotto_fact_text fact);
bool sotto_fact_truth_get(const sotto_moment *moment, sotto_fact_truth fact);

/*
 * The number that a count, pieces, ... stands for; `code` is at its filter, and is left behind
 * it.
 */
int64_t sotto_count_events(sotto_moment *moment, sotto_op op, const uint8_t **code);

/* The shopper's share of interest in a category or brand. */
int64_t sotto_interest_share(sotto_moment *moment, uint32_t key);

/* A parameter of the page's address. */
sotto_text sotto_query_get(sotto_moment *moment, sotto_text name);

#endif
