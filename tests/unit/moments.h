/*
 * moments.h - a shopper, a plan of strings and keys, and programs written down byte by byte
 *
 *     moment_enter();
 *     shopper_did(SOTTO_VIEW, 5);
 *     uint8_t ash = moment_key(SOTTO_KEY_BRAND, "Ash");
 *     CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, ash), 0);
 *     moment_leave();
 *
 * The sample shop of shopper.h, at SAMPLE_NOW by a clock of UTC. A program is checked before it
 * runs: -1 says that it was refused. Strings and keys are numbered below 128, so each is one byte.
 */
#ifndef SOTTO_MOMENTS_H
#define SOTTO_MOMENTS_H

#include "shopper.h"

#include "decisions/decimal.h"
#include "decisions/moment.h"
#include "format/part_write.h"

enum { MOMENT_STRINGS = 100, MOMENT_KEYS = 100 };

static struct {
    struct sotto_plan    plan;
    struct sotto_ledger  ledger;
    bool                 without_ledger;
    sotto_scene          scene;
    struct sotto_moment  moment;
    sotto_string         strings[MOMENT_STRINGS];
    sotto_buffer         packed;
    uint8_t              hashes[8 * MOMENT_KEYS], kinds[MOMENT_KEYS];
    uint8_t              programs[4096];
    size_t               programs_size;
} here;

static inline sotto_text text_of(const char *terminated)
{
    return (sotto_text){terminated, strlen(terminated)};
}

/* Packs all strings again. */
static inline void moment_pack(void)
{
    uint32_t blocks = sotto_blocks_for(here.plan.string_count);
    sotto_buffer_free(&here.packed);
    here.packed = (sotto_buffer){0};
    sotto_buffer_zeros(&here.packed, 4 * (size_t)blocks);
    size_t size = sotto_strings_write(&here.packed, 0, here.strings, sizeof *here.strings,
                                      here.plan.string_count);
    here.plan.strings = (sotto_strings){here.packed.bytes, here.packed.bytes + 4 * blocks,
                                        (uint32_t)size};
}

/* The number of a string, which may hold zero bytes, and must live on. */
static inline uint8_t moment_bytes(const char *bytes, size_t size)
{
    for (uint32_t i = 0; i < here.plan.string_count; i++) {
        if (here.strings[i].size == size && memcmp(here.strings[i].bytes, bytes, size) == 0) {
            return (uint8_t)i;
        }
    }
    here.strings[here.plan.string_count++] = (sotto_string){bytes, size};
    moment_pack();
    return (uint8_t)(here.plan.string_count - 1);
}

static inline uint8_t moment_string(const char *terminated)
{
    return moment_bytes(terminated, strlen(terminated));
}

/* What the plan's opening looks up. */
static inline uint32_t moment_look_up(sotto_key_kind kind, uint64_t hash)
{
    const sotto_bundle *bundle = &shopper.shop.bundle;
    if (kind == SOTTO_KEY_ITEM) {
        return sotto_item_find_hash(bundle, hash);
    }
    for (uint32_t i = 0; kind == SOTTO_KEY_CATEGORY && i < sotto_category_count(bundle); i++) {
        if (sotto_category_key(bundle, i) == hash) {
            return i;
        }
    }
    for (uint32_t i = 0; kind == SOTTO_KEY_BRAND && i < sotto_brand_count(bundle); i++) {
        if (sotto_brand_key(bundle, i) == hash) {
            return i;
        }
    }
    return SOTTO_NONE;
}

static inline uint8_t moment_key(sotto_key_kind kind, const char *name)
{
    uint64_t hash = sample_key(name);
    uint32_t key = here.plan.key_count++;
    sotto_store_u64(here.hashes + 8 * (size_t)key, hash);
    here.kinds[key] = (uint8_t)kind;
    here.plan.key_indexes[key] = moment_look_up(kind, hash);
    return (uint8_t)key;
}

static inline void moment_enter(void)
{
    shopper_enter();
    memset(&here, 0, sizeof here);
    here.plan.key_hashes = here.hashes;
    here.plan.key_kinds = here.kinds;
    here.plan.rules.recency_s[0] = 30 * 86400;
    here.plan.rules.recency_s[1] = 90 * 86400;
    here.plan.rules.orders[0] = 2;
    here.plan.rules.orders[1] = 4;
    here.plan.rules.rhythm_s = 14 * 86400;
    here.scene.now_s = SAMPLE_NOW;
    moment_string("");
}

static inline void moment_leave(void)
{
    sotto_buffer_free(&here.packed);
    shopper_leave();
}

/* Gathers anew: after what the shopper did, or where now is no earlier than the scene's. */
static inline sotto_moment *moment_now(void)
{
    return sotto_moment_init(&here.moment, &here.plan, &shopper.shop.bundle,
                             shopper.unknown ? NULL : &shopper.profile,
                             here.without_ledger ? NULL : &here.ledger, &here.scene);
}

/* An event of an item, at a time. */
static inline void moment_event(sotto_event_kind kind, uint32_t item, uint32_t time_s,
                                uint32_t quantity)
{
    sotto_event event = {sample_hash(item), time_s, kind, quantity};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
}

/* Where a program is refused: its offset, or -1 if it is not. */
static inline int moment_refusal(const uint8_t *bytes, uint32_t size, uint32_t segment_limit)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, size);
    sotto_program_check(&reader, &here.plan, segment_limit);
    return reader.status == SOTTO_OK ? -1 : (int)reader.fault.offset;
}

/* 1 or 0: what a program says of now; -1 if it is refused. */
static inline int moment_runs(const uint8_t *bytes, uint32_t size)
{
    if (moment_refusal(bytes, size, here.plan.segment_count) != -1) {
        return -1;
    }
    return sotto_program_run(moment_now(), (sotto_program){bytes, size}) ? 1 : 0;
}

#define MOMENT_CODE(...) ((const uint8_t[]){__VA_ARGS__, SOTTO_OP_END})
#define MOMENT_RUNS(...)                                                                          \
    moment_runs(MOMENT_CODE(__VA_ARGS__), (uint32_t)sizeof(MOMENT_CODE(__VA_ARGS__)))

/* A small whole number as an operand: 0 to 63, or -1 to -64. */
#define WHOLE(number) ((number) >= 0 ? 2 * (number) : -2 * (number) - 1)

/* A segment more, whose name is its number's string: its program. */
static inline void moment_segment(const uint8_t *bytes, uint8_t size)
{
    uint8_t *at = here.programs + here.programs_size;
    here.plan.segments[here.plan.segment_count++] = at;
    at[0] = 0;
    at[1] = size;
    memcpy(at + 2, bytes, size);
    here.programs_size += size + 2u;
}

#define MOMENT_SEGMENT(...)                                                                       \
    moment_segment(MOMENT_CODE(__VA_ARGS__), (uint8_t)sizeof(MOMENT_CODE(__VA_ARGS__)))

/* The number that a filter gives, of bytes: kinds (two), bits, what follows. */
#define MOMENT_COUNTS(op, ...) moment_counts((op), (const uint8_t[]){__VA_ARGS__})

static inline int64_t moment_counts(sotto_op op, const uint8_t *code)
{
    return sotto_count_events(moment_now(), op, &code);
}

#endif
