/*
 * dump_ranker.c - the content of a ranker part as JSON, as far as it can be read without its model
 *
 * Vectors and weights are numbers that say nothing by themselves: of those there is how many, how
 * wide and how large. Each section is opened by the core, as if it stood alone.
 */
#include "cli/document.h"
#include "format/layout.h"
#include "format/reader.h"
#include "model/ranker.h"

#define VECTORS_HEAD_SIZE 8u /* FORMAT.md 5a.1; eight bytes for each class follow */

static void dump_cluster_lists(cli_json *json, const sotto_clusters *clusters)
{
    uint32_t size = clusters->block_count + SOTTO_CLUSTER_HABITS;
    const uint8_t *typical = clusters->typical;
    cli_json_array(json, "shares");
    for (uint32_t i = 0; i < clusters->count; i++) {
        cli_json_number(json, NULL, sotto_load_u16(clusters->shares + 2 * i));
    }
    cli_json_end(json);
    cli_json_array(json, "centroids");
    for (uint32_t i = 0; i < clusters->count; i++) {
        cli_json_array(json, NULL);
        for (uint32_t trait = 0; trait < size; trait++) {
            cli_json_number(json, NULL, clusters->centroids[i * size + trait]);
        }
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_array(json, "typical");
    for (uint32_t i = 0; i < clusters->count; i++) {
        cli_json_array(json, NULL);
        for (uint32_t left = clusters->typical_counts[i]; left > 0; left--, typical += 4) {
            cli_json_number(json, NULL, sotto_load_u32(typical));
        }
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_clusters(cli_json *json, const cli_document *part)
{
    cli_section section = cli_section_find(part, "clus");
    sotto_clusters clusters = {0};
    if (section.bytes) {
        sotto_reader reader =
            sotto_reader_over(part->bytes, section.offset, section.offset + section.size);
        sotto_clusters_open(&clusters, &reader,
                            sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT));
    }
    if (clusters.count == 0) {
        cli_json_null(json, "clusters");
        return;
    }
    cli_json_object(json, "clusters");
    cli_json_number(json, "block_count", clusters.block_count);
    cli_json_signed(json, "silhouette", clusters.silhouette);
    cli_json_number(json, "davies_bouldin", clusters.davies_bouldin);
    dump_cluster_lists(json, &clusters);
    cli_json_end(json);
}

/* ---- what ranks ------------------------------------------------------------------------------ */

/* A reader over a section; its status says so if there is none. */
static bool open_section(const cli_document *part, const char *tag, sotto_reader *reader)
{
    cli_section section = cli_section_find(part, tag);
    *reader = sotto_reader_over(part->bytes, section.offset, section.offset + section.size);
    return section.bytes != NULL;
}

/* Their head alone: which row is whose is in the model's popularity. Returns the dimensions. */
static uint32_t dump_vectors(cli_json *json, const cli_document *part)
{
    cli_section section = cli_section_find(part, "vect");
    const uint8_t *at = section.bytes;
    if (at == NULL || section.size < VECTORS_HEAD_SIZE
        || section.size < VECTORS_HEAD_SIZE + 8 * (size_t)at[2]) {
        return 0;
    }
    cli_json_object(json, "vectors");
    cli_json_number(json, "bytes", section.size);
    cli_json_number(json, "dimensions", sotto_load_u16(at));
    cli_json_array(json, "classes");
    for (uint32_t i = 0; i < at[2]; i++) {
        const uint8_t *class = at + VECTORS_HEAD_SIZE + 8 * i;
        cli_json_object(json, NULL);
        cli_json_number(json, "least_popularity", class[0]);
        cli_json_number(json, "bits", class[1]);
        cli_json_number(json, "step", sotto_load_u32(class + 4));
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_end(json);
    return sotto_load_u16(at);
}

static void dump_blocks(cli_json *json, const cli_document *part, uint32_t dimensions)
{
    sotto_vectors vectors = {
        .dimensions = dimensions,
        .item_count = sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT),
    };
    sotto_reader reader;
    if (dimensions == 0 || !open_section(part, "near", &reader)) {
        return;
    }
    sotto_vector_blocks_open(&vectors, &reader);
    if (reader.status == SOTTO_OK) {
        cli_json_object(json, "blocks");
        cli_json_number(json, "count", vectors.block_count);
        cli_json_number(json, "items_each", UINT64_C(1) << vectors.block_bits);
        cli_json_number(json, "visited", vectors.visit_count);
        cli_json_number(json, "step", vectors.centroid_step);
        cli_json_end(json);
    }
}

static void dump_encoder(cli_json *json, const cli_document *part, uint32_t dimensions)
{
    sotto_vectors vectors = {.dimensions = dimensions};
    sotto_encoder encoder = {0};
    sotto_reader reader;
    if (dimensions == 0 || !open_section(part, "enco", &reader)) {
        return;
    }
    sotto_encoder_open(&encoder, &reader, &vectors);
    if (reader.status == SOTTO_OK) {
        cli_json_object(json, "encoder");
        cli_json_number(json, "history_count", encoder.history_count);
        cli_json_number(json, "depth_count", encoder.depth_count);
        cli_json_number(json, "hidden", encoder.hidden_count);
        cli_json_number(json, "weights", 3 * (uint64_t)dimensions * encoder.hidden_count);
        cli_json_signed(json, "affinity", encoder.affinity);
        cli_json_array(json, "position");
        for (uint32_t k = 0; k < encoder.history_count; k++) {
            cli_json_signed(json, NULL, encoder.position[k]);
        }
        cli_json_end(json);
        cli_json_end(json);
    }
}

static void dump_recency(cli_json *json, const cli_document *part)
{
    sotto_recency recency = {0};
    sotto_reader reader;
    if (!open_section(part, "rcnt", &reader)) {
        return;
    }
    sotto_recency_open(&recency, &reader, sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT));
    if (reader.status == SOTTO_OK) {
        cli_json_array(json, "recency_offsets");
        for (size_t i = 0; i < SOTTO_ARRAY_COUNT(recency.offsets); i++) {
            cli_json_signed(json, NULL, recency.offsets[i]);
        }
        cli_json_end(json);
    }
}

static void dump_network(cli_json *json, const sotto_reranker *network)
{
    cli_json_array(json, "features");
    for (uint32_t i = 0; i < network->feature_count; i++) {
        cli_json_number(json, NULL, network->features[i]);
    }
    cli_json_end(json);
    cli_json_number(json, "hidden", network->hidden_count);
    cli_json_number(json, "weights", network->feature_count
                                         + (uint64_t)network->hidden_count
                                               * (network->feature_count + 1));
}

static void dump_candidates(cli_json *json, const sotto_reranker *reranker)
{
    cli_json_number(json, "candidates_by_vector", reranker->vector_count);
    cli_json_number(json, "candidates_by_links", reranker->table_count);
    cli_json_number(json, "candidates_of_session", reranker->session_count);
}

static void dump_reranker(cli_json *json, const cli_document *part)
{
    sotto_reranker reranker = {0};
    sotto_forest forest = {0};
    sotto_reader reader;
    if (open_section(part, "rank", &reader)) {
        sotto_reranker_open(&reranker, &reader, SOTTO_FEATURES);
        if (reader.status == SOTTO_OK) {
            cli_json_object(json, "reranker");
            dump_candidates(json, &reranker);
            dump_network(json, &reranker);
            cli_json_end(json);
        }
    } else if (open_section(part, "tree", &reader)) {
        sotto_forest_open(&forest, &reranker, &reader, SOTTO_FEATURES);
        if (reader.status == SOTTO_OK) {
            cli_json_object(json, "trees");
            dump_candidates(json, &reranker);
            cli_json_number(json, "count", forest.tree_count);
            cli_json_number(json, "shift", forest.shift);
            cli_json_end(json);
        }
    }
}

static void dump_basket(cli_json *json, const cli_document *part)
{
    sotto_basket_model basket = {0};
    sotto_reader reader;
    if (!open_section(part, "bskt", &reader)) {
        return;
    }
    sotto_basket_open(&basket, &reader, sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT));
    if (reader.status == SOTTO_OK) {
        cli_json_object(json, "next_basket");
        cli_json_number(json, "decay", basket.decay);
        cli_json_number(json, "popular", basket.popular_count);
        cli_json_number(json, "others", basket.network.table_count);
        dump_network(json, &basket.network);
        cli_json_end(json);
    }
}

void cli_dump_ranking(cli_json *json, const cli_document *part)
{
    cli_json_object(json, "ranking");
    uint32_t dimensions = dump_vectors(json, part);
    dump_blocks(json, part, dimensions);
    dump_encoder(json, part, dimensions);
    dump_recency(json, part);
    dump_reranker(json, part);
    dump_basket(json, part);
    cli_json_end(json);
}

void cli_dump_ranker(cli_json *json, const cli_document *document)
{
    cli_dump_head(json, document);
    cli_dump_ranking(json, document);
    dump_clusters(json, document);
}
