/*
 * Train - from logs to the model part
 *
 * Reads the logs once, counts, tunes the ranking on the tail of the shop's own sessions, counts the
 * tail in, and packs. The same logs and options give the same bytes.
 *
 * memory    About 24 bytes for each row kept, 12 for each pair met and the texts of all ids.
 * lifetime  The result owns all it holds.
 */
#ifndef SOTTO_TRAIN_TRAIN_H
#define SOTTO_TRAIN_TRAIN_H

#include "format/write.h"
#include "train/logs.h"

typedef void (*sotto_train_progress_fn)(void *context, const char *phase, uint64_t done,
                                        uint64_t total);

typedef struct sotto_train_options {
    uint32_t max_links;     /* viewed next, 1 to SOTTO_MAX_LINKS; three fifths for together */
    uint32_t min_shoppers;  /* distinct shoppers a published pair must rest on, at least 1 */
    uint32_t session_gap_s; /* a longer pause starts a new session */
    uint64_t budget;        /* bytes of the model part without the ids; 0 = as many as it takes */
    bool     tune;          /* false: the built-in parameters */
    sotto_train_progress_fn progress_fn; /* may be NULL */
    void                   *progress_context;
} sotto_train_options;

/* 20 links, 3 shoppers, 30 minutes, no budget, tuned. */
sotto_train_options sotto_train_defaults(void);

/* What the logs say of an item, for a shop without a feed. */
typedef struct sotto_trained_item {
    sotto_text title;    /* the most frequent one */
    sotto_text category; /* the last one, as all that follows */
    sotto_text brand, url, image;
    bool       has_price;
    double     price; /* in the shop's currency, not in cents */
} sotto_trained_item;

typedef struct sotto_train_summary {
    uint64_t event_count, shopper_count, session_count, basket_count;
    uint64_t large_basket_count; /* baskets of which only the first 256 items were paired */
    uint32_t item_count;
    uint64_t next_link_count, together_link_count;
    uint64_t unsupported_pair_count; /* left out for want of distinct shoppers */
    uint64_t model_size, ids_size;   /* bytes: the part; its `IDS ` section */
    uint32_t max_links_used;         /* after the budget */
    double   tuned_hr20, tuned_mrr20; /* percent, on the held-out tail; 0 if not tuned */
    uint32_t tuned_query_count;
    char     recipe[512]; /* the parameters chosen, "name=value name=value ..." */
} sotto_train_summary;

typedef struct sotto_trained {
    sotto_bytes         model;
    sotto_trained_item *items; /* by item index of the model, summary.item_count of them */
    sotto_log_report    report;
    sotto_train_summary summary;
    void               *memory; /* private: what the texts above stand in */
} sotto_trained;

/* False, with the fault set, on any failure; `trained` then holds the report and nothing else. */
bool sotto_train(const sotto_log_source *sources, size_t source_count,
                 const sotto_train_options *options, sotto_trained *trained,
                 sotto_train_fault *fault);

void sotto_trained_free(sotto_trained *trained);

#endif
