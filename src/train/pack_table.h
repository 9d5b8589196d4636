/*
 * Pack table - the links of one kind, as a model will hold them
 *
 * memory    12 bytes for each place of the links.
 * lifetime  Owns all but the links, the order and the indexes, which must outlive it.
 */
#ifndef SOTTO_TRAIN_PACK_TABLE_H
#define SOTTO_TRAIN_PACK_TABLE_H

#include "format/write.h"
#include "train/quantise.h"

#define SOTTO_NO_LINK_WORTH 3e38f /* a least worth that no link has */

typedef struct sotto_packed_table {
    const sotto_links *links; /* NULL: there is none */
    sotto_codes        codes;
    float             *worths;      /* of each link, for its bits; in the places of the links */
    float              least_worth; /* links below it are left out */
    uint32_t          *row_starts, *items;
    uint8_t           *row_codes;
    uint32_t           longest_row;
} sotto_packed_table;

/* Where items are in the model, both ways. */
typedef struct sotto_item_places {
    uint32_t        item_count, all_items;
    const uint32_t *order;    /* by index: the item */
    const uint32_t *index_of; /* by item */
} sotto_item_places;

/*
 * Weighs links, which have their codes already: a link is worth how often its item is met times its
 * weight, for a bit that it takes. False without memory; the table is to be freed in any case.
 */
bool sotto_packed_table_open(sotto_packed_table *table, const sotto_links *links,
                             const sotto_item_places *places, const uint32_t *met);
void sotto_packed_table_free(sotto_packed_table *table);

/* Puts the links that are worth it into the order of the model. Returns how many. */
uint32_t sotto_packed_table_fill(sotto_packed_table *table, const sotto_item_places *places);

/* What was filled in, for the writer. */
sotto_link_table_content sotto_packed_table_content(const sotto_packed_table *table,
                                                    sotto_relation relation, bool normalise,
                                                    uint32_t item_count);

#endif
