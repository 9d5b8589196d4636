/*
 * basket_pack.c - what was counted of baskets, as sections of the ranker
 *
 * What is counted for a part of the shoppers goes through the very same bytes as what is published:
 * the network is fitted to what the core will read, rounding and all.
 */
#include "train/basket_pack.h"

#include "train/quantise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Codes of popularity: eighths of an octave, from a share of 2^-27 on. */
#define SHARE_LEAST   27.0
#define SHARE_NOTHING 0.02 /* what an item counts that nobody bought */
#define CODE_SCALE    8.0
#define LIFT_BASE     (-768) /* log2 in Q8: three octaves below what was expected */
#define LIFT_STEP     128
/* Half a nat a step loses nothing against floats, on both grocery logs it was tried on. */
#define LINK_CODES    12u
#define LINK_STEP     0.45
#define GROUP_BITS    3u
#define RHYTHM_BASE   14.399 /* log2 of six hours */
#define RHYTHM_LAST   63.0

typedef struct basket_packer {
    const sotto_basket_counts *counts;
    const uint32_t            *order;
    uint32_t                  *index_of; /* by item */
    uint8_t                   *popularity, *before, *lifts, *rhythm;
    uint32_t                  *popular;
    sotto_codes                codes;
    uint32_t                  *row_starts, *targets;
    uint8_t                   *row_codes;
    sotto_link_table_content   table;
    sotto_ranker_content       network;
    sotto_basket_content       content;
} basket_packer;

static uint32_t item_at(const basket_packer *packer, uint32_t index)
{
    return packer->order == NULL ? index : packer->order[index];
}

/* ---- codes ----------------------------------------------------------------------------------- */

static uint8_t code_between(double value, double last)
{
    double rounded = floor(value + 0.5);
    return (uint8_t)(rounded < 0 ? 0 : rounded > last ? last : rounded);
}

/* The logarithm of a share of shoppers, above that of SHARE_LEAST; in octaves. */
static double share_log(double count, uint32_t shopper_count)
{
    double share = (count + SHARE_NOTHING) / (shopper_count == 0 ? 1 : shopper_count);
    double above = log2(share) + SHARE_LEAST;
    return above < 0 ? 0 : above;
}

/* Sixteen even steps from what nobody bought to what most did. */
static void set_steps(basket_packer *packer)
{
    const sotto_basket_counts *counts = packer->counts;
    double most = 1;
    for (uint32_t item = 0; item < counts->item_count; item++) {
        most = counts->evers[item] > most ? counts->evers[item] : most;
        most = counts->lately[item] > most ? counts->lately[item] : most;
    }
    double base = share_log(0, counts->shopper_count);
    double top = share_log(most, counts->shopper_count);
    packer->content.before_base = (uint16_t)(256 * base);
    packer->content.before_step = (uint16_t)(256 * (top - base) / 15 + 1);
}

static uint8_t before_code(const basket_packer *packer, double count)
{
    double above = 256 * share_log(count, packer->counts->shopper_count);
    return code_between((above - packer->content.before_base) / packer->content.before_step, 15);
}

static uint8_t rhythm_code(double rhythm, double spread)
{
    if (rhythm <= 0) {
        return 0;
    }
    uint32_t code = code_between((rhythm - RHYTHM_BASE) * 4, RHYTHM_LAST);
    uint32_t kind = spread <= 0.5 ? 0 : spread <= 1 ? 1 : spread <= 1.5 ? 2 : 3;
    return (uint8_t)((code == 0 ? 1 : code) << 2 | kind);
}

static void fill_codes(basket_packer *packer)
{
    const sotto_basket_counts *counts = packer->counts;
    set_steps(packer);
    for (uint32_t index = 0; index < counts->item_count; index++) {
        uint32_t item = item_at(packer, index);
        packer->popularity[index] =
            code_between(CODE_SCALE * share_log(counts->finals[item], counts->shopper_count), 255);
        packer->before[index] = (uint8_t)(before_code(packer, counts->evers[item])
                                          | before_code(packer, counts->lately[item]) << 4);
        packer->lifts[index] =
            code_between((counts->lifts[item] * 256 - LIFT_BASE) / LIFT_STEP, 15);
        packer->rhythm[index] = rhythm_code(counts->rhythms[item], counts->spreads[item]);
    }
}

static void fill_popular(basket_packer *packer)
{
    uint32_t n = packer->counts->item_count;
    sotto_weighted heap[SOTTO_BASKET_POPULAR_COUNT];
    sotto_best best = {heap, 0, SOTTO_BASKET_POPULAR_COUNT};
    for (uint32_t index = 0; index < n; index++) {
        double count = packer->counts->finals[item_at(packer, index)];
        if (count > 0) {
            sotto_best_offer(&best, (sotto_weighted){index, (float)count});
        }
    }
    sotto_best_sort(&best);
    for (uint32_t i = 0; i < best.count; i++) {
        packer->popular[i] = heap[i].item;
    }
    packer->content.popular_count = best.count;
}

/* ---- links ----------------------------------------------------------------------------------- */

typedef struct coded_link {
    uint32_t index;
    uint8_t  code;
} coded_link;

static int compare_links(const void *a, const void *b)
{
    const coded_link *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index ? 1 : 0;
}

static void fill_links(basket_packer *packer)
{
    const sotto_links *links = &packer->counts->links;
    uint32_t n = packer->counts->item_count, count = 0;
    for (uint32_t index = 0; index < n; index++) {
        uint32_t item = item_at(packer, index);
        const sotto_weighted *row = sotto_links_row(links, item);
        coded_link coded[SOTTO_MAX_LINKS];
        for (uint32_t k = 0; k < links->counts[item]; k++) {
            coded[k] = (coded_link){
                packer->index_of[row[k].item],
                packer->codes.codes[(size_t)item * links->max_links + k],
            };
        }
        qsort(coded, links->counts[item], sizeof *coded, compare_links);
        packer->row_starts[index] = count;
        for (uint32_t k = 0; k < links->counts[item]; k++, count++) {
            packer->targets[count] = coded[k].index;
            packer->row_codes[count] = coded[k].code;
        }
    }
    packer->row_starts[n] = count;
    packer->table = (sotto_link_table_content){
        .relation = SOTTO_NEXT, .max_links = links->max_links, .group_bits = GROUP_BITS,
        .weight_count = packer->codes.code_count, .row_starts = packer->row_starts,
        .items = packer->targets, .codes = packer->row_codes,
    };
    memcpy(packer->table.weights, packer->codes.weights, sizeof packer->table.weights);
    packer->content.links = count > 0 ? &packer->table : NULL;
}

/* ---- the network ----------------------------------------------------------------------------- */

static void set_network(basket_packer *packer, const sotto_quantised_reranker *from)
{
    static const int16_t one[1] = {1024};
    sotto_ranker_content *to = &packer->network;
    to->table_count = SOTTO_BASKET_OTHERS;
    if (from == NULL) {
        to->feature_count = 1;
        to->features[0] = SOTTO_BASKET_POPULAR;
        to->feature_factor[0] = 65536;
        to->shift_2 = 10;
        to->skip = one;
        return;
    }
    sotto_quantised_reranker_describe(from, to);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool prepare(basket_packer *packer)
{
    const sotto_basket_counts *counts = packer->counts;
    size_t n = (size_t)counts->item_count + 1;
    size_t places = n * counts->links.max_links + 1;
    packer->index_of = calloc(n, sizeof *packer->index_of);
    packer->popularity = calloc(n, 1);
    packer->before = calloc(n, 1);
    packer->lifts = calloc(n, 1);
    packer->rhythm = calloc(n, 1);
    packer->popular = calloc(SOTTO_BASKET_POPULAR_COUNT, sizeof *packer->popular);
    packer->row_starts = calloc(n, sizeof *packer->row_starts);
    packer->targets = calloc(places, sizeof *packer->targets);
    packer->row_codes = calloc(places, 1);
    if (packer->index_of == NULL || packer->popularity == NULL || packer->before == NULL
        || packer->lifts == NULL || packer->rhythm == NULL || packer->popular == NULL
        || packer->row_starts == NULL || packer->targets == NULL || packer->row_codes == NULL
        || !sotto_quantise_plain(&counts->links, LINK_CODES, LINK_STEP, &packer->codes)) {
        return false;
    }
    for (uint32_t index = 0; index < counts->item_count; index++) {
        packer->index_of[item_at(packer, index)] = index;
    }
    return true;
}

static void release(basket_packer *packer)
{
    free(packer->index_of);
    free(packer->popularity);
    free(packer->before);
    free(packer->lifts);
    free(packer->rhythm);
    free(packer->popular);
    free(packer->row_starts);
    free(packer->targets);
    free(packer->row_codes);
    sotto_codes_free(&packer->codes);
}

bool sotto_basket_pack(const sotto_basket_counts *counts, const uint32_t *order,
                       const sotto_quantised_reranker *network, sotto_section_list *list,
                       sotto_train_fault *fault)
{
    basket_packer packer = {.counts = counts, .order = order};
    const char *why = "";
    bool good = prepare(&packer);
    if (!good) {
        sotto_fault_set(fault, "not enough memory for %u items", counts->item_count);
    } else {
        fill_codes(&packer);
        fill_popular(&packer);
        fill_links(&packer);
        set_network(&packer, network);
        packer.content.item_count = counts->item_count;
        packer.content.decay = (uint32_t)(SOTTO_BASKET_FADE * 65536 + 0.5);
        packer.content.popular = packer.popular;
        packer.content.network = &packer.network;
        packer.content.popularity = packer.popularity;
        packer.content.before = packer.before;
        packer.content.lifts = packer.lifts;
        packer.content.lift_base = LIFT_BASE;
        packer.content.lift_step = LIFT_STEP;
        packer.content.rhythm = counts->timed ? packer.rhythm : NULL;
        good = sotto_basket_sections(&packer.content, list, &why) == SOTTO_OK
               || sotto_fault_set(fault, "what the next basket needs cannot be written: %s", why);
    }
    release(&packer);
    return good;
}

bool sotto_basket_unpack(const sotto_section_list *list, uint32_t item_count,
                         sotto_basket_model *model, sotto_train_fault *fault)
{
    memset(model, 0, sizeof *model);
    for (uint32_t i = 0; i < list->count; i++) {
        const sotto_bytes *section = &list->sections[i];
        sotto_reader reader = sotto_reader_over(section->bytes, 0, (uint32_t)section->size);
        switch (list->tags[i][1]) {
        case 's': sotto_basket_open(model, &reader, item_count); break;
        case 'p': sotto_basket_open_popularity(model, &reader); break;
        case 'h': sotto_basket_open_rhythm(model, &reader); break;
        default:
            if (list->tags[i][2] == 'f') {
                sotto_basket_open_lifts(model, &reader);
            } else {
                sotto_basket_open_links(model, &reader);
            }
        }
        if (reader.status != SOTTO_OK) {
            return sotto_fault_set(fault, "what was just written does not open: %s at byte %zu",
                                   sotto_status_text(reader.status), reader.fault.offset);
        }
    }
    return true;
}
