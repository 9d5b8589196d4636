#include "test.h"

#include "moments.h"

TEST(segments_ask_for_those_before_them)
{
    moment_enter();
    MOMENT_SEGMENT(SOTTO_OP_FACT_TRUTH, SOTTO_TOUCH);
    MOMENT_SEGMENT(SOTTO_OP_SEGMENT, 0, SOTTO_OP_NOT);
    MOMENT_SEGMENT(SOTTO_OP_SEGMENT, 0, SOTTO_OP_OR, 2, SOTTO_OP_SEGMENT, 1);
    CHECK_EQ(sotto_segments(moment_now())[0], 6);
    here.scene.touch = true;
    CHECK_EQ(sotto_segments(moment_now())[0], 5);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_SEGMENT, 2), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_SEGMENT, 1), 0);
    moment_leave();
}

TEST(a_segment_asks_for_lower_ones_only)
{
    moment_enter();
    CHECK_EQ(moment_refusal((const uint8_t[]){0x13, 0, 0}, 3, 0), 0);
    CHECK_EQ(moment_refusal((const uint8_t[]){0x13, 0, 0}, 3, 1), -1);
    CHECK_EQ(moment_refusal((const uint8_t[]){0x13, 1, 0}, 3, 1), 0);
    moment_leave();
}

TEST(two_hundred_and_fifty_six)
{
    moment_enter();
    MOMENT_SEGMENT(SOTTO_OP_TRUE);
    for (uint32_t i = 1; i < SOTTO_MAX_SEGMENTS; i++) {
        /* The one before, but every 50th is the other way round. */
        uint8_t low = (uint8_t)((i - 1) & 127), flip = i % 50 == 0 ? SOTTO_OP_NOT : SOTTO_OP_END;
        if (i - 1 < 128) {
            moment_segment((const uint8_t[]){SOTTO_OP_SEGMENT, low, flip, SOTTO_OP_END},
                           flip == SOTTO_OP_END ? 3 : 4);
        } else {
            moment_segment((const uint8_t[]){SOTTO_OP_SEGMENT, low | 128, 1, flip, SOTTO_OP_END},
                           flip == SOTTO_OP_END ? 4 : 5);
        }
    }
    const uint32_t *segments = sotto_segments(moment_now());
    for (uint32_t i = 0; i < SOTTO_MAX_SEGMENTS; i++) {
        ROW("segment %u", i);
        CHECK_EQ(segments[i / 32] >> i % 32 & 1, i / 50 % 2 == 0 ? 1 : 0);
    }
    CHECK(segments == sotto_segments(&here.moment));
    moment_leave();
}
