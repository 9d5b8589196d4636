/*
 * Radix - sorting many numbers by their upper half
 */
#ifndef SOTTO_TRAIN_RADIX_H
#define SOTTO_TRAIN_RADIX_H

#include <stddef.h>
#include <stdint.h>

/*
 * Sorts by the upper 32 bits, ascending; numbers that are equal there keep their order. `scratch`
 * has room for as many numbers.
 */
void sotto_radix_sort(uint64_t *numbers, size_t count, uint64_t *scratch);

#endif
