/*
 * Statistics items - the items of the logs, and what the rows said of them
 *
 * What is kept of a text is chosen so that it does not matter in which order the rows came, nor how
 * they were cut:
 *
 *     title                        how often each was written, of the 16 with the lowest hashes; an
 *                                  item with more than 16 different titles has no good one anyway
 *     category, brand, url, image, the latest; of those at the same second the greatest
 *     price
 *
 * memory    The texts that are kept, no others, and 200 bytes an item.
 */
#ifndef SOTTO_TRAIN_STATISTICS_ITEMS_H
#define SOTTO_TRAIN_STATISTICS_ITEMS_H

#include "train/intern.h"
#include "train/logs.h"
#include "train/statistics_blocks.h"

#define SOTTO_BOOK_TITLES    16u
#define SOTTO_BOOK_TEXT_SIZE 4096u /* a longer text is none */
#define SOTTO_BOOK_PRICE     1e15  /* nor is so high a price one */

enum { SOTTO_BOOK_CATEGORY, SOTTO_BOOK_BRAND, SOTTO_BOOK_URL, SOTTO_BOOK_IMAGE, SOTTO_BOOK_FIELDS };

typedef struct sotto_book_title {
    uint64_t hash, count;
    char    *text;
    uint32_t size;
} sotto_book_title;

typedef struct sotto_book_field {
    char    *text; /* NULL: none */
    uint32_t size, time;
} sotto_book_field;

typedef struct sotto_book_entry {
    sotto_book_title *titles; /* by hash ascending */
    uint32_t          title_count;
    sotto_book_field  fields[SOTTO_BOOK_FIELDS];
    bool              has_price;
    uint32_t          price_time;
    double            price;
} sotto_book_entry;

typedef struct sotto_book {
    sotto_intern      ids;
    sotto_book_entry *entries; /* by item */
    uint32_t          room;
} sotto_book;

/* The item of a row, noted at a time. False without memory. */
bool sotto_book_note(sotto_book *book, const sotto_log_row *row, uint32_t time, uint32_t *item);

/*
 * All entries of another book; its times are so much later. `items` (room for as many as the other
 * has) becomes the number here by number there.
 */
bool sotto_book_join(sotto_book *book, const sotto_book *other, uint32_t later, uint32_t *items);

/* Numbers in order: by hash of the id, then by its bytes. `order[place]` is the item's number. */
uint32_t *sotto_book_order(const sotto_book *book);

/* The most frequent title, empty without one. */
sotto_text sotto_book_title_of(const sotto_book *book, uint32_t item);
sotto_text sotto_book_field_of(const sotto_book *book, uint32_t item, unsigned field);

#define SOTTO_BOOK_COLUMNS 5u
void sotto_book_write(const sotto_book *book, const uint32_t *order, sotto_block_writer *writer);
/* Reads what was written; items are numbered as they stand. */
bool sotto_book_read(sotto_book *book, sotto_block_reader *reader);

void sotto_book_free(sotto_book *book);

#endif
