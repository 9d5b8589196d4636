/*
 * repair.h - makes the checksums of a spoiled file right again
 *
 * A test that changes a byte would only ever meet the checksum. After repair the file is what a
 * clever enemy would publish: everything adds up but the content. What cannot be repaired, such
 * as a section that leaves the file, is left as it is.
 */
#ifndef SOTTO_REPAIR_H
#define SOTTO_REPAIR_H

#include "base/bytes.h"
#include "base/hash.h"
#include "format/layout.h"

static inline uint32_t repair_head_check(const uint8_t *bytes, size_t size, size_t check_offset)
{
    uint8_t head[SOTTO_MAX_HEAD_SIZE];
    size = size > sizeof head ? sizeof head : size;
    memcpy(head, bytes, size);
    memset(head + check_offset, 0, 4);
    return sotto_check(head, size);
}

static inline void repair_part(uint8_t *bytes, size_t size)
{
    size_t row = SOTTO_HEAD_SIZE;
    for (uint32_t i = 0; i < bytes[SOTTO_HEAD_SECTION_COUNT]; i++, row += SOTTO_ROW_ROW_SIZE) {
        if (row + SOTTO_ROW_ROW_SIZE > size) {
            return;
        }
        uint32_t offset = sotto_load_u32(bytes + row + SOTTO_ROW_OFFSET);
        uint32_t section_size = sotto_load_u32(bytes + row + SOTTO_ROW_SIZE);
        if (offset <= size && section_size <= size - offset) {
            sotto_store_u32(bytes + row + SOTTO_ROW_CHECK,
                            sotto_check(bytes + offset, section_size));
        }
    }
    sotto_store_u32(bytes + SOTTO_HEAD_CHECK, repair_head_check(bytes, row, SOTTO_HEAD_CHECK));
}

static inline void repair_manifest(uint8_t *bytes, size_t size)
{
    size_t signed_size = SOTTO_MANIFEST_HEAD_SIZE +
                         bytes[SOTTO_MANIFEST_PART_COUNT] * (size_t)SOTTO_MANIFEST_PART_ROW_SIZE;
    if (signed_size > size) {
        return;
    }
    if (size - signed_size >= SOTTO_SIGNATURE_BLOCK_SIZE) {
        uint8_t *block = bytes + signed_size;
        sotto_store_u32(block + SOTTO_SIGNATURE_CHECK, sotto_check(block, SOTTO_SIGNATURE_CHECK));
    }
    sotto_store_u32(bytes + SOTTO_MANIFEST_CHECK,
                    repair_head_check(bytes, signed_size, SOTTO_MANIFEST_CHECK));
}

static inline void repair_checks(uint8_t *bytes, size_t size)
{
    if (size >= SOTTO_MANIFEST_HEAD_SIZE && memcmp(bytes, "SOTM", 4) == 0) {
        repair_manifest(bytes, size);
    } else if (size >= SOTTO_HEAD_SIZE) {
        repair_part(bytes, size);
    }
}

#endif
