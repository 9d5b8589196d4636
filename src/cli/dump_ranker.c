/*
 * dump_ranker.c - the content of a ranker part as JSON, as far as it can be read without its model
 */
#include "cli/document.h"
#include "format/reader.h"
#include "model/clusters.h"

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

void cli_dump_ranker(cli_json *json, const cli_document *document)
{
    cli_dump_head(json, document);
    dump_clusters(json, document);
}
