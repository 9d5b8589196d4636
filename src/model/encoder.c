/*
 * encoder.c - opening the session encoder
 */
#include "model/encoder.h"

enum { LARGEST_Q16 = 64 * 65536, LARGEST_SCALE = 1 << 24 };

/* A number of four bytes from -LARGEST_Q16 to LARGEST_Q16. */
static int32_t read_signed(sotto_reader *reader)
{
    uint32_t at = reader->at;
    int32_t value = (int32_t)sotto_reader_u32(reader);
    if (value < -LARGEST_Q16 || value > LARGEST_Q16) {
        sotto_reader_refuse(reader, SOTTO_INVALID, at, "value out of range");
    }
    return value;
}

static const uint8_t *read_scales(sotto_reader *reader, uint32_t count)
{
    const uint8_t *first = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        sotto_reader_number(reader, 4, 0, LARGEST_SCALE);
    }
    return first;
}

void sotto_encoder_open(sotto_encoder *encoder, sotto_reader *reader,
                        const sotto_vectors *vectors)
{
    uint32_t dimensions = vectors->dimensions;
    sotto_reader_number(reader, 2, dimensions, dimensions);
    encoder->history_count = sotto_reader_number(reader, 1, 1, SOTTO_ENCODER_MAX_HISTORY);
    encoder->depth_count = sotto_reader_number(reader, 1, 1, SOTTO_ENCODER_MAX_DEPTH);
    uint32_t hidden = sotto_reader_number(reader, 2, 0, SOTTO_ENCODER_MAX_HIDDEN);
    if (hidden % 8 != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at - 2, "value out of range");
    }
    encoder->hidden_count = hidden;
    sotto_reader_number(reader, 2, 0, 0);
    encoder->affinity = read_signed(reader);
    for (uint32_t i = 0; i < encoder->history_count; i++) {
        encoder->position[i] = read_signed(reader);
    }
    encoder->depth = sotto_reader_take(reader, 2 * encoder->depth_count * dimensions);
    encoder->scale_1 = read_scales(reader, hidden);
    encoder->bias = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < hidden; i++) {
        read_signed(reader);
    }
    encoder->scale_2 = read_scales(reader, hidden == 0 ? 0 : dimensions);
    encoder->weights_1 = (const int8_t *)sotto_reader_take(reader, hidden * 2 * dimensions);
    encoder->weights_2 = (const int8_t *)sotto_reader_take(reader, dimensions * hidden);
    sotto_reader_finish(reader);
}
