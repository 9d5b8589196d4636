/*
 * prefix_code.c - from code lengths to tables
 *
 * The tables are made in the order the codes were handed out: by length, then by symbol. A
 * running pattern of 12 bits says how much of the space is used; a code of n bits takes 2^(12-n)
 * of it, which in the quick table of 6 bits is 2^(6-n) entries.
 */
#include "format/prefix_code.h"

static uint32_t length_at(const uint8_t *lengths, uint32_t index)
{
    return (index & 1) == 0 ? lengths[index >> 1] >> 4 : lengths[index >> 1] & 15u;
}

bool sotto_prefix_code_fits(const uint8_t *lengths, uint32_t from, uint32_t symbol_count)
{
    uint32_t used = 0;
    for (uint32_t symbol = 0; symbol < symbol_count; symbol++) {
        uint32_t length = length_at(lengths, from + symbol);
        if (length > SOTTO_CODE_MAX_LENGTH) {
            return false;
        }
        used += length == 0 ? 0 : (1u << SOTTO_CODE_MAX_LENGTH) >> length;
    }
    return used <= 1u << SOTTO_CODE_MAX_LENGTH;
}

void sotto_prefix_code_build(sotto_prefix_code *code, const uint8_t *lengths, uint32_t from,
                             uint32_t symbol_count)
{
    SOTTO_ASSERT(symbol_count <= SOTTO_CODE_MAX_SYMBOLS);
    uint32_t pattern = 0;
    uint32_t place = 0;
    for (uint32_t length = 1; length <= SOTTO_CODE_MAX_LENGTH; length++) {
        uint32_t spare_bits = SOTTO_CODE_MAX_LENGTH - length;
        code->shifts[length - 1] = (uint16_t)(place - (pattern >> spare_bits));
        for (uint32_t symbol = 0; symbol < symbol_count; symbol++) {
            if (length_at(lengths, from + symbol) == length) {
                code->symbols[place++] = (uint8_t)symbol;
                pattern += 1u << spare_bits;
            }
        }
        code->limits[length - 1] = (uint16_t)pattern;
    }
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(code->quick); i++) {
        uint32_t found = sotto_prefix_code_search(code, i << SOTTO_CODE_SLOW_LENGTHS);
        code->quick[i] = (uint16_t)((found & 15) <= SOTTO_CODE_QUICK_BITS ? found : 0);
    }
}

uint32_t sotto_prefix_code_search(const sotto_prefix_code *code, uint32_t pattern)
{
    for (uint32_t length = 1; length <= SOTTO_CODE_MAX_LENGTH; length++) {
        if (pattern < code->limits[length - 1]) {
            uint32_t place = (pattern >> (SOTTO_CODE_MAX_LENGTH - length)) + code->shifts[length - 1];
            return (uint32_t)code->symbols[(uint16_t)place] << 4 | length;
        }
    }
    return 0;
}
