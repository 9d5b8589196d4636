/*
 * popularity.c - popularity by item, ranked lists by kind
 */
#include "model/bundle.h"

void sotto_tops_open(sotto_popularity *popularity, sotto_reader *reader, uint32_t item_count)
{
    uint32_t kinds[SOTTO_TOPS_MAX_LISTS];
    uint32_t counts[SOTTO_TOPS_MAX_LISTS];
    uint32_t list_count = sotto_reader_number(reader, 4, 0, SOTTO_TOPS_MAX_LISTS);
    for (uint32_t i = 0; i < list_count; i++) {
        kinds[i] = sotto_reader_u32(reader);
        counts[i] = sotto_reader_number(reader, 4, 0, SOTTO_TOPS_MAX_COUNT);
    }
    for (uint32_t i = 0; i < list_count; i++) {
        const uint8_t *items = sotto_reader_indexes(reader, 4, counts[i], item_count, false);
        uint32_t place = kinds[i] - 1;
        if (place < SOTTO_TOP_TRENDING) {
            popularity->tops[place] = items;
            popularity->top_counts[place] = counts[i];
        }
    }
    sotto_reader_finish(reader);
}

uint32_t sotto_item_popularity(const sotto_bundle *bundle, uint32_t index)
{
    return index < bundle->item_count ? bundle->popularity.codes[index] : 0;
}

uint32_t sotto_top_get(const sotto_bundle *bundle, sotto_top list, uint32_t index)
{
    uint32_t place = (uint32_t)list - 1;
    if (place >= SOTTO_TOP_LISTS || index >= bundle->popularity.top_counts[place]) {
        return SOTTO_NO_ITEM;
    }
    return sotto_load_u32(bundle->popularity.tops[place] + 4 * (size_t)index);
}
