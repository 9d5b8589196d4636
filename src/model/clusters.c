/*
 * clusters.c - kinds of shoppers, found by training
 */
#include "model/clusters.h"

void sotto_clusters_open(sotto_clusters *clusters, sotto_reader *reader, uint32_t item_count)
{
    sotto_clusters opened = {.item_count = item_count};
    opened.count = sotto_reader_number(reader, 1, 2, SOTTO_CLUSTER_MAX);
    opened.block_count = sotto_reader_number(reader, 1, 1, SOTTO_CLUSTER_BLOCKS);
    sotto_reader_number(reader, 2, 0, 0); /* reserved */
    opened.silhouette = (int16_t)sotto_reader_number(reader, 2, 0, UINT16_MAX);
    opened.davies_bouldin = sotto_reader_number(reader, 2, 0, UINT16_MAX);
    opened.shares = sotto_reader_take(reader, 2 * opened.count);
    uint32_t size = opened.block_count + SOTTO_CLUSTER_HABITS;
    opened.centroids = sotto_reader_take(reader, opened.count * size);
    opened.typical_counts = sotto_reader_take(reader, opened.count);
    uint32_t typical = 0;
    for (uint32_t i = 0; opened.typical_counts != NULL && i < opened.count; i++) {
        typical += opened.typical_counts[i];
        if (opened.typical_counts[i] > SOTTO_CLUSTER_TYPICAL) {
            sotto_reader_refuse(reader, SOTTO_INVALID,
                                reader->at - opened.count + i, "too many typical items");
        }
    }
    sotto_reader_align(reader);
    opened.typical = sotto_reader_indexes(reader, 4, typical, item_count, false);
    sotto_reader_finish(reader);
    if (reader->status == SOTTO_OK) {
        *clusters = opened;
    }
}
