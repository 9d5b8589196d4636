/*
 * scan.c - the items nearest to a point
 *
 * All rows are multiplied with the point, and those that are better than the worst of the best so
 * far are noted. When there is no room for more notes, the best of them are kept and the rest
 * forgotten, which also raises what the next ones have to beat:
 *
 *     notes   | best so far, in no order  | noted since ...          room |
 *
 * After the first few thousand rows hardly any row is noted, so that a scan costs what the products
 * cost and one comparison. What is compared is the sum of code * coordinate as it comes; for each
 * class it is worked out once what sum a score needs.
 *
 * For a catalogue that is too large for this, the blocks' centroids are scanned first, in the same
 * way, and then only the rows of the nearest blocks.
 */
#include "ranking/scan.h"

#include "ranking/dot.h"
#include "ranking/select.h"

enum { BATCH = 32, CLASS_SHIFT = 24, LEAST_ROOM = 64 };

typedef struct scanner {
    sotto_scan            *scan;
    const sotto_vectors   *vectors;
    const sotto_dot_query *query;
    uint32_t               want;
    int32_t                least;                    /* the score that the next note needs */
} scanner;

/* Makes room for notes; `least` then is the score of the worst that is still wanted. */
static void sort_out(scanner *to)
{
    sotto_scan *scan = to->scan;
    scan->count = sotto_select_largest(scan->keys, scan->count, to->want);
    if (scan->count < to->want || to->want == 0) {
        return;
    }
    uint64_t worst = UINT64_MAX;
    for (uint32_t i = 0; i < scan->count; i++) {
        worst = scan->keys[i] < worst ? scan->keys[i] : worst;
    }
    to->least = sotto_key_score(worst);
}

static void note(scanner *to, int32_t score, uint32_t number)
{
    /* Twice what is wanted: sorting out more seldom would raise the bar later. */
    if (to->scan->count >= sotto_min_u32(SOTTO_SCAN_ROOM, 2 * to->want + LEAST_ROOM)) {
        sort_out(to);
    }
    if (score >= to->least) {
        to->scan->keys[to->scan->count++] = sotto_key(score, number);
    }
}

/* The smallest sum of code * coordinate that gives a row of this class the score `least`. */
static int32_t sum_for(const sotto_dot_query *query, const sotto_vector_class_rows *class,
                       int64_t least)
{
    if (class->step == 0) {
        return least <= 0 ? INT32_MIN : INT32_MAX;
    }
    /* dot * step >> 12 >= least, that is: dot >= least * 4096 / step, rounded up. */
    int64_t product = least * 4096;
    int64_t dot = product / (int64_t)class->step;
    dot += product > 0 && product % (int64_t)class->step != 0;
    /* dot = 2 sum - most * query->sum; half of it is rounded up, too. */
    int64_t twice = dot + ((1 << class->bits) - 1) * (int64_t)query->sum;
    int64_t sum = twice >= 0 ? (twice + 1) / 2 : -(-twice / 2);
    return sum > INT32_MAX ? INT32_MAX : sum < INT32_MIN ? INT32_MIN : (int32_t)sum;
}

/* The sums of some rows of a class, and the largest of them. */
static int32_t sum_rows(const scanner *to, const sotto_vector_class_rows *class, uint32_t row,
                        uint32_t count, int32_t *sums)
{
    const uint8_t *rows = class->rows + (size_t)row * class->row_size;
#ifdef SOTTO_SIMD
    return sotto_dot_rows(to->query, class->bits, rows, count, sums);
#else
    sotto_dot_table *table = &to->scan->table;
    if (table->bits != class->bits) {
        sotto_dot_table_set(table, to->query, class->bits);
    }
    return sotto_dot_table_rows(table, class->row_size, rows, count, sums);
#endif
}

static void scan_rows(scanner *to, uint32_t number, uint32_t first, uint32_t end)
{
    const sotto_vector_class_rows *class = &to->vectors->classes[number];
    int32_t sums[BATCH];
    if (class->bits == 0) {
        return;
    }
    int32_t least = sum_for(to->query, class, to->least);
    for (uint32_t row = first; row < end; row += BATCH) {
        uint32_t count = sotto_min_u32(BATCH, end - row);
        if (sum_rows(to, class, row, count, sums) < least) {
            continue;
        }
        for (uint32_t i = 0; i < count; i++) {
            if (sums[i] >= least) {
                note(to, sotto_dot_cosine(to->query, class, sums[i]),
                     number << CLASS_SHIFT | (row + i));
            }
        }
        least = sum_for(to->query, class, to->least);
    }
}

/* Chooses the blocks to visit, the nearest first; returns how many. */
static uint32_t choose_blocks(sotto_scan *scan, const sotto_vectors *vectors,
                              const sotto_dot_query *query)
{
    scanner to = {scan, vectors, query, vectors->visit_count, INT32_MIN};
    scan->count = 0;
    for (uint32_t block = 0; block < vectors->block_count; block++) {
        const int8_t *centroid = vectors->centroids + (size_t)block * vectors->dimensions;
        note(&to, sotto_dot_centroid(query, vectors, centroid), block);
    }
    sort_out(&to);
    sotto_select_sort(scan->keys, scan->count);
    for (uint32_t i = 0; i < scan->count; i++) {
        scan->blocks[i] = sotto_key_number(scan->keys[i]);
    }
    return scan->count;
}

static void scan_blocks(scanner *to, uint32_t block_count)
{
    const sotto_vectors *vectors = to->vectors;
    for (uint32_t i = 0; i < block_count; i++) {
        uint32_t start = to->scan->blocks[i] << vectors->block_bits;
        uint32_t end = sotto_min_u32(start + (1u << vectors->block_bits), vectors->item_count);
        for (uint32_t class = 0; class < vectors->class_count; class++) {
            scan_rows(to, class, sotto_vectors_rank(vectors, class, start),
                      sotto_vectors_rank(vectors, class, end));
        }
    }
}

void sotto_scan_nearest(sotto_scan *scan, const sotto_vectors *vectors,
                        const sotto_dot_query *query, uint32_t want)
{
    SOTTO_ASSERT(want <= SOTTO_SCAN_MOST);
    bool all = vectors->visit_count == 0 || vectors->visit_count >= vectors->block_count;
    uint32_t block_count = all ? 0 : choose_blocks(scan, vectors, query);
    scanner to = {scan, vectors, query, want, INT32_MIN};
    scan->count = 0;
    scan->table.bits = 0;
    scan_blocks(&to, block_count);
    for (uint32_t class = 0; all && class < vectors->class_count; class++) {
        scan_rows(&to, class, 0, vectors->classes[class].row_count);
    }
    sort_out(&to);
    sotto_select_sort(scan->keys, scan->count);
    for (uint32_t i = 0; i < scan->count; i++) {
        uint32_t number = sotto_key_number(scan->keys[i]);
        scan->hits[i] = (sotto_scan_hit){
            sotto_vectors_item(vectors, number >> CLASS_SHIFT,
                               number & ((1u << CLASS_SHIFT) - 1)),
            sotto_key_score(scan->keys[i]),
        };
    }
}
