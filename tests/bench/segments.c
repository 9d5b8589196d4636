/*
 * segments.c - how long it takes to ask 100 segments and 200 campaigns about one moment
 *
 *     segments FOLDER SECONDS
 *
 * Makes up a shop of 10,000 items in 312 categories of three levels, with 150 brands, and a shopper
 * with a full history of 256 events, all of different items. Every segment counts twice over it, of
 * the campaigns some count, others look at the cart, the device, the address, the lifecycle. Leaves
 * the parts and the profile in FOLDER, for the modules that a page loads. Prints a JSON object:
 * microseconds for gathering the moment, for the segments, for the campaigns' expressions, for all
 * decisions with the gathering; and a hash of what was decided, which must be WebAssembly's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "unit/sample_bundle.h"

#include "decisions/moment.h"
#include "format/plan_write.h"
#include "ranking/ranking.h"

enum {
    ITEMS = 10000, TOPS = 12, MIDDLES = 5, LEAVES = 4, BRANDS = 150,
    CATEGORIES = TOPS * (1 + MIDDLES * (1 + LEAVES)),
    SEGMENTS = 100, CAMPAIGNS = 200, KEYS = 200, STRINGS = 16 + SEGMENTS + CAMPAIGNS,
    NOW_S = 1800000000, DAY_S = 86400
};

/* Strings of the plan that programs and campaigns name. */
enum { EMPTY, PHONE, TABLET, ACTIVE, LOYAL, SOURCE, LETTER, PLACE_A, PLACE_B, NAMES };

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void write_file(const char *folder, const char *name, const void *bytes, size_t size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

/* A text that lasts as long as the program. */
static sotto_string lasting(const char *format, unsigned a, unsigned b, unsigned c)
{
    char *text = malloc(48);
    if (text == NULL) {
        exit(1);
    }
    snprintf(text, 48, format, a, b, c);
    return sample_text(text);
}

/* ---- The shop -------------------------------------------------------------------------------- */

static sotto_string ids[ITEMS], categories[CATEGORIES], brands[BRANDS];
static uint32_t parents[CATEGORIES];

static void name_categories(void)
{
    uint32_t count = 0;
    for (unsigned top = 0; top < TOPS; top++) {
        categories[count] = lasting("Floor %u", top, 0, 0);
        parents[count++] = SOTTO_NONE;
    }
    for (unsigned i = 0; i < TOPS * MIDDLES; i++) {
        categories[count] = lasting("Floor %u > Room %u", i / MIDDLES, i, 0);
        parents[count++] = i / MIDDLES;
    }
    for (unsigned i = 0; i < TOPS * MIDDLES * LEAVES; i++) {
        unsigned room = i / LEAVES;
        categories[count] = lasting("Floor %u > Room %u > Shelf %u", room / MIDDLES, room, i);
        parents[count++] = TOPS + room;
    }
}

static sotto_bytes make_model(void)
{
    static uint8_t popularity[ITEMS];
    for (unsigned i = 0; i < ITEMS; i++) {
        ids[i] = lasting("i%u", i, 0, 0);
    }
    sotto_model_content content = {.item_count = ITEMS, .ids = ids, .popularity = popularity,
                                   .history_count = 1, .position_weight = {65536}};
    sotto_bytes out;
    const char *why = NULL;
    sample_must(sotto_model_write(&content, &out, &why), why);
    return out;
}

static sotto_bytes make_catalogue(uint64_t identity)
{
    static sotto_catalogue_item items[ITEMS];
    static uint32_t top_starts[CATEGORIES + 1];
    name_categories();
    for (unsigned i = 0; i < BRANDS; i++) {
        brands[i] = lasting("Brand %u", i, 0, 0);
    }
    for (uint32_t i = 0; i < ITEMS; i++) {
        items[i] = (sotto_catalogue_item){
            .title = ids[i], .price = 500 + i * 37 % 20000, .list_price = SOTTO_NO_PRICE,
            .category = TOPS + TOPS * MIDDLES + i * 7 % (TOPS * MIDDLES * LEAVES),
            .brand = i * 13 % BRANDS, .listed = true, .in_stock = true};
        items[i].list_price = i % 5 == 0 ? items[i].price + 300 : SOTTO_NO_PRICE;
    }
    sotto_catalogue_content content = {
        .identity = identity, .model_item_count = ITEMS, .item_count = ITEMS, .items = items,
        .categories = categories, .category_parents = parents, .category_count = CATEGORIES,
        .brands = brands, .brand_count = BRANDS, .category_top_starts = top_starts,
    };
    sotto_bytes out;
    const char *why = NULL;
    sample_must(sotto_catalogue_write(&content, &out, &why), why);
    return out;
}

/* ---- The plan -------------------------------------------------------------------------------- */

/* Programs, one behind the other; `open` is where the one begins that is being written. */
static uint8_t code[32768];
static uint32_t code_size, open_at;

static void put(uint8_t byte)
{
    code[code_size++] = byte;
}

static void put_varint(uint32_t value)
{
    for (; value >= 128; value >>= 7) {
        put((uint8_t)(value | 128));
    }
    put((uint8_t)value);
}

static void put_number(uint32_t whole)
{
    put(SOTTO_OP_INTEGER);
    put_varint(2 * whole);
}

static void put_count(sotto_op op, uint32_t kinds, uint32_t key, uint32_t days)
{
    put((uint8_t)op);
    put((uint8_t)kinds);
    put((uint8_t)(kinds >> 8));
    put(SOTTO_FILTER_KEY | SOTTO_FILTER_WITHIN);
    put_varint(key);
    put_varint(days * DAY_S);
}

static void put_fact(sotto_op op, uint32_t fact, sotto_op how, uint32_t operand)
{
    put((uint8_t)op);
    put((uint8_t)fact);
    if (op == SOTTO_OP_FACT_NUMBER) {
        put_number(operand);
    } else {
        put(SOTTO_OP_TEXT);
        put_varint(operand);
    }
    put((uint8_t)how);
}

/* An and, or an or, whose right side follows, and ends with put_here; jumps are short here. */
static uint32_t put_jump(sotto_op op)
{
    put((uint8_t)op);
    put(0);
    return code_size;
}

static void put_here(uint32_t jump)
{
    code[jump - 1] = (uint8_t)(code_size - jump);
}

static sotto_program_content finish(void)
{
    put(SOTTO_OP_END);
    sotto_program_content program = {code + open_at, code_size - open_at};
    open_at = code_size;
    return program;
}

/* Some looks in a category lately, and nothing of a brand bought: even keys are categories. */
static sotto_program_content segment_program(uint32_t i)
{
    put_count(SOTTO_OP_COUNT, 3, i % (KEYS / 2) * 2, 1 + i % 30);
    put_number(1 + i % 4);
    put(SOTTO_OP_AT_LEAST);
    uint32_t jump = put_jump(i % 3 == 0 ? SOTTO_OP_OR : SOTTO_OP_AND);
    put_count(i % 2 == 0 ? SOTTO_OP_COUNT : SOTTO_OP_ITEMS, 72, i % (KEYS / 2) * 2 + 1, 60);
    put_number(0);
    put(i % 5 == 0 ? SOTTO_OP_MORE : SOTTO_OP_EQUAL);
    put_here(jump);
    return finish();
}

static sotto_program_content campaign_program(uint32_t i)
{
    put(SOTTO_OP_SEGMENT);
    put_varint(i % SEGMENTS);
    uint32_t jump = put_jump(i % 2 == 0 ? SOTTO_OP_OR : SOTTO_OP_AND);
    if (i % 4 == 0) {
        put_count(SOTTO_OP_DAYS, 1023, i * 7 % KEYS, 90);
        put_number(2);
        put(SOTTO_OP_AT_LEAST);
    } else if (i % 4 == 1) {
        put_fact(SOTTO_OP_FACT_NUMBER, SOTTO_CART_TOTAL, SOTTO_OP_AT_LEAST, 20 + i);
        uint32_t inner = put_jump(SOTTO_OP_AND);
        put(SOTTO_OP_FACT_TEXT);
        put(SOTTO_DEVICE);
        put(SOTTO_OP_IN_TEXTS);
        put(2);
        put(PHONE);
        put(TABLET);
        put_here(inner);
    } else if (i % 4 == 2) {
        put_fact(SOTTO_OP_FACT_TEXT, SOTTO_LIFECYCLE, SOTTO_OP_TEXT_EQUAL, i % 8 ? ACTIVE : LOYAL);
    } else {
        put(SOTTO_OP_QUERY);
        put(SOURCE);
        put(SOTTO_OP_TEXT);
        put(LETTER);
        put(SOTTO_OP_TEXT_EQUAL);
        uint32_t inner = put_jump(SOTTO_OP_OR);
        put(SOTTO_OP_INTEREST);
        put_varint(i * 2 % KEYS);
        put(SOTTO_OP_NUMBER);
        put_varint(2 * 100);
        put(SOTTO_OP_MORE);
        put_here(inner);
    }
    put_here(jump);
    return finish();
}

static sotto_bytes make_campaigns(void)
{
    static sotto_string strings[STRINGS];
    static uint64_t keys[KEYS];
    static uint8_t kinds[KEYS];
    static sotto_segment_content segments[SEGMENTS];
    static sotto_campaign_content campaigns[CAMPAIGNS];
    static const char *const words[NAMES] = {"", "phone", "tablet", "active", "loyal",
                                             "utm_source", "newsletter", "top", "side"};
    for (uint32_t i = 0; i < NAMES; i++) {
        strings[i] = sample_text(words[i]);
    }
    for (uint32_t i = 0; i < KEYS; i++) {
        sotto_string name = i % 2 == 0 ? categories[i * 3 / 2] : brands[i / 2];
        keys[i] = sotto_hash(name.bytes, name.size);
        kinds[i] = i % 2 == 0 ? SOTTO_KEY_CATEGORY : SOTTO_KEY_BRAND;
    }
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        strings[NAMES + i] = lasting("segment %u", i, 0, 0);
        segments[i] = (sotto_segment_content){NAMES + i, segment_program(i)};
    }
    for (uint32_t i = 0; i < CAMPAIGNS; i++) {
        strings[NAMES + SEGMENTS + i] = lasting("campaign %u", i, 0, 0);
        campaigns[i] = (sotto_campaign_content){
            .name = NAMES + SEGMENTS + i, .block = i % 3 == 0 ? SOTTO_POPUP : SOTTO_INLINE,
            .place = i % 3 == 0 ? EMPTY : PLACE_A + i % 2, .priority = i % 100,
            .when = campaign_program(i), .cap_day = 1 + i % 3, .cap_ever = 10,
            .pause_dismissed_s = DAY_S, .group = i % 7,
            .triggers = {{i % 5 == 0 ? SOTTO_ON_VIEWED_NOT_ADDED : SOTTO_ON_DWELL, 5, 0}},
            .trigger_count = 1, .experiment = SOTTO_NONE, .offer = SOTTO_NONE};
    }
    sotto_plan_content plan = sotto_plan_defaults();
    plan.strings = strings;
    plan.string_count = NAMES + SEGMENTS + CAMPAIGNS;
    plan.keys = keys;
    plan.key_kinds = kinds;
    plan.key_count = KEYS;
    plan.segments = segments;
    plan.segment_count = SEGMENTS;
    plan.campaigns = campaigns;
    plan.campaign_count = CAMPAIGNS;
    sotto_campaigns_content content = {
        .shop_id = sample_text("bench"), .currency = sample_text("EUR"),
        .locale = sample_text("en"), .price_decimals = 2, .just_bought_s = DAY_S,
        .session_gap_s = 1800, .retention_s = 400 * DAY_S, .interest_half_life_s = 30 * DAY_S,
        .plan = &plan};
    sotto_bytes out;
    const char *why = NULL;
    sample_must(sotto_campaigns_write(&content, &out, &why), why);
    return out;
}

/* ---- The shopper, and the question ----------------------------------------------------------- */

static struct {
    sotto_bundle         bundle;
    struct sotto_plan    plan;
    struct sotto_profile profile;
    struct sotto_ledger  ledger;
    struct sotto_moment  moment;
    sotto_scene          scene;
    sotto_ranking_scratch scratch;
    sotto_verdicts       verdicts;
} here;

static void make_history(void)
{
    sotto_profile_init(&here.profile, 1, NOW_S - 60 * DAY_S);
    for (uint32_t i = 0; i < SOTTO_PROFILE_EVENTS; i++) {
        sotto_event_kind kind = i % 11 == 0 ? SOTTO_CART_ADD : i % 13 == 0 ? SOTTO_PURCHASE
                                                                           : SOTTO_VIEW;
        uint32_t time_s = NOW_S - (SOTTO_PROFILE_EVENTS - i) * (60 * DAY_S / 256);
        sotto_event event = {sotto_item_hash(&here.bundle, i * 37 % ITEMS), time_s, kind, 1};
        sotto_profile_fold(&here.profile, &here.bundle, &event);
    }
    sotto_profile_seal(&here.profile);
    sotto_ledger_init(&here.ledger, &here.profile, &here.bundle);
}

static sotto_text text_of(const char *terminated)
{
    return (sotto_text){terminated, strlen(terminated)};
}

static void make_scene(void)
{
    here.scene = (sotto_scene){
        .now_s = NOW_S, .utc_offset_min = 60, .path = text_of("/p/1"),
        .query = text_of("?utm_source=newsletter&utm_medium=mail"),
        .page_type = text_of("product"), .device = text_of("phone"), .language = text_of("de"),
        .timezone = text_of("Europe/Berlin"), .referrer = text_of("mail"), .touch = true,
        .stored = true, .page_active_s = 30, .session_active_s = 60};
}

static uint32_t hash_of(uint32_t hash, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ ((const uint8_t *)bytes)[i]) * 16777619u;
    }
    return hash;
}

typedef enum step { GATHERING, ASKING_SEGMENTS, ASKING_CAMPAIGNS, DECIDING, STEPS } step;

static double spent(step what)
{
    double start = now_us();
    if (what == GATHERING || what == DECIDING) {
        sotto_moment_init(&here.moment, &here.plan, &here.bundle, &here.profile, &here.ledger,
                          &here.scene);
    }
    if (what == ASKING_SEGMENTS) {
        here.moment.has_segments = false;
        sotto_segments(&here.moment);
    }
    for (uint32_t i = 0; what == ASKING_CAMPAIGNS && i < CAMPAIGNS; i++) {
        sotto_program_run(&here.moment, sotto_campaign_get(&here.plan, i).when);
    }
    if (what == DECIDING) {
        sotto_arbitrate(&here.moment, NULL, 0, &here.scratch, sizeof here.scratch, &here.verdicts);
    }
    return now_us() - start;
}

/* The best of many runs, which nothing else on the machine disturbed. */
static double best_us(step what, double seconds)
{
    double best = 1e12;
    for (double end = now_us() + seconds * 1e6; now_us() < end;) {
        double passed = spent(what);
        best = passed < best ? passed : best;
    }
    return best;
}

static void must_open(sotto_kind kind, sotto_bytes file, const char *folder, const char *name)
{
    sotto_fault fault = {0, ""};
    sample_must(sotto_bundle_open(&here.bundle, kind, file.bytes, file.size, &fault), fault.what);
    write_file(folder, name, file.bytes, file.size);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: segments FOLDER SECONDS\n");
        return 2;
    }
    sotto_fault fault = {0, ""};
    sotto_bundle_init(&here.bundle);
    must_open(SOTTO_MODEL, make_model(), argv[1], "plan-model.sotto");
    must_open(SOTTO_CATALOGUE, make_catalogue(here.bundle.identity), argv[1],
              "plan-catalogue.sotto");
    must_open(SOTTO_CAMPAIGNS, make_campaigns(), argv[1], "plan-campaigns.sotto");
    sample_must(sotto_plan_open(&here.plan, &here.bundle, &fault), fault.what);
    make_history();
    make_scene();
    write_file(argv[1], "plan-profile.sotto", &here.profile, sizeof here.profile);

    double us[STEPS];
    for (step what = GATHERING; what < STEPS; what++) {
        us[what] = best_us(what, atof(argv[2]) / STEPS);
    }
    const uint32_t *segments = sotto_segments(&here.moment);
    uint32_t in = 0, shown = 0, hash = hash_of(2166136261u, segments, SOTTO_MAX_SEGMENTS / 8);
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        in += segments[i / 32] >> i % 32 & 1;
    }
    for (uint32_t i = 0; i < here.verdicts.count; i++) {
        uint32_t words[] = {here.verdicts.list[i].rule, here.verdicts.list[i].detail};
        shown += words[0] == SOTTO_SHOWN ? 1 : 0;
        hash = hash_of(hash, words, sizeof words);
    }
    printf("{\"us\": %.2f, \"moment_us\": %.2f, \"segments_us\": %.2f, \"campaigns_us\": %.2f, "
           "\"in\": %u, \"shown\": %u, \"answers\": %u}\n", us[DECIDING], us[GATHERING],
           us[ASKING_SEGMENTS], us[ASKING_CAMPAIGNS], in, shown, hash);
    return 0;
}
