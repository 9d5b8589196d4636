/*
 * basket.h - what the next basket needs (FORMAT.md 5a.7)
 *
 * memory    Views into the ranker's bytes, and the tables of the links' prefix codes, about 6 KB.
 * trust     The sections may be hostile until opened; after that every popular item is one of the
 *           model, and every item has its codes.
 */
#ifndef SOTTO_MODEL_BASKET_H
#define SOTTO_MODEL_BASKET_H

#include "model/links.h"
#include "model/reranker.h"

/* The numbers of RANKING.md 11.3: what is known of a candidate for the next basket. */
typedef enum sotto_basket_feature {
    SOTTO_BASKET_POPULAR, SOTTO_BASKET_EVER, SOTTO_BASKET_LATELY, SOTTO_BASKET_LIFT,
    SOTTO_BASKET_OWN, SOTTO_BASKET_OWN_TIMES, SOTTO_BASKET_OWN_RECENCY, SOTTO_BASKET_OWN_GAP,
    SOTTO_BASKET_OWN_LIFT, SOTTO_BASKET_OWN_LAST, SOTTO_BASKET_OWN_OVERDUE, SOTTO_BASKET_LINKS,
    SOTTO_BASKET_LINKS_LAST, SOTTO_BASKET_COUNT, SOTTO_BASKET_DISTINCT, SOTTO_BASKET_SIZE,
    SOTTO_BASKET_LAST_SIZE, SOTTO_BASKET_REPEATS, SOTTO_BASKET_OWN_REPEATS,
    SOTTO_BASKET_SEASON, SOTTO_BASKET_SEASON_LATELY, SOTTO_BASKET_OWN_DUE,
    SOTTO_BASKET_OWN_DUE_SELF, SOTTO_BASKET_OWN_SINCE, SOTTO_BASKET_OWN_TIMED,
    SOTTO_BASKET_OWN_ON_TIME, SOTTO_BASKET_OWN_REGULAR,
    SOTTO_BASKET_FEATURES
} sotto_basket_feature;

enum { SOTTO_BASKET_MAX_POPULAR = 256 };

typedef struct sotto_basket_model {
    uint32_t         item_count;   /* 0: there is nothing to rank baskets with */
    uint32_t         decay;        /* Q16: what a basket counts against the one after it */
    uint32_t         popular_count;
    const uint8_t   *popular;      /* u32 item indexes, best first */
    const uint8_t   *popularity;   /* item_count codes: POPULAR */
    const uint8_t   *before;       /* one byte an item: EVER low, LATELY high */
    uint32_t         before_base, before_step;       /* log2, Q8 */
    const uint8_t   *lifts;        /* 4 bits an item; NULL: all are 0 */
    int32_t          lift_base;    /* log2, Q8 */
    uint32_t         lift_step;
    const uint8_t   *rhythm;       /* one byte an item; NULL: no item has one */
    sotto_reranker   network;
    sotto_link_table links;        /* what is bought after an item */
} sotto_basket_model;

/* Each reads one section to its end: `bskt`, `bpop`, `blft`, `rhyt`, `blnk`. */
void sotto_basket_open(sotto_basket_model *model, sotto_reader *reader, uint32_t item_count);
void sotto_basket_open_popularity(sotto_basket_model *model, sotto_reader *reader);
void sotto_basket_open_lifts(sotto_basket_model *model, sotto_reader *reader);
void sotto_basket_open_rhythm(sotto_basket_model *model, sotto_reader *reader);
void sotto_basket_open_links(sotto_basket_model *model, sotto_reader *reader);

/* The index-th popular item, index < popular_count. */
static inline uint32_t sotto_basket_popular(const sotto_basket_model *model, uint32_t index)
{
    return sotto_load_u32(model->popular + 4 * (size_t)index);
}

/*
 * How many shoppers buy an item: now, ever, lately (feature POPULAR, EVER or LATELY); log2 in Q8,
 * from a zero of no meaning.
 */
int32_t sotto_basket_popularity(const sotto_basket_model *model, sotto_basket_feature feature,
                                uint32_t item);

/* How much sooner than others an item is bought again: log2 in Q8. */
int32_t sotto_basket_lift(const sotto_basket_model *model, uint32_t item);

/*
 * An item's own repurchase rhythm: the typical seconds from one purchase to the next, as log2 in
 * Q8; 0 if it is not known.
 */
int32_t sotto_basket_rhythm(const sotto_basket_model *model, uint32_t item);

/* How regular the rhythm is: 0, like clockwork, to 3, hardly. */
uint32_t sotto_basket_spread(const sotto_basket_model *model, uint32_t item);

#endif
