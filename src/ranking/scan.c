/*
 * scan.c - the items nearest to a point
 *
 * All rows are gone over. The best so far are kept as a heap with the worst of them at the root,
 * which is what the next one has to beat; after the first few thousand rows hardly any does, so
 * that a scan costs what it takes to say of many rows at once that none is good enough (rows.c).
 * What is compared is the sum of code * coordinate as it comes; for each class it is worked out
 * what sum a score needs.
 *
 * For a catalogue that is too large for this, the blocks' centroids are scanned first, in the same
 * way, and then only the rows of the nearest blocks.
 */
#include "ranking/scan.h"

#include "ranking/select.h"

enum { CLASS_SHIFT = 24 };

typedef struct scanner {
    sotto_scan          *scan;
    const sotto_vectors *vectors;
    const int16_t       *point;
    int32_t              point_sum;
    uint32_t             want;
    int32_t              least;    /* the score that the next one needs */
} scanner;

/* Puts a key into the heap: from a place that is free upwards, or from the root downwards. */
static void rise(uint64_t *heap, uint32_t place, uint64_t key)
{
    while (place > 0 && heap[(place - 1) / 2] > key) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap[place] = key;
}

static void sink(uint64_t *heap, uint32_t count, uint64_t key)
{
    uint32_t place = 0;
    for (uint32_t child; (child = 2 * place + 1) < count; place = child) {
        child += child + 1 < count && heap[child + 1] < heap[child];
        if (heap[child] >= key) {
            break;
        }
        heap[place] = heap[child];
    }
    heap[place] = key;
}

/* Keeps what has a score of `least` or more, if it is among the best so far. */
static void keep(scanner *to, int32_t score, uint32_t number)
{
    sotto_scan *scan = to->scan;
    uint64_t key = sotto_key(score, number);
    if (scan->count < to->want) {
        rise(scan->keys, scan->count++, key);
    } else if (to->want > 0 && key > scan->keys[0]) {
        sink(scan->keys, scan->count, key);
    }
    if (scan->count == to->want && to->want > 0) {
        to->least = sotto_key_score(scan->keys[0]);
    }
}

/* Twice the sum of code * coordinate of a row whose coordinates all were 0. */
static int64_t middle_of(const scanner *to, const sotto_vector_class_rows *class)
{
    return ((1 << class->bits) - 1) * (int64_t)to->point_sum;
}

/* The smallest sum of code * coordinate that gives a row of this class the score `least`. */
static int32_t sum_for(const scanner *to, const sotto_vector_class_rows *class)
{
    if (class->step == 0) {
        return to->least <= 0 ? INT32_MIN : INT32_MAX;
    }
    /* dot * step >> 12 >= least, that is: dot >= least * 4096 / step, rounded up. */
    int64_t product = to->least * INT64_C(4096);
    int64_t dot = product / (int64_t)class->step;
    dot += product > 0 && product % (int64_t)class->step != 0;
    /* dot = 2 sum - middle; half of it is rounded up, too. */
    int64_t twice = dot + middle_of(to, class);
    int64_t sum = twice >= 0 ? (twice + 1) / 2 : -(-twice / 2);
    return sum > INT32_MAX ? INT32_MAX : sum < INT32_MIN ? INT32_MIN : (int32_t)sum;
}

/* Goes over rows of the class that the table is set for. */
static void scan_rows(scanner *to, uint32_t number, uint32_t first, uint32_t end)
{
    const sotto_vector_class_rows *class = &to->vectors->classes[number];
    const sotto_rows_table *table = &to->scan->table;
    int32_t least = sum_for(to, class);
    for (uint32_t row = first; row < end; row += SOTTO_ROWS_AT_ONCE) {
        const uint8_t *rows = class->rows + (size_t)row * class->row_size;
        uint32_t reaching = sotto_rows_may_reach(
            table, rows, sotto_min_u32(SOTTO_ROWS_AT_ONCE, end - row),
            (size_t)(class->row_count - row) * class->row_size, least);
        if (reaching == 0) {
            continue;
        }
        int32_t before = to->least;
        for (; reaching != 0; reaching &= reaching - 1) {
            uint32_t i = (uint32_t)__builtin_ctz(reaching);
            int32_t sum = sotto_rows_sum(table, rows + (size_t)i * class->row_size);
            if (sum >= least) {
                keep(to, sotto_dot_cosine(2 * (int64_t)sum - middle_of(to, class), class->step),
                     number << CLASS_SHIFT | (row + i));
            }
        }
        least = to->least != before ? sum_for(to, class) : least;
    }
}

/* Chooses the blocks to visit, the nearest first; returns how many. */
static uint32_t choose_blocks(sotto_scan *scan, const sotto_vectors *vectors,
                              const int16_t *point)
{
    scanner to = {scan, vectors, point, 0, vectors->visit_count, INT32_MIN};
    scan->count = 0;
    for (uint32_t block = 0; block < vectors->block_count; block++) {
        const int8_t *centroid = vectors->centroids + (size_t)block * vectors->dimensions;
        int64_t dot = sotto_dot_i8(centroid, point, vectors->dimensions);
        keep(&to, sotto_dot_cosine(dot, vectors->centroid_step), block);
    }
    for (uint32_t i = 0; i < scan->count; i++) {
        scan->blocks[i] = sotto_key_number(scan->keys[i]);
    }
    return scan->count;
}

static void scan_blocks(scanner *to, uint32_t class, uint32_t block_count)
{
    const sotto_vectors *vectors = to->vectors;
    for (uint32_t i = 0; i < block_count; i++) {
        uint32_t start = to->scan->blocks[i] << vectors->block_bits;
        uint32_t end = sotto_min_u32(start + (1u << vectors->block_bits), vectors->item_count);
        scan_rows(to, class, sotto_vectors_rank(vectors, class, start),
                  sotto_vectors_rank(vectors, class, end));
    }
}

void sotto_scan_nearest(sotto_scan *scan, const sotto_vectors *vectors, const int16_t *point,
                        uint32_t want)
{
    SOTTO_ASSERT(want <= SOTTO_SCAN_MOST);
    bool all = vectors->visit_count == 0 || vectors->visit_count >= vectors->block_count;
    uint32_t block_count = all ? 0 : choose_blocks(scan, vectors, point);
    scanner to = {scan, vectors, point, 0, want, INT32_MIN};
    for (uint32_t i = 0; i < vectors->dimensions; i++) {
        to.point_sum += point[i];
    }
    scan->count = 0;
    for (uint32_t class = 0; class < vectors->class_count; class++) {
        const sotto_vector_class_rows *rows = &vectors->classes[class];
        if (rows->bits == 0) {
            continue;
        }
        sotto_rows_table_set(&scan->table, point, vectors->dimensions, rows->bits);
        if (all) {
            scan_rows(&to, class, 0, rows->row_count);
        } else {
            scan_blocks(&to, class, block_count);
        }
    }
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
