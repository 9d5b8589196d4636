/*
 * pictures.c - which items have a picture, and where it is
 *
 * Most shops have more products than a page can fetch pictures of, so an item says with one bit
 * whether it has one; the pictures themselves stand in the order of the items:
 *
 *     has       1 0 0 1 1 0 ...        items 0, 3 and 4
 *     offsets   0 | 3011 | 7190 | 9824 picture 0 is item 0's, 1 is item 3's, 2 is item 4's
 *
 * The number of an item's picture is how many bits are set before its own. They are counted anew at
 * every question: 4 bytes for 32 items is little to look through, and nothing has to be kept.
 */
#include "sotto.h"

#include "base/fixed.h"
#include "format/part.h"
#include "model/bundle.h"

enum { PICS, PIXL, KNOWN };

static const sotto_part_shape shape = {
    SOTTO_PICTURES, KNOWN, KNOWN,
    {SOTTO_TAG('p', 'i', 'c', 's'), SOTTO_TAG('p', 'i', 'x', 'l')},
};

/* How many bits are set in the first `count` of them. */
static uint32_t count_bits(const uint8_t *words, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i += 32) {
        uint32_t word = sotto_load_u32(words + i / 8);
        if (count - i < 32) {
            word &= (1u << (count - i)) - 1;
        }
        found += (uint32_t)__builtin_popcount(word);
    }
    return found;
}

/* The bits of the items: as many as there are pictures, and none past the last item. */
static void open_has(sotto_pictures *pictures, sotto_reader *reader)
{
    uint32_t size = 4 * ((pictures->item_count + 31) / 32);
    pictures->has = sotto_reader_take(reader, size);
    if (pictures->has == NULL) {
        return;
    }
    uint32_t found = count_bits(pictures->has, pictures->item_count);
    if (count_bits(pictures->has, 8 * size) != found) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at - 4, "an item past the last");
    }
    if (found != pictures->count) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->start + SOTTO_PICS_COUNT,
                            "another number of pictures");
    }
}

static void open_pictures(sotto_pictures *pictures, sotto_reader *reader,
                          const sotto_section *sections)
{
    uint32_t bytes_size = sections[PIXL].end - sections[PIXL].start;
    sotto_reader_enter(reader, &sections[PICS]);
    pictures->count = sotto_reader_number(reader, 4, 0, SOTTO_MAX_PICTURES);
    open_has(pictures, reader);
    pictures->offsets = sotto_reader_span(reader, pictures->count + 1, bytes_size);
    pictures->types = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < pictures->count && reader->status == SOTTO_OK; i++) {
        sotto_reader_number(reader, 1, 1, SOTTO_PICS_TYPES);
    }
    sotto_reader_finish(reader);
    sotto_reader_enter(reader, &sections[PIXL]);
    pictures->bytes = sotto_reader_take(reader, bytes_size);
}

/* A catalogue may know more items than its model. */
static void match_bundle(const sotto_part *part, const sotto_bundle *bundle, sotto_reader *reader)
{
    if (bundle == NULL || !sotto_bundle_has(bundle, SOTTO_MODEL)) {
        return;
    }
    if (part->item_count != sotto_item_count(bundle)) {
        sotto_reader_refuse(reader, SOTTO_MISMATCH, SOTTO_HEAD_ITEM_COUNT, "another catalogue's");
    }
    if (part->identity != bundle->identity) {
        sotto_reader_refuse(reader, SOTTO_MISMATCH, SOTTO_HEAD_IDENTITY, "another model's");
    }
}

sotto_status sotto_pictures_open(sotto_pictures *pictures, const sotto_bundle *bundle,
                                 const void *bytes, size_t size, sotto_fault *fault)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, sotto_u32_saturate(size));
    sotto_part part;
    sotto_part_open(&part, &shape, &reader);
    match_bundle(&part, bundle, &reader);
    sotto_pictures opened = {.item_count = part.item_count};
    if (reader.status == SOTTO_OK) {
        open_pictures(&opened, &reader, part.sections);
    }
    if (reader.status == SOTTO_OK) {
        *pictures = opened;
    } else if (fault != NULL) {
        *fault = reader.fault;
    }
    return reader.status;
}

bool sotto_picture_get(const sotto_pictures *pictures, uint32_t item, sotto_picture *picture)
{
    if (item >= pictures->item_count || (pictures->has[item / 8] >> (item % 8) & 1) == 0) {
        return false;
    }
    uint32_t number = count_bits(pictures->has, item);
    uint32_t start = sotto_load_u32(pictures->offsets + 4 * (size_t)number);
    uint32_t end = sotto_load_u32(pictures->offsets + 4 * (size_t)number + 4);
    *picture = (sotto_picture){pictures->bytes + start, end - start,
                               (sotto_picture_type)pictures->types[number]};
    return true;
}

const char *sotto_picture_type_text(sotto_picture_type type)
{
    switch (type) {
    case SOTTO_SVG: return "image/svg+xml";
    case SOTTO_PNG: return "image/png";
    case SOTTO_JPEG: return "image/jpeg";
    case SOTTO_WEBP: return "image/webp";
    case SOTTO_AVIF: return "image/avif";
    }
    return "application/octet-stream";
}
