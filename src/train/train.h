/*
 * Train - from logs to the model part
 *
 * Reads the logs once and counts (statistics.h); tunes on the tail of the shop's own sessions,
 * counts the tail in, and packs. The same logs and options give the same bytes.
 *
 * memory    For counting what the options say, then 8 bytes for each sum of a pair with enough
 *           shoppers, and the texts of all ids.
 * lifetime  The result owns all it holds.
 */
#ifndef SOTTO_TRAIN_TRAIN_H
#define SOTTO_TRAIN_TRAIN_H

#include "format/write.h"
#include "train/basket_shop.h"
#include "train/logs.h"

#include <stdio.h>

typedef void (*sotto_train_progress_fn)(void *context, const char *phase, uint64_t done,
                                        uint64_t total);

/* How much work tuning may be: bounded by the size of the data, never by the clock. */
typedef enum sotto_effort {
    SOTTO_EFFORT_LOW,    /* one way of everything */
    SOTTO_EFFORT_NORMAL, /* about three times as long */
    SOTTO_EFFORT_HIGH    /* three times again */
} sotto_effort;

typedef struct sotto_train_options {
    uint32_t max_links;     /* viewed next, 1 to SOTTO_MAX_LINKS; three fifths for together */
    uint32_t min_shoppers;  /* distinct shoppers a published pair must rest on, at least 1 */
    uint32_t session_gap_s; /* a longer pause starts a new session */
    uint64_t budget;        /* bytes of the model part without the ids; 0 = see below */
    double   item_budget;   /* the same in bytes an item; if both are 0, what serves most shops */
    bool     tune;          /* false: the built-in parameters, and links alone */
    sotto_effort effort;
    uint64_t     seed; /* of all chance; the same logs, options and machine give the same bytes */
    uint32_t bot_clicks;     /* a visit with more clicks is a bot's; 0: no such rule */
    uint32_t bot_per_minute; /* or one with more clicks within a minute */
    uint64_t sample_events;  /* whole visits are kept of so many events at most */
    size_t   memory;         /* bytes for counting, about; more goes to a temporary file */
    const char *examples; /* write what the re-ranker learns from to this file; NULL: nowhere */
    const char *trees;    /* order by the trees of this file, not by a network; NULL: do not */
    sotto_train_progress_fn progress_fn; /* may be NULL */
    void                   *progress_context;
} sotto_train_options;

/* 20 links, 3 shoppers, 30 minutes, no budget, tuned with normal effort, seed 1. */
sotto_train_options sotto_train_defaults(void);

/* Visits of bots that were left out by one rule. */
typedef struct sotto_left_out {
    uint64_t visits, events;
    uint32_t most; /* what the rule allows */
    /* One of them, for instance: its events and clicks, from when to when (0 without times). */
    uint64_t example_events, example_clicks;
    uint32_t example_from_s, example_to_s;
} sotto_left_out;

/* What the logs say of an item, for a shop without a feed. */
typedef struct sotto_trained_item {
    sotto_text title;    /* the most frequent one */
    sotto_text category; /* the last one, as all that follows */
    sotto_text brand, url, image;
    bool       has_price;
    double     price; /* in the shop's currency, not in cents */
} sotto_trained_item;

/* What the model is worth, or would be without one part of it; percent, on held-out sessions. */
typedef struct sotto_part_score {
    const char *name; /* static */
    double      hr20, mrr20;
} sotto_part_score;

#define SOTTO_PART_SCORES_MAX 16u

/* How many items have so many bits a coordinate. */
typedef struct sotto_width_count {
    uint32_t bits, items;
} sotto_width_count;

typedef struct sotto_train_summary {
    uint64_t event_count, shopper_count, session_count, basket_count;
    bool     shoppers_estimated; /* from the sample: it holds not all of them */
    uint64_t sample_event_count; /* events of the sampled shoppers' visits */
    uint64_t statistics_size;    /* bytes */
    sotto_left_out crowds, clicks, fast; /* bots, by what gave them away */
    uint64_t large_basket_count; /* baskets of which only the first 256 items were paired */
    uint32_t item_count;
    uint64_t next_link_count, together_link_count;
    uint64_t unsupported_pair_count; /* left out for want of distinct shoppers */
    uint64_t model_size, ids_size;   /* bytes: the part; its `IDS ` section */
    uint32_t max_links_used;         /* after the budget */
    double   tuned_hr20, tuned_mrr20; /* percent, on the held-out tail; 0 if not tuned */
    uint32_t tuned_query_count;
    bool     has_ranker; /* vectors, encoder, re-ranker: only if they are better than links */
    const char *ranker_note; /* static: why there is none, or NULL */
    uint64_t link_size, vector_size, other_size; /* bytes: tables; vectors; the rest but ids */
    uint32_t          dimensions, width_count;
    sotto_width_count widths[5];
    double            vector_hr20, vector_mrr20; /* of the vectors, before they were packed */
    double            locality; /* of links: 0 = wherever they lead */
    uint32_t          tree_count; /* trees that order candidates; 0 = a network does */
    uint64_t          reranker_size; /* bytes: of either */
    uint32_t          teachers; /* models that taught the one that is published; 0 = none */
    bool              reversed; /* sessions were also read backwards to learn the vectors */
    uint32_t          part_count, part_query_count;
    sotto_part_score  parts[SOTTO_PART_SCORES_MAX];
    sotto_basket_summary basket; /* of the next basket */
    char     recipe[512]; /* the parameters chosen, "name=value name=value ..." */
} sotto_train_summary;

typedef struct sotto_trained {
    sotto_bytes         model;
    sotto_trained_item *items; /* by item index of the model, summary.item_count of them */
    sotto_log_report    report;
    sotto_train_summary summary;
    void               *memory; /* private: what the texts above stand in */
} sotto_trained;

/*
 * From logs to statistics (statistics.h): a file without a name, to be closed. With `whole` the
 * logs are taken for all there are; else they may be merged with others. The report is to be freed
 * in any case.
 */
bool sotto_train_count(const sotto_log_source *sources, size_t source_count,
                       const sotto_train_options *options, bool whole, sotto_log_report *report,
                       FILE **statistics, sotto_train_fault *fault);

/*
 * From statistics to a model; the file is closed in any case. `trained->report` stays empty. False,
 * with the fault set, on any failure; `trained` then holds nothing.
 */
bool sotto_train_make(FILE *statistics, const char *name, const sotto_train_options *options,
                      sotto_trained *trained, sotto_train_fault *fault);

/* Both. False, with the fault set, on any failure; `trained` then holds the report and no more. */
bool sotto_train(const sotto_log_source *sources, size_t source_count,
                 const sotto_train_options *options, sotto_trained *trained,
                 sotto_train_fault *fault);

void sotto_trained_free(sotto_trained *trained);

#endif
