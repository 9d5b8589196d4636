/*
 * A statistics file lies about for a year, is copied by scripts and merged by night. One that was
 * cut short, damaged or made up must be refused with a sentence, or be taken for what it says; it
 * must never crash, hang or eat the memory, and what is refused leaves no model behind.
 */
#include "test.h"

#include "train/material.h"
#include "train/statistics_sequences.h"
#include "train/train.h"

#include <unistd.h>

static sotto_train_fault fault;
static uint8_t *bytes;
static size_t   size;

static sotto_text text_of(const char *text)
{
    return (sotto_text){text, strlen(text)};
}

/* A few hundred visits over some days, kept as bytes. */
static void make_file(void)
{
    const sotto_statistics_options options = {1800, 1000, 100, 8, 2000, (size_t)1 << 20};
    sotto_statistics_maker *maker = sotto_statistics_begin(&options, true, &fault);
    REQUIRE(maker != NULL);
    for (int i = 0; i < 3000; i++) {
        char shopper[16], item[16];
        snprintf(shopper, sizeof shopper, "p%d", i / 7);
        snprintf(item, sizeof item, "i%d", i * i % 61);
        sotto_log_row row = {.kind = i % 9 == 0 ? SOTTO_LOG_PURCHASE : SOTTO_LOG_VIEW,
                             .item = text_of(item), .shopper = text_of(shopper),
                             .session = text_of(""), .order = text_of(""), .title = text_of(item),
                             .category = text_of("c"), .brand = text_of(""), .url = text_of(""),
                             .image = text_of(""), .has_price = true, .price = i + 1,
                             .has_time = true, .time_s = 1700000000 + i * 97, .quantity = 1,
                             .file = "test", .line = (uint64_t)i};
        REQUIRE(sotto_statistics_add(maker, &row, &fault));
    }
    FILE *file = sotto_temp_file(&fault);
    REQUIRE(file != NULL && sotto_statistics_finish(maker, false, file, &fault));
    size = (size_t)ftello(file);
    bytes = malloc(size);
    rewind(file);
    REQUIRE(fread(bytes, 1, size, file) == size);
    fclose(file);
}

#define NEED_FILE()                                                                           \
    do {                                                                                      \
        if (bytes == NULL) {                                                                  \
            make_file();                                                                      \
        }                                                                                     \
    } while (0)

static bool keep_nothing(void *context, const sotto_sum_row *row, sotto_train_fault *why)
{
    uint64_t *rows = context;
    (void)row;
    (void)why;
    ++*rows;
    return true;
}

static bool same_again; /* the file that was used last, merged alone, was `bytes` */

static bool is_same(FILE *file)
{
    uint8_t *again = malloc(size + 1);
    rewind(file);
    bool same = fread(again, 1, size + 1, file) == size && memcmp(again, bytes, size) == 0;
    free(again);
    return same;
}

/* Opens, reads all sums, cuts the sample, merges alone. True if nothing was refused. */
static bool use_all(FILE *file)
{
    sotto_statistics statistics;
    sotto_sequences sessions, baskets;
    uint32_t *starts_at = NULL;
    uint64_t rows = 0;
    fault.message[0] = '\0';
    bool good = sotto_statistics_open_file(&statistics, file, "file", &fault);
    good = good && sotto_statistics_sums(&statistics, keep_nothing, &rows, &fault);
    if (good) {
        CHECK(sotto_statistics_sequences(&statistics, &sessions, &baskets, &starts_at));
        const sotto_material material = {.items = &statistics.book.ids, .sessions = &sessions,
                                         .baskets = &baskets, .statistics = &statistics,
                                         .starts_at = starts_at};
        sotto_pairs pairs;
        if (sotto_material_pairs(&material, SOTTO_PAIRS_NEXT, SOTTO_SPAN_OLDER, 2, &pairs,
                                 &fault)) {
            sotto_pairs_free(&pairs);
        }
        (void)sotto_material_tail(&material);
        sotto_sequences_free(&sessions);
        sotto_sequences_free(&baskets);
        free(starts_at);
        sotto_statistics *parts[1] = {&statistics};
        FILE *merged = sotto_temp_file(&fault);
        REQUIRE(merged != NULL);
        good = sotto_statistics_join(parts, 1, (size_t)1 << 20, false, merged, &fault);
        same_again = good && is_same(merged);
        fclose(merged);
    }
    sotto_statistics_close(&statistics);
    CHECK(good || fault.message[0] != '\0');
    return good;
}

static bool use(const uint8_t *content, size_t content_size)
{
    FILE *file = sotto_temp_file(&fault);
    REQUIRE(file != NULL);
    REQUIRE(content_size == 0 || fwrite(content, 1, content_size, file) == content_size);
    fflush(file);
    return use_all(file);
}

TEST(the_whole_file_is_good)
{
    NEED_FILE();
    CHECK(use(bytes, size));
    CHECK(same_again);
}

TEST(cut_anywhere_it_is_refused)
{
    NEED_FILE();
    for (size_t cut = 0; cut < size; cut += cut < 64 || cut + 64 > size ? 1 : 37) {
        ROW("%zu of %zu bytes", cut, size);
        CHECK(!use(bytes, cut));
    }
}

TEST(a_byte_too_many_is_refused)
{
    NEED_FILE();
    uint8_t *longer = malloc(size + 1);
    memcpy(longer, bytes, size);
    longer[size] = 0;
    CHECK(!use(longer, size + 1));
    free(longer);
}

/* Some bits of a zstd frame's head say nothing: they may change. */
TEST(a_changed_bit_is_refused_or_changes_nothing)
{
    NEED_FILE();
    uint8_t *changed = malloc(size);
    for (size_t at = 0; at < size; at += 11) {
        ROW("byte %zu", at);
        memcpy(changed, bytes, size);
        changed[at] ^= (uint8_t)(1u << (at % 8));
        CHECK(!use(changed, size) || same_again);
    }
    free(changed);
}

/*
 * Checksums keep accidents out, not forgers. Here blocks are forged: their columns hold numbers by
 * chance, packed as they should be.
 */
TEST(forged_blocks_never_crash)
{
    NEED_FILE();
    static const uint32_t columns[5] = {1, SOTTO_BOOK_COLUMNS, SOTTO_SUM_COLUMNS,
                                        SOTTO_VISIT_COLUMNS, SOTTO_VISIT_COLUMNS};
    uint64_t dice = 1, refused = 0;
    for (int turn = 0; turn < 1000; turn++) {
        ROW("turn %d", turn);
        FILE *file = sotto_temp_file(&fault);
        REQUIRE(file != NULL && fwrite(bytes, 1, 12, file) == 12);
        uint64_t offset = 12;
        FILE *from = sotto_temp_file(&fault);
        REQUIRE(from != NULL && fwrite(bytes, 1, size, from) == size && fflush(from) == 0);
        for (int stretch = 0; stretch < 5; stretch++) {
            sotto_block_reader reader;
            sotto_block_writer writer;
            bool found = true;
            sotto_blocks_read_at(&reader, "from", fileno(from), offset, columns[stretch], &fault);
            sotto_blocks_begin(&writer, file, columns[stretch]);
            while (sotto_blocks_next(&reader, &found) && found) {
                for (uint32_t c = 0; c < columns[stretch]; c++) {
                    sotto_column *column = &reader.columns[c];
                    dice = dice * 6364136223846793005u + 1442695040888963407u;
                    if (stretch == turn % 5 && column->size > 0) {
                        size_t at = (dice >> 33) % column->size;
                        column->bytes[at] = (uint8_t)(dice >> 20);
                        column->size -= (dice >> 60) == 0 ? 1 : 0;
                    }
                    sotto_blocks_raw(&writer, c, column->bytes, column->size);
                }
                sotto_blocks_flush(&writer);
            }
            REQUIRE(sotto_blocks_end(&writer));
            offset = reader.offset;
            sotto_blocks_close(&reader);
        }
        fclose(from);
        fflush(file);
        refused += use_all(file) ? 0 : 1;
    }
    ROW("all turns");
    CHECK(refused > 300);
}
