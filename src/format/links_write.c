/*
 * links_write.c - tables of links, in the model and in the catalogue
 *
 * Links are written in two passes over the rows. The first only counts how often each symbol of
 * each code occurs; from the counts come the best codes; the second pass writes with them. Both
 * go through the same function, so that what was counted is what is written.
 */
#include "format/links_write.h"

#include "format/prefix_code_write.h"

enum {
    COUNT_CODE,
    FIRST_CODE,
    WEIGHT_CODE,
    GAP_CODES,
    CODES = GAP_CODES + SOTTO_LINKS_MAX_BUCKETS
};

/* While counting, `writer` is NULL and `counts` grow; while writing, `coders` are used. */
typedef struct link_coder {
    sotto_bit_writer  *writer;
    uint64_t           counts[CODES][SOTTO_CODE_MAX_SYMBOLS];
    sotto_prefix_coder coders[CODES];
    uint32_t           bucket_count;
} link_coder;

static void code_symbol(link_coder *coder, uint32_t code, uint32_t symbol)
{
    if (coder->writer == NULL) {
        coder->counts[code][symbol]++;
    } else {
        sotto_prefix_coder_write(&coder->coders[code], coder->writer, symbol);
    }
}

/* Codes a number: its bucket, then the bits below the leading one. Returns the bucket. */
static uint32_t code_number(link_coder *coder, uint32_t code, uint32_t number)
{
    uint32_t bucket = sotto_log2_u32(number + 1);
    code_symbol(coder, code, bucket);
    if (coder->writer != NULL) {
        sotto_bits_write(coder->writer, number + 1, bucket);
    } else {
        coder->bucket_count = sotto_max_u32(coder->bucket_count, bucket + 1);
    }
    return bucket;
}

static void code_row(link_coder *coder, const sotto_link_table_content *table, uint32_t row)
{
    uint32_t start = table->row_starts[row];
    uint32_t end = table->row_starts[row + 1];
    code_symbol(coder, COUNT_CODE, end - start);
    uint32_t bucket = 0;
    for (uint32_t i = start; i < end; i++) {
        uint32_t target = table->items[i];
        if (i == start) {
            uint32_t number = target >= row ? 2 * (target - row) : 2 * (row - target) - 1;
            bucket = code_number(coder, FIRST_CODE, number);
        } else {
            bucket = code_number(coder, GAP_CODES + bucket, target - table->items[i - 1] - 1);
        }
        if (table->weight_count > 1) {
            code_symbol(coder, WEIGHT_CODE, table->codes[i]);
        }
    }
}

static const char *refuse_table(const sotto_link_table_content *table, uint32_t item_count)
{
    if (table->max_links < 1 || table->max_links > SOTTO_MAX_LINKS) {
        return "the most links a row may have is not 1 to 64";
    }
    if (table->group_bits > SOTTO_LINKS_MAX_GROUP_BITS) {
        return "the group bits of links are above 6";
    }
    if (table->weight_count < 1 || table->weight_count > SOTTO_LINKS_MAX_WEIGHTS) {
        return "there are not 1 to 16 link weights";
    }
    for (uint32_t i = 0; i < table->weight_count; i++) {
        if (table->weights[i] == 0 || (i > 0 && table->weights[i] > table->weights[i - 1])) {
            return "the link weights do not descend, or one is 0";
        }
    }
    for (uint32_t row = 0; row < item_count; row++) {
        uint32_t start = table->row_starts[row];
        uint32_t end = table->row_starts[row + 1];
        if (end < start || end - start > table->max_links) {
            return "a row has more links than it may have";
        }
        for (uint32_t i = start; i < end; i++) {
            if (table->items[i] >= item_count ||
                (i > start && table->items[i] <= table->items[i - 1])) {
                return "the links of a row do not ascend, or go to no item";
            }
            if (table->weight_count > 1 && table->codes[i] >= table->weight_count) {
                return "a link has a weight that is not in the list";
            }
        }
    }
    return NULL;
}

static void make_coders(link_coder *coder, const sotto_link_table_content *table)
{
    uint32_t buckets = coder->bucket_count = sotto_max_u32(coder->bucket_count, 1);
    for (uint32_t code = 0; code < GAP_CODES + buckets; code++) {
        uint32_t symbol_count = code == COUNT_CODE ? table->max_links + 1
                              : code == WEIGHT_CODE ? table->weight_count
                              : buckets;
        sotto_prefix_coder_init(&coder->coders[code], coder->counts[code], symbol_count);
    }
}

static void write_lengths(const link_coder *coder, const sotto_link_table_content *table,
                          sotto_buffer *buffer, size_t section_start)
{
    sotto_bit_writer bits = {.buffer = buffer};
    sotto_prefix_coder_lengths(&coder->coders[COUNT_CODE], &bits);
    sotto_prefix_coder_lengths(&coder->coders[FIRST_CODE], &bits);
    for (uint32_t bucket = 0; bucket < coder->bucket_count; bucket++) {
        sotto_prefix_coder_lengths(&coder->coders[GAP_CODES + bucket], &bits);
    }
    if (table->weight_count > 1) {
        sotto_prefix_coder_lengths(&coder->coders[WEIGHT_CODE], &bits);
    }
    sotto_bits_finish(&bits);
    sotto_buffer_align(buffer, section_start);
}

const char *sotto_links_write(sotto_buffer *buffer, const sotto_link_table_content *table,
                              uint32_t item_count)
{
    const char *refusal = refuse_table(table, item_count);
    if (refusal != NULL) {
        return refusal;
    }
    link_coder coder = {0};
    for (uint32_t row = 0; row < item_count; row++) {
        code_row(&coder, table, row);
    }
    make_coders(&coder, table);

    size_t start = buffer->size;
    sotto_buffer_u8(buffer, table->max_links);
    sotto_buffer_u8(buffer, table->group_bits);
    sotto_buffer_u8(buffer, coder.bucket_count);
    sotto_buffer_u8(buffer, table->weight_count);
    sotto_buffer_u8(buffer, table->normalise ? SOTTO_LINKS_NORMALISE : 0);
    sotto_buffer_zeros(buffer, 3);
    sotto_buffer_u32(buffer, item_count);
    sotto_buffer_u32(buffer, table->row_starts[item_count] - table->row_starts[0]);
    sotto_buffer_u32(buffer, 0);
    for (uint32_t i = 0; i < table->weight_count; i++) {
        sotto_buffer_u16(buffer, table->weights[i]);
    }
    write_lengths(&coder, table, buffer, start);

    size_t offsets_at = buffer->size;
    uint32_t group = 1u << table->group_bits;
    sotto_buffer_zeros(buffer, 4 * (size_t)((item_count + group - 1) >> table->group_bits));
    size_t data_at = buffer->size;
    sotto_bit_writer bits = {.buffer = buffer};
    coder.writer = &bits;
    for (uint32_t row = 0; row < item_count; row++) {
        if (row % group == 0) {
            if (bits.count > UINT32_MAX) {
                return "the links need more than 512 MiB";
            }
            sotto_buffer_set_u32(buffer, offsets_at + 4 * (size_t)(row / group),
                                 (uint32_t)bits.count);
        }
        code_row(&coder, table, row);
    }
    sotto_bits_finish(&bits);
    sotto_buffer_set_u32(buffer, start + SOTTO_LINKS_DATA_SIZE, (uint32_t)(buffer->size - data_at));
    return NULL;
}

const char *sotto_link_tables_write(sotto_part_writer *writer, const char name[3],
                                    const sotto_link_table_content *tables, uint32_t table_count,
                                    sotto_relation last, uint32_t item_count)
{
    const char *refusal = NULL;
    for (uint32_t i = 0; i < table_count && refusal == NULL; i++) {
        if ((uint32_t)tables[i].relation - 1 >= (uint32_t)last
            || (i > 0 && tables[i].relation <= tables[i - 1].relation)) {
            return "link tables are not in order, or of no known relation";
        }
        char digit = (char)('0' + (int)tables[i].relation);
        sotto_part_section(writer, SOTTO_TAG(name[0], name[1], name[2], digit));
        refusal = sotto_links_write(&writer->buffer, &tables[i], item_count);
    }
    return refusal;
}
