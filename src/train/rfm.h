/*
 * RFM - what "recently", "often" and "much" mean at this shop
 *
 * Recency, frequency and monetary value are the classic way to sort customers. Where one cell ends
 * and the next begins is no matter of taste: it is at the thirds of the shoppers who bought. What
 * becomes of it is the `rfmq` section of the trained model (FORMAT.md 5a.9), from which publishing
 * takes the thresholds into the campaigns. How long shoppers of this shop stay away between two
 * visits is learned with it: by that it is told who is at risk, or lost (EXPRESSIONS.md section 5).
 */
#ifndef SOTTO_TRAIN_RFM_H
#define SOTTO_TRAIN_RFM_H

#include "format/write.h"
#include "train/fault.h"
#include "train/statistics_visits.h"

/* Shoppers who bought, at least: thirds of fewer say nothing, and too much of each of them. */
#define SOTTO_RFM_LEAST_SHOPPERS 60u
/* Logs from which a rhythm is learned are at least so many pauses long. */
#define SOTTO_RFM_LEAST_PAUSES 12u

typedef struct sotto_rfm {
    uint32_t recency_s[2]; /* of cell 3, then 2: at most so long since the last order */
    uint32_t orders[2];    /* of cell 2, then 3: at least so many orders */
    uint64_t spent[2];     /* of cell 2, then 3: at least so much, in ten-thousandths of the
                              currency; 0, 0 where prices are not known */
    uint32_t rhythm_s;     /* the median pause between two visits of a shopper; 0: not known */
} sotto_rfm;

/*
 * The thresholds. `visits` are those of whole shoppers, by shopper and time; `prices` are by their
 * items, NaN for unknown; the logs begin at `first_s` and end at `last_s`. Zeros where there are too
 * few shoppers; false without memory.
 */
bool sotto_rfm_learn(const sotto_visits *visits, const double *prices, uint32_t first_s,
                     uint32_t last_s, sotto_rfm *rfm, sotto_train_fault *fault);

/* Adds the section to a list. */
bool sotto_rfm_section(const sotto_rfm *rfm, sotto_section_list *list, sotto_train_fault *fault);

/* Reads the section of a model that opened. False if it has none that makes sense. */
bool sotto_rfm_read(const uint8_t *model, sotto_rfm *rfm);

#endif
