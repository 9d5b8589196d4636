/*
 * statistics_rows.c - rows of sums, written and read
 *
 * A row says how far it is from the last one, so most keys take a byte or two. Reading may put a
 * row in other terms on the way: items renumbered, slices and cells of time made coarser and
 * counted from elsewhere. All of that keeps the order of rows, so what is read can be merged as it
 * comes.
 */
#include "train/statistics_sums.h"

#include <string.h>

/*
 * Columns: 0 how far the key is from the last one, in three varints (relation; low; high);
 * 1 how many sums, less one; 2 buckets, each less the one before; 3 sums; 4 how many shoppers, and
 * their hashes where that is less than K.
 */
enum { KEYS, COUNTS, BUCKETS, SUMS, SHOPPERS };

void sotto_sum_writer_begin(sotto_sum_writer *writer, FILE *file, uint32_t support)
{
    sotto_blocks_begin(&writer->blocks, file, SOTTO_SUM_COLUMNS);
    writer->last_key = 0;
    writer->support = support;
}

static void put_key(sotto_sum_writer *writer, uint64_t key)
{
    uint64_t last = writer->last_key;
    uint32_t relation = (uint32_t)(key >> 48) - (uint32_t)(last >> 48);
    uint32_t low = sotto_sum_low(key) - (relation == 0 ? sotto_sum_low(last) : 0);
    bool same_low = relation == 0 && low == 0;
    uint32_t high = sotto_sum_high(key) - (same_low ? sotto_sum_high(last) : 0);
    /* Most rows go on with the same item: one number for "how far" and "is it another item?" */
    sotto_blocks_varint(&writer->blocks, KEYS, (uint64_t)high << 1 | (same_low ? 0 : 1));
    if (!same_low) {
        sotto_blocks_varint(&writer->blocks, KEYS, (uint64_t)low << 3 | relation);
    }
    writer->last_key = key;
}

bool sotto_sum_writer_put(void *context, const sotto_sum_row *row, sotto_train_fault *fault)
{
    sotto_sum_writer *writer = context;
    sotto_block_writer *blocks = &writer->blocks;
    uint32_t bucket = 0;
    put_key(writer, row->key);
    sotto_blocks_varint(blocks, COUNTS, row->count - 1);
    for (uint32_t i = 0; i < row->count; i++) {
        sotto_blocks_varint(blocks, BUCKETS, row->buckets[i] - bucket);
        bucket = row->buckets[i];
        sotto_blocks_varint(blocks, SUMS, row->sums[i]);
    }
    if (sotto_sum_has_support(row->key)) {
        sotto_blocks_varint(blocks, SHOPPERS, row->shopper_count);
        for (uint32_t i = 0; row->shopper_count < writer->support && i < row->shopper_count; i++) {
            uint8_t bytes[2] = {(uint8_t)row->shoppers[i], (uint8_t)(row->shoppers[i] >> 8)};
            sotto_blocks_raw(blocks, SHOPPERS, bytes, sizeof bytes);
        }
    }
    sotto_blocks_row(blocks);
    if (blocks->failed) {
        return sotto_fault_set(fault, "the sums cannot be written: disk full?");
    }
    /* Reading begins a block without knowing what came before it. */
    writer->last_key = blocks->columns[KEYS].size == 0 ? 0 : row->key;
    return true;
}

void sotto_sum_reader_open(sotto_sum_reader *reader, const char *name, int file, uint64_t offset,
                           uint32_t support, const sotto_sum_map *map, sotto_train_fault *fault)
{
    memset(reader, 0, offsetof(sotto_sum_reader, row));
    sotto_blocks_read_at(&reader->blocks, name, file, offset, SOTTO_SUM_COLUMNS, fault);
    reader->support = support;
    if (map != NULL) {
        reader->map = *map;
    }
    reader->map.support = map == NULL ? support : map->support;
}

void sotto_sum_reader_close(sotto_sum_reader *reader)
{
    sotto_blocks_close(&reader->blocks);
}

/* The next key; `last` is 0 at the start of a block. */
static bool take_key(sotto_sum_reader *reader, uint64_t last, uint64_t *key)
{
    uint64_t high, low;
    if (!sotto_blocks_take(&reader->blocks, KEYS, &high)) {
        return false;
    }
    uint64_t relation = last >> 48, row = sotto_sum_low(last), column = sotto_sum_high(last);
    if ((high & 1) != 0) {
        if (!sotto_blocks_take(&reader->blocks, KEYS, &low)) {
            return false;
        }
        relation += low & 7;
        row = (low & 7) != 0 ? low >> 3 : row + (low >> 3);
        column = high >> 1;
    } else {
        column += high >> 1;
    }
    if (relation >= SOTTO_SUM_RELATIONS || row > 0xffffff || column > 0xffffff) {
        return sotto_blocks_bad(&reader->blocks, "a sum has a key that is none");
    }
    *key = relation << 48 | row << 24 | column;
    return true;
}

static bool take_sums(sotto_sum_reader *reader)
{
    sotto_sum_row *row = &reader->row;
    uint64_t count, step, bucket = 0;
    if (!sotto_blocks_take(&reader->blocks, COUNTS, &count)) {
        return false;
    }
    if (count >= SOTTO_SUM_BUCKETS) {
        return sotto_blocks_bad(&reader->blocks, "a row has more sums than buckets");
    }
    row->count = (uint32_t)count + 1;
    for (uint32_t i = 0; i < row->count; i++) {
        if (!sotto_blocks_take(&reader->blocks, BUCKETS, &step)
            || !sotto_blocks_take(&reader->blocks, SUMS, &row->sums[i])) {
            return false;
        }
        if (step >= SOTTO_SUM_BUCKETS || bucket + step >= SOTTO_SUM_BUCKETS
            || (step == 0 && i > 0) || row->sums[i] == 0) {
            return sotto_blocks_bad(&reader->blocks, "a row's sums are not in order");
        }
        bucket += step;
        row->buckets[i] = (uint16_t)bucket;
    }
    return true;
}

static bool take_shoppers(sotto_sum_reader *reader)
{
    sotto_sum_row *row = &reader->row;
    uint64_t count;
    const uint8_t *bytes;
    row->shopper_count = 0;
    if (!sotto_sum_has_support(row->key)) {
        return true;
    }
    if (!sotto_blocks_take(&reader->blocks, SHOPPERS, &count)) {
        return false;
    }
    if (count == 0 || count > reader->support) {
        return sotto_blocks_bad(&reader->blocks, "a pair has no shoppers, or too many");
    }
    row->shopper_count = (uint32_t)count;
    for (uint32_t i = 0; count < reader->support && i < count; i++) {
        if (!sotto_blocks_take_raw(&reader->blocks, SHOPPERS, &bytes, 2)) {
            return false;
        }
        row->shoppers[i] = (uint16_t)(bytes[0] | bytes[1] << 8);
        if (i > 0 && row->shoppers[i] <= row->shoppers[i - 1]) {
            return sotto_blocks_bad(&reader->blocks, "a pair's shoppers are not in order");
        }
    }
    if (row->shopper_count > reader->map.support) {
        row->shopper_count = reader->map.support;
    }
    return true;
}

/* Where a slice or cell goes. */
#define MOVED(way, number)                                                                         \
    ((int64_t)(((uint64_t)(number) + (way).first) >> (way).shift) + (way).offset)

/* Puts the row's items and times in terms of the result. */
static bool map_row(sotto_sum_reader *reader)
{
    const sotto_sum_map *map = &reader->map;
    sotto_sum_row *row = &reader->row;
    if (map->items == NULL) {
        return true;
    }
    sotto_sum_relation relation = sotto_sum_relation_of(row->key);
    bool by_cell = relation <= SOTTO_SUM_ITEMS;
    uint32_t low = sotto_sum_low(row->key), high = sotto_sum_high(row->key), count = 0;
    bool good_items = relation == SOTTO_SUM_TOTALS ? low == 0 && high < SOTTO_SUM_SERIES
                      : by_cell ? low < map->item_count && high < SOTTO_SUM_SERIES
                                : low < map->item_count && high < map->item_count
                                      && (low < high
                                          || (low == high && relation == SOTTO_SUM_BOUGHT));
    if (!good_items) {
        return sotto_blocks_bad(&reader->blocks, "a sum is of items that are not there");
    }
    for (uint32_t i = 0; i < row->count; i++) {
        uint32_t mask = by_cell ? SOTTO_SUM_CELLS - 1 : SOTTO_SUM_SLICES - 1;
        int64_t moved = by_cell ? MOVED(map->cells, row->buckets[i] & mask)
                                : MOVED(map->slices, row->buckets[i] & mask);
        uint32_t rest = row->buckets[i] & ~mask;
        if (moved < 0 || moved >= (by_cell ? map->cells.count : map->slices.count)
            || rest >= (by_cell ? 1 : 2 * SOTTO_SUM_TURNED)) {
            return sotto_blocks_bad(&reader->blocks, "a sum is of a time that is not covered");
        }
        uint16_t bucket = (uint16_t)(rest | (uint32_t)moved);
        if (count > 0 && row->buckets[count - 1] == bucket) {
            uint64_t sum = row->sums[count - 1];
            row->sums[count - 1] = sum > UINT64_MAX - row->sums[i] ? UINT64_MAX
                                                                   : sum + row->sums[i];
        } else {
            row->buckets[count] = bucket;
            row->sums[count++] = row->sums[i];
        }
    }
    row->count = count;
    if (relation != SOTTO_SUM_TOTALS) {
        row->key = sotto_sum_row_key(relation, map->items[low], by_cell ? high : map->items[high]);
    }
    return true;
}

bool sotto_sum_reader_next(sotto_sum_reader *reader)
{
    uint64_t last = reader->last_key, key = 0;
    bool first = !reader->has_row;
    while (!reader->in_block || sotto_blocks_done(&reader->blocks)) {
        if (!sotto_blocks_next(&reader->blocks, &reader->in_block)) {
            return false;
        }
        if (!reader->in_block) {
            reader->has_row = false;
            return true;
        }
        last = 0;
    }
    if (!take_key(reader, last, &key)) {
        return false;
    }
    if (!first && key <= reader->last_key) {
        return sotto_blocks_bad(&reader->blocks, "sums are not in order");
    }
    reader->has_row = true;
    reader->last_key = reader->row.key = key;
    return take_sums(reader) && take_shoppers(reader) && map_row(reader);
}
