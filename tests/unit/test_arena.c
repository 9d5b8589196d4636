#include "test.h"

#include "base/arena.h"

TEST(what_is_taken_is_aligned_and_apart)
{
    _Alignas(8) uint8_t block[64];
    sotto_arena arena;
    sotto_arena_init(&arena, block, sizeof block);
    CHECK(sotto_arena_take(&arena, 3) == block);
    CHECK(sotto_arena_take(&arena, 8) == block + 8);
    CHECK(sotto_arena_take(&arena, 0) == block + 16);
    CHECK(sotto_arena_take(&arena, 1) == block + 16);
}

TEST(a_full_arena_gives_nothing_and_stays_as_it_was)
{
    _Alignas(8) uint8_t block[64];
    sotto_arena arena;
    sotto_arena_init(&arena, block, sizeof block);
    CHECK(sotto_arena_take(&arena, 65) == NULL);
    CHECK(sotto_arena_take(&arena, SIZE_MAX) == NULL);
    CHECK(sotto_arena_take(&arena, SIZE_MAX - 8) == NULL);
    CHECK(sotto_arena_take(&arena, 64) == block);
    CHECK(sotto_arena_take(&arena, 1) == NULL);
}

TEST(whoever_marks_rewinds)
{
    _Alignas(8) uint8_t block[64];
    sotto_arena arena;
    sotto_arena_init(&arena, block, sizeof block);
    sotto_arena_take(&arena, 8);
    size_t mark = sotto_arena_mark(&arena);
    sotto_arena_take(&arena, 40);
    sotto_arena_rewind(&arena, mark);
    CHECK(sotto_arena_take(&arena, 56) == block + 8);
}

TEST(space_adds_up_to_what_is_used)
{
    _Alignas(8) uint8_t block[64];
    sotto_arena arena;
    size_t size = sotto_arena_space(5) + sotto_arena_space(16) + sotto_arena_space(1);
    sotto_arena_init(&arena, block, size);
    CHECK(sotto_arena_take(&arena, 5) != NULL);
    CHECK(sotto_arena_take(&arena, 16) != NULL);
    CHECK(sotto_arena_take(&arena, 1) != NULL);
    CHECK(sotto_arena_take(&arena, 1) == NULL);
}
