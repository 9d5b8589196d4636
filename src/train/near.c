/*
 * near.c - centres of blocks of neighbours
 *
 * In the order of a model neighbours lie together, so a run of 256 items is a cluster that nobody
 * had to look for. Its centre is the mean of its vectors, as they are after quantising: a decision
 * multiplies with all centres first, and then only with the rows of the nearest blocks.
 *
 *     items        blocks of    centres     rows gone over
 *     100,000        256           391          32,768
 *     1,000,000      256         3,907          32,768
 *     16,000,000   2,048         7,813          32,768
 *
 * So the cost of a decision stays what it is for some 40,000 items, whatever the catalogue. The
 * mean of the products with a block's rows is the product with its centre; a block with one good
 * row among strangers is missed, but the links lead there too.
 */
#include "train/near.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_BITS = 8, MOST_BITS = 16, MOST_BLOCKS = 8192, ROWS = 32768 };

static uint32_t block_bits_for(uint32_t item_count)
{
    uint32_t bits = LEAST_BITS;
    while (bits < MOST_BITS && item_count >> bits >= MOST_BLOCKS) {
        bits++;
    }
    return bits;
}

/* Adds an item's coordinates, as they are after quantising, to a sum. */
static void add_item(double *sum, const sotto_ranker_content *content, uint32_t item)
{
    const sotto_vector_class *class = content->classes;
    while (content->popularity[item] < class->least) {
        class++;
    }
    const uint8_t *codes = content->codes + (size_t)item * content->dimensions;
    for (uint32_t i = 0; class->bits > 0 && i < content->dimensions; i++) {
        sum[i] += (2 * codes[i] + 1 - (1 << class->bits)) * (double)class->step;
    }
}

/* The means of all blocks, Q20; the largest coordinate is returned. */
static double find_means(double *means, const sotto_ranker_content *content)
{
    uint32_t size = 1u << content->block_bits;
    double largest = 0;
    for (uint32_t first = 0; first < content->item_count; first += size) {
        double *mean = means + (size_t)(first >> content->block_bits) * content->dimensions;
        uint32_t left = content->item_count - first;
        uint32_t count = left < size ? left : size;
        for (uint32_t i = 0; i < count; i++) {
            add_item(mean, content, first + i);
        }
        for (uint32_t i = 0; i < content->dimensions; i++) {
            mean[i] /= count;
            largest = fmax(largest, fabs(mean[i]));
        }
    }
    return largest;
}

bool sotto_near_make(sotto_ranker_content *content, int8_t **kept)
{
    *kept = NULL;
    if (content->dimensions == 0 || content->item_count <= SOTTO_NEAR_LEAST_ITEMS) {
        return true;
    }
    content->block_bits = block_bits_for(content->item_count);
    content->visit_count = ROWS >> content->block_bits;
    uint32_t block_count = (content->item_count + (1u << content->block_bits) - 1)
                         >> content->block_bits;
    size_t count = (size_t)block_count * content->dimensions;
    double *means = calloc(count, sizeof *means);
    *kept = malloc(count);
    if (means == NULL || *kept == NULL) {
        free(means);
        return false;
    }
    content->centroid_step = (uint32_t)ceil(find_means(means, content) / 127);
    double step = content->centroid_step == 0 ? 1 : content->centroid_step;
    for (size_t i = 0; i < count; i++) {
        (*kept)[i] = (int8_t)lround(means[i] / step);
    }
    content->centroids = *kept;
    free(means);
    return true;
}
