#include "test.h"

#include "train/embedding.h"
#include "train/lanes.h"

#include <math.h>

TEST(vectors_have_length_one_before_and_after_a_step)
{
    sotto_embedding vectors;
    sotto_random random = sotto_random_start(1);
    REQUIRE(sotto_embedding_init(&vectors, 5, 16, 4, &random));
    sotto_embedding_gradient(&vectors, 3)[2] = 1;
    sotto_embedding_step(&vectors, 0.05f, 1);
    for (uint32_t item = 0; item < 5; item++) {
        const float *unit = sotto_embedding_of(&vectors, item);
        CHECK(fabs((double)sotto_lanes_dot(unit, unit, 16) - 1) < 1e-5);
    }
    sotto_embedding_free(&vectors);
}

TEST(a_gradient_is_added_up_in_a_step_and_gone_after_it)
{
    sotto_embedding vectors;
    sotto_random random = sotto_random_start(2);
    REQUIRE(sotto_embedding_init(&vectors, 5, 16, 4, &random));
    sotto_embedding_gradient(&vectors, 4)[0] = 1;
    sotto_embedding_gradient(&vectors, 1)[0] = 7;
    sotto_embedding_gradient(&vectors, 4)[0] += 1;
    CHECK(sotto_embedding_gradient(&vectors, 4)[0] == 2.0f);
    CHECK_EQ(vectors.touched_count, 2);
    sotto_embedding_step(&vectors, 0.01f, 1);
    CHECK(sotto_embedding_gradient(&vectors, 4)[0] == 0.0f);
    sotto_embedding_free(&vectors);
}

TEST(steps_go_downhill_and_leave_others_alone)
{
    sotto_embedding vectors;
    sotto_random random = sotto_random_start(3);
    REQUIRE(sotto_embedding_init(&vectors, 3, 16, 4, &random));
    float other[16];
    memcpy(other, sotto_embedding_of(&vectors, 2), sizeof other);
    for (uint32_t step = 1; step <= 300; step++) { /* loss: minus coordinate 5 of item 0 */
        sotto_embedding_gradient(&vectors, 0)[5] = -1;
        sotto_embedding_step(&vectors, 0.02f, step);
    }
    CHECK(sotto_embedding_of(&vectors, 0)[5] > 0.99f);
    CHECK_MEM(sotto_embedding_of(&vectors, 2), other, sizeof other);
    sotto_embedding_free(&vectors);
}
