/*
 * Content - what items are, for finding those that look alike before anybody has met them
 *
 * memory    16 to 20 bytes for each word, category, brand and attribute of each item.
 * lifetime  Owns all it holds; the catalogue may go.
 * trust     Titles may be any bytes, and all of them the same.
 *
 * An item is a vector of terms, field by field: the words of its title, the levels of its category,
 * its brand, its attributes. Rare terms weigh more (their inverse document frequency), and each
 * field has the length 1, so that the likeness of two items in a field is between 0 and 1:
 *
 *     likeness(i, j) = sum over fields of  weight(field) * cosine(i, j, field)
 *
 * Prices are alike by their ratio: 1 if they are the same, 0 from twice the price on.
 */
#ifndef SOTTO_TRAIN_CONTENT_H
#define SOTTO_TRAIN_CONTENT_H

#include "format/write.h"
#include "train/linking.h"

typedef enum sotto_content_field {
    SOTTO_CONTENT_WORDS,
    SOTTO_CONTENT_CATEGORY,
    SOTTO_CONTENT_BRAND,
    SOTTO_CONTENT_ATTRIBUTES,
    SOTTO_CONTENT_PRICE,
    SOTTO_CONTENT_FIELDS
} sotto_content_field;

/* "words", "category", ... */
const char *sotto_content_field_name(sotto_content_field field);

typedef struct sotto_content_weights {
    double fields[SOTTO_CONTENT_FIELDS]; /* none negative */
} sotto_content_weights;

/* What does well on shops of different kinds. */
sotto_content_weights sotto_content_defaults(void);

typedef struct sotto_content_term {
    uint32_t term;
    float    value;
} sotto_content_term;

typedef struct sotto_content_posting {
    uint32_t item;
    float    value;
} sotto_content_posting;

typedef struct sotto_content {
    uint32_t               item_count, term_count;
    uint32_t               term_fields[SOTTO_CONTENT_FIELDS + 1]; /* first term of each field */
    uint32_t              *starts; /* by item, one more than there are */
    sotto_content_term    *terms;  /* of each item, ascending */
    uint32_t              *posting_starts; /* by term, one more than there are */
    sotto_content_posting *postings;       /* items that are listed, the most popular first */
    uint32_t              *ranks;          /* by item: its place in that order */
    float                 *prices;         /* by item: log2; negative if unknown */
} sotto_content;

/*
 * Reads the items of a catalogue that is about to be written. `popularity`, one byte an item,
 * orders what is equally alike. False without memory.
 */
bool sotto_content_make(const sotto_catalogue_content *catalogue, const uint8_t *popularity,
                        sotto_content *content);
void sotto_content_free(sotto_content *content);

/* The likeness of two items, field by field. */
void sotto_content_compare(const sotto_content *content, uint32_t a, uint32_t b,
                           float likeness[SOTTO_CONTENT_FIELDS]);

/*
 * From each listed item to the `max_links` listed items most like it, with weights from 0 to 1.
 * What is looked at for an item is bounded, whatever the catalogue is like. False without memory.
 */
bool sotto_content_links(const sotto_content *content, const sotto_content_weights *weights,
                         uint32_t max_links, sotto_links *links);

/*
 * Chooses the weights with which content tells best what shoppers' behaviour told: `learned` are
 * links between the same items. Half of the rows choose; if the other half does not confirm the
 * choice, or there are too few, the defaults stay. Returns how many rows were asked; `*before` and
 * `*after` get the share of the learned links' weight among the nearest eight, in percent.
 */
uint32_t sotto_content_tune(const sotto_content *content, const sotto_links *learned,
                            sotto_content_weights *weights, double *before, double *after);

/* ---- For links and tuning -------------------------------------------------------------------- */

#define SOTTO_CONTENT_POOL 160u

/* Scratch of one worker. */
typedef struct sotto_content_reach {
    float          *sums;      /* by item */
    uint32_t       *touched;
    uint32_t        count;
    sotto_weighted *pool;      /* SOTTO_CONTENT_POOL of them */
    uint32_t        pool_count;
} sotto_content_reach;

bool sotto_content_reach_open(sotto_content_reach *reach, uint32_t item_count);
void sotto_content_reach_close(sotto_content_reach *reach);

/* Fills the pool with the items most likely to be alike, in no order. */
void sotto_content_gather(const sotto_content *content, const sotto_content_weights *weights,
                          uint32_t item, sotto_content_reach *reach);

#endif
