/*
 * pack.c - what was learned, as the bytes of a model part
 *
 * Items are renumbered by the order that keeps linked ones close, and rows are sorted by target.
 *
 * A budget is spent step by step. Some things are fixed: the item table, the encoder, the
 * re-ranker. Of the rest up to a quarter is set aside for companions, the links that are not of
 * for-you but of slots of their own (bought together; viewed, then bought): what for-you gains by a
 * byte more says nothing about them. Vectors get a share of what is left then, and popular items
 * wider ones (pack_ranker.c); next links and, last, companions have what remains.
 *
 * Links are kept that will be used most for their bits: a link is worth how often its item is met
 * times its share of the row, and costs what leaving it out would save (thin.c). All links of a
 * kind are ranked by the ratio, and a search finds how many of the best fit. So a rare item loses
 * more of its links than a popular one, and lonely links go before those that stand together.
 */
#include "train/pack.h"

#include "base/bytes.h"
#include "format/layout.h"
#include "train/pack_ranker.h"
#include "train/pack_table.h"

#include <stdlib.h>
#include <string.h>

#define TOGETHER_CODES  10u
#define TOGETHER_STEP   0.35
#define COMPANION_SHARE 4u /* a quarter */
#define BUDGET_ATTEMPTS 12
#define CLOSE_ENOUGH    512u /* bytes below the budget */
#define TABLES          SOTTO_LEARNED_TABLES

typedef struct model_packer {
    const sotto_learned *learned;
    uint32_t             item_count;
    uint32_t            *index_of; /* by item: its index in the model */
    sotto_string        *ids;
    uint8_t             *popularity;
    uint32_t            *popular, *trending;
    sotto_item_places    places;
    sotto_packed_table   tables[TABLES];
    sotto_section_list   sections; /* the ranker's, and more */
} model_packer;

/* ---- the whole part -------------------------------------------------------------------------- */

static void renumber(const model_packer *packer, const uint32_t *items, uint32_t count,
                     uint32_t *indexes)
{
    for (uint32_t i = 0; i < count; i++) {
        indexes[i] = packer->index_of[items[i]];
    }
}

static bool prepare_table(model_packer *packer, int number)
{
    const sotto_links *links = packer->learned->tables[number];
    const sotto_packing *packing = &packer->learned->packing;
    sotto_packed_table *table = &packer->tables[number];
    if (links == NULL || sotto_links_total(links) == 0) {
        return true;
    }
    bool coded =
        number == SOTTO_TABLE_NEXT
            ? sotto_quantise_rows(links, packing->code_count, packing->code_step, &table->codes)
            : sotto_quantise_plain(links, TOGETHER_CODES, TOGETHER_STEP, &table->codes);
    return coded
           && sotto_packed_table_open(table, links, &packer->places,
                                      packer->learned->popular->counts);
}

static bool prepare(model_packer *packer)
{
    const sotto_learned *learned = packer->learned;
    size_t n = (size_t)packer->item_count + 1;
    packer->index_of = calloc((size_t)learned->items->count + 1, sizeof *packer->index_of);
    packer->ids = calloc(n, sizeof *packer->ids);
    packer->popularity = calloc(n, 1);
    packer->popular = calloc(SOTTO_POPULAR_MAX, sizeof *packer->popular);
    packer->trending = calloc(SOTTO_TRENDING_MAX, sizeof *packer->trending);
    if (packer->index_of == NULL || packer->ids == NULL || packer->popularity == NULL
        || packer->popular == NULL || packer->trending == NULL) {
        return false;
    }
    for (uint32_t index = 0; index < packer->item_count; index++) {
        uint32_t item = learned->order[index];
        packer->index_of[item] = index;
        packer->ids[index] = sotto_intern_get(learned->items, item);
        packer->popularity[index] = learned->popular->codes[item];
    }
    renumber(packer, learned->popular->popular, learned->popular->popular_count, packer->popular);
    renumber(packer, learned->popular->trending, learned->popular->trending_count,
             packer->trending);
    packer->places = (sotto_item_places){packer->item_count, learned->items->count, learned->order,
                                         packer->index_of};
    bool good = true;
    for (int number = 0; good && number < TABLES; number++) {
        good = prepare_table(packer, number);
    }
    return good;
}

static const sotto_relation relations[TABLES] = {
    [SOTTO_TABLE_NEXT] = SOTTO_NEXT,
    [SOTTO_TABLE_TOGETHER] = SOTTO_TOGETHER,
    [SOTTO_TABLE_VIEWED_BOUGHT] = SOTTO_VIEWED_BOUGHT,
};

/* Writes the part with the links that are worth at least their table's least_worth. */
static bool write(model_packer *packer, sotto_packed *packed, sotto_train_fault *fault)
{
    const sotto_learned *learned = packer->learned;
    sotto_ranking_weights ranking = sotto_recipe_weights(learned->recipe);
    sotto_parameter parameters[] = {{3, (int32_t)ranking.popularity}};
    sotto_link_table_content tables[TABLES];
    uint32_t table_count = 0;
    packed->longest_row = 0;
    free(packed->model.bytes);
    packed->model = (sotto_bytes){NULL, 0};
    for (int number = 0; number < TABLES; number++) {
        sotto_packed_table *table = &packer->tables[number];
        if (table->links != NULL) {
            packed->links[number] = sotto_packed_table_fill(table, &packer->places);
            tables[table_count++] = sotto_packed_table_content(
                table, relations[number], number == SOTTO_TABLE_NEXT, packer->item_count);
            packed->longest_row = table->longest_row > packed->longest_row ? table->longest_row
                                                                           : packed->longest_row;
        }
    }
    sotto_model_content content = {
        .item_count = packer->item_count,
        .ids = packer->ids,
        .popularity = packer->popularity,
        .popular = packer->popular,
        .trending = packer->trending,
        .popular_count = learned->popular->popular_count,
        .trending_count = learned->popular->trending_count,
        .tables = tables,
        .table_count = table_count,
        .history_count = SOTTO_HISTORY_COUNT,
        .parameters = parameters,
        .parameter_count = sizeof parameters / sizeof *parameters,
        .sections = packer->sections.count > 0 ? &packer->sections : NULL,
    };
    memcpy(content.position_weight, ranking.position, sizeof ranking.position);
    memcpy(content.repeat_weight, ranking.repeat, sizeof ranking.repeat);
    const char *why = NULL;
    if (sotto_model_write(&content, &packed->model, &why) != SOTTO_OK) {
        return sotto_fault_set(fault, "the model cannot be written: %s",
                               why != NULL ? why : "no memory");
    }
    packed->ids_size = sotto_part_size_of(&packed->model, "I");
    packed->link_size = sotto_part_size_of(&packed->model, "L");
    packed->vector_size = sotto_part_size_of(&packed->model, "v");
    packed->other_size = packed->model.size - packed->ids_size - packed->link_size
                         - packed->vector_size;
    return true;
}

/* The row of a section in a part's table, NULL past the last. */
static const uint8_t *section_row(const sotto_bytes *part, size_t number)
{
    bool there = part->size >= SOTTO_HEAD_SIZE + (number + 1) * SOTTO_ROW_ROW_SIZE
                 && number < part->bytes[SOTTO_HEAD_SECTION_COUNT];
    return there ? part->bytes + SOTTO_HEAD_SIZE + number * SOTTO_ROW_ROW_SIZE : NULL;
}

bool sotto_part_find_ids(const sotto_bytes *part, size_t *offset, size_t *size)
{
    for (size_t i = 0; section_row(part, i) != NULL; i++) {
        const uint8_t *row = section_row(part, i);
        if (sotto_load_u32(row + SOTTO_ROW_TAG) == SOTTO_TAG('I', 'D', 'S', ' ')) {
            *offset = sotto_load_u32(row + SOTTO_ROW_OFFSET);
            *size = sotto_load_u32(row + SOTTO_ROW_SIZE);
            return *offset + *size <= part->size;
        }
    }
    return false;
}

uint64_t sotto_part_size_of(const sotto_bytes *part, const char *letters)
{
    uint64_t size = 0;
    for (size_t i = 0; section_row(part, i) != NULL; i++) {
        const uint8_t *row = section_row(part, i);
        if (memcmp(row + SOTTO_ROW_TAG, letters, strlen(letters)) == 0) {
            size += sotto_load_u32(row + SOTTO_ROW_SIZE);
        }
    }
    return size;
}

/* ---- the budget ------------------------------------------------------------------------------ */

static int compare_descending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x > y ? -1 : x < y ? 1 : 0;
}

/* Tables [first, last) that are cut alike. */
typedef struct table_range {
    int first, last;
} table_range;

static const table_range next_links = {SOTTO_TABLE_NEXT, SOTTO_TABLE_NEXT + 1};
static const table_range companions = {SOTTO_TABLE_NEXT + 1, TABLES};

static void set_least_worth(model_packer *packer, table_range range, float worth)
{
    for (int number = range.first; number < range.last; number++) {
        packer->tables[number].least_worth = worth;
    }
}

/* The worths of all links of some tables, best first; NULL without memory. */
static float *sort_worths(const model_packer *packer, table_range range, size_t *count)
{
    size_t room = 1;
    for (int number = range.first; number < range.last; number++) {
        const sotto_packed_table *table = &packer->tables[number];
        room += table->links != NULL ? sotto_links_total(table->links) : 0;
    }
    float *worths = malloc(room * sizeof *worths);
    *count = 0;
    for (int number = range.first; worths != NULL && number < range.last; number++) {
        const sotto_links *links = packer->tables[number].links;
        for (uint32_t i = 0; links != NULL && i < links->item_count; i++) {
            const float *row = packer->tables[number].worths + (size_t)i * links->max_links;
            memcpy(worths + *count, row, links->counts[i] * sizeof *row);
            *count += links->counts[i];
        }
    }
    if (worths != NULL) {
        qsort(worths, *count, sizeof *worths, compare_descending);
    }
    return worths;
}

static uint64_t size_without_ids(const sotto_packed *packed)
{
    return packed->model.size - packed->ids_size;
}

/* A search for how many of the best links of some tables fit. */
typedef struct link_fitting {
    model_packer *packer;
    table_range   range;
    float        *worths;
    size_t        count;
    uint64_t      budget;
} link_fitting;

/* Writes with the best `keep` links and says whether that fits. */
static bool attempt(const link_fitting *fitting, size_t keep, sotto_packed *packed, bool *fits,
                    sotto_train_fault *fault)
{
    set_least_worth(fitting->packer, fitting->range,
                    keep > 0 ? fitting->worths[keep - 1] : SOTTO_NO_LINK_WORTH);
    bool good = write(fitting->packer, packed, fault);
    *fits = good && size_without_ids(packed) <= fitting->budget;
    return good;
}

/*
 * Size grows nearly in proportion to the links kept, so each attempt is where a line from the last
 * that fitted to the first that did not meets the budget. An end that stays twice is taken for half
 * as far off (the Illinois rule), or a curved line would be approached from one side for ever.
 */
static bool search(const link_fitting *fitting, uint64_t least_size, uint64_t full_size,
                   sotto_packed *packed, sotto_train_fault *fault)
{
    bool fits = true, good = true, fitted_before = true;
    size_t low = 0, high = fitting->count;
    double below = (double)fitting->budget - (double)least_size;
    double above = (double)full_size - (double)fitting->budget;
    for (int i = 0; good && i < BUDGET_ATTEMPTS && high - low > 1; i++) {
        size_t middle = low + (size_t)(below / (below + above) * (double)(high - low));
        middle = middle <= low ? low + 1 : middle >= high ? high - 1 : middle;
        good = attempt(fitting, middle, packed, &fits, fault);
        double off = (double)size_without_ids(packed) - (double)fitting->budget;
        if (fits && -off < CLOSE_ENOUGH) {
            return good;
        }
        below = fits ? -off : i > 0 && !fitted_before ? below / 2 : below;
        above = !fits ? off : i > 0 && fitted_before ? above / 2 : above;
        *(fits ? &low : &high) = middle;
        fitted_before = fits;
    }
    return good && attempt(fitting, low, packed, &fits, fault);
}

/*
 * Leaves out links of some tables until it fits; none are left, and it may not, where even that is
 * too much. The other tables stay as they are.
 */
static bool fit_links(model_packer *packer, table_range range, uint64_t budget,
                      sotto_packed *packed, sotto_train_fault *fault)
{
    link_fitting fitting = {.packer = packer, .range = range, .budget = budget};
    set_least_worth(packer, range, 0);
    if (!write(packer, packed, fault)) {
        return false;
    }
    uint64_t full_size = size_without_ids(packed);
    if (full_size <= budget) {
        return true;
    }
    fitting.worths = sort_worths(packer, range, &fitting.count);
    if (fitting.worths == NULL) {
        return sotto_fault_set(fault, "not enough memory to fit the model into its budget");
    }
    bool fits = false;
    bool good = attempt(&fitting, 0, packed, &fits, fault);
    good = good && (!fits || search(&fitting, size_without_ids(packed), full_size, packed, fault));
    free(fitting.worths);
    return good;
}

static bool too_small(const sotto_packed *packed, uint64_t budget, sotto_train_fault *fault)
{
    sotto_fault_set(fault,
                    "a budget of %llu bytes is too small: without a single link the model takes "
                    "%llu",
                    (unsigned long long)budget, (unsigned long long)size_without_ids(packed));
    return sotto_fault_hint(fault, "leave out items that are hardly met, or raise the budget");
}

/* Adds the ranker's sections for vectors of about `bytes`; nothing if they are too few. */
static bool add_vectors(model_packer *packer, uint64_t bytes, sotto_packed *packed,
                        sotto_train_fault *fault)
{
    const sotto_learned *learned = packer->learned;
    uint32_t histogram[256] = {0};
    for (uint32_t index = 0; index < packer->item_count; index++) {
        histogram[packer->popularity[index]]++;
    }
    sotto_widths_choose(histogram, learned->vectors->vectors.dimensions, bytes, &packed->widths);
    for (uint32_t code = 0; code < 256 && packed->widths.class_count > 0; code++) {
        packed->width_counts[sotto_widths_class(&packed->widths, (uint8_t)code)] +=
            histogram[code];
    }
    return packed->widths.class_count == 0
           || sotto_pack_ranker(learned, &packed->widths, &packer->sections, fault);
}

/* What the ranker takes besides the rows of vectors, about. */
static uint64_t fixed_ranker_size(const sotto_learned *learned)
{
    const sotto_session_encoder *encoder = &learned->vectors->encoder;
    uint64_t reranker = learned->trees != NULL      ? sotto_quantised_trees_size(learned->trees)
                        : learned->reranker == NULL ? 0
                            : 2ull * (learned->reranker->hidden + 6)
                                  * learned->reranker->feature_count;
    return encoder->weight_count + learned->item_count / 2 + learned->item_count / 5 + reranker
           + 1024;
}

static void lend_sections(model_packer *packer, const sotto_section_list *more)
{
    for (uint32_t i = 0; more != NULL && i < more->count; i++) {
        sotto_section_list *list = &packer->sections; /* only the list itself is copied */
        memcpy(list->tags[list->count], more->tags[i], sizeof list->tags[i]);
        list->sections[list->count++] = more->sections[i];
    }
}

static bool write_without(model_packer *packer, bool companions_too, sotto_packed *packed,
                          sotto_train_fault *fault)
{
    set_least_worth(packer, next_links, SOTTO_NO_LINK_WORTH);
    set_least_worth(packer, companions, companions_too ? SOTTO_NO_LINK_WORTH : 0);
    return write(packer, packed, fault);
}

/* Divides a budget: what companions need, up to their share, and vectors. */
static bool divide(model_packer *packer, const sotto_budget *budget, uint64_t *set_aside,
                   sotto_packed *packed, sotto_train_fault *fault)
{
    const sotto_learned *learned = packer->learned;
    bool vectors = learned->vectors != NULL && learned->vectors->supported_count > 0;
    if (!write_without(packer, true, packed, fault)) {
        return false;
    }
    uint64_t fixed = size_without_ids(packed);
    if (!write_without(packer, false, packed, fault)) {
        return false;
    }
    uint64_t companion_size = size_without_ids(packed) - fixed;
    fixed += vectors ? fixed_ranker_size(learned) : 0;
    uint64_t left = budget->bytes > fixed ? budget->bytes - fixed : 0;
    *set_aside = companion_size < left / COMPANION_SHARE ? companion_size : left / COMPANION_SHARE;
    left -= *set_aside;
    return !vectors
           || add_vectors(packer, (uint64_t)((double)left * budget->vector_share), packed, fault);
}

/* Next links first, as far as they leave companions theirs; these then have all that is left. */
static bool fit(model_packer *packer, const sotto_budget *budget, sotto_packed *packed,
                sotto_train_fault *fault)
{
    uint64_t set_aside = 0;
    if (!divide(packer, budget, &set_aside, packed, fault)) {
        return false;
    }
    set_least_worth(packer, companions, SOTTO_NO_LINK_WORTH);
    return fit_links(packer, next_links, budget->bytes - set_aside, packed, fault)
           && fit_links(packer, companions, budget->bytes, packed, fault)
           && (size_without_ids(packed) <= budget->bytes
               || too_small(packed, budget->bytes, fault));
}

static bool pack_all(model_packer *packer, sotto_packed *packed, sotto_train_fault *fault)
{
    const sotto_vector_model *vectors = packer->learned->vectors;
    return (vectors == NULL || vectors->supported_count == 0
            || add_vectors(packer, UINT64_MAX, packed, fault))
           && write(packer, packed, fault);
}

static void free_sections(model_packer *packer)
{
    uint32_t lent = packer->learned->more != NULL ? packer->learned->more->count : 0;
    for (uint32_t i = lent; i < packer->sections.count; i++) {
        free(packer->sections.sections[i].bytes);
    }
}

bool sotto_pack(const sotto_learned *learned, const sotto_budget *budget, sotto_packed *packed,
                sotto_train_fault *fault)
{
    model_packer *packer = calloc(1, sizeof *packer);
    memset(packed, 0, sizeof *packed);
    if (packer == NULL) {
        return sotto_fault_set(fault, "not enough memory to write the model");
    }
    packer->learned = learned;
    packer->item_count = learned->item_count;
    lend_sections(packer, learned->more);
    bool good = (prepare(packer)
                 || sotto_fault_set(fault, "not enough memory to write the model"))
                && (budget->bytes > 0 ? fit(packer, budget, packed, fault)
                                      : pack_all(packer, packed, fault));
    for (int number = 0; number < TABLES; number++) {
        sotto_packed_table_free(&packer->tables[number]);
    }
    free_sections(packer);
    free(packer->index_of);
    free(packer->ids);
    free(packer->popularity);
    free(packer->popular);
    free(packer->trending);
    free(packer);
    if (!good) {
        free(packed->model.bytes);
        memset(packed, 0, sizeof *packed);
    }
    return good;
}
