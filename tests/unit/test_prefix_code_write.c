#include "test.h"

#include "format/bits.h"
#include "format/prefix_code_write.h"

static uint64_t cost_of(const uint8_t *lengths, const uint64_t *counts, uint32_t symbol_count)
{
    uint64_t cost = 0;
    for (uint32_t i = 0; i < symbol_count; i++) {
        cost += lengths[i] * counts[i];
    }
    return cost;
}

/*
 * The least cost of any code of at most `limit` bits, by trying all lengths that do not
 * over-fill.
 */
static uint64_t best_cost(const uint64_t *counts, uint32_t symbol_count, uint32_t limit,
                          uint32_t room)
{
    if (symbol_count == 0) {
        return 0;
    }
    uint64_t best = UINT64_MAX;
    for (uint32_t length = 1; length <= limit; length++) {
        uint32_t space = 1u << (limit - length);
        if (space > room) {
            continue;
        }
        uint64_t rest = best_cost(counts + 1, symbol_count - 1, limit, room - space);
        if (rest != UINT64_MAX && rest + length * counts[0] < best) {
            best = rest + length * counts[0];
        }
    }
    return best;
}

TEST(no_code_is_shorter)
{
    uint64_t state = 3;
    for (uint32_t turn = 0; turn < 40; turn++) {
        ROW("turn %u", (unsigned)turn);
        uint64_t counts[5];
        for (uint32_t i = 0; i < 5; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            counts[i] = 1 + (state >> 33) % (turn < 20 ? 10 : 10000);
        }
        sotto_prefix_coder coder;
        sotto_prefix_coder_init(&coder, counts, 5);
        CHECK_EQ(cost_of(coder.lengths, counts, 5), best_cost(counts, 5, 6, 64));
    }
}

TEST(lengths_stay_within_twelve_and_fill_the_code)
{
    uint64_t counts[SOTTO_CODE_MAX_SYMBOLS];
    uint64_t count = 1;
    for (uint32_t i = 0; i < SOTTO_CODE_MAX_SYMBOLS; i++) {
        counts[i] = count;
        count += i < 40 ? count / 2 + 1 : 0;
    }
    sotto_prefix_coder coder;
    sotto_prefix_coder_init(&coder, counts, SOTTO_CODE_MAX_SYMBOLS);
    uint32_t used = 0;
    for (uint32_t i = 0; i < SOTTO_CODE_MAX_SYMBOLS; i++) {
        CHECK(coder.lengths[i] >= 1 && coder.lengths[i] <= 12);
        used += 4096u >> coder.lengths[i];
    }
    CHECK_EQ(used, 4096);
}

TEST(symbols_that_do_not_occur_have_no_code)
{
    const uint64_t one[] = {0, 0, 5, 0};
    sotto_prefix_coder coder;
    sotto_prefix_coder_init(&coder, one, 4);
    const uint8_t lengths[] = {0, 0, 1, 0};
    CHECK_MEM(coder.lengths, lengths, 4);
    const uint64_t none[] = {0, 0, 0, 0};
    sotto_prefix_coder_init(&coder, none, 4);
    const uint8_t nothing[] = {0, 0, 0, 0};
    CHECK_MEM(coder.lengths, nothing, 4);
}

TEST(what_is_written_is_read)
{
    uint64_t counts[26];
    for (uint32_t i = 0; i < 26; i++) {
        counts[i] = i % 5 == 4 ? 0 : 1 + (1u << (i % 17));
    }
    sotto_prefix_coder coder;
    sotto_prefix_coder_init(&coder, counts, 26);
    sotto_buffer lengths = {0}, data = {0};
    sotto_bit_writer length_bits = {.buffer = &lengths}, bits = {.buffer = &data};
    sotto_prefix_coder_lengths(&coder, &length_bits);
    sotto_bits_finish(&length_bits);
    for (uint32_t i = 0; i < 26; i++) {
        if (counts[i] != 0) {
            sotto_prefix_coder_write(&coder, &bits, i);
        }
    }
    sotto_bits_finish(&bits);
    REQUIRE(sotto_prefix_code_fits(lengths.bytes, 0, 26));
    sotto_prefix_code code;
    sotto_prefix_code_build(&code, lengths.bytes, 0, 26);
    uint64_t position = 0;
    for (uint32_t i = 0; i < 26; i++) {
        if (counts[i] != 0) {
            uint64_t window = sotto_bits_peek(data.bytes, (uint32_t)data.size, position);
            uint32_t read = sotto_prefix_code_read(&code, window);
            CHECK_EQ(read >> 4, i);
            position += read & 15;
        }
    }
    sotto_buffer_free(&lengths);
    sotto_buffer_free(&data);
}
