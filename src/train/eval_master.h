/*
 * Eval master - asks the questions and marks the answers
 *
 * The trainer's own structures are gone by the time the first question is asked: there are the
 * bytes of the published parts, the core that opens them, and ids. An item the model does not know
 * is found by no question, which counts as a miss, and says nothing as part of a session.
 *
 * memory    The scores' and the shown items', and 8 bytes for each item.
 * lifetime  The bytes, ids and sessions it was opened with must live as long.
 */
#ifndef SOTTO_TRAIN_EVAL_MASTER_H
#define SOTTO_TRAIN_EVAL_MASTER_H

#include "format/write.h"
#include "train/eval_scores.h"
#include "train/eval_shown.h"
#include "train/intern.h"

typedef struct sotto_eval_master {
    sotto_bundle     *bundle;
    sotto_ranker     *ranker; /* the bundle's, if the model file holds one */
    void             *scratch;
    size_t            scratch_size;
    uint32_t         *indexes; /* by item of the material: its index in the bundle, or none */
    uint32_t         *numbers; /* by index: the item of the material, or none */
    sotto_eval_scores scores;
    sotto_eval_scores best_sellers; /* what the popular list alone would have got */
    sotto_eval_shown  shown;
    uint64_t          answered; /* questions that got at least one item */
    double            seconds;  /* of the processor, spent deciding */
    bool              out_of_memory;
} sotto_eval_master;

/*
 * Opens the published bytes; `catalogue` may be NULL. `items` are the ids of the material,
 * `sessions` what the model was trained on. To be closed in any case.
 */
bool sotto_eval_master_open(sotto_eval_master *master, const sotto_bytes *model,
                            const sotto_bytes *catalogue, const sotto_intern *items,
                            const sotto_sequences *sessions, sotto_train_fault *fault);
void sotto_eval_master_close(sotto_eval_master *master);

/* A session or basket begins: what is asked from here on succeeds or fails together. */
void sotto_eval_master_begin(sotto_eval_master *master);

/* Asks for what follows items[0 .. count), oldest first, of the material or SOTTO_NO_ITEM. */
void sotto_eval_master_ask_next(sotto_eval_master *master, const uint32_t *items, size_t count,
                                uint32_t answer);

/* Asks for a slot on the page of an item. `answers` are items of the material or SOTTO_NO_ITEM. */
void sotto_eval_master_ask_slot(sotto_eval_master *master, const sotto_slot *slot, uint32_t item,
                                const uint32_t *answers, uint32_t answer_count);

/*
 * Marks what was found by other means: indexes of the bundle, the best first. `page` is the index
 * of an item that could not have been shown, or SOTTO_NO_ITEM.
 */
void sotto_eval_master_mark(sotto_eval_master *master, const uint32_t *picks, uint32_t found,
                            uint32_t page, const uint32_t *answers, uint32_t answer_count);

#endif
