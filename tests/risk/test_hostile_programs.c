/*
 * test_hostile_programs.c - expressions that nobody's compiler wrote
 *
 * Programs come with the campaigns, from whoever could write that file. What the checker lets pass
 * runs without asking anything again, so what it lets pass must be harmless: random bytes, sound
 * programs with a byte changed, cut, doubled or sewn together, random operators in random order.
 * Whatever passes is run, over an empty history and a full one whose times are nonsense; the
 * sanitizers watch that nothing is read past its end, and the stack is watched here. What does not
 * pass names its place.
 */
#include "test.h"

#include "../unit/moments.h"

enum { ROUNDS = 60000, SIZE = 96, CANARY = 0x5A };

static uint64_t chance = 20260101;

static uint32_t below(uint32_t limit)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((chance >> 33) % limit);
}

static struct {
    struct sotto_moment moment;
    uint8_t             canary[64];
} guarded;

/* A history as bad as one that opens can be. */
static void do_anything(void)
{
    for (uint32_t i = 0; i < 300; i++) {
        sotto_event event = {below(3) == 0 ? below(9) : sample_hash(below(SAMPLE_ALL_ITEMS)),
                             below(2) == 0 ? below(4) * 1431655765u : SAMPLE_NOW - below(9999),
                             (sotto_event_kind)(1 + below(10)), below(4) == 0 ? 65535 : below(3)};
        sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
    }
}

/* Runs it if it is sound: whether it is. It must lie at the very end of its memory. */
static bool try_program(const uint8_t *bytes, uint32_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    REQUIRE(exact != NULL);
    memcpy(exact, bytes, size);
    int refused = moment_refusal(exact, size, here.plan.segment_count);
    if (refused == -1) {
        sotto_moment *moment = sotto_moment_init(&guarded.moment, &here.plan, &shopper.shop.bundle,
                                                 shopper.unknown ? NULL : &shopper.profile,
                                                 &here.ledger, &here.scene);
        bool first = sotto_program_run(moment, (sotto_program){exact, size});
        CHECK(first == sotto_program_run(moment, (sotto_program){exact, size}));
    } else {
        CHECK(refused >= 0 && refused <= (int)size);
    }
    free(exact);
    return refused == -1;
}

static void enter(void)
{
    static const uint32_t page[] = {5};
    moment_enter();
    moment_string("a");
    moment_bytes("\0\xFF", 2);
    moment_string("utm_source");
    moment_key(SOTTO_KEY_ITEM, "sku-05");
    moment_key(SOTTO_KEY_CATEGORY, "Home");
    moment_key(SOTTO_KEY_BRAND, "Ash");
    moment_key(SOTTO_KEY_CATEGORY, "nowhere");
    MOMENT_SEGMENT(SOTTO_OP_FACT_TRUTH, SOTTO_TOUCH);
    MOMENT_SEGMENT(SOTTO_OP_SEGMENT, 0, SOTTO_OP_NOT);
    here.scene.page_items = page;
    here.scene.page_item_count = 1;
    here.scene.query = text_of("?utm_source=%FF%00%&a=%");
    here.scene.utc_offset_min = INT32_MIN / 64;
    memset(guarded.canary, CANARY, sizeof guarded.canary);
    do_anything();
}

static void leave(void)
{
    for (size_t i = 0; i < sizeof guarded.canary; i++) {
        CHECK_EQ(guarded.canary[i], CANARY);
    }
    moment_leave();
}

TEST(random_bytes)
{
    uint32_t sound = 0;
    enter();
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint8_t bytes[SIZE];
        uint32_t size = below(SIZE);
        for (uint32_t i = 0; i < size; i++) {
            bytes[i] = (uint8_t)below(below(2) == 0 ? 256 : 0x53);
        }
        if (size > 0 && below(4) != 0) {
            bytes[size - 1] = SOTTO_OP_END;
        }
        ROW("round %u", round);
        sound += try_program(bytes, size) ? 1 : 0;
    }
    CHECK(sound > 0);
    leave();
}

typedef enum wanted { A_NUMBER, A_TEXT, A_TRUTH } wanted;

/* A random program as a compiler would write it, a value of a type after the other. */
static uint8_t grown[2048];
static uint32_t grown_size;

static void put(uint32_t byte)
{
    REQUIRE(grown_size < sizeof grown);
    grown[grown_size++] = (uint8_t)byte;
}

static void put_list(void)
{
    uint32_t count = 1 + below(3);
    put(count);
    for (; count > 0; count--) {
        put(below(3));
    }
}

static void put_filter(void)
{
    uint32_t bits = below(256);
    bits &= (bits & SOTTO_FILTER_KEY) != 0 ? 255u : 127u;
    put(1 + below(255));
    put(below(4));
    put(bits);
    for (uint32_t bit = 0; bit < 8; bit++) {
        if ((bits >> bit & 1) != 0 && (0xB9 >> bit & 1) != 0) {
            put(below(4));
        }
    }
}

static void put_number(void)
{
    switch (below(6)) {
    case 0:
        put(SOTTO_OP_NUMBER + below(2));
        if (below(3) == 0) {
            put(255), put(255), put(255), put(255);
            put(1 + below(15));
        } else {
            put(below(128));
        }
        break;
    case 1:
        put(SOTTO_OP_FACT_NUMBER);
        put(below(SOTTO_FACT_NUMBERS));
        break;
    case 2:
        put(SOTTO_OP_INTEREST);
        put(1 + below(3));
        break;
    case 3:
        put(below(2) ? SOTTO_OP_ACCOUNT_NUMBER : SOTTO_OP_SEEN_CAMPAIGN);
        put(below(4));
        break;
    default:
        put(SOTTO_OP_COUNT + below(6));
        put_filter();
        break;
    }
}

static void put_text(void)
{
    static const uint8_t named[] = {SOTTO_OP_TEXT, SOTTO_OP_ACCOUNT_TEXT, SOTTO_OP_QUERY};
    if (below(2) == 0) {
        put(SOTTO_OP_FACT_TEXT);
        put(below(SOTTO_FACT_TEXTS));
    } else {
        put(named[below(3)]);
        put(below(4));
    }
}

static void put_truth(void)
{
    static const struct {
        uint8_t op, limit;
    } named[] = {{SOTTO_OP_FACT_TRUTH, SOTTO_FACT_TRUTHS}, {SOTTO_OP_SEGMENT, 2},
                 {SOTTO_OP_ACCOUNT_TRUTH, 4}, {SOTTO_OP_ANSWERED, 4}, {SOTTO_OP_IN_CART, 4},
                 {SOTTO_OP_PAGE_IS, 4}};
    uint32_t which = below(8);
    if (which >= 6) {
        put(SOTTO_OP_TRUE + below(2));
        return;
    }
    put(named[which].op);
    put(below(named[which].limit));
}

static void grow(wanted type, uint32_t depth);

static void put_joined_truth(uint32_t depth)
{
    uint32_t jump;
    switch (below(7)) {
    case 0:
        grow(A_NUMBER, depth);
        grow(A_NUMBER, depth);
        put(SOTTO_OP_EQUAL + below(6));
        break;
    case 1:
        grow(A_TEXT, depth);
        grow(A_TEXT, depth);
        put(SOTTO_OP_TEXT_EQUAL + below(5));
        break;
    case 2:
        grow(A_NUMBER, depth);
        put(SOTTO_OP_IN_NUMBERS);
        put_list();
        break;
    case 3:
        grow(A_TEXT, depth);
        put(SOTTO_OP_IN_TEXTS);
        put_list();
        break;
    case 4:
        grow(A_TRUTH, depth);
        put(SOTTO_OP_NOT);
        break;
    case 5:
        grow(A_TRUTH, depth);
        grow(A_TRUTH, depth);
        put(SOTTO_OP_SAME + below(2));
        break;
    default:
        grow(A_TRUTH, depth);
        put(SOTTO_OP_AND + below(2));
        jump = grown_size;
        put(0);
        grow(A_TRUTH, depth);
        /* One of 128 or more would take two bytes: such programs are not sound, but few. */
        grown[jump] = (uint8_t)(grown_size - jump - 1);
        break;
    }
}

static void grow(wanted type, uint32_t depth)
{
    if (depth == 0 || below(4) == 0 || type == A_TEXT) {
        type == A_NUMBER ? put_number() : type == A_TEXT ? put_text() : put_truth();
    } else if (type == A_TRUTH) {
        put_joined_truth(depth - 1);
    } else if (below(4) == 0) {
        grow(A_NUMBER, depth - 1);
        put(SOTTO_OP_NEGATE + below(3));
    } else {
        static const uint8_t joins[] = {0x30, 0x31, 0x32, 0x33, 0x34, 0x38, 0x39};
        grow(A_NUMBER, depth - 1);
        grow(A_NUMBER, depth - 1);
        put(joins[below(7)]);
    }
}

static void spoil(uint8_t *bytes, uint32_t *size)
{
    uint32_t at = below(*size);
    switch (below(5)) {
    case 0:
        bytes[at] = (uint8_t)below(256);
        break;
    case 1:
        bytes[at] ^= (uint8_t)(1u << below(8));
        break;
    case 2:
        *size = at;
        break;
    case 3:
        memmove(bytes + at, bytes + at + 1, *size - at - 1);
        *size -= 1;
        break;
    default:
        memmove(bytes + at + 1, bytes + at, *size - at);
        *size += 1;
        break;
    }
}

TEST(grown_programs_and_spoiled_ones)
{
    static uint8_t copy[sizeof grown + 1];
    uint32_t sound = 0, spoiled_sound = 0, spoiled = 0;
    enter();
    for (uint32_t round = 0; round < ROUNDS / 20; round++) {
        grown_size = 0;
        grow(A_TRUTH, 1 + below(4));
        put(SOTTO_OP_END);
        ROW("round %u", round);
        shopper.unknown = below(8) == 0;
        sound += try_program(grown, grown_size) ? 1 : 0;
        for (uint32_t i = 0; i < 12; i++) {
            uint32_t size = grown_size;
            memcpy(copy, grown, grown_size);
            spoil(copy, &size);
            spoiled_sound += try_program(copy, size) ? 1 : 0;
            spoiled++;
        }
    }
    /* Nearly all are sound, and many of the others, or this test sees only one side. */
    CHECK(sound > ROUNDS / 20 * 9 / 10);
    CHECK(spoiled_sound > spoiled / 20 && spoiled_sound < spoiled * 9 / 10);
    leave();
}

TEST(the_longest_programs_there_are)
{
    static uint8_t bytes[SOTTO_PLAN_MAX_PROGRAM];
    enter();
    /* All searching: text of a page in a text of the shop, over and over. */
    static char long_text[1200];
    memset(long_text, 'a', sizeof long_text - 1);
    static char long_part[600];
    memset(long_part, 'a', sizeof long_part - 2);
    long_part[598] = 'b';
    uint8_t part = moment_string(long_part);
    here.scene.referrer = text_of(long_text);
    uint32_t size = 0;
    bytes[size++] = SOTTO_OP_FALSE;
    while (size + 8 < sizeof bytes) {
        const uint8_t search[] = {SOTTO_OP_FACT_TEXT, SOTTO_REFERRER, SOTTO_OP_TEXT, part,
                                  SOTTO_OP_CONTAINS, SOTTO_OP_SAME};
        memcpy(bytes + size, search, sizeof search);
        size += sizeof search;
    }
    bytes[size++] = SOTTO_OP_END;
    CHECK(try_program(bytes, size));
    /* All counting, with every condition there is. */
    size = 0;
    bytes[size++] = SOTTO_OP_TRUE;
    while (size + 20 < sizeof bytes) {
        const uint8_t count[] = {SOTTO_OP_MOST, 255, 3, 0xBD, 1, 0x7F, 0, 0x7F, 2,
                                 SOTTO_OP_IN_NUMBERS, 1, 0, SOTTO_OP_SAME};
        memcpy(bytes + size, count, sizeof count);
        size += sizeof count;
    }
    bytes[size++] = SOTTO_OP_END;
    CHECK(try_program(bytes, size));
    leave();
}

TEST(every_operator_meets_every_extreme)
{
    /* -2^46, 2^46, 0, one ten-thousandth, and nothing: made from products and divisions. */
    static const struct {
        uint8_t size, bytes[20];
    } values[] = {
        {13, {SOTTO_OP_INTEGER, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F,
              SOTTO_OP_INTEGER, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, SOTTO_OP_MULTIPLY}},
        {13, {SOTTO_OP_INTEGER, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F,
              SOTTO_OP_INTEGER, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, SOTTO_OP_MULTIPLY}},
        {2, {SOTTO_OP_NUMBER, 0}},
        {2, {SOTTO_OP_NUMBER, 2}},
        {2, {SOTTO_OP_NUMBER, 1}},
        {5, {SOTTO_OP_INTEGER, 2, SOTTO_OP_INTEGER, 0, SOTTO_OP_DIVIDE}},
    };
    enter();
    for (uint32_t a = 0; a < SOTTO_ARRAY_COUNT(values); a++) {
        for (uint32_t b = 0; b < SOTTO_ARRAY_COUNT(values); b++) {
            for (uint8_t op = SOTTO_OP_ADD; op <= SOTTO_OP_AT_LEAST; op++) {
                uint8_t bytes[64];
                uint32_t size = values[a].size;
                memcpy(bytes, values[a].bytes, size);
                bool two = op != SOTTO_OP_NEGATE && op != SOTTO_OP_FLOOR && op != SOTTO_OP_ROUND;
                if (two) {
                    memcpy(bytes + size, values[b].bytes, values[b].size);
                    size += values[b].size;
                }
                bytes[size++] = op;
                if (op < SOTTO_OP_EQUAL) {
                    const uint8_t compare[] = {SOTTO_OP_IN_NUMBERS, 1, 0};
                    memcpy(bytes + size, compare, sizeof compare);
                    size += sizeof compare;
                }
                bytes[size++] = SOTTO_OP_END;
                ROW("op %x of %u and %u", op, a, b);
                CHECK(try_program(bytes, size) == (op <= SOTTO_OP_MAX || op >= SOTTO_OP_EQUAL));
            }
        }
    }
    leave();
}
