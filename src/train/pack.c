/*
 * pack.c - what was learned, as the bytes of a model part
 *
 * Items are renumbered by the order that keeps linked ones close, and rows are sorted by target.
 *
 * A budget is spent in three steps. Some things are fixed: the item table, the encoder, the
 * re-ranker. Of the rest, vectors get a share, and popular items wider ones (pack_ranker.c). What
 * is then left is spent on the links that will be used most: a link is worth how often its item is
 * met times its share of the row. All links are ranked by that, and a search finds how many of the
 * best fit. A row thus loses its weakest links first, and a rare item more of them than a popular
 * one.
 */
#include "train/pack.h"

#include "base/bytes.h"
#include "format/layout.h"
#include "train/pack_ranker.h"

#include <stdlib.h>
#include <string.h>

#define GROUP_BITS      3u
#define TOGETHER_CODES  10u
#define TOGETHER_STEP   0.35
#define OTHER_WORTH     0.5 /* of a link that is no next one: used on fewer pages */
#define BUDGET_ATTEMPTS 12
#define CLOSE_ENOUGH    512u /* bytes below the budget */
#define TABLES          SOTTO_LEARNED_TABLES

/* The arrays behind one table's content. */
typedef struct packed_table {
    const sotto_links *links;
    sotto_codes        codes;
    float             *worths;    /* of each link; as the links, descending in a row */
    uint32_t          *row_starts, *items;
    uint8_t           *row_codes;
} packed_table;

typedef struct model_packer {
    const sotto_learned *learned;
    uint32_t             item_count;
    uint32_t            *index_of; /* by item: its index in the model */
    sotto_string        *ids;
    uint8_t             *popularity;
    uint32_t            *popular, *trending;
    packed_table         tables[TABLES];
    float                least_worth; /* links below it are left out */
    sotto_section_list   sections;    /* the ranker's, and more */
} model_packer;

/* ---- one table ------------------------------------------------------------------------------- */

static bool prepare_table(model_packer *packer, int number)
{
    const sotto_links *links = packer->learned->tables[number];
    packed_table *table = &packer->tables[number];
    size_t n = packer->learned->items->count;
    if (links == NULL || sotto_links_total(links) == 0) {
        return true;
    }
    table->links = links;
    size_t places = n * links->max_links + 1;
    table->worths = calloc(places, sizeof *table->worths);
    table->row_starts = calloc(n + 1, sizeof *table->row_starts);
    table->items = calloc(places, sizeof *table->items);
    table->row_codes = calloc(places, 1);
    const sotto_packing *packing = &packer->learned->packing;
    bool good =
        number == SOTTO_TABLE_NEXT
            ? sotto_quantise_rows(links, packing->code_count, packing->code_step, &table->codes)
            : sotto_quantise_plain(links, TOGETHER_CODES, TOGETHER_STEP, &table->codes);
    good = good && table->worths != NULL && table->row_starts != NULL && table->items != NULL
           && table->row_codes != NULL;
    float table_worth = number == SOTTO_TABLE_NEXT ? 1.0f : (float)OTHER_WORTH;
    for (uint32_t i = 0; good && i < n; i++) {
        const sotto_weighted *row = sotto_links_row(links, i);
        float met = (float)packer->learned->popular->counts[i];
        for (uint32_t k = 0; k < links->counts[i]; k++) {
            table->worths[(size_t)i * links->max_links + k] = table_worth * met * row[k].weight;
        }
    }
    return good;
}

static void free_table(packed_table *table)
{
    sotto_codes_free(&table->codes);
    free(table->worths);
    free(table->row_starts);
    free(table->items);
    free(table->row_codes);
}

typedef struct target {
    uint32_t index;
    uint8_t  code;
} target;

static int compare_targets(const void *a, const void *b)
{
    const target *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index ? 1 : 0;
}

/* Fills the arrays with the links that are worth it. Returns how many, `*longest` of one row. */
static uint32_t fill_table(const model_packer *packer, packed_table *table, uint32_t *longest)
{
    const sotto_links *links = table->links;
    uint32_t count = 0;
    for (uint32_t index = 0; index < packer->item_count; index++) {
        uint32_t item = packer->learned->order[index];
        size_t start = (size_t)item * links->max_links;
        target targets[SOTTO_MAX_LINKS];
        uint32_t kept = 0;
        while (kept < links->counts[item] && table->worths[start + kept] >= packer->least_worth) {
            targets[kept].index = packer->index_of[links->links[start + kept].item];
            targets[kept].code = table->codes.codes[start + kept];
            kept++;
        }
        qsort(targets, kept, sizeof *targets, compare_targets);
        table->row_starts[index] = count;
        for (uint32_t k = 0; k < kept; k++, count++) {
            table->items[count] = targets[k].index;
            table->row_codes[count] = targets[k].code;
        }
        *longest = kept > *longest ? kept : *longest;
    }
    table->row_starts[packer->item_count] = count;
    return count;
}

/* ---- the whole part -------------------------------------------------------------------------- */

static void renumber(const model_packer *packer, const uint32_t *items, uint32_t count,
                     uint32_t *indexes)
{
    for (uint32_t i = 0; i < count; i++) {
        indexes[i] = packer->index_of[items[i]];
    }
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
    bool good = true;
    for (int number = 0; good && number < TABLES; number++) {
        good = prepare_table(packer, number);
    }
    return good;
}

static void describe_table(const packed_table *table, int number, uint32_t longest,
                           sotto_link_table_content *content)
{
    static const sotto_relation relations[TABLES] = {
        [SOTTO_TABLE_NEXT] = SOTTO_NEXT,
        [SOTTO_TABLE_TOGETHER] = SOTTO_TOGETHER,
        [SOTTO_TABLE_VIEWED_BOUGHT] = SOTTO_VIEWED_BOUGHT,
    };
    *content = (sotto_link_table_content){
        .relation = relations[number],
        .max_links = longest > 0 ? longest : 1,
        .group_bits = GROUP_BITS,
        .normalise = number == SOTTO_TABLE_NEXT,
        .weight_count = table->codes.code_count,
        .row_starts = table->row_starts,
        .items = table->items,
        .codes = table->row_codes,
    };
    memcpy(content->weights, table->codes.weights, sizeof content->weights);
}

/* Writes the part with the links that are worth at least packer->least_worth. */
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
        packed_table *table = &packer->tables[number];
        if (table->links != NULL) {
            uint32_t longest = 0;
            packed->links[number] = fill_table(packer, table, &longest);
            describe_table(table, number, longest, &tables[table_count++]);
            packed->longest_row = longest > packed->longest_row ? longest : packed->longest_row;
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

/* The worths of all links of all tables, best first; NULL without memory. */
static float *sort_worths(const model_packer *packer, size_t *count)
{
    size_t room = 1;
    for (int number = 0; number < TABLES; number++) {
        const packed_table *table = &packer->tables[number];
        room += table->links != NULL ? sotto_links_total(table->links) : 0;
    }
    float *worths = malloc(room * sizeof *worths);
    *count = 0;
    for (int number = 0; worths != NULL && number < TABLES; number++) {
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

/* Writes with the best `keep` links and says whether that fits. */
static bool attempt(model_packer *packer, const float *worths, size_t keep, uint64_t budget,
                    sotto_packed *packed, bool *fits, sotto_train_fault *fault)
{
    packer->least_worth = keep > 0 ? worths[keep - 1] : 3e38f;
    bool good = write(packer, packed, fault);
    *fits = good && size_without_ids(packed) <= budget;
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

/*
 * Size grows nearly in proportion to the links kept, so each attempt is where a line from the last
 * that fitted to the first that did not meets the budget. An end that stays twice is taken for half
 * as far off (the Illinois rule), or a curved line would be approached from one side for ever.
 */
static bool search(model_packer *packer, const float *worths, size_t count, uint64_t full_size,
                   uint64_t budget, sotto_packed *packed, sotto_train_fault *fault)
{
    bool fits = true, good = true, fitted_before = true;
    size_t low = 0, high = count;
    double below = (double)budget - (double)size_without_ids(packed);
    double above = (double)full_size - (double)budget;
    for (int i = 0; good && i < BUDGET_ATTEMPTS && high - low > 1; i++) {
        size_t middle = low + (size_t)(below / (below + above) * (double)(high - low));
        middle = middle <= low ? low + 1 : middle >= high ? high - 1 : middle;
        good = attempt(packer, worths, middle, budget, packed, &fits, fault);
        double off = (double)size_without_ids(packed) - (double)budget;
        if (fits && -off < CLOSE_ENOUGH) {
            return good;
        }
        below = fits ? -off : i > 0 && !fitted_before ? below / 2 : below;
        above = !fits ? off : i > 0 && fitted_before ? above / 2 : above;
        *(fits ? &low : &high) = middle;
        fitted_before = fits;
    }
    return good && attempt(packer, worths, low, budget, packed, &fits, fault);
}

/* Leaves out links until it fits. */
static bool fit_links(model_packer *packer, uint64_t budget, sotto_packed *packed,
                      sotto_train_fault *fault)
{
    size_t count;
    uint64_t full_size = size_without_ids(packed);
    float *worths = sort_worths(packer, &count);
    if (worths == NULL) {
        return sotto_fault_set(fault, "not enough memory to fit the model into its budget");
    }
    bool fits = false;
    bool good = attempt(packer, worths, 0, budget, packed, &fits, fault);
    good = good && (fits || too_small(packed, budget, fault));
    good = good && search(packer, worths, count, full_size, budget, packed, fault);
    free(worths);
    return good;
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
    uint64_t reranker = learned->reranker == NULL
                            ? 0
                            : 2ull * (learned->reranker->hidden + 6)
                                  * learned->reranker->feature_count;
    return encoder->weight_count + learned->item_count / 2 + learned->item_count / 5 + reranker
           + 1024;
}

/* The ranker and what was made elsewhere, so that links can have what is left. */
static bool prepare_sections(model_packer *packer, const sotto_budget *budget,
                             sotto_packed *packed, sotto_train_fault *fault)
{
    const sotto_learned *learned = packer->learned;
    for (uint32_t i = 0; learned->more != NULL && i < learned->more->count; i++) {
        sotto_section_list *list = &packer->sections; /* lent: only the list itself is copied */
        memcpy(list->tags[list->count], learned->more->tags[i], sizeof list->tags[i]);
        list->sections[list->count++] = learned->more->sections[i];
    }
    if (learned->vectors == NULL || learned->vectors->supported_count == 0) {
        return true;
    }
    if (budget->bytes == 0) {
        return add_vectors(packer, UINT64_MAX, packed, fault);
    }
    packer->least_worth = 3e38f;
    uint64_t fixed = fixed_ranker_size(learned);
    if (!write(packer, packed, fault)) {
        return false;
    }
    fixed += size_without_ids(packed);
    uint64_t left = budget->bytes > fixed ? budget->bytes - fixed : 0;
    packer->least_worth = 0;
    return add_vectors(packer, (uint64_t)((double)left * budget->vector_share), packed, fault);
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
    bool good = prepare(packer) || sotto_fault_set(fault, "not enough memory to write the model");
    good = good && prepare_sections(packer, budget, packed, fault) && write(packer, packed, fault);
    if (good && budget->bytes > 0 && size_without_ids(packed) > budget->bytes) {
        good = fit_links(packer, budget->bytes, packed, fault);
    }
    for (int number = 0; number < TABLES; number++) {
        free_table(&packer->tables[number]);
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
