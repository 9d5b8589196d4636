/*
 * test_request.c - what is asked
 */
#include "test.h"

#include "ranking/request.h"
#include "shopper.h"

TEST(the_page_is_its_first_item_or_nothing)
{
    static const uint32_t page[] = {6, 7};
    shopper_enter();
    sotto_request request = shopper_request();
    CHECK_EQ(sotto_request_page(&request).category, SOTTO_NONE);
    CHECK_EQ(sotto_request_page(&request).price, SOTTO_NO_PRICE);
    shopper_looks_at(page, 2);
    CHECK_EQ(sotto_request_page(&request).category, 1);
    CHECK_EQ(sotto_request_page(&request).price, 1600);
    shopper_leave();
}

/* The sample keeps what is at most 864,000 seconds old. */
TEST(old_is_what_the_retention_says)
{
    shopper_enter();
    sotto_request request = shopper_request();
    CHECK(!sotto_request_is_old(&request, SAMPLE_NOW - 864000));
    CHECK(sotto_request_is_old(&request, SAMPLE_NOW - 864001));
    CHECK(!sotto_request_is_old(&request, UINT32_MAX));
    shopper_leave();
}
