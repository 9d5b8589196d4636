/*
 * eval_master.c - asks the questions and marks the answers
 */
#include "train/eval_master.h"

#include "train/eval_cost.h"

#include <stdlib.h>
#include <string.h>

#define SESSION_MAX 64u /* events handed to the core; it looks at fewer */

/* ---- opening --------------------------------------------------------------------------------- */

static bool open_part(sotto_eval_master *master, sotto_kind kind, const sotto_bytes *part,
                      sotto_train_fault *fault)
{
    sotto_fault where = {0};
    sotto_status status =
        sotto_bundle_open(master->bundle, kind, part->bytes, part->size, &where);
    return status == SOTTO_OK
           || sotto_fault_set(fault, "the %s just written does not open: %s (%s at byte %zu)",
                              kind == SOTTO_MODEL ? "model" : "catalogue",
                              sotto_status_text(status), where.what != NULL ? where.what : "",
                              where.offset);
}

/* A trainer's model file holds the ranker's sections; one without them is a ranker of nothing. */
static bool open_ranker(sotto_eval_master *master, const sotto_bytes *model,
                        sotto_train_fault *fault)
{
    sotto_fault where = {0};
    sotto_status status =
        sotto_ranker_open(master->ranker, master->bundle, model->bytes, model->size, &where);
    return status == SOTTO_OK
           || sotto_fault_set(fault, "the ranker just written does not open: %s (%s at byte %zu)",
                              sotto_status_text(status), where.what != NULL ? where.what : "",
                              where.offset);
}

/* Which item of the material is which of the bundle, both ways. */
static bool match_items(sotto_eval_master *master, const sotto_intern *items)
{
    uint32_t count = sotto_item_count(master->bundle);
    master->indexes = calloc((size_t)items->count + 1, sizeof *master->indexes);
    master->numbers = malloc(((size_t)count + 1) * sizeof *master->numbers);
    if (master->indexes == NULL || master->numbers == NULL) {
        return false;
    }
    for (uint32_t index = 0; index < count; index++) {
        master->numbers[index] = SOTTO_NO_ITEM;
    }
    for (uint32_t i = 0; i < items->count; i++) {
        sotto_text id = sotto_intern_get(items, i);
        master->indexes[i] = sotto_item_find(master->bundle, id.bytes, id.size);
        if (master->indexes[i] != SOTTO_NO_ITEM) {
            master->numbers[master->indexes[i]] = i;
        }
    }
    return true;
}

bool sotto_eval_master_open(sotto_eval_master *master, const sotto_bytes *model,
                            const sotto_bytes *catalogue, const sotto_intern *items,
                            const sotto_sequences *sessions, sotto_train_fault *fault)
{
    memset(master, 0, sizeof *master);
    master->bundle = malloc(sotto_bundle_size());
    master->ranker = malloc(sotto_ranker_size());
    master->scratch_size = sotto_rank_scratch_size() > sotto_decision_scratch_size()
                               ? sotto_rank_scratch_size() : sotto_decision_scratch_size();
    master->scratch = malloc(master->scratch_size);
    if (master->bundle == NULL || master->ranker == NULL || master->scratch == NULL) {
        return sotto_fault_set(fault, "not enough memory for the evaluation");
    }
    sotto_bundle_init(master->bundle);
    if (!open_part(master, SOTTO_MODEL, model, fault) || !open_ranker(master, model, fault)
        || (catalogue != NULL && !open_part(master, SOTTO_CATALOGUE, catalogue, fault))) {
        return false;
    }
    return (match_items(master, items)
            && sotto_eval_shown_open(&master->shown, sessions, items->count))
           || sotto_fault_set(fault, "not enough memory for the evaluation");
}

void sotto_eval_master_close(sotto_eval_master *master)
{
    sotto_eval_scores_free(&master->scores);
    sotto_eval_scores_free(&master->best_sellers);
    sotto_eval_shown_free(&master->shown);
    free(master->bundle);
    free(master->ranker);
    free(master->scratch);
    free(master->indexes);
    free(master->numbers);
    memset(master, 0, sizeof *master);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static uint32_t index_of(const sotto_eval_master *master, uint32_t item)
{
    return item == SOTTO_NO_ITEM ? SOTTO_NO_ITEM : master->indexes[item];
}

void sotto_eval_master_begin(sotto_eval_master *master)
{
    master->out_of_memory = master->out_of_memory || !sotto_eval_scores_open(&master->scores)
                            || !sotto_eval_scores_open(&master->best_sellers);
}

static void mark(const sotto_eval_master *master, sotto_eval_scores *scores, const uint32_t *picks,
                 uint32_t found, const uint32_t *answers, uint32_t answer_count)
{
    bool right[SOTTO_EVAL_DEPTH];
    for (uint32_t place = 0; place < found; place++) {
        uint32_t item = master->numbers[picks[place]];
        right[place] = false;
        for (uint32_t i = 0; i < answer_count; i++) {
            right[place] = right[place] || (item != SOTTO_NO_ITEM && answers[i] == item);
        }
    }
    sotto_eval_scores_add(scores, right, found, answer_count);
}

static uint32_t list_best_sellers(const sotto_eval_master *master, uint32_t page,
                                  uint32_t picks[SOTTO_EVAL_DEPTH])
{
    uint32_t found = 0, item;
    for (uint32_t i = 0; found < SOTTO_EVAL_DEPTH
                         && (item = sotto_top_get(master->bundle, SOTTO_TOP_POPULAR, i))
                                != SOTTO_NO_ITEM; i++) {
        if (item != page) {
            picks[found++] = item;
        }
    }
    return found;
}

void sotto_eval_master_mark(sotto_eval_master *master, const uint32_t *picks, uint32_t found,
                            uint32_t page, const uint32_t *answers, uint32_t answer_count)
{
    uint32_t items[SOTTO_EVAL_DEPTH], shown = 0, best_sellers[SOTTO_EVAL_DEPTH];
    if (master->out_of_memory) {
        return;
    }
    found = found > SOTTO_EVAL_DEPTH ? SOTTO_EVAL_DEPTH : found;
    for (uint32_t place = 0; place < found; place++) {
        if (master->numbers[picks[place]] != SOTTO_NO_ITEM) {
            items[shown++] = master->numbers[picks[place]];
        }
    }
    master->answered += found > 0 ? 1 : 0;
    mark(master, &master->scores, picks, found, answers, answer_count);
    mark(master, &master->best_sellers, best_sellers,
         list_best_sellers(master, page, best_sellers), answers, answer_count);
    sotto_eval_shown_add(&master->shown, items, shown, answers, answer_count);
}

void sotto_eval_master_ask_next(sotto_eval_master *master, const uint32_t *items, size_t count,
                                uint32_t answer)
{
    uint32_t session[SESSION_MAX], picks[SOTTO_EVAL_DEPTH], length = 0;
    for (size_t i = count; i-- > 0 && length < SESSION_MAX;) {
        uint32_t index = index_of(master, items[i]);
        if (index != SOTTO_NO_ITEM) {
            session[length++] = index;
        }
    }
    double begun_s = sotto_eval_thread_s();
    uint32_t found = sotto_rank_next(master->bundle, session, length, SOTTO_EVAL_DEPTH,
                                     master->scratch, master->scratch_size, picks);
    master->seconds += sotto_eval_thread_s() - begun_s;
    sotto_eval_master_mark(master, picks, found, SOTTO_NO_ITEM, &answer, 1);
}

void sotto_eval_master_ask_slot(sotto_eval_master *master, const sotto_slot *slot, uint32_t item,
                                const uint32_t *answers, uint32_t answer_count)
{
    uint32_t page = index_of(master, item), picks[SOTTO_EVAL_DEPTH], found = 0;
    sotto_context context = {.page_items = &page, .page_item_count = page != SOTTO_NO_ITEM};
    sotto_answer answer = {0};
    double begun_s = sotto_eval_thread_s();
    sotto_status status = sotto_decide(master->bundle, NULL, &context, slot, master->scratch,
                                       master->scratch_size, &answer);
    master->seconds += sotto_eval_thread_s() - begun_s;
    for (uint32_t i = 0; status == SOTTO_OK && i < answer.count && found < SOTTO_EVAL_DEPTH; i++) {
        picks[found++] = answer.picks[i].item;
    }
    sotto_eval_master_mark(master, picks, found, page, answers, answer_count);
}
