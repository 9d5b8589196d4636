/*
 * vectors.c - items as points, and blocks of them
 *
 * How many bits an item gets follows from how popular it is, and that is known already, so nothing
 * is stored for it. Items of one class lie together, in their order, as one matrix:
 *
 *     item       0  1  2  3  4  5  6 ...       class 0    rows of items 0 3 4 ...
 *     POPU     210  3 40 99 95 12 38 ...       class 1    rows of items 2 6 ...
 *     class      0  2  1  0  0  2  1 ...       class 2    rows of items 1 5 ...
 *
 * A scan is then a walk over a few matrices without a decision in it. The row of one item is found
 * by counting those of its class before it: for every 64th item the count is stored, the rest is
 * counted. One class needs no counts at all, and of several the last follows from the others.
 */
#include "model/vectors.h"

enum {
    HEAD_CLASS_SIZE = 8,
    GROUP = 1 << SOTTO_VECTOR_GROUP_BITS,
    LIMIT = 2097088,               /* of a coordinate in Q20, so that it fits in i16 in Q14 */
    TO_Q14 = SOTTO_VECTOR_STEP_BITS - 14
};

static uint32_t class_of(const sotto_vectors *vectors, uint32_t popularity)
{
    uint32_t class = 0;
    while (popularity < vectors->classes[class].least) {
        class++;
    }
    return class;
}

uint32_t sotto_vectors_class(const sotto_vectors *vectors, uint32_t item)
{
    return class_of(vectors, vectors->popularity[item]);
}

/* The classes, from the most popular down; the last one takes all that are left. */
static void open_classes(sotto_vectors *vectors, sotto_reader *reader)
{
    uint32_t most = UINT8_MAX;
    for (uint32_t i = 0; i < vectors->class_count; i++) {
        sotto_vector_class_rows *class = &vectors->classes[i];
        bool last = i + 1 == vectors->class_count;
        class->least = sotto_reader_number(reader, 1, last ? 0 : 1, last ? 0 : most);
        most = class->least - 1;
        class->bits = sotto_reader_number(reader, 1, 0, SOTTO_VECTOR_MAX_BITS);
        sotto_reader_number(reader, 2, 0, 0);
        uint32_t largest = (1u << class->bits) - 1;
        class->step = sotto_reader_number(reader, 4, 0, largest == 0 ? 0 : LIMIT / largest);
        class->row_size = class->bits * vectors->dimensions / 8;
    }
}

/* Counts the items of each class and holds the stored counts to it. */
static void open_ranks(sotto_vectors *vectors, sotto_reader *reader)
{
    uint32_t stored = vectors->class_count - 1;
    uint32_t group_count = (vectors->item_count + GROUP - 1) / GROUP;
    uint32_t start = reader->at;
    const uint8_t *ranks = sotto_reader_take(reader, 4 * stored * group_count);
    if (ranks == NULL) {
        return;
    }
    vectors->ranks = ranks;
    for (uint32_t item = 0; item < vectors->item_count; item++) {
        for (uint32_t i = 0; item % GROUP == 0 && i < stored; i++, ranks += 4) {
            if (sotto_load_u32(ranks) != vectors->classes[i].row_count) {
                sotto_reader_refuse(reader, SOTTO_INVALID,
                                    start + (uint32_t)(ranks - vectors->ranks), "wrong rank");
                return;
            }
        }
        vectors->classes[sotto_vectors_class(vectors, item)].row_count++;
    }
}

void sotto_vectors_open(sotto_vectors *vectors, sotto_reader *reader, uint32_t item_count,
                        const uint8_t *popularity)
{
    uint32_t at = reader->at;
    uint32_t dimensions = sotto_reader_number(reader, 2, 16, SOTTO_VECTOR_MAX_DIMENSIONS);
    if (dimensions % 16 != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, at, "value out of range");
    }
    vectors->dimensions = dimensions;
    vectors->class_count = sotto_reader_number(reader, 1, 1, SOTTO_VECTOR_CLASSES);
    sotto_reader_number(reader, 1, 0, 0);
    vectors->item_count = sotto_reader_number(reader, 4, item_count, item_count);
    vectors->popularity = popularity;
    open_classes(vectors, reader);
    if (reader->status == SOTTO_OK) {
        open_ranks(vectors, reader);
    }
    for (uint32_t i = 0; i < vectors->class_count; i++) {
        sotto_vector_class_rows *class = &vectors->classes[i];
        uint64_t size = (uint64_t)class->row_count * class->row_size;
        class->rows = sotto_reader_take(reader, size > UINT32_MAX ? UINT32_MAX : (uint32_t)size);
    }
    sotto_reader_finish(reader);
}

void sotto_vector_blocks_open(sotto_vectors *vectors, sotto_reader *reader)
{
    uint32_t block_bits = sotto_reader_number(reader, 1, SOTTO_VECTOR_GROUP_BITS, 16);
    sotto_reader_number(reader, 1, 0, 0);
    vectors->visit_count = sotto_reader_number(reader, 2, 0, SOTTO_VECTOR_MAX_VISITS);
    vectors->centroid_step = sotto_reader_number(reader, 4, 0, LIMIT / -INT8_MIN);
    vectors->block_bits = block_bits;
    vectors->block_count = (vectors->item_count + (1u << block_bits) - 1) >> block_bits;
    vectors->centroids = (const int8_t *)sotto_reader_take(
        reader, vectors->block_count * vectors->dimensions);
    sotto_reader_finish(reader);
}

/* What is stored of a class for a group of 64 items: how many of it came before. */
static uint32_t rank_of_group(const sotto_vectors *vectors, uint32_t class, uint32_t group)
{
    uint32_t stored = vectors->class_count - 1;
    const uint8_t *ranks = vectors->ranks + 4 * (size_t)stored * group;
    if (class < stored) {
        return sotto_load_u32(ranks + 4 * class);
    }
    uint32_t rank = group * GROUP;
    for (uint32_t i = 0; i < stored; i++) {
        rank -= sotto_load_u32(ranks + 4 * i);
    }
    return rank;
}

uint32_t sotto_vectors_rank(const sotto_vectors *vectors, uint32_t class, uint32_t item)
{
    if (item == vectors->item_count) {
        return vectors->classes[class].row_count;
    }
    uint32_t group = item >> SOTTO_VECTOR_GROUP_BITS;
    uint32_t rank = rank_of_group(vectors, class, group);
    uint32_t least = vectors->classes[class].least;
    uint32_t most = class == 0 ? UINT8_MAX : vectors->classes[class - 1].least - 1;
    for (uint32_t i = group * GROUP; i < item; i++) {
        rank += vectors->popularity[i] - least <= most - least;
    }
    return rank;
}

sotto_vector_place sotto_vectors_place(const sotto_vectors *vectors, uint32_t item)
{
    uint32_t class = sotto_vectors_class(vectors, item);
    return (sotto_vector_place){class, sotto_vectors_rank(vectors, class, item)};
}

uint32_t sotto_vectors_item(const sotto_vectors *vectors, uint32_t class, uint32_t row)
{
    uint32_t first = 0;            /* the last group that begins at this row or before */
    uint32_t end = (vectors->item_count + GROUP - 1) / GROUP;
    while (end - first > 1) {
        uint32_t middle = (first + end) / 2;
        if (rank_of_group(vectors, class, middle) <= row) {
            first = middle;
        } else {
            end = middle;
        }
    }
    uint32_t item = first * GROUP;
    uint32_t left = row - rank_of_group(vectors, class, first);
    while (sotto_vectors_class(vectors, item) != class || left-- > 0) {
        item++;
    }
    return item;
}

/* The codes of a plane of 2 or 4 bits, byte by byte, times `factor` and less `less`. */
static void unpack_wide(int16_t *numbers, uint32_t dimensions, uint32_t width, int16_t factor,
                        int16_t less, const uint8_t *plane)
{
    uint32_t bytes = width * dimensions / 8;
    uint32_t mask = (1u << width) - 1;
    for (uint32_t shift = 0; shift < 8; shift += width, numbers += bytes) {
        for (uint32_t byte = 0; byte < bytes; byte++) {
            numbers[byte] = (int16_t)((int16_t)(plane[byte] >> shift & mask) * factor - less);
        }
    }
}

/* A row's numbers: 2 code - most, coordinate by coordinate. */
static void unpack(int16_t *numbers, uint32_t dimensions, uint32_t bits, const uint8_t *row)
{
    int16_t most = (int16_t)((1 << bits) - 1);
    if (bits % 2 == 0) {
        unpack_wide(numbers, dimensions, bits, 2, most, row);
        return;
    }
    if (bits == 3) {
        unpack_wide(numbers, dimensions, 2, 4, most, row);
        row += dimensions / 4;
    }
    for (uint32_t i = 0; i < dimensions; i++) {
        int32_t low = bits == 3 ? numbers[i] : -most;
        numbers[i] = (int16_t)(low + 2 * (row[i / 8] >> (i % 8) & 1));
    }
}

uint32_t sotto_vectors_numbers(const sotto_vectors *vectors, uint32_t item, int16_t *numbers)
{
    uint32_t dimensions = vectors->dimensions;
    uint32_t class = item < vectors->item_count ? sotto_vectors_class(vectors, item) : 0;
    const sotto_vector_class_rows *rows = &vectors->classes[class];
    if (item < vectors->item_count && rows->bits > 0) {
        uint32_t row = sotto_vectors_rank(vectors, class, item);
        unpack(numbers, dimensions, rows->bits, rows->rows + (size_t)row * rows->row_size);
        return rows->step;
    }
    if (item >= vectors->item_count || vectors->block_count == 0) {
        memset(numbers, 0, dimensions * sizeof *numbers);
        return 0;
    }
    const int8_t *centroid = vectors->centroids
                           + (size_t)(item >> vectors->block_bits) * dimensions;
    for (uint32_t i = 0; i < dimensions; i++) {
        numbers[i] = centroid[i];
    }
    return vectors->centroid_step;
}

void sotto_vectors_get(const sotto_vectors *vectors, uint32_t item, int16_t *vector)
{
    int32_t step = (int32_t)sotto_vectors_numbers(vectors, item, vector);
    for (uint32_t i = 0; i < vectors->dimensions; i++) {
        vector[i] = (int16_t)((vector[i] * step + (1 << (TO_Q14 - 1))) >> TO_Q14);
    }
}
