/*
 * test_hostile_content.c - a file whose checksums are right and whose content is not
 *
 * Whoever writes a file can make all its checks fit. So every byte of every part is changed in
 * several ways, the checks are repaired, and the file is opened: it may be refused, at a place
 * inside it, or it may open. If it opens, every question is asked; the answers may be nonsense,
 * but must come from inside the file and keep the promises of sotto.h. The file lies in a block
 * of exactly its size, for the sanitizers.
 */
#include "test.h"

#include "../unit/ask.h"
#include "../unit/repair.h"
#include "../unit/sample_bundle.h"

static const uint8_t changes[] = {0x01, 0x80, 0xFF, 0x10, 0x7F};

static sotto_bytes *part_of(sample *shop, sotto_kind kind)
{
    return kind == SOTTO_MODEL ? &shop->model
         : kind == SOTTO_CATALOGUE ? &shop->catalogue : &shop->campaigns;
}

static void spoil_part(sotto_kind kind)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes *file = part_of(&shop, kind);
    uint8_t *copy = malloc(file->size);
    REQUIRE(copy != NULL);
    uint32_t opened = 0;
    uint32_t refused = 0;
    for (size_t byte = 0; byte < file->size; byte++) {
        for (size_t i = 0; i < sizeof changes; i++) {
            ROW("kind %d, byte %zu ^ %02x", (int)kind, byte, changes[i]);
            memcpy(copy, file->bytes, file->size);
            copy[byte] ^= changes[i];
            repair_checks(copy, file->size);
            sotto_bundle bundle = shop.bundle;
            sotto_fault fault = {SIZE_MAX, NULL};
            if (sotto_bundle_open(&bundle, kind, copy, file->size, &fault) == SOTTO_OK) {
                opened++;
                ask_everything(&bundle);
            } else {
                refused++;
                CHECK(fault.offset <= file->size);
                CHECK(memcmp(&bundle, &shop.bundle, sizeof bundle) == 0);
            }
        }
    }
    /* Both must happen, or the test tests nothing. */
    CHECK(opened > file->size / 10);
    CHECK(refused > file->size / 10);
    free(copy);
    sample_close(&shop);
}

TEST(a_hostile_model_gives_no_wild_answer)
{
    spoil_part(SOTTO_MODEL);
}

TEST(a_hostile_catalogue_gives_no_wild_answer)
{
    spoil_part(SOTTO_CATALOGUE);
}

TEST(hostile_campaigns_give_no_wild_answer)
{
    spoil_part(SOTTO_CAMPAIGNS);
}

TEST(a_hostile_manifest_gives_no_wild_answer)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes *file = &shop.manifest;
    uint8_t *copy = malloc(file->size);
    REQUIRE(copy != NULL);
    for (size_t byte = 0; byte < file->size; byte++) {
        for (uint32_t change = 1; change < 256; change++) {
            memcpy(copy, file->bytes, file->size);
            copy[byte] ^= (uint8_t)change;
            repair_checks(copy, file->size);
            sotto_manifest manifest;
            if (sotto_manifest_open(&manifest, copy, file->size, NULL) != SOTTO_OK) {
                continue;
            }
            CHECK(manifest.signed_size <= file->size);
            for (uint32_t i = 0; i < manifest.part_count; i++) {
                sotto_manifest_part part = sotto_manifest_get(&manifest, i);
                ask_sink += sotto_hash(part.sha256, 32);
            }
            if (manifest.signature != NULL) {
                ask_sink += sotto_hash(manifest.signature, 64);
            }
        }
    }
    free(copy);
    sample_close(&shop);
}

/* Two changes at once reach states that one cannot: a small generator picks them. */
TEST(many_changes_at_once_give_no_wild_answer)
{
    uint64_t state = 1;
    for (uint32_t kind = SOTTO_MODEL; kind <= SOTTO_CAMPAIGNS; kind++) {
        sample shop;
        sample_open(&shop);
        sotto_bytes *file = part_of(&shop, (sotto_kind)kind);
        uint8_t *copy = malloc(file->size);
        REQUIRE(copy != NULL);
        for (uint32_t turn = 0; turn < 3000; turn++) {
            ROW("kind %u, turn %u", (unsigned)kind, (unsigned)turn);
            memcpy(copy, file->bytes, file->size);
            for (uint32_t i = 0; i < 2 + turn % 7; i++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                size_t room = file->size - SOTTO_HEAD_SIZE;
                size_t byte = SOTTO_HEAD_SIZE + (size_t)(state >> 33) % room;
                copy[byte] = (uint8_t)(state >> 20);
            }
            repair_checks(copy, file->size);
            sotto_bundle bundle = shop.bundle;
            if (sotto_bundle_open(&bundle, (sotto_kind)kind, copy, file->size, NULL) == SOTTO_OK) {
                ask_everything(&bundle);
            }
        }
        free(copy);
        sample_close(&shop);
    }
}
