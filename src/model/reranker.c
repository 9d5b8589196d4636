/*
 * reranker.c - opening the network that orders candidates
 *
 * The network is asked for some two hundred candidates a decision, by sums of products that fit in
 * 32 bits. That they fit is checked here, once: an input is at most 16,383, a hidden value at most
 * 32,767, so it is enough to add up the weights of each row.
 */
#include "model/reranker.h"

enum {
    ROW_LIMIT = 98303,             /* of the weights of a row; the bias fits on top */
    HIDDEN_LIMIT = 32767,
    LARGEST_BIAS = 1 << 20,
    LARGEST_FACTOR = 1 << 26,
    SHIFT_LIMIT = 15
};

void sotto_recency_open(sotto_recency *recency, sotto_reader *reader, uint32_t item_count)
{
    const uint8_t *offsets = sotto_reader_take(reader, sizeof recency->offsets);
    for (uint32_t i = 0; offsets != NULL && i < SOTTO_ARRAY_COUNT(recency->offsets); i++) {
        recency->offsets[i] = (int16_t)sotto_load_u16(offsets + 2 * i);
    }
    recency->codes = sotto_reader_take(reader, (item_count + 1) / 2);
    sotto_reader_finish(reader);
}

void sotto_reranker_init(sotto_reranker *reranker)
{
    *reranker = (sotto_reranker){.vector_count = 110, .table_count = 60, .session_count = 12};
}

static void read_features(sotto_reranker *reranker, sotto_reader *reader, uint32_t known)
{
    uint32_t count = reranker->feature_count;
    uint32_t least = 0;
    reranker->features = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < count; i++) {
        least = sotto_reader_number(reader, 1, least, known - 1) + 1;
    }
    sotto_reader_zeros(reader, reranker->feature_room - count);
    reranker->scaling = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < count; i++) {
        sotto_reader_u32(reader);
        sotto_reader_number(reader, 4, 0, LARGEST_FACTOR);
    }
}

static void read_bias(sotto_reranker *reranker, sotto_reader *reader)
{
    reranker->bias = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < reranker->hidden_count; i++) {
        int32_t value = (int32_t)sotto_reader_u32(reader);
        if (value < -LARGEST_BIAS || value > LARGEST_BIAS) {
            sotto_reader_refuse(reader, SOTTO_INVALID, reader->at - 4, "value out of range");
        }
    }
}

/* A row of weights and the zeros behind them. `*sum` becomes the sum of their sizes. */
static const uint8_t *read_row(sotto_reader *reader, uint32_t count, uint32_t room, uint32_t *sum)
{
    const uint8_t *row = sotto_reader_take(reader, 2 * count);
    *sum = 0;
    for (uint32_t i = 0; row != NULL && i < count; i++) {
        int32_t weight = (int16_t)sotto_load_u16(row + 2 * i);
        *sum += (uint32_t)(weight < 0 ? -weight : weight);
    }
    sotto_reader_zeros(reader, 2 * (room - count));
    return row;
}

void sotto_reranker_open_counts(sotto_reranker *reranker, sotto_reader *reader)
{
    reranker->vector_count = sotto_reader_number(reader, 2, 0, SOTTO_RANK_MAX_LISTED);
    reranker->table_count = sotto_reader_number(reader, 2, 0, SOTTO_RANK_MAX_LISTED);
    reranker->session_count = sotto_reader_number(reader, 1, 0, 20);
}

void sotto_reranker_open(sotto_reranker *reranker, sotto_reader *reader, uint32_t known)
{
    sotto_reranker_open_counts(reranker, reader);
    uint32_t count = sotto_reader_number(reader, 1, 1, SOTTO_RANK_MAX_FEATURES);
    uint32_t hidden = sotto_reader_number(reader, 1, 0, SOTTO_RANK_MAX_HIDDEN);
    if (hidden % 4 != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at - 1, "value out of range");
    }
    reranker->feature_count = count;
    reranker->feature_room = (count + 7) & ~7u;
    reranker->hidden_count = hidden;
    reranker->hidden_room = (hidden + 7) & ~7u;
    reranker->shift_1 = sotto_reader_number(reader, 1, 0, SHIFT_LIMIT);
    reranker->shift_2 = sotto_reader_number(reader, 1, 0, SHIFT_LIMIT);
    uint32_t reserved_at = reader->at;
    const uint8_t *reserved = sotto_reader_take(reader, 3);
    if (reserved != NULL && (reserved[0] | reserved[1] | reserved[2]) != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reserved_at, "value out of range");
    }
    read_features(reranker, reader, known);
    read_bias(reranker, reader);

    uint32_t sum = 0;
    reranker->weights_1 = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < hidden; i++) {
        uint32_t at = reader->at;
        read_row(reader, count, reranker->feature_room, &sum);
        if (sum > ROW_LIMIT) {
            sotto_reader_refuse(reader, SOTTO_INVALID, at, "weights too large");
        }
    }
    uint32_t at = reader->at;
    reranker->weights_2 = read_row(reader, hidden, reranker->hidden_room, &sum);
    uint64_t most = (uint64_t)sum * HIDDEN_LIMIT;
    reranker->skip = read_row(reader, count, reranker->feature_room, &sum);
    most += (uint64_t)sum * SOTTO_RANK_SCALED_MAX;
    if (most > INT32_MAX) {
        sotto_reader_refuse(reader, SOTTO_INVALID, at, "weights too large");
    }
    sotto_reader_finish(reader);
}
