/*
 * part_write.c - the container, and strings packed in blocks
 */
#include "format/part_write.h"

#include "base/bytes.h"
#include "base/hash.h"
#include "format/bits_write.h"

#include <stdlib.h>

void sotto_part_begin(sotto_part_writer *writer, sotto_kind kind, uint32_t item_count,
                      uint32_t section_count)
{
    SOTTO_ASSERT(section_count >= 1 && section_count <= SOTTO_MAX_SECTIONS);
    *writer = (sotto_part_writer){.section_count = section_count};
    sotto_buffer *buffer = &writer->buffer;
    sotto_buffer_add(buffer, "SOTT", 4);
    sotto_buffer_u16(buffer, SOTTO_FORMAT_VERSION);
    sotto_buffer_u8(buffer, (uint32_t)kind);
    sotto_buffer_u8(buffer, section_count);
    sotto_buffer_u32(buffer, 0);
    sotto_buffer_u32(buffer, item_count);
    sotto_buffer_zeros(buffer, SOTTO_HEAD_SIZE - SOTTO_HEAD_IDENTITY +
                               section_count * (size_t)SOTTO_ROW_ROW_SIZE);
}

static void end_section(sotto_part_writer *writer)
{
    if (writer->section == 0 || writer->buffer.failed) {
        return;
    }
    size_t row = SOTTO_HEAD_SIZE + (writer->section - 1) * (size_t)SOTTO_ROW_ROW_SIZE;
    size_t start = writer->section_start;
    size_t size = writer->buffer.size - start;
    sotto_buffer_set_u32(&writer->buffer, row + SOTTO_ROW_OFFSET, (uint32_t)start);
    sotto_buffer_set_u32(&writer->buffer, row + SOTTO_ROW_SIZE, (uint32_t)size);
    sotto_buffer_set_u32(&writer->buffer, row + SOTTO_ROW_CHECK,
                         sotto_check(writer->buffer.bytes + start, size));
}

void sotto_part_section(sotto_part_writer *writer, uint32_t tag)
{
    SOTTO_ASSERT(writer->section < writer->section_count);
    end_section(writer);
    sotto_buffer_align(&writer->buffer, 0);
    size_t row = SOTTO_HEAD_SIZE + writer->section * (size_t)SOTTO_ROW_ROW_SIZE;
    sotto_buffer_set_u32(&writer->buffer, row + SOTTO_ROW_TAG, tag);
    writer->section_start = writer->buffer.size;
    writer->section++;
}

sotto_status sotto_buffer_finish(sotto_buffer *buffer, const char *refusal, sotto_bytes *out,
                                 const char **why)
{
    sotto_status status = SOTTO_OK;
    if (refusal != NULL) {
        status = SOTTO_INVALID;
    } else if (buffer->failed) {
        status = SOTTO_NO_ROOM;
        refusal = "there is not enough memory to write the file";
    } else if (buffer->size > UINT32_MAX) {
        status = SOTTO_INVALID;
        refusal = "the file would be larger than 4 GiB";
    }
    if (status != SOTTO_OK) {
        sotto_buffer_free(buffer);
        if (why != NULL) {
            *why = refusal;
        }
        return status;
    }
    *out = (sotto_bytes){buffer->bytes, buffer->size};
    *buffer = (sotto_buffer){0};
    return SOTTO_OK;
}

sotto_status sotto_part_finish(sotto_part_writer *writer, uint64_t identity, const char *refusal,
                               sotto_bytes *out, const char **why)
{
    sotto_buffer *buffer = &writer->buffer;
    end_section(writer);
    if (refusal == NULL && !buffer->failed) {
        SOTTO_ASSERT(writer->section == writer->section_count);
        size_t head_size = SOTTO_HEAD_SIZE + writer->section_count * (size_t)SOTTO_ROW_ROW_SIZE;
        sotto_store_u32(buffer->bytes + SOTTO_HEAD_FILE_SIZE, (uint32_t)buffer->size);
        sotto_store_u64(buffer->bytes + SOTTO_HEAD_IDENTITY, identity);
        sotto_store_u32(buffer->bytes + SOTTO_HEAD_CHECK, sotto_check(buffer->bytes, head_size));
    }
    return sotto_buffer_finish(buffer, refusal, out, why);
}

size_t sotto_strings_write(sotto_buffer *buffer, size_t offsets_at, const sotto_string *strings,
                           size_t stride, uint32_t count)
{
    size_t start = buffer->size;
    for (uint32_t i = 0; i < count; i++) {
        if (i % SOTTO_BLOCK_COUNT == 0) {
            sotto_buffer_set_u32(buffer, offsets_at + 4 * (size_t)(i / SOTTO_BLOCK_COUNT),
                                 (uint32_t)(buffer->size - start));
        }
        sotto_string string;
        memcpy(&string, (const uint8_t *)strings + i * stride, sizeof string);
        sotto_buffer_varint(buffer, (uint32_t)string.size);
        sotto_buffer_add(buffer, string.bytes, string.size);
    }
    return buffer->size - start;
}

/* ---- Ids ------------------------------------------------------------------------------------- */

typedef struct hashed_id {
    uint64_t hash;
    uint32_t index;
} hashed_id;

static int compare_hashes(const void *a, const void *b)
{
    uint64_t first = ((const hashed_id *)a)->hash;
    uint64_t second = ((const hashed_id *)b)->hash;
    return first < second ? -1 : first > second;
}

static const char *hash_ids(hashed_id *hashed, const sotto_string *ids, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (ids[i].size < 1 || ids[i].size > SOTTO_MAX_ID_SIZE) {
            return "an item id is not 1 to 512 bytes long";
        }
        if (!sotto_text_is_utf8(ids[i])) {
            return "an item id is not UTF-8";
        }
        hashed[i] = (hashed_id){sotto_hash(ids[i].bytes, ids[i].size), i};
    }
    qsort(hashed, count, sizeof *hashed, compare_hashes);
    for (uint32_t i = 1; i < count; i++) {
        if (hashed[i - 1].hash == hashed[i].hash) {
            return "two items have the same id, or ids with the same hash";
        }
    }
    return NULL;
}

/*
 * About 16 items a bucket: looking through them is quick, and a bucket costs a quarter byte an
 * item.
 */
static uint32_t bucket_bits_for(uint32_t count)
{
    uint32_t bits = 0;
    while (bits < SOTTO_IDS_MAX_BITS && count >> (bits + 1) >= 16) {
        bits++;
    }
    return bits;
}

static uint32_t index_bits_for(uint32_t count)
{
    uint32_t bits = 1;
    while (1u << bits < count) {
        bits++;
    }
    return bits;
}

static void write_lookup(sotto_buffer *buffer, const hashed_id *hashed, uint32_t count,
                         uint32_t bucket_bits, uint32_t index_bits)
{
    uint32_t place = 0;
    for (uint32_t bucket = 0; bucket <= 1u << bucket_bits; bucket++) {
        while (place < count && hashed[place].hash >> 1 >> (63 - bucket_bits) < bucket) {
            place++;
        }
        sotto_buffer_u32(buffer, place);
    }
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_u8(buffer, (uint8_t)(hashed[i].hash << bucket_bits >> 56));
    }
    sotto_bit_writer bits = {.buffer = buffer};
    for (uint32_t i = 0; i < count; i++) {
        sotto_bits_write(&bits, hashed[i].index, index_bits);
    }
    sotto_bits_finish(&bits);
}

const char *sotto_ids_write(sotto_buffer *buffer, const sotto_string *ids, uint32_t count,
                            uint64_t *identity)
{
    if (count > SOTTO_MAX_ITEMS) {
        return "there are more than 16,777,216 items";
    }
    hashed_id *hashed = malloc((count + (size_t)1) * sizeof *hashed);
    if (hashed == NULL) {
        buffer->failed = true;
        return NULL;
    }
    const char *refusal = hash_ids(hashed, ids, count);
    if (refusal == NULL) {
        size_t start = buffer->size;
        uint32_t bucket_bits = bucket_bits_for(count);
        uint32_t index_bits = index_bits_for(count);
        sotto_buffer_u32(buffer, count);
        sotto_buffer_u8(buffer, bucket_bits);
        sotto_buffer_u8(buffer, index_bits);
        sotto_buffer_zeros(buffer, SOTTO_IDS_HEAD_SIZE - SOTTO_IDS_RESERVED +
                                   4 * (size_t)sotto_blocks_for(count));
        write_lookup(buffer, hashed, count, bucket_bits, index_bits);
        size_t size = sotto_strings_write(buffer, start + SOTTO_IDS_HEAD_SIZE, ids, sizeof *ids,
                                          count);
        sotto_buffer_set_u32(buffer, start + SOTTO_IDS_STRINGS_SIZE, (uint32_t)size);
        if (!buffer->failed) {
            *identity = sotto_hash(buffer->bytes + buffer->size - size, size);
        }
    }
    free(hashed);
    return refusal;
}
