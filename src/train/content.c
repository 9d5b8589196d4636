/*
 * content.c - from a catalogue to vectors of terms, and to the items that have a term
 *
 * Terms are numbered field by field: words in the order in which they are met, then categories,
 * brands and attribute values by their index in the catalogue. A term of df out of N items weighs
 * ln((N + 1) / df), so that what all items have hardly counts and no list of stop words is needed.
 * A brand is one term, and two of a rare one are more alike than two of the shop's own; so that
 * field's length is not 1 but the square root of how rare its term is.
 */
#include "train/content.h"

#include "train/intern.h"
#include "train/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TERMS_MAX 256u /* of one item */

const char *sotto_content_field_name(sotto_content_field field)
{
    static const char *const names[] = {"words", "category", "brand", "attributes", "price"};
    return names[field];
}

sotto_content_weights sotto_content_defaults(void)
{
    return (sotto_content_weights){{1.0, 0.6, 0.2, 0.4, 0.1}};
}

/* What is needed while the vectors are made. */
typedef struct content_builder {
    const sotto_catalogue_content *catalogue;
    sotto_content                 *content;
    sotto_intern                   words;
    uint32_t                      *word_starts, *word_terms; /* of all titles, end to end */
    size_t                         word_room;
    uint32_t                      *counts; /* by term: items that have it */
} content_builder;

/* ---- words ----------------------------------------------------------------------------------- */

static bool push_word(content_builder *builder, uint32_t at, uint32_t word)
{
    if (at == builder->word_room) {
        builder->word_room = builder->word_room == 0 ? 4096 : 2 * builder->word_room;
        uint32_t *grown = realloc(builder->word_terms, builder->word_room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        builder->word_terms = grown;
    }
    builder->word_terms[at] = word;
    return true;
}

static bool number_words(content_builder *builder)
{
    uint32_t n = builder->content->item_count, at = 0;
    for (uint32_t i = 0; i < n; i++) {
        sotto_words words = sotto_words_of(builder->catalogue->items[i].title);
        sotto_text word;
        builder->word_starts[i] = at;
        bool listed = builder->catalogue->items[i].listed;
        while (listed && at - builder->word_starts[i] < SOTTO_WORDS_MAX
               && (word = sotto_words_next(&words)).size > 0) {
            uint32_t number;
            if (!sotto_intern_add(&builder->words, word, &number)
                || !push_word(builder, at, number)) {
                return false;
            }
            at++;
        }
    }
    builder->word_starts[n] = at;
    return true;
}

/* ---- terms ----------------------------------------------------------------------------------- */

static int compare_terms(const void *a, const void *b)
{
    const sotto_content_term *x = a, *y = b;
    return x->term < y->term ? -1 : x->term > y->term ? 1 : 0;
}

/* The terms of an item, ascending, each once; the value of each is how often it was met. */
static uint32_t list_terms(const content_builder *builder, uint32_t item,
                           sotto_content_term terms[TERMS_MAX])
{
    const sotto_catalogue_content *catalogue = builder->catalogue;
    const sotto_catalogue_item *facts = &catalogue->items[item];
    const uint32_t *first = builder->content->term_fields;
    uint32_t count = 0;
    if (!facts->listed) {
        return 0;
    }
    for (uint32_t at = builder->word_starts[item]; at < builder->word_starts[item + 1]; at++) {
        terms[count++].term = first[SOTTO_CONTENT_WORDS] + builder->word_terms[at];
    }
    uint32_t category = facts->category;
    for (uint32_t level = 0; category != SOTTO_NONE && level < 16; level++) {
        terms[count++].term = first[SOTTO_CONTENT_CATEGORY] + category;
        category = catalogue->category_parents[category];
    }
    if (facts->brand != SOTTO_NONE) {
        terms[count++].term = first[SOTTO_CONTENT_BRAND] + facts->brand;
    }
    for (uint32_t i = 0; i < facts->value_count && count < TERMS_MAX; i++) {
        terms[count++].term = first[SOTTO_CONTENT_ATTRIBUTES] + facts->values[i];
    }
    qsort(terms, count, sizeof *terms, compare_terms);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && terms[kept - 1].term == terms[i].term) {
            terms[kept - 1].value += 1;
        } else {
            terms[kept++] = (sotto_content_term){terms[i].term, 1};
        }
    }
    return kept;
}

static sotto_content_field field_of(const sotto_content *content, uint32_t term)
{
    uint32_t field = 0;
    while (term >= content->term_fields[field + 1]) {
        field++;
    }
    return (sotto_content_field)field;
}

/* From counts to values, and each field to its length. */
static void weigh_terms(const content_builder *builder, sotto_content_term *terms, uint32_t count)
{
    const sotto_content *content = builder->content;
    double all = log((double)content->item_count + 1);
    double sums[SOTTO_CONTENT_FIELDS] = {0}, rarest[SOTTO_CONTENT_FIELDS] = {0};
    for (uint32_t i = 0; i < count; i++) {
        sotto_content_field field = field_of(content, terms[i].term);
        double rarity = all - log(builder->counts[terms[i].term]);
        double value = rarity * (1 + log((double)terms[i].value));
        terms[i].value = (float)value;
        sums[field] += value * value;
        rarest[field] = rarity > rarest[field] ? rarity : rarest[field];
    }
    for (uint32_t i = 0; i < count; i++) {
        sotto_content_field field = field_of(content, terms[i].term);
        double length = field == SOTTO_CONTENT_BRAND ? sqrt(rarest[field] / all) : 1;
        terms[i].value = (float)((double)terms[i].value * length / sqrt(sums[field]));
    }
}

/* Twice over the items: to count who has what, then to write the vectors. */
static bool make_vectors(content_builder *builder)
{
    sotto_content *content = builder->content;
    sotto_content_term terms[TERMS_MAX];
    uint32_t n = content->item_count;
    size_t total = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t count = list_terms(builder, i, terms);
        for (uint32_t k = 0; k < count; k++) {
            builder->counts[terms[k].term]++;
        }
        total += count;
    }
    content->terms = calloc(total + 1, sizeof *content->terms);
    if (content->terms == NULL || total > UINT32_MAX) {
        return false;
    }
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        content->starts[i] = at;
        uint32_t count = list_terms(builder, i, terms);
        weigh_terms(builder, terms, count);
        memcpy(content->terms + at, terms, count * sizeof *terms);
        at += count;
    }
    content->starts[n] = at;
    return true;
}

/* ---- who has a term -------------------------------------------------------------------------- */

/* Items by popularity; of equals the lower index first. Counting, as there are 256 codes. */
static uint32_t *rank_items(const sotto_content *content, const uint8_t *popularity)
{
    uint32_t *order = calloc((size_t)content->item_count + 1, sizeof *order);
    uint32_t places[257] = {0};
    for (uint32_t i = 0; order != NULL && i < content->item_count; i++) {
        places[256 - popularity[i]]++;
    }
    for (uint32_t code = 1; code < 257; code++) {
        places[code] += places[code - 1];
    }
    for (uint32_t i = 0; order != NULL && i < content->item_count; i++) {
        uint32_t place = places[255 - popularity[i]]++;
        order[place] = i;
        content->ranks[i] = place;
    }
    return order;
}

static bool make_postings(content_builder *builder, const uint8_t *popularity)
{
    sotto_content *content = builder->content;
    uint32_t *order = rank_items(content, popularity);
    content->postings =
        calloc((size_t)content->starts[content->item_count] + 1, sizeof *content->postings);
    if (order == NULL || content->postings == NULL) {
        free(order);
        return false;
    }
    for (uint32_t term = 0; term < content->term_count; term++) {
        content->posting_starts[term + 1] = content->posting_starts[term] + builder->counts[term];
        builder->counts[term] = content->posting_starts[term];
    }
    for (uint32_t place = 0; place < content->item_count; place++) {
        uint32_t item = order[place];
        for (uint32_t at = content->starts[item]; at < content->starts[item + 1]; at++) {
            const sotto_content_term *term = &content->terms[at];
            content->postings[builder->counts[term->term]++] =
                (sotto_content_posting){item, term->value};
        }
    }
    free(order);
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool open_builder(content_builder *builder)
{
    sotto_content *content = builder->content;
    size_t n = (size_t)content->item_count + 1;
    builder->word_starts = calloc(n, sizeof *builder->word_starts);
    content->starts = calloc(n, sizeof *content->starts);
    content->ranks = calloc(n, sizeof *content->ranks);
    content->prices = calloc(n, sizeof *content->prices);
    return builder->word_starts != NULL && content->starts != NULL && content->ranks != NULL
           && content->prices != NULL && number_words(builder);
}

static bool number_terms(content_builder *builder)
{
    sotto_content *content = builder->content;
    const sotto_catalogue_content *catalogue = builder->catalogue;
    const uint32_t counts[] = {builder->words.count, catalogue->category_count,
                               catalogue->brand_count, catalogue->attribute_value_count, 0};
    for (uint32_t field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
        content->term_fields[field + 1] = content->term_fields[field] + counts[field];
    }
    content->term_count = content->term_fields[SOTTO_CONTENT_FIELDS];
    builder->counts = calloc((size_t)content->term_count + 1, sizeof *builder->counts);
    content->posting_starts =
        calloc((size_t)content->term_count + 2, sizeof *content->posting_starts);
    for (uint32_t i = 0; i < content->item_count; i++) {
        uint32_t price = catalogue->items[i].price;
        bool known = price != SOTTO_NO_PRICE && price > 0;
        content->prices[i] = known ? (float)log2((double)price) : -1;
    }
    return builder->counts != NULL && content->posting_starts != NULL;
}

bool sotto_content_make(const sotto_catalogue_content *catalogue, const uint8_t *popularity,
                        sotto_content *content)
{
    memset(content, 0, sizeof *content);
    content->item_count = catalogue->item_count;
    content_builder builder = {.catalogue = catalogue, .content = content};
    bool good = open_builder(&builder) && number_terms(&builder) && make_vectors(&builder)
                && make_postings(&builder, popularity);
    sotto_intern_free(&builder.words);
    free(builder.word_starts);
    free(builder.word_terms);
    free(builder.counts);
    if (!good) {
        sotto_content_free(content);
    }
    return good;
}

void sotto_content_free(sotto_content *content)
{
    free(content->starts);
    free(content->terms);
    free(content->posting_starts);
    free(content->postings);
    free(content->ranks);
    free(content->prices);
    memset(content, 0, sizeof *content);
}

void sotto_content_compare(const sotto_content *content, uint32_t a, uint32_t b,
                           float likeness[SOTTO_CONTENT_FIELDS])
{
    const sotto_content_term *x = content->terms + content->starts[a];
    const sotto_content_term *y = content->terms + content->starts[b];
    const sotto_content_term *x_end = content->terms + content->starts[a + 1];
    const sotto_content_term *y_end = content->terms + content->starts[b + 1];
    memset(likeness, 0, SOTTO_CONTENT_FIELDS * sizeof *likeness);
    while (x < x_end && y < y_end) {
        if (x->term == y->term) {
            likeness[field_of(content, x->term)] += x->value * y->value;
            x++;
            y++;
        } else if (x->term < y->term) {
            x++;
        } else {
            y++;
        }
    }
    float difference = fabsf(content->prices[a] - content->prices[b]);
    bool known = content->prices[a] >= 0 && content->prices[b] >= 0;
    likeness[SOTTO_CONTENT_PRICE] = known && difference < 1 ? 1 - difference : 0;
}
