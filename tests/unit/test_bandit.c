/*
 * test_bandit.c - chance that leans to what works
 */
#include "test.h"

#include "decisions/experiments.h"
#include "planned.h"

static uint32_t choose(uint32_t session)
{
    planned.moment.plan = &planned.plan;
    planned.moment.profile = &planned.profile;
    planned.moment.ledger = &planned.ledger;
    planned.moment.scene = &planned.scene;
    planned.profile.session_count = session;
    return sotto_experiment_arm(&planned.moment, 0);
}

static sotto_experiment_content *begin(uint32_t arms, sotto_allocation allocation)
{
    planned_enter();
    sotto_experiment_content *experiment = planned_experiment("bandit", arms);
    experiment->allocation = allocation;
    return experiment;
}

/* The first three numbers of splitmix64 from state 1234567, as its author publishes them. */
TEST(chance_is_splitmix64)
{
    uint64_t state = 1234567;
    CHECK(sotto_chance_next(&state) == 6457827717110365317u);
    CHECK(sotto_chance_next(&state) == 3203168211198807973u);
    CHECK(sotto_chance_next(&state) == 9817491932198370423u);
}

static int compare(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;
    return first < second ? -1 : first > second;
}

TEST(the_number_th_smallest)
{
    uint64_t state = 1;
    for (uint32_t count = 1; count <= 40; count++) {
        for (uint32_t number = 1; number <= count; number++) {
            uint64_t numbers[40], sorted[40];
            uint64_t spread = count % 3 == 0 ? 4 : UINT64_MAX;
            for (uint32_t i = 0; i < count; i++) {
                numbers[i] = sorted[i] = sotto_chance_next(&state) % spread;
            }
            qsort(sorted, count, sizeof *sorted, compare);
            CHECK(sotto_smallest(numbers, count, number) == sorted[number - 1]);
        }
    }
}

/* The mean of Beta(won, lost) is won / (won + lost): with one such arm against a flat one. */
TEST(thompson_draws_by_what_is_known)
{
    sotto_experiment_content *content = begin(2, SOTTO_THOMPSON);
    content->arms[0].won = 30, content->arms[0].lost = 10;
    planned_publish();
    uint32_t first = 0;
    for (uint32_t session = 1; session <= 4000; session++) {
        first += choose(session) == 0;
    }
    /* P(Beta(30, 10) > uniform) is the mean, 0.75. */
    CHECK(first > 2860 && first < 3140);
    planned_leave();
}

TEST(thompson_learns)
{
    begin(2, SOTTO_THOMPSON);
    planned_publish();
    planned.ledger.arms[0] = (sotto_ledger_arm){sotto_hash("bandit\0b", 8), 1, 40, 39};
    planned.ledger.arms[1] = (sotto_ledger_arm){sotto_hash("bandit\0a", 8), 1, 40, 1};
    planned.profile.session_start_s = 100;
    uint32_t second = 0;
    for (uint32_t session = 1; session <= 1000; session++) {
        second += choose(session) == 1;
    }
    CHECK(second > 990);
    planned_leave();
}

TEST(a_choice_holds_for_a_session)
{
    begin(8, SOTTO_THOMPSON);
    planned_publish();
    for (uint32_t session = 1; session <= 100; session++) {
        planned.scene.now_s += 5000;
        planned_did(SOTTO_VIEW, 5);
        uint32_t arm = choose(session);
        CHECK_EQ(choose(session), arm);
        sotto_experiment experiment = sotto_experiment_get(&planned.plan, 0);
        planned_event(SOTTO_EXPOSURE, sotto_arm_key(&experiment, arm), 1);
        CHECK_EQ(choose(session), arm);
        planned_event(SOTTO_WIN, sotto_arm_key(&experiment, arm), 1);
        CHECK_EQ(choose(session), arm);
    }
    planned_leave();
}

TEST(epsilon_greedy)
{
    sotto_experiment_content *content = begin(4, SOTTO_EPSILON_GREEDY);
    content->epsilon = 2000;
    content->arms[2].won = 20, content->arms[2].lost = 80;
    content->arms[1].won = 19, content->arms[1].lost = 80;
    content->arms[0].lost = content->arms[3].lost = 100;
    planned_publish();
    uint32_t counts[4] = {0};
    for (uint32_t session = 1; session <= 4000; session++) {
        counts[choose(session)]++;
    }
    CHECK(counts[2] > 3300 && counts[2] < 3500);
    for (uint32_t i = 0; i < 4; i++) {
        CHECK(i == 2 || (counts[i] > 140 && counts[i] < 260));
    }
    content->epsilon = 0;
    content->arms[1] = content->arms[2];
    planned_publish();
    for (uint32_t session = 1; session <= 100; session++) {
        CHECK_EQ(choose(session), 1);
    }
    content->epsilon = 10000;
    planned_publish();
    counts[3] = 0;
    for (uint32_t session = 1; session <= 400; session++) {
        counts[3] += choose(session) == 3;
    }
    CHECK(counts[3] > 60 && counts[3] < 140);
    planned_leave();
}

/* Counts from the end of what fits, and a ledger that claims more wins than tries. */
TEST(extremes)
{
    for (uint32_t i = 0; i < 4; i++) {
        sotto_experiment_content *content = begin(8, SOTTO_THOMPSON);
        content->arms[0].won = content->arms[0].lost = 128;
        planned_publish();
        planned.profile.session_start_s = 100;
        planned.ledger.arms[0] = (sotto_ledger_arm){
            sotto_hash("bandit\0a", 8), 1, i & 1 ? 65535 : 0, i & 2 ? 65535 : 0};
        for (uint32_t session = 1; session <= 50; session++) {
            CHECK(choose(session) < 8);
        }
        planned_leave();
    }
}

TEST(who_takes_part)
{
    uint32_t in = 0;
    begin(2, SOTTO_THOMPSON)->coverage = 3000;
    planned_publish();
    for (uint32_t i = 0; i < 2000; i++) {
        uint64_t state = i;
        planned.profile.seed = sotto_chance_next(&state);
        in += choose(1) != SOTTO_NO_ARM;
    }
    CHECK(in > 500 && in < 700);
    planned_leave();
}
