/*
 * manifest.c - reading which parts belong together
 *
 * The manifest is the only file that changes in place, so it is small and has everything a page
 * needs to decide whether to fetch anything at all: a sequence that only grows, and the hash of
 * each part. What cryptography must verify is only pointed at here; the host has the means.
 */
#include "format/part.h"

#include "base/fixed.h"
#include "base/hash.h"

static void check_parts(sotto_reader *reader, uint32_t part_count)
{
    uint32_t last_kind = 0;
    for (uint32_t i = 0; i < part_count; i++) {
        last_kind = sotto_reader_number(reader, 1, last_kind + 1, UINT8_MAX);
        sotto_reader_zeros(reader, 3);
        sotto_reader_take(reader, 4 + 32);
        sotto_reader_zeros(reader, 8);
    }
}

static void check_signature(sotto_reader *reader)
{
    const uint8_t *block = sotto_reader_take(reader, SOTTO_SIGNATURE_BLOCK_SIZE);
    if (block != NULL && sotto_load_u32(block + SOTTO_SIGNATURE_CHECK) !=
                         sotto_check(block, SOTTO_SIGNATURE_CHECK)) {
        sotto_reader_refuse(reader, SOTTO_DAMAGED, reader->at - 4, "signature damaged");
    }
}

sotto_status sotto_manifest_check(const void *bytes, size_t size, sotto_fault *fault)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, sotto_u32_saturate(size));
    sotto_start_open(&reader, "SOTM", SOTTO_MANIFEST_HEAD_SIZE);
    uint32_t part_count = sotto_reader_number(&reader, 1, 1, SOTTO_MANIFEST_MAX_PARTS);
    uint32_t signature_kind = sotto_reader_number(&reader, 1, 0, 1);
    uint32_t signed_size = SOTTO_MANIFEST_HEAD_SIZE + part_count * SOTTO_MANIFEST_PART_ROW_SIZE;
    uint32_t file_size = signed_size + signature_kind * SOTTO_SIGNATURE_BLOCK_SIZE;
    sotto_reader_number(&reader, 4, file_size, file_size);
    sotto_size_match(&reader, file_size);
    sotto_head_match(&reader, signed_size, SOTTO_MANIFEST_CHECK);
    sotto_reader_take(&reader, SOTTO_MANIFEST_HEAD_SIZE - SOTTO_MANIFEST_CHECK);
    check_parts(&reader, part_count);
    if (signature_kind != 0) {
        check_signature(&reader);
    }
    if (reader.status != SOTTO_OK && fault != NULL) {
        *fault = reader.fault;
    }
    return reader.status;
}

sotto_status sotto_manifest_open(sotto_manifest *manifest, const void *bytes, size_t size,
                                 sotto_fault *fault)
{
    sotto_status status = sotto_manifest_check(bytes, size, fault);
    if (status != SOTTO_OK) {
        return status;
    }

    const uint8_t *at = bytes;
    uint32_t part_count = at[SOTTO_MANIFEST_PART_COUNT];
    uint32_t signature_kind = at[SOTTO_MANIFEST_SIGNATURE_KIND];
    uint32_t signed_size = SOTTO_MANIFEST_HEAD_SIZE + part_count * SOTTO_MANIFEST_PART_ROW_SIZE;
    const uint8_t *block = signature_kind == 0 ? NULL : at + signed_size;
    *manifest = (sotto_manifest){
        .bytes = at,
        .size = size,
        .part_count = part_count,
        .sequence = sotto_load_u64(at + SOTTO_MANIFEST_SEQUENCE),
        .created_s = sotto_load_u64(at + SOTTO_MANIFEST_CREATED),
        .expires_s = sotto_load_u64(at + SOTTO_MANIFEST_EXPIRES),
        .shop = sotto_load_u64(at + SOTTO_MANIFEST_SHOP),
        .identity = sotto_load_u64(at + SOTTO_MANIFEST_IDENTITY),
        .signed_size = signed_size,
        .signature = block == NULL ? NULL : block + SOTTO_SIGNATURE_BYTES,
        .key_id = block == NULL ? 0 : sotto_load_u64(block + SOTTO_SIGNATURE_KEY_ID),
    };
    return SOTTO_OK;
}

sotto_manifest_part sotto_manifest_get(const sotto_manifest *manifest, uint32_t index)
{
    SOTTO_ASSERT(index < manifest->part_count);
    const uint8_t *part = manifest->bytes + SOTTO_MANIFEST_HEAD_SIZE +
                          (size_t)index * SOTTO_MANIFEST_PART_ROW_SIZE;
    return (sotto_manifest_part){
        .kind = (sotto_kind)part[SOTTO_MANIFEST_PART_KIND],
        .size = sotto_load_u32(part + SOTTO_MANIFEST_PART_SIZE),
        .sha256 = part + SOTTO_MANIFEST_PART_SHA256,
    };
}
