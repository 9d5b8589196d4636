/*
 * prefix_code_write.c - package-merge
 *
 * Huffman's codes can be longer than 12 bits; the best code within a limit comes from the coin
 * collector's problem (Larmore and Hirschberg, 1990). Each symbol offers a coin of its frequency
 * at each of 12 levels. From the deepest level up, the coins of a level, cheapest first, are
 * packed in pairs, and the packages join the coins of the level above:
 *
 *     level 12    a  b  c  d            ->  (ab) (cd)
 *     level 11    a  b (ab) c (cd) d    ->  (a b) ((ab) c) ((cd) d)
 *     ...
 *     level 1     the cheapest 2 (n - 1) of what is here are bought
 *
 * A symbol's code is as long as the number of its coins among what was bought. With 65 symbols
 * and 12 levels, a package simply keeps a count for each symbol.
 */
#include "format/prefix_code_write.h"

enum { MOST = SOTTO_CODE_MAX_SYMBOLS, LEVELS = SOTTO_CODE_MAX_LENGTH };

typedef struct package {
    uint64_t price;
    uint8_t  coins[MOST];          /* how many of each symbol are in it */
} package;

/* Cheapest first; of equal ones the earlier first, so that there is one answer. */
static void sort_packages(package *list, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        package moved = list[i];
        uint32_t place = i;
        for (; place > 0 && list[place - 1].price > moved.price; place--) {
            list[place] = list[place - 1];
        }
        list[place] = moved;
    }
}

static void add_package(package *sum, const package *other)
{
    sum->price += other->price;
    for (uint32_t i = 0; i < MOST; i++) {
        sum->coins[i] = (uint8_t)(sum->coins[i] + other->coins[i]);
    }
}

/* Packs a sorted list in pairs; what is left over is dropped. Returns how many pairs. */
static uint32_t pack_pairs(package *list, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        package pair = list[2 * i];
        add_package(&pair, &list[2 * i + 1]);
        list[i] = pair;
    }
    return count / 2;
}

static void find_lengths(uint8_t *lengths, const uint64_t *counts, uint32_t symbol_count)
{
    package coins[MOST];
    uint32_t coin_count = 0;
    for (uint32_t symbol = 0; symbol < symbol_count; symbol++) {
        if (counts[symbol] != 0) {
            coins[coin_count] = (package){.price = counts[symbol]};
            coins[coin_count].coins[symbol] = 1;
            coin_count++;
        }
    }
    if (coin_count < 2) {
        for (uint32_t symbol = 0; symbol < symbol_count; symbol++) {
            lengths[symbol] = counts[symbol] != 0;
        }
        return;
    }

    package list[2 * MOST];
    uint32_t count = 0;
    for (uint32_t level = LEVELS; level > 0; level--) {
        count = pack_pairs(list, count);
        memcpy(list + count, coins, coin_count * sizeof *coins);
        count += coin_count;
        sort_packages(list, count);
    }
    package bought = {0};
    for (uint32_t i = 0; i < 2 * (coin_count - 1); i++) {
        add_package(&bought, &list[i]);
    }
    memcpy(lengths, bought.coins, symbol_count);
}

void sotto_prefix_coder_init(sotto_prefix_coder *coder, const uint64_t *counts,
                             uint32_t symbol_count)
{
    SOTTO_ASSERT(symbol_count <= MOST);
    *coder = (sotto_prefix_coder){.symbol_count = symbol_count};
    find_lengths(coder->lengths, counts, symbol_count);
    uint32_t next = 0;
    for (uint32_t length = 1; length <= LEVELS; length++) {
        next <<= 1;
        for (uint32_t symbol = 0; symbol < symbol_count; symbol++) {
            if (coder->lengths[symbol] == length) {
                coder->codes[symbol] = (uint16_t)next++;
            }
        }
    }
}

void sotto_prefix_coder_write(const sotto_prefix_coder *coder, sotto_bit_writer *writer,
                              uint32_t symbol)
{
    SOTTO_ASSERT(symbol < coder->symbol_count && coder->lengths[symbol] != 0);
    sotto_bits_write(writer, coder->codes[symbol], coder->lengths[symbol]);
}

void sotto_prefix_coder_lengths(const sotto_prefix_coder *coder, sotto_bit_writer *writer)
{
    for (uint32_t symbol = 0; symbol < coder->symbol_count; symbol++) {
        sotto_bits_write(writer, coder->lengths[symbol], 4);
    }
}
