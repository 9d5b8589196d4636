/*
 * rehearse.c - the core's ranking, asked of links that are not packed yet
 *
 * Only the rank of the right answer is wanted, so nothing is sorted: add up the scores, look at the
 * right one, count those above it. An answer that no link and no repeat reaches counts as missed,
 * although the core would go on with popular items; that errs on the safe side.
 */
#include "train/rehearse.h"

#include <stdlib.h>
#include <string.h>

typedef struct rehearsal {
    const sotto_links           *links;
    const uint32_t              *weights;
    const sotto_ranking_weights *ranking;
    const sotto_exam            *exam;
    uint64_t                    *scores; /* by item; 0 = not a candidate */
    uint32_t                    *touched;
    uint32_t                     touched_count;
} rehearsal;

uint64_t sotto_exam_size(const sotto_sequences *sessions, uint32_t first, uint32_t last)
{
    uint64_t questions = 0;
    for (uint32_t i = first; i < last; i++) {
        size_t size = sessions->starts[i + 1] - sessions->starts[i];
        questions += size > 1 ? size - 1 : 0;
    }
    return questions;
}

void sotto_exam_mark(const sotto_exam *exam, uint8_t *asked)
{
    uint64_t question = 0;
    for (uint32_t i = exam->first; i < exam->last; i++) {
        const uint32_t *items = exam->sessions->items + exam->sessions->starts[i];
        size_t size = exam->sessions->starts[i + 1] - exam->sessions->starts[i];
        for (size_t at = 1; at < size; at++) {
            bool asks = question++ % exam->every == 0;
            for (size_t k = 0; asks && k < SOTTO_HISTORY_COUNT && k < at; k++) {
                asked[items[at - 1 - k]] = 1;
            }
        }
    }
}

bool sotto_rehearse_weights(const sotto_links *links, const sotto_codes *codes, uint32_t **weights)
{
    *weights = malloc(((size_t)links->item_count * links->max_links + 1) * sizeof **weights);
    if (*weights == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < links->item_count; i++) {
        sotto_row_weights(codes, links, i, true, *weights + (size_t)i * links->max_links);
    }
    return true;
}

static void raise_score(rehearsal *stage, uint32_t item, uint64_t points)
{
    if (points == 0) {
        return;
    }
    if (stage->scores[item] == 0) {
        stage->touched[stage->touched_count++] = item;
    }
    stage->scores[item] += points;
}

/* Scores everything that the events before `at` lead to. */
static void score(rehearsal *stage, const uint32_t *items, size_t at)
{
    stage->touched_count = 0;
    for (size_t k = 0; k < SOTTO_HISTORY_COUNT && k < at; k++) {
        uint32_t item = items[at - 1 - k];
        const sotto_weighted *row = sotto_links_row(stage->links, item);
        const uint32_t *weights = stage->weights + (size_t)item * stage->links->max_links;
        uint64_t position = stage->ranking->position[k];
        for (uint32_t m = 0; m < stage->links->counts[item]; m++) {
            raise_score(stage, row[m].item, position * weights[m] >> 16);
        }
        bool repeated = false;
        for (size_t later = 0; later < k && !repeated; later++) {
            repeated = items[at - 1 - later] == item;
        }
        raise_score(stage, item, repeated ? 0 : stage->ranking->repeat[k]);
    }
}

/* The rank of the right item among all candidates, 0 if it is none; clears the scores. */
static uint32_t rank_of(rehearsal *stage, uint32_t right)
{
    const sotto_exam *exam = stage->exam;
    uint64_t prior = stage->ranking->popularity;
    uint64_t right_score = stage->scores[right] + prior * exam->popularity[right];
    uint32_t rank = stage->scores[right] == 0 ? 0 : 1;
    for (uint32_t i = 0; i < stage->touched_count; i++) {
        uint32_t item = stage->touched[i];
        if (rank > 0) {
            uint64_t other = stage->scores[item] + prior * exam->popularity[item];
            bool above = other > right_score
                         || (other == right_score && exam->hashes[item] < exam->hashes[right]);
            rank += above ? 1 : 0;
        }
    }
    for (uint32_t i = 0; i < stage->touched_count; i++) {
        stage->scores[stage->touched[i]] = 0;
    }
    return rank;
}

bool sotto_rehearse(const sotto_links *links, const uint32_t *weights,
                    const sotto_ranking_weights *ranking, const sotto_exam *exam,
                    sotto_metrics *metrics)
{
    size_t n = links->item_count;
    rehearsal stage = {links, weights, ranking, exam, calloc(n + 1, sizeof(uint64_t)),
                   calloc(n + 1, sizeof(uint32_t)), 0};
    bool good = stage.scores != NULL && stage.touched != NULL;
    uint64_t question = 0;
    memset(metrics, 0, sizeof *metrics);
    for (uint32_t i = exam->first; good && i < exam->last; i++) {
        const uint32_t *items = exam->sessions->items + exam->sessions->starts[i];
        size_t size = exam->sessions->starts[i + 1] - exam->sessions->starts[i];
        for (size_t at = 1; at < size; at++) {
            if (question++ % exam->every == 0) {
                score(&stage, items, at);
                sotto_metrics_add(metrics, rank_of(&stage, items[at]));
            }
        }
    }
    free(stage.scores);
    free(stage.touched);
    return good;
}
