/*
 * prefix_code_write.h - the best prefix code for given frequencies (native only)
 */
#ifndef SOTTO_FORMAT_PREFIX_CODE_WRITE_H
#define SOTTO_FORMAT_PREFIX_CODE_WRITE_H

#include "format/bits_write.h"
#include "format/prefix_code.h"

/* A code to write with. */
typedef struct sotto_prefix_coder {
    uint32_t symbol_count;
    uint8_t  lengths[SOTTO_CODE_MAX_SYMBOLS];        /* 0: the symbol does not occur */
    uint16_t codes[SOTTO_CODE_MAX_SYMBOLS];
} sotto_prefix_coder;

/*
 * Makes the code that is shortest for symbols that occur this often, with no code above 12 bits.
 * The same counts always give the same code.
 */
void sotto_prefix_coder_init(sotto_prefix_coder *coder, const uint64_t *counts,
                             uint32_t symbol_count);

/* Writes a symbol that occurs. */
void sotto_prefix_coder_write(const sotto_prefix_coder *coder, sotto_bit_writer *writer,
                              uint32_t symbol);

/* Writes the lengths, as numbers of 4 bits. */
void sotto_prefix_coder_lengths(const sotto_prefix_coder *coder, sotto_bit_writer *writer);

#endif
