#include "test.h"

#include "train/random.h"
#include "train/thin.h"

TEST(of_equal_links_the_lonely_go_first)
{
    sotto_thin_link links[5] = {
        {5000, 0, 1, 0}, {101, 1, 1, 0}, {103, 2, 1, 0}, {102, 3, 1, 0}, {30000, 4, 1, 0},
    };
    sotto_thin_row(links, 5, 100, 3);
    for (uint32_t k = 0; k < 3; k++) { /* the kept ones, by index */
        CHECK_EQ(links[k].index, 101 + k);
    }
    CHECK(links[0].place == 1 && links[1].place == 3 && links[2].place == 2);
    CHECK_EQ(links[4].index, 30000); /* the first that went */
    CHECK_EQ(links[3].index, 5000);
}

TEST(a_strong_link_stays_wherever_it_leads)
{
    sotto_thin_link links[4] = {
        {60000, 0, 20, 0}, {101, 1, 1, 0}, {102, 2, 1, 0}, {103, 3, 1, 0},
    };
    sotto_thin_row(links, 4, 100, 1);
    CHECK_EQ(links[0].index, 60000);
}

TEST(values_descend_from_the_last_that_went_to_the_first)
{
    sotto_random random = sotto_random_start(4);
    for (uint32_t turn = 0; turn < 200; turn++) {
        sotto_thin_link links[SOTTO_THIN_MAX];
        uint32_t count = sotto_random_below(&random, SOTTO_THIN_MAX + 1);
        uint32_t row = sotto_random_below(&random, 5000);
        bool met[SOTTO_THIN_MAX] = {false};
        ROW("%u links of item %u", count, row);
        for (uint32_t k = 0; k < count; k++) { /* none of the item itself, and none twice */
            uint32_t index = row + 1 + k * 37 + sotto_random_below(&random, 37);
            links[k] = (sotto_thin_link){index, k, sotto_random_share(&random), 0};
        }
        sotto_thin_row(links, count, row, 0);
        for (uint32_t k = 0; k < count; k++) {
            CHECK(links[k].value >= 0 && (k == 0 || links[k].value <= links[k - 1].value));
            met[links[k].place] = true;
        }
        for (uint32_t k = 0; k < count; k++) {
            CHECK(met[k]);
        }
    }
}

TEST(with_room_for_all_all_stay)
{
    sotto_thin_link links[2] = {{9, 0, 1, 0}, {3, 1, 1, 0}};
    sotto_thin_row(links, 2, 5, 2);
    CHECK(links[0].index == 3 && links[1].index == 9);
    sotto_thin_row(links, 0, 5, 2);
}
