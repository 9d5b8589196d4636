#include "test.h"

#include "moments.h"

#define NUMBER(n) SOTTO_OP_INTEGER, WHOLE(n)

TEST(literals)
{
    moment_enter();
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_TRUE), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_FALSE), 0);
    /* 1 is 10,000 ten-thousandths, which zigzag makes 20,000: a0 9c 01. */
    CHECK_EQ(MOMENT_RUNS(NUMBER(1), SOTTO_OP_NUMBER, 0xA0, 0x9C, 0x01, SOTTO_OP_EQUAL), 1);
    /* The largest and the least: 2^31 - 1 and -2^31. */
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_NUMBER, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, NUMBER(0), SOTTO_OP_MORE),
             1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_NUMBER, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, NUMBER(0), SOTTO_OP_LESS),
             1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_INTEGER, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, NUMBER(0), SOTTO_OP_LESS),
             1);
    moment_leave();
}

TEST(a_program_that_is_not_there_is_true)
{
    moment_enter();
    CHECK(sotto_program_run(moment_now(), (sotto_program){NULL, 0}));
    moment_leave();
}

TEST(operators_take_the_left_one_first)
{
    moment_enter();
    CHECK_EQ(MOMENT_RUNS(NUMBER(7), NUMBER(2), SOTTO_OP_SUBTRACT, NUMBER(5), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(NUMBER(7), NUMBER(2), SOTTO_OP_REST, NUMBER(1), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(NUMBER(1), NUMBER(2), SOTTO_OP_LESS), 1);
    CHECK_EQ(MOMENT_RUNS(NUMBER(2), NUMBER(1), SOTTO_OP_LESS), 0);
    uint8_t shoes = moment_string("shoes"), sho = moment_string("sho");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_TEXT, shoes, SOTTO_OP_TEXT, sho, SOTTO_OP_STARTS), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_TEXT, sho, SOTTO_OP_TEXT, shoes, SOTTO_OP_STARTS), 0);
    moment_leave();
}

TEST(division_by_zero_compares_false)
{
    moment_enter();
    for (uint8_t op = SOTTO_OP_EQUAL; op <= SOTTO_OP_AT_LEAST; op++) {
        ROW("op %x", op);
        CHECK_EQ(MOMENT_RUNS(NUMBER(1), NUMBER(0), SOTTO_OP_DIVIDE, NUMBER(1), op), 0);
    }
    CHECK_EQ(MOMENT_RUNS(NUMBER(1), NUMBER(0), SOTTO_OP_REST, SOTTO_OP_IN_NUMBERS, 2, 0, 2), 0);
    moment_leave();
}

TEST(one_of_a_list)
{
    moment_enter();
    uint8_t phone = moment_string("phone"), tablet = moment_string("tablet");
    here.scene.device = text_of("tablet");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_FACT_TEXT, SOTTO_DEVICE, SOTTO_OP_IN_TEXTS, 2, phone, tablet), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_FACT_TEXT, SOTTO_DEVICE, SOTTO_OP_IN_TEXTS, 1, phone), 0);
    here.scene.device = (sotto_text){NULL, 0};
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_FACT_TEXT, SOTTO_DEVICE, SOTTO_OP_IN_TEXTS, 2, phone, 0), 0);
    /* Ten-thousandths: 3, and 1. */
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_NUMBER, WHOLE(3), SOTTO_OP_IN_NUMBERS, 2, WHOLE(1), WHOLE(3)), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_NUMBER, WHOLE(-3), SOTTO_OP_IN_NUMBERS, 2, WHOLE(1), WHOLE(3)),
             0);
    moment_leave();
}

TEST(truths)
{
    moment_enter();
    for (uint8_t a = SOTTO_OP_TRUE; a <= SOTTO_OP_FALSE; a++) {
        for (uint8_t b = SOTTO_OP_TRUE; b <= SOTTO_OP_FALSE; b++) {
            bool left = a == SOTTO_OP_TRUE, right = b == SOTTO_OP_TRUE;
            ROW("%d, %d", left, right);
            CHECK_EQ(MOMENT_RUNS(a, b, SOTTO_OP_SAME), left == right);
            CHECK_EQ(MOMENT_RUNS(a, b, SOTTO_OP_DIFFERENT), left != right);
            CHECK_EQ(MOMENT_RUNS(a, SOTTO_OP_AND, 1, b), left && right);
            CHECK_EQ(MOMENT_RUNS(a, SOTTO_OP_OR, 1, b), left || right);
            /* Both jumps to one place: a and b or true. */
            CHECK_EQ(MOMENT_RUNS(a, SOTTO_OP_AND, 1, b, SOTTO_OP_OR, 1, SOTTO_OP_TRUE), 1);
        }
        CHECK_EQ(MOMENT_RUNS(a, SOTTO_OP_NOT), a == SOTTO_OP_FALSE);
    }
    moment_leave();
}

TEST(what_is_decided_is_not_looked_at)
{
    /* Behind a jump lies a division that would make the rest false. */
    moment_enter();
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_TRUE, SOTTO_OP_OR, 5, NUMBER(1), NUMBER(2), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_FALSE, SOTTO_OP_AND, 1, SOTTO_OP_TRUE, SOTTO_OP_NOT), 1);
    moment_leave();
}

TEST(accounts_are_asked_by_name_and_type)
{
    moment_enter();
    const sotto_account_entry account[] = {
        {text_of("tier"), text_of("gold"), SOTTO_ACCOUNT_TEXT, 0},
        {text_of("points"), {NULL, 0}, SOTTO_ACCOUNT_NUMBER, 20000},
        {text_of("staff"), {NULL, 0}, SOTTO_ACCOUNT_TRUTH, 1},
        {text_of("blank"), {NULL, 0}, SOTTO_ACCOUNT_TEXT, 0},
        {text_of("much"), {NULL, 0}, SOTTO_ACCOUNT_NUMBER, INT64_MAX},
        {text_of("points"), {NULL, 0}, SOTTO_ACCOUNT_NUMBER, 70000},
    };
    uint8_t tier = moment_string("tier"), gold = moment_string("gold");
    uint8_t points = moment_string("points"), staff = moment_string("staff");
    uint8_t blank = moment_string("blank"), much = moment_string("much");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TRUTH, staff), 0);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TEXT, tier, SOTTO_OP_TEXT, gold, SOTTO_OP_TEXT_UNEQUAL),
             0);
    here.scene.account = account;
    here.scene.account_count = SOTTO_ARRAY_COUNT(account);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TRUTH, staff), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TRUTH, tier), 0);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TEXT, tier, SOTTO_OP_TEXT, gold, SOTTO_OP_TEXT_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TEXT, blank, SOTTO_OP_TEXT, 0, SOTTO_OP_TEXT_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_TEXT, points, SOTTO_OP_TEXT, 0, SOTTO_OP_TEXT_EQUAL), 0);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_NUMBER, points, NUMBER(2), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_NUMBER, staff, NUMBER(0), SOTTO_OP_AT_LEAST), 0);
    /* The largest number there is, and one more, is the largest number there is. */
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ACCOUNT_NUMBER, much, NUMBER(1), SOTTO_OP_ADD,
                         SOTTO_OP_ACCOUNT_NUMBER, much, SOTTO_OP_EQUAL), 1);
    moment_leave();
}

TEST(parameters_of_the_address)
{
    moment_enter();
    uint8_t source = moment_string("utm_source"), mail = moment_string("news letter");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_QUERY, source, SOTTO_OP_TEXT, mail, SOTTO_OP_TEXT_EQUAL), 0);
    here.scene.query = text_of("?utm_source=news+letter");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_QUERY, source, SOTTO_OP_TEXT, mail, SOTTO_OP_TEXT_EQUAL), 1);
    moment_leave();
}

TEST(what_the_ledger_remembers)
{
    moment_enter();
    uint8_t spring = moment_string("spring"), size = moment_string("size");
    uint8_t small = moment_bytes("size\0small", 10);
    here.ledger.campaigns[200] = (sotto_ledger_campaign){.key = sample_key("spring"), .ever = 3};
    here.ledger.answers[31] = (sotto_ledger_answer){.key = sotto_hash("size\0small", 10)};
    here.ledger.answers[4] = (sotto_ledger_answer){.key = sample_key("size")};
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_SEEN_CAMPAIGN, spring, NUMBER(3), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_SEEN_CAMPAIGN, size, NUMBER(0), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ANSWERED, small), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ANSWERED, size), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ANSWERED, spring), 0);
    here.without_ledger = true;
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_SEEN_CAMPAIGN, spring, NUMBER(0), SOTTO_OP_EQUAL), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_ANSWERED, small), 0);
    moment_leave();
}
