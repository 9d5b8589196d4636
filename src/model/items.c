/*
 * items.c - finding an item by its id
 *
 * The items are listed once in the order of the hashes of their ids, and cut into buckets by the
 * top bits of the hash. Each has one byte more of its hash as a fingerprint, so that of the 16 or
 * so in a bucket seldom more than one has its string looked at:
 *
 *     hash            | bucket bits | fingerprint 8 | ...
 *     bucket_starts   0  17  31  50 ...
 *     fingerprints    4e 81 c0 ...          one byte each, compared first
 *     lookup          77  3  250 ...        item indexes, in as few bits as they need
 *
 * That is about three and a half bytes an item, where a table of whole hashes would take eight or
 * more.
 */
#include "model/bundle.h"

#include "base/hash.h"
#include "format/bits.h"

static uint32_t index_bits_for(uint32_t count)
{
    return count <= 2 ? 1 : sotto_log2_u32(count - 1) + 1;
}

void sotto_ids_open(sotto_ids *ids, sotto_reader *reader, uint32_t item_count)
{
    uint32_t index_bits = index_bits_for(item_count);
    ids->count = sotto_reader_number(reader, 4, item_count, item_count);
    ids->bucket_bits = sotto_reader_number(reader, 1, 0, SOTTO_IDS_MAX_BITS);
    ids->index_bits = sotto_reader_number(reader, 1, index_bits, index_bits);
    sotto_reader_number(reader, 2, 0, 0);
    ids->strings.size = sotto_reader_u32(reader);
    sotto_reader_number(reader, 4, 0, 0);

    uint32_t block_count = sotto_blocks_for(ids->count);
    ids->strings.block_offsets = sotto_reader_ascending(reader, block_count, ids->strings.size);
    ids->bucket_starts = sotto_reader_span(reader, (1u << ids->bucket_bits) + 1, ids->count);
    ids->fingerprints = sotto_reader_take(reader, ids->count);
    ids->lookup_size = (ids->count * ids->index_bits + 7) / 8;
    ids->lookup = sotto_reader_take(reader, ids->lookup_size);
    ids->strings.bytes = sotto_reader_take(reader, ids->strings.size);
    sotto_reader_finish(reader);
}

/* Empty, and nowhere, if there is no string of the right size. */
static sotto_text id_at(const sotto_ids *ids, uint32_t index)
{
    sotto_text id = sotto_strings_get(&ids->strings, index);
    return id.size - 1 < SOTTO_MAX_ID_SIZE ? id : (sotto_text){NULL, 0};
}

uint32_t sotto_ids_find(const sotto_ids *ids, uint64_t hash)
{
    if (ids->count == 0) {
        return SOTTO_NO_ITEM;
    }
    uint32_t bucket = (uint32_t)(hash >> 1 >> (63 - ids->bucket_bits));
    uint8_t fingerprint = (uint8_t)(hash << ids->bucket_bits >> 56);
    uint32_t place = sotto_load_u32(ids->bucket_starts + 4 * (size_t)bucket);
    uint32_t end = sotto_load_u32(ids->bucket_starts + 4 * (size_t)bucket + 4);
    for (; place < end; place++) {
        if (ids->fingerprints[place] != fingerprint) {
            continue;
        }
        uint32_t index = sotto_bits_get(ids->lookup, ids->lookup_size, ids->index_bits, place);
        if (index >= ids->count) {
            continue;
        }
        sotto_text id = id_at(ids, index);
        if (id.size != 0 && sotto_hash(id.bytes, id.size) == hash) {
            return index;
        }
    }
    return SOTTO_NO_ITEM;
}

uint32_t sotto_item_count(const sotto_bundle *bundle)
{
    return bundle->item_count + bundle->catalogue.new_ids.count;
}

uint32_t sotto_item_find_hash(const sotto_bundle *bundle, uint64_t id_hash)
{
    uint32_t index = sotto_ids_find(&bundle->ids, id_hash);
    if (index == SOTTO_NO_ITEM) {
        index = sotto_ids_find(&bundle->catalogue.new_ids, id_hash);
        index += index == SOTTO_NO_ITEM ? 0 : bundle->item_count;
    }
    return index;
}

uint32_t sotto_item_find(const sotto_bundle *bundle, const char *id, size_t id_size)
{
    uint32_t index = sotto_item_find_hash(bundle, sotto_hash(id, id_size));
    if (index == SOTTO_NO_ITEM) {
        return SOTTO_NO_ITEM;
    }
    sotto_text found = sotto_item_id(bundle, index);
    bool same = found.size == id_size && memcmp(found.bytes, id, id_size) == 0;
    return same ? index : SOTTO_NO_ITEM;
}

sotto_text sotto_item_id(const sotto_bundle *bundle, uint32_t index)
{
    SOTTO_ASSERT(index < sotto_item_count(bundle));
    return index < bundle->item_count ? id_at(&bundle->ids, index)
                                      : id_at(&bundle->catalogue.new_ids,
                                              index - bundle->item_count);
}

uint64_t sotto_item_hash(const sotto_bundle *bundle, uint32_t index)
{
    sotto_text id = sotto_item_id(bundle, index);
    return sotto_hash(id.bytes, id.size);
}
