/*
 * Eval cold - what does a shop say of items that nobody has met yet?
 *
 * Every tenth item that shoppers met is made new: all that happened to it is taken out of the logs,
 * its row in the feed stays. The rest trains and is published, feed and all. Then the logs' last
 * tenth is asked, where it meets such items.
 *
 * memory    That of training, and of a published bundle.
 */
#ifndef SOTTO_CLI_EVAL_COLD_H
#define SOTTO_CLI_EVAL_COLD_H

#include "cli/publish.h"
#include "train/eval_scores.h"
#include "train/eval_shop.h"
#include "train/train.h"

/* Who answered. */
typedef enum cli_cold_method {
    CLI_COLD_FROM,          /* on a new item's page, what else is looked at or bought: the page */
    CLI_COLD_FROM_TOPS,     /*   the same by the best of its category */
    CLI_COLD_FROM_POPULAR,  /*   by the best sellers */
    CLI_COLD_TO,            /* after items that are known, the new one: among all items */
    CLI_COLD_TO_NEW,        /*   among the new ones alone */
    CLI_COLD_TO_CATEGORY,   /*   among them, by the categories of what was met */
    CLI_COLD_TO_CHANCE,     /*   among them, by chance */
    CLI_COLD_MET,           /* what is known after what is known: with new items in the shop */
    CLI_COLD_MET_ALONE,     /*   without the catalogue's links */
    CLI_COLD_METHODS
} cli_cold_method;

typedef struct cli_cold_result {
    sotto_eval_quality methods[CLI_COLD_METHODS];
    uint32_t           items, hidden; /* of the logs; of them made new */
    cli_looks          looks;
    uint64_t           catalogue_bytes, link_bytes; /* of them for links of its own */
    double             train_s, publish_s;
} cli_cold_result;

typedef struct cli_cold_shop {
    cli_pool        *pool;
    const cli_site  *site;
    sotto_eval_shop  logs;
    sotto_sequences *asked;       /* sessions, or baskets where nothing was viewed */
    bool             baskets;     /* which of them */
    uint32_t         cut;         /* the first of them that is asked */
    uint8_t         *hidden;      /* by item of the logs */
    sotto_bytes      model, catalogue;
    sotto_bundle    *bundle;      /* model and catalogue */
    sotto_bundle    *alone;       /* the model */
    uint32_t        *indexes;     /* by item of the logs: its index in the bundle, or none */
    cli_cold_result *result;
} cli_cold_shop;

/* Reads, hides, trains, publishes in memory, opens. Says why if it cannot; close in any case. */
bool cli_cold_open(cli_cold_shop *shop, const sotto_train_options *options,
                   sotto_log_report *report);
void cli_cold_close(cli_cold_shop *shop);

/* Asks all questions. */
bool cli_cold_ask(cli_cold_shop *shop);

#endif
