/*
 * links.c - decoding rows of links
 *
 * A row is a count and then, link by link, how far it is to the next target and how much the link
 * weighs:
 *
 *     count | first: k, low bits | weight | gap: k, low bits | weight | ...
 *
 * A number v is written as k = floor(log2(v + 1)), by a prefix code, and the k bits of v + 1 that
 * follow its leading one. Gaps tend to come in kinds, so the code for a gap depends on the k
 * before it. All of a link, 12 + 25 + 12 bits at most, fits in one window of 57 bits, so it is
 * one load and two or three lookups.
 *
 * Rows have no padding and only every 2^g-th has an offset: the rows before in the group are
 * decoded and forgotten. This is the inner loop of every decision; it takes some 10 ns a link on
 * a laptop-like core, rows passed over included.
 */
#include "model/bundle.h"

#include "base/fixed.h"
#include "format/bits.h"

/* Which of a table's codes is for what; the code for weights follows those for gaps. */
enum { COUNT_CODE = 0, FIRST_CODE = 1, GAP_CODES = 2 };

static void open_codes(sotto_link_table *table, sotto_reader *reader, uint32_t max_links,
                       uint32_t bucket_count, uint32_t weight_count)
{
    uint32_t weight_symbols = weight_count == 1 ? 0 : weight_count;
    uint32_t numbers = max_links + 1 + bucket_count * (bucket_count + 1) + weight_symbols;
    uint32_t offset = reader->at;
    const uint8_t *lengths = sotto_reader_take(reader, (numbers + 1) / 2);
    sotto_reader_align(reader);
    if (lengths == NULL) {
        return;
    }
    uint32_t from = 0;
    for (uint32_t code = 0; from < numbers; code++) {
        uint32_t symbol_count = code == COUNT_CODE ? max_links + 1
                              : code == GAP_CODES + bucket_count ? weight_symbols
                              : bucket_count;
        if (!sotto_prefix_code_fits(lengths, from, symbol_count)) {
            sotto_reader_refuse(reader, SOTTO_INVALID, offset, "over-full code");
        } else if (table != NULL) {
            sotto_prefix_code_build(&table->codes[code], lengths, from, symbol_count);
        }
        from += symbol_count;
    }
}

void sotto_links_open(sotto_link_table *table, sotto_reader *reader, uint32_t item_count)
{
    uint32_t max_links = sotto_reader_number(reader, 1, 1, SOTTO_MAX_LINKS);
    uint32_t group_bits = sotto_reader_number(reader, 1, 0, SOTTO_LINKS_MAX_GROUP_BITS);
    uint32_t bucket_count = sotto_reader_number(reader, 1, 1, SOTTO_LINKS_MAX_BUCKETS);
    uint32_t weight_count = sotto_reader_number(reader, 1, 1, SOTTO_LINKS_MAX_WEIGHTS);
    uint32_t flags = sotto_reader_number(reader, 1, 0, SOTTO_LINKS_NORMALISE);
    sotto_reader_zeros(reader, 3);
    sotto_reader_number(reader, 4, item_count, item_count);
    sotto_reader_u32(reader);
    uint32_t data_size = sotto_reader_u32(reader);
    const uint8_t *weights = sotto_reader_take(reader, 0);
    uint32_t last = UINT16_MAX;
    for (uint32_t i = 0; i < weight_count; i++) {
        last = sotto_reader_number(reader, 2, 1, last);
    }
    open_codes(table, reader, max_links, bucket_count, weight_count);
    uint32_t group_count = (item_count + (1u << group_bits) - 1) >> group_bits;
    uint32_t data_bits = sotto_u32_saturate((uint64_t)data_size * 8);
    const uint8_t *row_offsets = sotto_reader_ascending(reader, group_count, data_bits);
    const uint8_t *data = sotto_reader_take(reader, data_size);
    sotto_reader_finish(reader);
    if (table == NULL || reader->status != SOTTO_OK) {
        return;
    }
    table->row_offsets = row_offsets;
    table->data = data;
    table->data_size = data_size;
    table->row_count = item_count;
    table->group_bits = (uint8_t)group_bits;
    table->weight_code = weight_count == 1 ? 0 : (uint8_t)(GAP_CODES + bucket_count);
    table->normalise = flags != 0;
    for (uint32_t i = 0; i < weight_count; i++) {
        table->weights[i] = sotto_load_u16(weights + 2 * i);
    }
}

/* What decoding goes over: the rows of a group, one after the other. */
typedef struct row_reader {
    uint64_t position;             /* in bits */
    bool     broken;               /* a row ended early: where the next one starts is not known */
} row_reader;

/* Decodes the row at the reader's position. */
static uint32_t decode_row(const sotto_link_table *table, row_reader *reader, uint32_t row,
                           sotto_link *links, uint32_t room)
{
    const uint8_t *data = table->data;
    uint32_t size = table->data_size;
    uint64_t end = (uint64_t)size * 8;
    uint64_t position = reader->position;
    uint32_t read = sotto_prefix_code_read(&table->codes[COUNT_CODE],
                                           sotto_bits_peek(data, size, position));
    uint32_t count = read >> 4;
    position += read & 15;
    bool good = read != 0 && position <= end;
    reader->broken = !good;

    const sotto_prefix_code *code = &table->codes[FIRST_CODE];
    uint32_t weight_code = table->weight_code;
    uint32_t target = row;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t window = sotto_bits_peek(data, size, position);
        read = sotto_prefix_code_read(code, window);
        good = good && read != 0;
        uint32_t length = read & 15;
        uint32_t low_bits = read >> 4;
        uint32_t low = (uint32_t)(window << length >> 1 >> (63 - low_bits));
        uint32_t number = (1u << low_bits) + low - 1;
        code = &table->codes[GAP_CODES + low_bits];
        length += low_bits;
        uint32_t weight = 0;
        if (weight_code != 0) {
            read = sotto_prefix_code_read(&table->codes[weight_code], window << length);
            good = good && read != 0;
            weight = read >> 4;
            length += read & 15;
        }
        position += length;
        target += i == 0 ? (number >> 1) ^ (0 - (number & 1)) : number + 1;
        if (!good || position > end || target >= table->row_count) {
            reader->broken = true;
            return sotto_min_u32(i, room);
        }
        if (i < room) {
            links[i] = (sotto_link){target, table->weights[weight]};
        }
    }
    reader->position = position;
    return sotto_min_u32(count, room);
}

/* Each weight becomes its share of the row's sum, in Q16. */
static void normalise_row(sotto_link *links, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += links[i].weight;
    }
    for (uint32_t i = 0; i < count; i++) {
        links[i].weight = (links[i].weight << 16) / sum;
    }
}

uint32_t sotto_links_get(const sotto_link_table *table, uint32_t row, sotto_link *links,
                         uint32_t room)
{
    uint32_t passed = row & ((1u << table->group_bits) - 1);
    const uint8_t *offset = table->row_offsets + 4 * (size_t)(row >> table->group_bits);
    row_reader reader = {sotto_load_u32(offset), false};
    uint32_t count = 0;
    for (uint32_t i = row - passed; i <= row; i++) {
        if (reader.broken) {
            return 0;
        }
        count = decode_row(table, &reader, i, links, room);
    }
    if (table->normalise) {
        normalise_row(links, count);
    }
    return count;
}

/* What the model knows of an item, then what the catalogue adds to it. */
uint32_t sotto_item_links(const sotto_bundle *bundle, sotto_relation relation, uint32_t index,
                          sotto_link links[SOTTO_MAX_LINKS])
{
    uint32_t count = 0;
    uint32_t place = (uint32_t)relation - 1;
    if (place >= SOTTO_RELATION_COUNT) {
        return 0;
    }
    for (; place < SOTTO_LINK_TABLES; place += SOTTO_RELATION_COUNT) {
        const sotto_link_table *table = &bundle->links[place];
        if (index < table->row_count) {
            count += sotto_links_get(table, index, links + count, SOTTO_MAX_LINKS - count);
        }
    }
    return count;
}
