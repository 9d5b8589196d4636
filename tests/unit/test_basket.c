#include "test.h"

#include "sample_basket_model.h"

static const int16_t popular_only[1][2] = {{SOTTO_BASKET_POPULAR, 1}};

TEST(what_was_written_is_read)
{
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    const sotto_basket_model *model = &sample.model;
    CHECK_EQ(model->decay, 32768);
    CHECK_EQ(model->network.table_count, 8);
    CHECK_EQ(sotto_basket_popular(model, 4), 4);
    CHECK_EQ(sotto_basket_popularity(model, SOTTO_BASKET_POPULAR, 7), 32 * 193);
    CHECK_EQ(sotto_basket_popularity(model, SOTTO_BASKET_EVER, 7), 1000 + 700);
    CHECK_EQ(sotto_basket_popularity(model, SOTTO_BASKET_LATELY, 7), 1000 + 800);
    CHECK_EQ(sotto_basket_lift(model, 6), -512 + 6 * 64);
    CHECK_EQ(sotto_basket_lift(model, 9), -512 + 9 * 64);
    CHECK_EQ(sotto_basket_rhythm(model, 6), 3686 + 64 * BASKET_WEEK_CODE);
    CHECK_EQ(sotto_basket_spread(model, 6), 1);
    CHECK_EQ(sotto_basket_rhythm(model, 7), 0);
    sotto_link links[4];
    CHECK_EQ(sotto_links_get(&model->links, 3, links, 4), 2);
    CHECK_EQ(links[0].item, 4);
    CHECK_EQ(links[0].weight, 16384);
    sample_basket_free(&sample);
}

TEST(what_is_not_there_is_nothing)
{
    sotto_basket_model model = {.item_count = 10};
    CHECK_EQ(sotto_basket_lift(&model, 3), 0);
    CHECK_EQ(sotto_basket_rhythm(&model, 3), 0);
    CHECK_EQ(sotto_basket_spread(&model, 3), 3);
}

/* Each section, one byte short and one byte long. */
TEST(sizes_must_fit)
{
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    void (*const open[])(sotto_basket_model *, sotto_reader *) = {
        NULL, sotto_basket_open_popularity, sotto_basket_open_lifts, sotto_basket_open_rhythm,
        sotto_basket_open_links,
    };
    for (uint32_t i = 0; i < 5; i++) {
        for (int off = -1; off <= 1; off += 2) {
            ROW("section %u, %d", i, off);
            size_t size = sample.list.sections[i].size;
            uint8_t *bytes = calloc(size + 1, 1);
            REQUIRE(bytes != NULL);
            memcpy(bytes, sample.list.sections[i].bytes, size);
            sotto_basket_model model = {.item_count = BASKET_ITEMS};
            sotto_reader reader =
                sotto_reader_over(bytes, 0, off > 0 ? (uint32_t)size + 1 : (uint32_t)size - 1);
            if (i == 0) {
                sotto_basket_open(&model, &reader, BASKET_ITEMS);
            } else {
                open[i](&model, &reader);
            }
            CHECK_EQ(reader.status, SOTTO_INVALID);
            free(bytes);
        }
    }
    sample_basket_free(&sample);
}

TEST(popular_items_must_be_items)
{
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    sotto_bytes *section = &sample.list.sections[0];
    section->bytes[8] = BASKET_ITEMS;
    sotto_basket_model model = {0};
    sotto_reader reader = sotto_reader_over(section->bytes, 0, (uint32_t)section->size);
    sotto_basket_open(&model, &reader, BASKET_ITEMS);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 8);
    sample_basket_free(&sample);
}
