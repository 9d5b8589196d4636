/*
 * sample_pictures.h - pictures for the sample shop (sample_bundle.h)
 *
 * Items 0, 3, 31, 32 and 41 have one; item 41 is the last, which only the catalogue knows. What is in
 * them is told by their sizes: 5, 1, 12, 2 and 3 bytes of the letter 'a', 'b' and so on, of the types
 * 1 to 5.
 */
#ifndef SOTTO_SAMPLE_PICTURES_H
#define SOTTO_SAMPLE_PICTURES_H

#include "sample_bundle.h"

enum { SAMPLE_PICTURES = 5 };

static const uint32_t sample_picture_items[SAMPLE_PICTURES] = {0, 3, 31, 32, 41};
static const uint32_t sample_picture_sizes[SAMPLE_PICTURES] = {5, 1, 12, 2, 3};

/* For `bundle`, the sample's. */
static inline sotto_bytes sample_pictures(const sotto_bundle *bundle)
{
    uint8_t letters[SAMPLE_PICTURES][16];
    sotto_picture_content pictures[SAMPLE_PICTURES];
    for (uint32_t i = 0; i < SAMPLE_PICTURES; i++) {
        memset(letters[i], (int)('a' + i), sizeof letters[i]);
        pictures[i] = (sotto_picture_content){
            sample_picture_items[i], (sotto_picture_type)(i + 1), letters[i],
            sample_picture_sizes[i],
        };
    }
    const sotto_pictures_content content = {
        .identity = bundle->identity, .item_count = sotto_item_count(bundle),
        .pictures = pictures, .picture_count = SAMPLE_PICTURES,
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_pictures_write(&content, &out, &why);
    sample_must(status, why);
    return out;
}

#endif
