#include "test.h"

#include "planned.h"

#include "cli/plan_share.h"

/* count(view, within: 7d) >= 1; hour >= 9; cart.total >= 20 */
#define VIEWS 0x20, 3, 0, 32, 0x80, 0xF5, 0x24, 0x02, 2, 0x45
#define HOUR  0x10, 21, 0x02, 18, 0x45
#define CART  0x10, 0, 0x02, 40, 0x45

static cli_pool memory;

static void enter(void)
{
    planned_enter();
    memory = (cli_pool){0};
}

static void leave(void)
{
    cli_pool_free(&memory);
    planned_leave();
}

static void asks(const char *name, const uint8_t *bytes, uint32_t size)
{
    planned_at(name, name)->when = (sotto_program_content){bytes, size};
}

#define ASKS(name, ...)                                             \
    do {                                                            \
        static const uint8_t bytes[] = {__VA_ARGS__, 0};            \
        asks(name, bytes, sizeof bytes);                            \
    } while (0)

/* What the campaign asks now. */
#define CHECK_ASKS(index, ...)                                                                \
    do {                                                                                      \
        static const uint8_t expected[] = {__VA_ARGS__, 0};                                   \
        sotto_program_content when = planned.content.campaigns[index].when;                   \
        CHECK_EQ(when.size, sizeof expected);                                                 \
        CHECK(when.size == sizeof expected && memcmp(when.bytes, expected, when.size) == 0);  \
    } while (0)

static void check_segment(uint32_t index, const uint8_t *bytes, uint32_t size)
{
    const sotto_segment_content *segment = &planned.content.segments[index];
    CHECK_EQ(segment->name, 0);
    CHECK_EQ(segment->program.size, size);
    CHECK(segment->program.size == size && memcmp(segment->program.bytes, bytes, size) == 0);
}

TEST(what_two_ask_is_kept_once)
{
    static const uint8_t views[] = {VIEWS, 0};
    enter();
    ASKS("a", HOUR, 0x51, 10, VIEWS);
    ASKS("b", VIEWS, 0x52, 5, CART);
    ASKS("c", VIEWS, 0x50);
    cli_plan_share(&planned.content, &memory);
    REQUIRE(planned.content.segment_count == 1);
    check_segment(0, views, sizeof views);
    CHECK_ASKS(0, HOUR, 0x51, 2, 0x13, 0);
    CHECK_ASKS(1, 0x13, 0, 0x52, 5, CART);
    CHECK_ASKS(2, 0x13, 0, 0x50);
    planned_publish();
    CHECK_EQ(sotto_segment_count(&planned.plan), 0);
    leave();
}

TEST(what_saves_little_stays)
{
    enter();
    ASKS("a", CART, 0x51, 5, HOUR);
    ASKS("b", HOUR);
    ASKS("c", 0x12, 1);
    ASKS("d", 0x12, 1);
    planned_at("e", "e");
    cli_plan_share(&planned.content, &memory);
    CHECK_EQ(planned.content.segment_count, 0);
    CHECK_ASKS(0, CART, 0x51, 5, HOUR);
    CHECK_ASKS(2, 0x12, 1);
    CHECK(planned.content.campaigns[4].when.bytes == NULL);
    leave();
}

TEST(the_whole_and_then_its_parts)
{
    static const uint8_t both[] = {VIEWS, 0x51, 5, HOUR, 0};
    enter();
    static const uint8_t always[] = {0x03, 0};
    planned.segments[0] = (sotto_segment_content){planned_text("all"), {always, 2}};
    planned.content.segment_count = 1;
    ASKS("a", VIEWS, 0x51, 5, HOUR);
    ASKS("b", CART, 0x51, 17, VIEWS, 0x51, 5, HOUR);
    ASKS("c", VIEWS, 0x51, 5, HOUR);
    cli_plan_share(&planned.content, &memory);
    REQUIRE(planned.content.segment_count == 2);
    CHECK_EQ(planned.content.segments[0].name, planned_text("all"));
    check_segment(1, both, sizeof both);
    CHECK_ASKS(0, 0x13, 1);
    CHECK_ASKS(1, CART, 0x51, 2, 0x13, 1);
    leave();
}

/* A way over more than 127 bytes takes two bytes, and one when they are fewer. */
TEST(jumps_become_shorter_than_a_byte)
{
    static uint8_t bytes[2][256];
    static const uint8_t views[] = {VIEWS};
    enter();
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t size = 0;
        bytes[i][size++] = i == 0 ? 0x03 : 0x04;
        bytes[i][size++] = 0x51;
        bytes[i][size++] = 0x80 | (12 * 11 - 1) % 128;
        bytes[i][size++] = 1;
        for (uint32_t k = 0; k < 12; k++) {
            memcpy(bytes[i] + size, views, sizeof views);
            size += sizeof views;
            if (k > 0) {
                bytes[i][size++] = 0x4E;
            }
        }
        bytes[i][size++] = 0;
        asks(i == 0 ? "a" : "b", bytes[i], size);
    }
    planned_publish();
    cli_plan_share(&planned.content, &memory);
    CHECK_EQ(planned.content.segment_count, 2);
    CHECK_EQ(planned.content.segments[1].program.size, 12 * 2 + 11 + 1);
    CHECK_ASKS(0, 0x03, 0x51, 2, 0x13, 1);
    planned_publish();
    leave();
}

/* What no compiler makes is left as it is, and so is what lies around it. */
TEST(programs_of_nobodys_making)
{
    static const uint8_t views[] = {VIEWS, 0};
    static const struct {
        uint8_t size, bytes[24];
    } rows[] = {
        {0, {0}},
        {3, {0x51, 0, 0}},
        {1, {0x50}},
        {12, {VIEWS, 0x06, 0}},
        {13, {VIEWS, 0x51, 90, 0}},
        {16, {VIEWS, 0x51, 2, 0x03, 0x03, 0x4E, 0}},
        {13, {VIEWS, 0x52, 1, 0x03}},
        {22, {VIEWS, VIEWS, 0, 0}},
        {23, {VIEWS, 0x51, 1, VIEWS, 0}},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("row %u", (unsigned)i);
        enter();
        asks("odd", rows[i].bytes, rows[i].size);
        asks("a", views, sizeof views);
        asks("b", views, sizeof views);
        cli_plan_share(&planned.content, &memory);
        CHECK_EQ(planned.content.segment_count, 0);
        CHECK_EQ(planned.content.campaigns[0].when.size, rows[i].size);
        asks("c", views, sizeof views);
        leave();
    }
}

TEST(as_long_as_there_is_room)
{
    static const uint8_t views[] = {VIEWS, 0};
    static const uint8_t always[] = {0x03, 0};
    for (uint32_t room = 0; room < 2; room++) {
        enter();
        for (uint32_t i = 0; i < SOTTO_MAX_SEGMENTS - room; i++) {
            char name[16];
            snprintf(name, sizeof name, "s%u", (unsigned)i);
            planned.segments[i] = (sotto_segment_content){planned_text(name), {always, 2}};
        }
        planned.content.segment_count = SOTTO_MAX_SEGMENTS - room;
        asks("a", views, sizeof views);
        asks("b", views, sizeof views);
        asks("c", views, sizeof views);
        asks("d", views, sizeof views);
        cli_plan_share(&planned.content, &memory);
        ROW("room for %u", (unsigned)room);
        CHECK_EQ(planned.content.segment_count, SOTTO_MAX_SEGMENTS);
        CHECK_EQ(planned.content.campaigns[0].when.size, room == 0 ? sizeof views : 4);
        planned_publish();
        leave();
    }
}

/* A tree of and, or, not and sameness over few leaves, so that much of it stands twice. */
static uint32_t grow(uint8_t *at, uint64_t *state, uint32_t depth)
{
    static const uint8_t leaves[][10] = {{VIEWS}, {HOUR}, {CART}, {0x12, 1}, {0x13, 0}};
    static const uint8_t sizes[] = {10, 5, 5, 2, 2};
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint32_t roll = (uint32_t)(*state >> 40);
    uint32_t size;
    if (depth == 0 || roll % 4 == 0) {
        memcpy(at, leaves[roll / 4 % 5], sizes[roll / 4 % 5]);
        return sizes[roll / 4 % 5];
    }
    size = grow(at, state, depth - 1);
    if (roll % 4 == 1) {
        at[size++] = 0x50;
    } else if (roll % 4 == 2) {
        size += grow(at + size, state, depth - 1);
        at[size++] = 0x4F;
    } else {
        uint32_t right = grow(at + size + 2, state, depth - 1);
        at[size++] = roll & 64 ? 0x51 : 0x52;
        at[size++] = (uint8_t)right;
        size += right;
    }
    return size;
}

/* What goes, and in which order, is part of what publishing promises: the same bytes as ever. */
TEST(the_same_goes_as_ever)
{
    enum { CAMPAIGNS = 60 };
    static uint8_t programs[CAMPAIGNS][256];
    uint64_t hash = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t state = seed;
        enter();
        planned.content.segment_count = seed % 3 == 0 ? 120 : 1;
        for (uint32_t i = 0; i < CAMPAIGNS; i++) {
            uint32_t size = grow(programs[i], &state, 4);
            programs[i][size++] = 0;
            asks("c", programs[i], size);
        }
        cli_plan_share(&planned.content, &memory);
        for (uint32_t i = 0; i < planned.content.segment_count; i++) {
            sotto_program_content program = planned.content.segments[i].program;
            hash = hash * 31 + sotto_hash(program.bytes, program.size);
        }
        for (uint32_t i = 0; i < CAMPAIGNS; i++) {
            sotto_program_content when = planned.content.campaigns[i].when;
            hash = hash * 31 + sotto_hash(when.bytes, when.size);
        }
        leave();
    }
    CHECK_EQ(hash, 4807628583191419951u);
}

/* Whatever is shared, every campaign is decided as before. */
TEST(nobody_sees_another_campaign)
{
    enum { CAMPAIGNS = 30 };
    static uint8_t programs[CAMPAIGNS][256];
    static const uint8_t touch[] = {0x12, 3, 0};
    uint32_t shared = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t state = seed;
        uint32_t answers[2][CAMPAIGNS];
        ROW("seed %u", (unsigned)seed);
        enter();
        planned.segments[0] = (sotto_segment_content){planned_text("touch"), {touch, 3}};
        planned.content.segment_count = 1;
        for (uint32_t i = 0; i < CAMPAIGNS; i++) {
            char name[16];
            uint32_t size = grow(programs[i], &state, 3);
            programs[i][size++] = 0;
            snprintf(name, sizeof name, "c%u", (unsigned)i);
            asks(name, programs[i], size);
        }
        planned.scene.utc_offset_min = (int32_t)(seed % 24) * 60 - 720;
        planned.scene.touch = seed % 3 == 0;
        for (uint32_t turn = 0; turn < 2; turn++) {
            if (turn == 1) {
                cli_plan_share(&planned.content, &memory);
            }
            planned_publish();
            if (seed % 2 == 0) {
                planned_did(SOTTO_VIEW, 5);
            }
            planned_look();
            for (uint32_t i = 0; i < CAMPAIGNS; i++) {
                answers[turn][i] = planned.verdicts.list[i].rule;
            }
        }
        CHECK_MEM(answers[1], answers[0], sizeof answers[0]);
        CHECK_EQ(sotto_segment_count(&planned.plan), 1);
        shared += planned.content.segment_count - 1;
        leave();
    }
    CHECK(shared > 400);
}
