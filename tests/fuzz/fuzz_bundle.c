/*
 * fuzz_bundle.c - libFuzzer looks for a file that leads a reader astray
 *
 * The input is a part of any kind, or a manifest. Its checksums are repaired, so that the fuzzer
 * gets past them; then it is opened in the sample shop, and every question is asked.
 *
 *     clang-19 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc tests/fuzz/fuzz_bundle.c \
 *         src/base/?*.c src/format/?*.c src/model/?*.c -o build/fuzz_bundle
 *     build/fuzz_bundle -max_len=8192 -max_total_time=60
 *
 * Without inputs of its own it starts from the sample's files: the mutator below hands them out.
 */
#include "../unit/ask.h"
#include "../unit/planned.h"
#include "../unit/repair.h"
#include "../unit/sample_bundle.h"
#include "../unit/sample_pictures.h"
#include "../unit/sample_ranker.h"
#include "profile/shelf.h"
#include "ranking/shortlist.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t max_size, unsigned seed);

static sample *shop_of_samples(void)
{
    static sample shop;
    if (shop.model.bytes == NULL) {
        sample_open(&shop);
    }
    return &shop;
}

/* A ranker is made for a model of its own: the same one, with a network or with trees. */
static sample_ranking *shop_of_rankers(bool trees)
{
    static sample_ranking shops[2];
    sample_ranking *shop = &shops[trees];
    if (shop->part.bytes == NULL) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.items = 100;
        wish.dimensions = 16;
        wish.block_bits = 6;
        wish.visit_count = 1;
        wish.encoder_hidden = 8;
        wish.hidden = 4;
        wish.trees = trees ? 8 : 0;
        sample_ranking_open(shop, &wish);
    }
    return shop;
}

/* Ranks with a ranker that opens, and leaves it on a shelf. */
static void ask_ranker(const uint8_t *bytes, size_t size)
{
    static const uint32_t session[] = {5, 77, 5, 99};
    static sotto_rank_scratch scratch;
    static struct sotto_profile profile;
    static struct sotto_shelf shelf;
    sotto_bundle bundle = shop_of_rankers(false)->bundle;
    sotto_ranker ranker;
    if (sotto_ranker_open(&ranker, &bundle, bytes, size, NULL) != SOTTO_OK) {
        return;
    }
    uint32_t items[64];
    uint32_t count = sotto_rank_next(&bundle, session, 4, 64, &scratch, sizeof scratch, items);
    for (uint32_t i = 0; i < count; i++) {
        ask_promise(items[i] < sotto_item_count(&bundle));
    }
    sotto_profile_init(&profile, 1, 1000);
    for (uint32_t i = 0; i < 8; i++) {
        const sotto_event event = {sotto_item_hash(&bundle, session[i % 4]), 1000 + i * 86400,
                                   i < 4 ? SOTTO_VIEW : SOTTO_PURCHASE, 1};
        sotto_profile_fold(&profile, &bundle, &event);
    }
    sotto_shelve(&bundle, &profile, 9 * 86400, 1, &scratch, sizeof scratch, &shelf);
    ask_sink += shelf.for_you_count + shelf.again_count;
}

/* Reads every byte of every picture. */
static void ask_pictures(const uint8_t *bytes, size_t size)
{
    sotto_pictures pictures;
    if (sotto_pictures_open(&pictures, NULL, bytes, size, NULL) != SOTTO_OK) {
        return;
    }
    for (uint32_t i = 0; i < pictures.item_count && i < 256; i++) {
        sotto_picture picture;
        if (sotto_picture_get(&pictures, i, &picture)) {
            ask_sink += sotto_hash(picture.bytes, picture.size);
        }
    }
}

static const uint8_t bought_nothing[] = {0x20, 64, 0, 0, 0x02, 0, 0x40, 0x00};

/* Campaigns with a plan, in which there is something of everything. */
static sotto_bytes campaigns_with_a_plan(void)
{
    planned_enter();
    planned.segments[0] = (sotto_segment_content){planned_text("new"),
                                                  {bought_nothing, sizeof bought_nothing}};
    planned.content.segment_count = 1;
    planned_key(SOTTO_KEY_CATEGORY, sample_key("Home"));
    planned_experiment("x", 2)->allocation = SOTTO_THOMPSON;
    planned_offer("offer", SOTTO_CODE)->threshold = 500;
    sotto_campaign_content *campaign = planned_campaign("hello", SOTTO_POPUP);
    campaign->when = planned.segments[0].program;
    planned_trigger(campaign, SOTTO_ON_VIEWED_NOT_ADDED, 10, 0);
    campaign->cap_day = campaign->pause_shown_s = campaign->group = 1;
    campaign->experiment = campaign->offer = 0;
    campaign->slot = planned_text("home");
    planned_publish();
    return planned.shop.campaigns;
}

/* Opens the plan of campaigns that were opened, and decides over it. */
static void ask_plan(const sotto_bundle *bundle)
{
    planned.scene.now_s = SAMPLE_NOW;
    if (sotto_plan_open(&planned.plan, bundle, NULL) != SOTTO_OK) {
        return;
    }
    for (uint32_t i = 0; i < planned.plan.campaign_count; i++) {
        sotto_campaign campaign = sotto_campaign_get(&planned.plan, i);
        ask_sink += campaign.name.size + sotto_campaign_field(&planned.plan, &campaign, 1).size;
    }
    sotto_profile_init(&planned.profile, 1, SAMPLE_NOW);
    sotto_ledger_init(&planned.ledger, &planned.profile, bundle);
    for (uint32_t i = 0; i < 6; i++) {
        const sotto_event event = {sample_hash(i), SAMPLE_NOW - 100 + i, SOTTO_VIEW, 1};
        sotto_profile_fold(&planned.profile, bundle, &event);
    }
    sotto_moment *moment = sotto_moment_init(&planned.moment, &planned.plan, bundle,
                                             &planned.profile, &planned.ledger, &planned.scene);
    ask_sink += sotto_segments(moment)[0];
    sotto_arbitrate(moment, NULL, 0, &planned.scratch, sizeof planned.scratch, &planned.verdicts);
    for (uint32_t i = 0; i < planned.verdicts.count; i++) {
        ask_promise(sotto_rule_name(planned.verdicts.list[i].rule) != NULL);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t max_size, unsigned seed)
{
    static sotto_bytes pictures, with_plan;
    const sample *shop = shop_of_samples();
    if (pictures.bytes == NULL) {
        pictures = sample_pictures(&shop->bundle);
        with_plan = campaigns_with_a_plan();
    }
    if (size < SOTTO_HEAD_SIZE || seed % 64 == 0) {
        const sotto_bytes files[] = {shop->model, shop->catalogue, shop->campaigns, shop->manifest,
                                     shop_of_rankers(false)->part, shop_of_rankers(true)->part,
                                     pictures, with_plan};
        const sotto_bytes *file = &files[seed / 64 % SOTTO_ARRAY_COUNT(files)];
        if (file->size <= max_size) {
            memcpy(bytes, file->bytes, file->size);
            return file->size;
        }
    }
    return LLVMFuzzerMutate(bytes, size, max_size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const sample *shop = shop_of_samples();
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL) {
        return 0;
    }
    memcpy(copy, bytes, size);
    repair_checks(copy, size);
    if (size >= SOTTO_MANIFEST_HEAD_SIZE && copy[3] == 'M') {
        sotto_manifest manifest;
        if (sotto_manifest_open(&manifest, copy, size, NULL) == SOTTO_OK) {
            for (uint32_t i = 0; i < manifest.part_count; i++) {
                ask_sink += sotto_hash(sotto_manifest_get(&manifest, i).sha256, 32);
            }
        }
    } else if (size >= SOTTO_HEAD_SIZE && copy[SOTTO_HEAD_KIND] == SOTTO_RANKER) {
        ask_ranker(copy, size);
    } else if (size >= SOTTO_HEAD_SIZE && copy[SOTTO_HEAD_KIND] == SOTTO_PICTURES) {
        ask_pictures(copy, size);
    } else if (size >= SOTTO_HEAD_SIZE) {
        static sotto_bundle bundle;
        bundle = shop->bundle;
        if (sotto_bundle_open(&bundle, (sotto_kind)copy[SOTTO_HEAD_KIND], copy, size, NULL) ==
            SOTTO_OK) {
            ask_everything(&bundle);
            ask_plan(&bundle);
        }
    }
    free(copy);
    return 0;
}
