/*
 * ranker.c - opening a ranker, from its own part or from a trainer's model
 *
 * Every section is optional, so that a shop which has only purchases can have what the next basket
 * needs and no vectors. What a section builds on must be there: an encoder without vectors cannot
 * be asked anything.
 */
#include "model/ranker.h"

#include "base/fixed.h"
#include "format/part.h"

enum {
    VECT, NEAR, ENCO, RCNT, RANK, CLUS, BSKT, BPOP, BLFT, RHYT, BLNK, TREE,
    KNOWN, KNOWN_IN_A_MODEL = KNOWN + 7
};

/* In a trainer's file the sections of the model are known as well, but not looked at. */
static const sotto_part_shape ranker_shape = {
    SOTTO_RANKER, KNOWN, 0,
    {
        SOTTO_TAG('v', 'e', 'c', 't'), SOTTO_TAG('n', 'e', 'a', 'r'),
        SOTTO_TAG('e', 'n', 'c', 'o'), SOTTO_TAG('r', 'c', 'n', 't'),
        SOTTO_TAG('r', 'a', 'n', 'k'), SOTTO_TAG('c', 'l', 'u', 's'),
        SOTTO_TAG('b', 's', 'k', 't'), SOTTO_TAG('b', 'p', 'o', 'p'),
        SOTTO_TAG('b', 'l', 'f', 't'), SOTTO_TAG('r', 'h', 'y', 't'),
        SOTTO_TAG('b', 'l', 'n', 'k'), SOTTO_TAG('t', 'r', 'e', 'e'),
        SOTTO_TAG('I', 'D', 'S', ' '), SOTTO_TAG('P', 'O', 'P', 'U'),
        SOTTO_TAG('T', 'O', 'P', 'S'), SOTTO_TAG('P', 'A', 'R', 'M'),
        SOTTO_TAG('L', 'N', 'K', '1'), SOTTO_TAG('L', 'N', 'K', '2'),
        SOTTO_TAG('L', 'N', 'K', '3'),
    },
};

/* Enters a section if there is one and what it builds on was there. */
static bool enter(sotto_reader *reader, const sotto_section *section, bool has_base)
{
    if (!sotto_section_exists(section)) {
        return false;
    }
    if (!has_base) {
        sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_SIZE, "section missing");
    }
    sotto_reader_enter(reader, section);
    return reader->status == SOTTO_OK;
}

/* The sections of the next basket: `bskt` needs `bpop`, and the others need `bskt`. */
static void open_basket(sotto_basket_model *basket, sotto_reader *reader,
                        const sotto_section *sections, uint32_t item_count)
{
    if (enter(reader, &sections[BSKT], sotto_section_exists(&sections[BPOP]))) {
        sotto_basket_open(basket, reader, item_count);
    }
    bool has_base = basket->item_count > 0;
    if (enter(reader, &sections[BPOP], has_base)) {
        sotto_basket_open_popularity(basket, reader);
    }
    if (enter(reader, &sections[BLFT], has_base)) {
        sotto_basket_open_lifts(basket, reader);
    }
    if (enter(reader, &sections[RHYT], has_base)) {
        sotto_basket_open_rhythm(basket, reader);
    }
    if (enter(reader, &sections[BLNK], has_base)) {
        sotto_basket_open_links(basket, reader);
    }
}

static void open_sections(sotto_ranker *ranker, sotto_reader *reader,
                          const sotto_section *sections, const sotto_bundle *bundle)
{
    uint32_t n = bundle->item_count;
    if (enter(reader, &sections[VECT], true)) {
        sotto_vectors_open(&ranker->vectors, reader, n, bundle->popularity.codes);
    }
    if (enter(reader, &sections[NEAR], ranker->vectors.dimensions > 0)) {
        sotto_vector_blocks_open(&ranker->vectors, reader);
    }
    if (enter(reader, &sections[ENCO], ranker->vectors.dimensions > 0)) {
        sotto_encoder_open(&ranker->encoder, reader, &ranker->vectors);
    }
    if (enter(reader, &sections[RCNT], true)) {
        sotto_recency_open(&ranker->recency, reader, n);
    }
    sotto_reranker_init(&ranker->reranker);
    if (enter(reader, &sections[RANK], ranker->encoder.history_count > 0)) {
        sotto_reranker_open(&ranker->reranker, reader, SOTTO_FEATURES);
    }
    if (enter(reader, &sections[CLUS], true)) {
        sotto_clusters_open(&ranker->clusters, reader, n);
    }
    open_basket(&ranker->basket, reader, sections, n);
    if (enter(reader, &sections[TREE], ranker->encoder.history_count > 0)) {
        if (ranker->reranker.feature_count > 0) {
            sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_SIZE, "both rank and tree");
        }
        sotto_forest_open(&ranker->forest, &ranker->reranker, reader, SOTTO_FEATURES);
    }
}

size_t sotto_ranker_size(void)
{
    return sizeof(sotto_ranker);
}

sotto_status sotto_ranker_open(sotto_ranker *ranker, sotto_bundle *bundle, const void *bytes,
                               size_t size, sotto_fault *fault)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, sotto_u32_saturate(size));
    sotto_part_shape shape = ranker_shape;
    if (size > SOTTO_HEAD_KIND && ((const uint8_t *)bytes)[SOTTO_HEAD_KIND] == SOTTO_MODEL) {
        shape.kind = SOTTO_MODEL;
        shape.known_count = KNOWN_IN_A_MODEL;
    }
    sotto_part part;
    sotto_part_open(&part, &shape, &reader);
    if (part.item_count != bundle->item_count) {
        sotto_reader_refuse(&reader, SOTTO_MISMATCH, SOTTO_HEAD_ITEM_COUNT, "another model's");
    }
    if (part.identity != bundle->identity) {
        sotto_reader_refuse(&reader, SOTTO_MISMATCH, SOTTO_HEAD_IDENTITY, "another model's");
    }
    sotto_ranker opened = {0};
    open_sections(&opened, &reader, part.sections, bundle);
    if (reader.status == SOTTO_OK) {
        *ranker = opened;
        bundle->ranker = ranker;
    } else if (fault != NULL) {
        *fault = reader.fault;
    }
    return reader.status;
}

int32_t sotto_ranker_count_log(const sotto_ranker *ranker, uint32_t item)
{
    return item < ranker->vectors.item_count ? 32 * ranker->vectors.popularity[item] : 0;
}

int32_t sotto_ranker_recent_log(const sotto_ranker *ranker, uint32_t item)
{
    const sotto_recency *recency = &ranker->recency;
    int32_t offset = 0;
    if (recency->codes != NULL && item < ranker->vectors.item_count) {
        offset = recency->offsets[recency->codes[item / 2] >> (4 * (item % 2)) & 15];
    }
    return sotto_ranker_count_log(ranker, item) + offset;
}
