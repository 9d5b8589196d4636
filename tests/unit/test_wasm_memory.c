/*
 * test_wasm_memory.c - the one place of the core where memory comes from, with its native stand-in
 */
#include "test.h"

#include "bindings/wasm_memory.h"

TEST(what_is_taken_is_whole_pages_and_ends)
{
    uint8_t *first = sotto_wasm_memory_take(1);
    uint8_t *second = sotto_wasm_memory_take(2);
    uint8_t *third = sotto_wasm_memory_take(1);
    REQUIRE(first && second && third);
    CHECK_EQ((uintptr_t)first % 8, 0);
    CHECK_EQ(second - first, 65536);
    CHECK_EQ(third - second, 2 * 65536);
    CHECK(sotto_wasm_memory_take(UINT32_MAX) == NULL);
    uint32_t taken = 0;
    while (sotto_wasm_memory_take(1)) {
        taken++;
    }
    CHECK_EQ(taken, 128 - 4);
    CHECK(sotto_wasm_memory_take(1) == NULL);
}
