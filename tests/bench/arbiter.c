/*
 * arbiter.c - what a whole plan costs: 200 campaigns and 100 segments
 *
 *     arbiter [LOOKS]       how many looks; 20,000
 *     arbiter -o FILE       writes the campaigns part there, for measuring it elsewhere
 *
 * The sample shop, with a shopper of 256 events and half of the campaigns shown before. Each segment
 * counts events of a category or brand in a window and compares something of the cart or the hour;
 * each campaign asks for a segment and something else, has caps, pauses, a trigger, a place, texts.
 * Prints a JSON object: bytes of the part and with brotli, and microseconds for gathering the
 * moment, for the segments and for the arbiter, of the quickest look.
 */
#include "../unit/planned.h"

#include "cli/plan_share.h"

#include <brotli/encode.h>
#include <time.h>

enum { CAMPAIGNS = 200, SEGMENTS = 100 };

static uint8_t programs[CAMPAIGNS + SEGMENTS][64];

/* count(view, KEY, within: days) >= least */
static uint8_t *count_views(uint8_t *at, uint8_t key, uint32_t days, uint8_t least)
{
    uint32_t within_s = days * 86400;
    *at++ = 0x20;
    *at++ = 3, *at++ = 0;
    *at++ = 1 | 32;
    *at++ = key;
    for (; within_s >= 128; within_s >>= 7) {
        *at++ = (uint8_t)(within_s | 128);
    }
    *at++ = (uint8_t)within_s;
    *at++ = 0x02, *at++ = (uint8_t)(2 * least);
    *at++ = 0x45;
    return at;
}

/* and NUMBER >= least, of the table of numbers */
static uint8_t *and_number(uint8_t *at, uint8_t number, uint8_t least)
{
    const uint8_t more[] = {0x51, 5, 0x10, number, 0x02, (uint8_t)(2 * least), 0x45};
    memcpy(at, more, sizeof more);
    return at + sizeof more;
}

static sotto_program_content ended(uint8_t *start, uint8_t *end)
{
    *end++ = 0;
    return (sotto_program_content){start, (uint32_t)(end - start)};
}

/* Words of merchandisers: three of them, others for each number. */
static const char *words_for(uint32_t number, const char *between)
{
    static const char *const first[] = {"summer", "winter", "vip", "new", "last", "spring", "big",
                                        "quiet", "garden", "weekend", "early", "second"};
    static const char *const second[] = {"boots", "lamps", "tea", "linen", "sale", "fans", "chairs",
                                         "seeds", "books", "tools", "wool"};
    static const char *const third[] = {"offer", "visitors", "reminder", "bar", "quiz", "welcome",
                                        "hint", "picks", "bundle", "closing"};
    static char text[64];
    number = number * 2654435761u >> 12;
    snprintf(text, sizeof text, "%s%s%s%s%s", first[number % 12], between,
             second[number / 12 % 11], between, third[number / 132 % 10]);
    return text;
}

static void make_segments(void)
{
    char name[64];
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        uint8_t *at = programs[i];
        at = count_views(at, (uint8_t)(i % 9), 1 + i % 30, (uint8_t)(1 + i % 5));
        at = and_number(at, i % 2 == 0 ? 0 : 21, (uint8_t)(i % 20));
        if (i % 3 == 0) {
            at = and_number(at, 16, 1);
        }
        snprintf(name, sizeof name, "%s%u", words_for(1000 + i, "-"), (unsigned)i);
        planned.segments[i] = (sotto_segment_content){planned_text(name),
                                                      ended(programs[i], at)};
    }
    planned.content.segment_count = SEGMENTS;
}

static void make_campaign(uint32_t i)
{
    static const char *const places[] = {"home-top", "home-end", "product-side", "cart-end",
                                         "search-top", "category-top"};
    static const char *const slots[] = {"home", "product", "cart", "again"};
    static sotto_field_content fields[CAMPAIGNS][3];
    static const uint32_t kinds[] = {SOTTO_ON_PAGE, SOTTO_ON_DWELL, SOTTO_ON_VIEWED_NOT_ADDED,
                                     SOTTO_ON_CART_IDLE, SOTTO_ON_SCROLL, SOTTO_ON_PAGE,
                                     SOTTO_ON_VISIT, SOTTO_ON_EXIT};
    char text[64];
    snprintf(text, sizeof text, "%s%u", words_for(i, "-"), (unsigned)i);
    sotto_campaign_content *campaign =
        planned_campaign(text, i % 5 == 4 ? SOTTO_POPUP : SOTTO_CAROUSEL);
    uint8_t *at = programs[SEGMENTS + i];
    const uint8_t segment[] = {0x13, (uint8_t)(i % SEGMENTS), 0x51, 12};
    memcpy(at, segment, sizeof segment);
    uint8_t *end = count_views(at + sizeof segment, (uint8_t)(i % 9), 7, 1);
    at[3] = (uint8_t)(end - at - 4);
    campaign->when = ended(at, end);
    campaign->place = i % 5 == 4 ? 0 : planned_text(places[i % 6]);
    campaign->priority = i % 100;
    planned_trigger(campaign, kinds[i % 8], i % 8 == 6 ? 2 : 10, 0);
    campaign->cap_session = 1 + i % 2;
    campaign->cap_day = 2;
    campaign->cap_ever = 10 + i % 90;
    campaign->pause_dismissed_s = 604800;
    campaign->pause_shown_s = 600;
    if (i % 4 != 3 && i % 5 != 4) {
        campaign->slot = planned_text(slots[i % 4]);
        campaign->least_items = 2;
    }
    if (i % 10 == 0) {
        campaign->experiment = i / 10 % 6;
        campaign->arms = 1;
    }
    fields[i][0] = (sotto_field_content){1, planned_text(words_for(5000 + i, " "))};
    snprintf(text, sizeof text, "%u %% off everything in your cart", (unsigned)(5 + i % 6 * 5));
    fields[i][1] = (sotto_field_content){2, planned_text(text)};
    fields[i][2] = (sotto_field_content){3, planned_text("Have a look")};
    campaign->fields = fields[i];
    campaign->field_count = 3;
}

static void make_plan(void)
{
    static const char *const categories[] = {"Home", "Home > Kitchen", "Home > Garden", "Sport",
                                             "Sport > Running"};
    static const char *const brands[] = {"Ash", "Birch", "Cedar", "Dogwood"};
    planned_enter();
    for (uint32_t i = 0; i < 5; i++) {
        planned_key(SOTTO_KEY_CATEGORY, sample_key(categories[i]));
    }
    for (uint32_t i = 0; i < 4; i++) {
        planned_key(SOTTO_KEY_BRAND, sample_key(brands[i]));
    }
    make_segments();
    for (uint32_t i = 0; i < 6; i++) {
        char name[16];
        snprintf(name, sizeof name, "test %u", (unsigned)i);
        planned_experiment(name, 2)->allocation = i == 5 ? SOTTO_THOMPSON : SOTTO_FIXED;
    }
    for (uint32_t i = 0; i < CAMPAIGNS; i++) {
        make_campaign(i);
    }
    planned.places[0] = (sotto_place_content){planned_text("home-top"), 5, 9};
    planned.content.place_count = 1;
    cli_pool memory = {0};
    cli_plan_share(&planned.content, &memory);
    planned_publish();
    cli_pool_free(&memory);
}

/* A month of shopping: looks, some carts, an order; half of the campaigns were shown. */
static void make_shopper(void)
{
    planned.scene.now_s -= 30 * 86400;
    for (uint32_t i = 0; i < 300; i++) {
        planned.scene.now_s += i % 12 == 0 ? 86400 : 40;
        planned_did(i % 9 == 8 ? SOTTO_CART_ADD : i == 150 ? SOTTO_PURCHASE : SOTTO_VIEW,
                    i * 7 % SAMPLE_ALL_ITEMS);
    }
    for (uint32_t i = 0; i < CAMPAIGNS; i += 2) {
        planned_event(SOTTO_IMPRESSION, planned.plan.campaign_keys[i], 1);
    }
    planned.scene.now_s += 3000;
    planned_did(SOTTO_VIEW, 5);
    planned_page(5);
    planned.scene.page_active_s = 15;
    planned.scene.scroll_percent = 40;
}

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* Microseconds of each step, each at its quickest: what else a machine does is not asked for. */
static void measure(uint32_t looks, double best[3])
{
    for (uint32_t i = 0; i < looks; i++) {
        double start = now_us();
        sotto_moment *moment = planned_moment();
        double gathered = now_us();
        sotto_segments(moment);
        double segmented = now_us();
        sotto_arbitrate(moment, NULL, 0, &planned.scratch, sizeof planned.scratch,
                        &planned.verdicts);
        const double spent[3] = {gathered - start, segmented - gathered, now_us() - segmented};
        for (uint32_t k = 0; k < 3; k++) {
            best[k] = i == 0 || spent[k] < best[k] ? spent[k] : best[k];
        }
    }
}

static size_t packed_size(sotto_bytes bytes)
{
    static uint8_t packed[1 << 20];
    size_t size = sizeof packed;
    BrotliEncoderCompress(11, 22, BROTLI_MODE_GENERIC, bytes.size, bytes.bytes, &size, packed);
    return size;
}

int main(int argc, char **argv)
{
    uint32_t looks = argc == 2 ? (uint32_t)atoi(argv[1]) : 20000;
    uint32_t rules[19] = {0};
    double best[3] = {0, 0, 0};
    make_plan();
    if (argc == 3 && strcmp(argv[1], "-o") == 0) {
        FILE *file = fopen(argv[2], "wb");
        sotto_bytes part = planned.shop.campaigns;
        if (!file || fwrite(part.bytes, part.size, 1, file) != 1 || fclose(file) != 0) {
            perror(argv[2]);
            return 1;
        }
        return 0;
    }
    make_shopper();
    measure(looks, best);
    for (uint32_t i = 0; i < planned.verdicts.count; i++) {
        rules[planned.verdicts.list[i].rule]++;
    }
    printf("{\"bytes\": %zu, \"brotli\": %zu, \"moment_us\": %.1f, \"segments_us\": %.1f, "
           "\"arbiter_us\": %.1f, \"verdicts\": {", planned.shop.campaigns.size,
           packed_size(planned.shop.campaigns), best[0], best[1], best[2]);
    const char *comma = "";
    for (uint32_t i = 0; i < 19; i++) {
        if (rules[i] != 0) {
            printf("%s\"%s\": %u", comma, sotto_rule_name(i), (unsigned)rules[i]);
            comma = ", ";
        }
    }
    printf("}}\n");
    planned_leave();
    return 0;
}
