/*
 * test_consent.c - section `cnst` of campaigns: read by itself, and hostile
 */
#include "test.h"

#include "model/consent.h"
#include "repair.h"
#include "sample_bundle.h"

static sotto_bytes written(const sotto_consent_content *consent)
{
    const sotto_campaigns_content content = {.interest_half_life_s = 1, .consent = consent};
    sotto_bytes file = {NULL, 0};
    const char *why = "";
    sample_must(sotto_campaigns_write(&content, &file, &why), why);
    return file;
}

static void check_text(sotto_text text, const char *expected, size_t size)
{
    CHECK_EQ(text.size, size);
    if (text.size == size) {
        CHECK_MEM((const uint8_t *)text.bytes, (const uint8_t *)expected, size);
    }
}

TEST(campaigns_that_say_nothing_leave_it_to_the_shop)
{
    sotto_bytes file = written(NULL);
    sotto_consent consent = {.source = 9};
    CHECK_EQ(sotto_consent_open(&consent, file.bytes, file.size, NULL), SOTTO_OK);
    CHECK_EQ(consent.source, SOTTO_CONSENT_API);
    CHECK_EQ(consent.flags, 0);
    CHECK_EQ(consent.policy.size, 0);
    for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES; i++) {
        CHECK(consent.names[i].bytes == NULL);
    }
    free(file.bytes);
}

TEST(what_was_published_is_read)
{
    const sotto_string store[] = {{"C0003", 5}};
    const sotto_string personalise[] = {{"C0003", 5}, {"S\xC3\xA4ule", 6}};
    const sotto_consent_content content = {
        .source = SOTTO_CONSENT_ONETRUST, .flags = SOTTO_CONSENT_EACH_PAGE,
        .policy = {"2026-11", 7}, .standing_yes = 7, .names = {store, personalise, store}, .name_counts = {1, 2, 0},
    };
    sotto_bytes file = written(&content);
    sotto_consent consent;
    REQUIRE(sotto_consent_open(&consent, file.bytes, file.size, NULL) == SOTTO_OK);
    CHECK_EQ(consent.source, SOTTO_CONSENT_ONETRUST);
    CHECK_EQ(consent.flags, SOTTO_CONSENT_EACH_PAGE);
    check_text(consent.policy, "2026-11", 7);
    check_text(consent.names[0], "C0003", 6);
    check_text(consent.names[1], "C0003\0S\xC3\xA4ule", 13);
    CHECK(consent.names[2].bytes != NULL);
    CHECK_EQ(consent.names[2].size, 0);

    /* The rest of the campaigns opens as ever, and knows where its file is. */
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    CHECK(bundle.campaigns.file == NULL);
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_CAMPAIGNS, file.bytes, file.size, NULL), SOTTO_OK);
    CHECK(bundle.campaigns.file == file.bytes);
    CHECK_EQ(sotto_bundle_site(&bundle).standing_yes, 7);
    free(file.bytes);
}

TEST(sources_have_the_names_of_the_site_file)
{
    static const char *const names[] = {"api", "tcf", "google", "shopify", "onetrust", "cookiebot",
                                        "usercentrics", "didomi"};
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(names); i++) {
        CHECK_STR(sotto_consent_source_name(i), names[i]);
    }
    CHECK_STR(sotto_consent_source_name(8), NULL);
}

/* A record of one field in place of the section's. */
static sotto_status open_field(uint32_t key, const char *bytes, uint32_t size, size_t *offset)
{
    const sotto_string longest = {"0123456789012345678901234567890123456789012345678901234567890123",
                                  64};
    const sotto_string names[] = {longest, longest, longest};
    const sotto_consent_content content = {.policy = longest, .names = {names, names},
                                           .name_counts = {3, 3}};
    sotto_bytes file = written(&content);
    uint8_t *row = file.bytes + SOTTO_HEAD_SIZE + 3 * SOTTO_ROW_ROW_SIZE;
    uint32_t start = sotto_load_u32(row + SOTTO_ROW_OFFSET);
    uint32_t whole = start + SOTTO_FIELD_HEAD_SIZE + size;
    REQUIRE(whole <= file.size);
    uint8_t *copy = malloc(whole);
    REQUIRE(copy != NULL);
    sotto_store_u32(row + SOTTO_ROW_SIZE, whole - start);
    sotto_store_u32(file.bytes + SOTTO_HEAD_FILE_SIZE, whole);
    sotto_store_u16(file.bytes + start + SOTTO_FIELD_KEY, (uint16_t)key);
    sotto_store_u16(file.bytes + start + SOTTO_FIELD_SIZE, (uint16_t)size);
    memcpy(file.bytes + start + SOTTO_FIELD_HEAD_SIZE, bytes, size);
    repair_checks(file.bytes, whole);
    memcpy(copy, file.bytes, whole);
    free(file.bytes);
    sotto_consent consent = {.source = 77};
    sotto_fault fault = {0, NULL};
    sotto_status status = sotto_consent_open(&consent, copy, whole, &fault);
    if (status != SOTTO_OK) {
        CHECK_EQ(consent.source, 77);
        *offset = fault.offset - start - SOTTO_FIELD_HEAD_SIZE;
    }
    free(copy);
    return status;
}

TEST(what_is_not_allowed_is_refused_where_it_stands)
{
    char many[2 * 17];
    char longer[66];
    for (uint32_t i = 0; i < sizeof many; i++) {
        many[i] = i % 2 == 0 ? 'a' : 0;
    }
    memset(longer, 'x', sizeof longer);
    longer[65] = 0;
    const struct {
        uint32_t    key;
        const char *bytes;
        uint32_t    size;
        long        offset;        /* -1: it opens */
    } rows[] = {
        {1, "\7", 1, -1},          {1, "\10", 1, 0},    {1, "\1\0", 2, 0}, {1, "", 0, 0},
        {2, "\3", 1, -1},          {2, "\4", 1, 0},     {3, "", 0, -1},     {3, "\xFF", 1, -1},
        {4, "", 0, -1},            {4, "a", 1, 0},      {4, "\0", 1, 0},    {5, "a\0", 2, -1},
        {5, "a\0b", 3, 2},         {6, "a\0\0", 3, 2},  {6, many, 32, -1},  {6, many, 34, 32},
        {4, longer + 1, 65, -1},   {4, longer, 66, 0},  {7, "later", 5, -1}, {0, "none", 4, -1},
    };
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("row %u", (unsigned)i);
        size_t offset = SIZE_MAX;
        sotto_status status = open_field(rows[i].key, rows[i].bytes, rows[i].size, &offset);
        CHECK_EQ(status, rows[i].offset < 0 ? SOTTO_OK : SOTTO_INVALID);
        if (status != SOTTO_OK) {
            CHECK_EQ(offset, (size_t)rows[i].offset);
        }
    }
}

/* Every byte of the file changed in every way, in a block of exactly its size. */
TEST(hostile_campaigns_give_no_wild_answer)
{
    const sotto_string names[] = {{"preferences", 11}, {"x", 1}};
    const sotto_consent_content content = {
        .source = SOTTO_CONSENT_COOKIEBOT, .policy = {"p", 1}, .names = {names, names, names},
        .name_counts = {1, 2, 0},
    };
    sotto_bytes file = written(&content);
    uint8_t *copy = malloc(file.size);
    REQUIRE(copy != NULL);
    uint32_t opened = 0;
    uint32_t refused = 0;
    for (size_t byte = 0; byte < file.size; byte++) {
        for (uint32_t change = 1; change < 256; change++) {
            sotto_consent consent = {.source = 0};
            sotto_fault fault = {SIZE_MAX, NULL};
            memcpy(copy, file.bytes, file.size);
            copy[byte] ^= (uint8_t)change;
            repair_checks(copy, file.size);
            if (sotto_consent_open(&consent, copy, file.size, &fault) != SOTTO_OK) {
                CHECK(fault.offset <= file.size);
                refused++;
                continue;
            }
            opened++;
            CHECK(sotto_consent_source_name(consent.source) != NULL);
            CHECK(consent.flags <= SOTTO_CONSENT_ALL_FLAGS);
            for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES; i++) {
                sotto_text list = consent.names[i];
                CHECK(list.size == 0 || list.bytes[list.size - 1] == 0);
            }
        }
    }
    CHECK(opened > file.size);
    CHECK(refused > file.size);
    free(copy);
    free(file.bytes);
}

TEST(a_file_cut_short_is_refused)
{
    sotto_bytes file = written(NULL);
    for (size_t size = 0; size < file.size; size++) {
        uint8_t *copy = malloc(size + 1);
        REQUIRE(copy != NULL);
        memcpy(copy, file.bytes, size);
        sotto_consent consent;
        CHECK(sotto_consent_open(&consent, copy, size, NULL) != SOTTO_OK);
        free(copy);
    }
    free(file.bytes);
}
