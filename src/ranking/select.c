/*
 * select.c - the best of many, where the order of the rest does not matter
 *
 * Selecting is half a quicksort: of the two sides that a pivot makes, only the one that the border
 * runs through is looked at again. Sorting is Shell's: a few hundred keys are left by then.
 */
#include "ranking/select.h"

static void swap(uint64_t *a, uint64_t *b)
{
    uint64_t kept = *a;
    *a = *b;
    *b = kept;
}

/* The middle one of three keys, so that sorted input is no worse than any other. */
static uint64_t pivot_of(const uint64_t *keys, int32_t first, int32_t last)
{
    uint64_t a = keys[first];
    uint64_t b = keys[first + (last - first) / 2];
    uint64_t c = keys[last];
    uint64_t low = a < b ? a : b;
    uint64_t high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

uint32_t sotto_select_largest(uint64_t *keys, uint32_t count, uint32_t want)
{
    if (count <= want || want == 0) {
        return sotto_min_u32(count, want);
    }
    int32_t border = (int32_t)want - 1;
    int32_t first = 0;
    int32_t last = (int32_t)count - 1;
    while (first < last) {
        uint64_t pivot = pivot_of(keys, first, last);
        int32_t left = first;
        int32_t right = last;
        do {
            while (keys[left] > pivot) {
                left++;
            }
            while (keys[right] < pivot) {
                right--;
            }
            if (left <= right) {
                swap(&keys[left++], &keys[right--]);
            }
        } while (left <= right);
        /* Up to `right` all are the pivot or larger, from `left` on the pivot or smaller. */
        if (right < border) {
            first = left;
        }
        if (border < left) {
            last = right;
        }
    }
    return want;
}

void sotto_select_sort(uint64_t *keys, uint32_t count)
{
    static const uint32_t gaps[] = {301, 132, 57, 23, 10, 4, 1};
    for (uint32_t g = 0; g < SOTTO_ARRAY_COUNT(gaps); g++) {
        uint32_t gap = gaps[g];
        for (uint32_t i = gap; i < count; i++) {
            uint64_t key = keys[i];
            uint32_t place = i;
            for (; place >= gap && keys[place - gap] < key; place -= gap) {
                keys[place] = keys[place - gap];
            }
            keys[place] = key;
        }
    }
}
