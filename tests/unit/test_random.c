#include "test.h"

#include "train/random.h"

TEST(the_numbers_are_those_of_the_paper)
{
    sotto_random random = sotto_random_start(1234567);
    CHECK(sotto_random_next(&random) == 6457827717110365317u);
    CHECK(sotto_random_next(&random) == 3203168211198807973u);
    CHECK(sotto_random_next(&random) == 9817491932198370423u);
}

TEST(numbers_below_a_limit_are_spread_evenly)
{
    sotto_random random = sotto_random_start(0);
    int counts[10] = {0};
    for (int i = 0; i < 100000; i++) {
        counts[sotto_random_below(&random, 10)]++;
    }
    for (int i = 0; i < 10; i++) {
        CHECK(counts[i] > 9600 && counts[i] < 10400);
    }
    CHECK_EQ(sotto_random_below(&random, 1), 0);
}

TEST(shares_and_normals_have_their_moments)
{
    sotto_random random = sotto_random_start(9);
    double sum = 0, normal = 0, square = 0;
    for (int i = 0; i < 100000; i++) {
        float share = sotto_random_share(&random);
        REQUIRE(share >= 0 && share < 1);
        sum += (double)share;
        double value = (double)sotto_random_normal(&random);
        normal += value;
        square += value * value;
    }
    CHECK(sum > 49500 && sum < 50500);
    CHECK(normal > -1000 && normal < 1000);
    CHECK(square > 98000 && square < 102000);
}
