/*
 * clusters_write.c - clusters of shoppers, as a section (native only)
 */
#include "format/write.h"

#include "format/part_write.h"

/* Limits of FORMAT.md 5a.6. */
enum { CLUSTERS = 16, BLOCKS = 64, HABITS = 4, TYPICAL = 16, TRAIT = 127 };

static const char *find_mistake(const sotto_clusters_content *content)
{
    uint32_t size = content->block_count + HABITS, typical = 0;
    if (content->cluster_count < 2 || content->cluster_count > CLUSTERS) {
        return "there are not 2 to 16 clusters";
    }
    if (content->block_count < 1 || content->block_count > BLOCKS) {
        return "a cluster has not 1 to 64 stretches";
    }
    for (uint32_t i = 0; i < content->cluster_count * size; i++) {
        if (content->centroids[i] > TRAIT) {
            return "a centroid has a trait above 127";
        }
    }
    for (uint32_t i = 0; i < content->cluster_count; i++) {
        if (content->typical_counts[i] > TYPICAL) {
            return "a cluster has more than 16 typical items";
        }
        typical += content->typical_counts[i];
    }
    for (uint32_t i = 0; i < typical; i++) {
        if (content->typical[i] >= content->item_count) {
            return "a typical item does not exist";
        }
    }
    return NULL;
}

sotto_status sotto_clusters_section(const sotto_clusters_content *content,
                                    sotto_section_list *list, const char **why)
{
    const char *mistake = find_mistake(content);
    sotto_buffer buffer = {0};
    sotto_bytes section;
    if (mistake != NULL) {
        return sotto_buffer_finish(&buffer, mistake, &section, why);
    }
    uint32_t size = content->block_count + HABITS, typical = 0;
    sotto_buffer_u8(&buffer, content->cluster_count);
    sotto_buffer_u8(&buffer, content->block_count);
    sotto_buffer_zeros(&buffer, 2);
    sotto_buffer_u16(&buffer, (uint16_t)content->silhouette);
    sotto_buffer_u16(&buffer, content->davies_bouldin);
    for (uint32_t i = 0; i < content->cluster_count; i++) {
        sotto_buffer_u16(&buffer, content->shares[i]);
        typical += content->typical_counts[i];
    }
    sotto_buffer_add(&buffer, content->centroids, (size_t)content->cluster_count * size);
    sotto_buffer_add(&buffer, content->typical_counts, content->cluster_count);
    sotto_buffer_align(&buffer, 0);
    for (uint32_t i = 0; i < typical; i++) {
        sotto_buffer_u32(&buffer, content->typical[i]);
    }
    sotto_status status = sotto_buffer_finish(&buffer, NULL, &section, why);
    if (status == SOTTO_OK && !sotto_section_list_add(list, "clus", section)) {
        sotto_buffer nothing = {0};
        return sotto_buffer_finish(&nothing, "there are too many sections", &section, why);
    }
    return status;
}
