/*
 * sotto_ranker.h - the public interface of the ranker; sotto.h includes it
 *
 * What a page asks when it has time: the next items for a session, the next basket of a shopper,
 * which kind of shopper this is, and the shelf that its next first decision is answered from.
 */
#ifndef SOTTO_RANKER_H
#define SOTTO_RANKER_H

#include "sotto.h"

/*
 * Ranker - what ranks like a server: vectors, session encoder, re-ranker, clusters, next basket
 *
 * memory    A view into the part's bytes, of sotto_ranker_size() bytes aligned to 8.
 * lifetime  The ranker and its bytes must stay in place, unchanged, for as long as the bundle has it.
 * trust     The bytes may be hostile. Opening checks once, so that asking never has to.
 * threads   Read-only once open; share it freely, each thread with its own scratch.
 *
 * sotto_decide never asks it: a page's first decision has only the model. sotto_rank_next does, and
 * sotto_shelve leaves what it finds on the shelf, where the next decision takes it up.
 */
typedef struct sotto_ranker sotto_ranker;     /* complete in model/ranker.h */
SOTTO_API size_t sotto_ranker_size(void);

/*
 * Opens the ranker that belongs to the bundle's model and gives it to the bundle, in place of an
 * older one. The bytes are a ranker part, or the model file of a trainer, which holds the same
 * sections. SOTTO_MISMATCH if it was made for another model. On failure `bundle` stays as it was.
 */
SOTTO_API sotto_status sotto_ranker_open(sotto_ranker *ranker, sotto_bundle *bundle,
                                         const void *bytes, size_t size, sotto_fault *fault);

/* A kind of shopper that training found, and what is typical of it. */
typedef struct sotto_cluster {
    uint32_t share;                /* of all shoppers, Q16 */
    uint32_t buying, returning;    /* of what they do, Q16: purchases; items seen before */
    uint32_t item_count;
    uint32_t items[16];            /* that these look at more than others, the most telling first */
} sotto_cluster;

/*
 * The kind of this shopper, by number: SOTTO_NONE without a ranker that knows any, or for somebody
 * who did too little. How many kinds there are; and what is typical of one, number < count.
 */
SOTTO_API uint32_t sotto_cluster_of(const sotto_bundle *bundle, const sotto_profile *profile);
SOTTO_API uint32_t sotto_cluster_count(const sotto_bundle *bundle);
SOTTO_API sotto_cluster sotto_cluster_get(const sotto_bundle *bundle, uint32_t number);

/*
 * The ranking alone, for evaluation and for callers with a session of their own: the best `count`
 * items for a list of item indexes, the latest first, all as views; by the ranker if the bundle has
 * one, else by the links. Fills what these do not reach from the popular list. Scratch of
 * sotto_rank_scratch_size() bytes, aligned to 8; without a ranker sotto_decision_scratch_size() are
 * enough. Returns how many were written.
 */
SOTTO_API size_t sotto_rank_scratch_size(void);
SOTTO_API uint32_t sotto_rank_next(const sotto_bundle *bundle, const uint32_t *session,
                                   uint32_t session_count, uint32_t count, void *scratch,
                                   size_t scratch_size, uint32_t *items);

/* What a shopper bought, basket by basket. */
typedef struct sotto_past_baskets {
    const uint32_t *items;         /* item indexes of the model, each once in a basket */
    const uint32_t *starts;        /* count + 1 positions in `items`; the latest basket first */
    const uint32_t *times_s;       /* when each was bought; NULL if that is not known */
    uint32_t        count;
    uint32_t        now_s;         /* if there are times */
} sotto_past_baskets;

/*
 * The next basket: the best `count` items for a shopper with these baskets behind them, by what the
 * ranker knows of buying again. Without such sections it finds nothing. Scratch as above. Returns how
 * many were written.
 */
SOTTO_API uint32_t sotto_rank_basket(const sotto_bundle *bundle, const sotto_past_baskets *past,
                                     uint32_t count, void *scratch, size_t scratch_size,
                                     uint32_t *items);

/*
 * Shelf - what the ranker found for a shopper, kept for the next page (FORMAT.md section 8)
 *
 * memory    One flat block of SOTTO_SHELF_SIZE bytes that the caller lends, aligned to 8. Scratch of
 *           sotto_rank_scratch_size() bytes, aligned to 8.
 *
 * Ranks for the shopper as of now and writes the shelf: for-you and buy-again with their reasons,
 * and the shopper's cluster. `sequence` is the manifest's. SOTTO_NO_ROOM if the scratch is too
 * small; without a ranker, or for a shopper nothing is known of, the shelf is empty but fresh.
 */
#define SOTTO_SHELF_SIZE 2336u

typedef struct sotto_shelf sotto_shelf;       /* complete in profile/shelf.h */
SOTTO_API sotto_status sotto_shelve(const sotto_bundle *bundle, const sotto_profile *profile,
                                    uint32_t now_s, uint64_t sequence, void *scratch,
                                    size_t scratch_size, sotto_shelf *shelf);

#endif
