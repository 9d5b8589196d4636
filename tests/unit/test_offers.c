/*
 * test_offers.c - codes, and when an offer is no longer made
 */
#include "test.h"

#include "decisions/offers.h"
#include "planned.h"

static bool stands(uint32_t index)
{
    sotto_offer offer = sotto_offer_get(&planned.plan, index);
    return sotto_offer_stands(planned_moment(), &offer);
}

static void check_code(const char *expected, uint64_t seed)
{
    sotto_offer offer = sotto_offer_get(&planned.plan, 0);
    sotto_text code = sotto_offer_code(&planned.plan, &offer, seed);
    CHECK_EQ(code.size, strlen(expected));
    CHECK(code.size != strlen(expected) || memcmp(code.bytes, expected, code.size) == 0);
}

TEST(codes)
{
    planned_enter();
    const uint32_t codes[] = {planned_text("A1"), planned_text("B2"), planned_text("C3")};
    sotto_offer_content *offer = planned_offer("vip", SOTTO_VOUCHERS);
    offer->codes = codes, offer->code_count = 3;
    planned_publish();
    check_code("A1", 0);
    check_code("B2", 4);
    check_code("A1", UINT64_MAX);
    offer->kind = SOTTO_CODE;
    planned_publish();
    check_code("A1", 4);
    offer->code_count = 0;
    planned_publish();
    check_code("", 4);
    planned_leave();
}

TEST(an_offer_ends)
{
    planned_enter();
    planned_offer("code", SOTTO_CODE)->ends_s = PLANNED_NOON + 1;
    planned_offer("shipping", SOTTO_FREE_SHIPPING)->ends_s = PLANNED_NOON + 1;
    planned_publish();
    CHECK(stands(0) && stands(1));
    planned.scene.now_s++;
    CHECK(!stands(0) && !stands(1));
    planned_leave();
}

TEST(an_offer_is_redeemed_once)
{
    planned_enter();
    planned_offer("code", SOTTO_CODE);
    planned_offer("shipping", SOTTO_FREE_SHIPPING);
    planned_publish();
    planned_name_event(SOTTO_GIVEN, "code");
    CHECK(stands(0));
    planned_name_event(SOTTO_REDEEMED, "code");
    planned_name_event(SOTTO_REDEEMED, "shipping");
    CHECK(!stands(0) && stands(1));
    planned.unknown = true;
    CHECK(stands(0));
    planned_leave();
}

TEST(an_offer_wants_a_cart)
{
    planned_enter();
    planned_offer("code", SOTTO_CODE)->threshold = 1500;
    planned_offer("shipping", SOTTO_FREE_SHIPPING)->threshold = 1500;
    planned_publish();
    CHECK(!stands(0) && stands(1));
    planned_did(SOTTO_CART_ADD, 5);
    CHECK(stands(0));
    planned_leave();
}
