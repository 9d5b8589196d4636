/*
 * Basket files - what shoppers bought, as the JSON of the next-basket literature
 *
 *     history, future   {"12": [[-1], [3, 5], [5], [-1]], ...}   baskets by shopper, oldest first
 *     keyset            {"train": ["12", ...], "val": [...], "test": [...]}
 *     baskets           {"train": {"12": [[3, 5], [5]]}, "validate": {...}, "test": {...}}
 *
 * Items are whole numbers or texts; a negative number only marks an end and is left out.
 */
#ifndef SOTTO_CLI_BASKET_FILES_H
#define SOTTO_CLI_BASKET_FILES_H

#include "cli/pool.h"
#include "train/basket_log.h"
#include "train/intern.h"

typedef enum cli_basket_part {
    CLI_PART_NONE,
    CLI_PART_TRAIN,
    CLI_PART_VALIDATE,
    CLI_PART_TEST
} cli_basket_part;

typedef struct cli_basket_files {
    sotto_basket_log log;      /* the last basket of each shopper is the one to ask for */
    sotto_intern     shoppers, items;
    uint8_t         *parts;    /* cli_basket_part by shopper; malloc'ed */
} cli_basket_files;

/* Each says why it cannot and returns false. What was read is freed by cli_basket_files_free. */
bool cli_basket_read_history(cli_basket_files *files, cli_pool *pool, const char *history,
                             const char *future);
bool cli_basket_read_keyset(cli_basket_files *files, cli_pool *pool, const char *keyset);
bool cli_basket_read_split(cli_basket_files *files, cli_pool *pool, const char *baskets);

void cli_basket_files_free(cli_basket_files *files);

#endif
