#include "click_shop.h"

#include "train/learn_vectors.h"

enum { SHELVES = 20, ITEMS = SHELVES * SHELF, SESSIONS = 700, TAIL = 600 };

static sotto_sequences sessions;

static sotto_vector_task task_of(sotto_effort effort, double bytes_per_item)
{
    if (sessions.count == 0) {
        add_clicks(&sessions, SHELVES, SESSIONS, 6);
    }
    return (sotto_vector_task){.sessions = &sessions, .tail = TAIL, .item_count = ITEMS,
                               .min_shoppers = 1, .effort = effort, .seed = 3,
                               .bytes_per_item = bytes_per_item};
}

static void learn(const sotto_vector_task *task, sotto_vector_learner *learner)
{
    sotto_vectors_start_older(learner, task);
    REQUIRE(sotto_vectors_finish_older(learner));
    sotto_vectors_start_all(learner);
    REQUIRE(sotto_vectors_finish_all(learner));
}

TEST(a_large_budget_gets_the_better_way_in_full)
{
    sotto_vector_task task = task_of(SOTTO_EFFORT_NORMAL, 30);
    sotto_vector_learner learner;
    learn(&task, &learner);
    CHECK_EQ(learner.teacher_count, 0);
    CHECK_EQ(learner.older.vectors.dimensions, 64);
    CHECK_EQ(learner.all.vectors.dimensions, 64);
    CHECK(learner.hr20 > 10);
    sotto_vectors_free(&learner);
}

TEST(a_small_budget_gets_half_the_dimensions_and_teachers)
{
    sotto_vector_task task = task_of(SOTTO_EFFORT_NORMAL, 12);
    sotto_vector_learner learner;
    learn(&task, &learner);
    CHECK_EQ(learner.teacher_count, 2);
    CHECK_EQ(learner.older.vectors.dimensions, 32);
    CHECK_EQ(learner.all.vectors.dimensions, 32);
    sotto_vectors_free(&learner);
}

TEST(much_effort_has_three_teachers_and_gives_the_same_twice)
{
    sotto_vector_task task = task_of(SOTTO_EFFORT_HIGH, 30);
    sotto_vector_learner a, b;
    learn(&task, &a);
    learn(&task, &b);
    CHECK_EQ(a.teacher_count, 3);
    size_t size = (size_t)ITEMS * 64 * sizeof(float);
    CHECK(memcmp(a.all.vectors.units, b.all.vectors.units, size) == 0);
    CHECK(memcmp(a.older.vectors.units, b.older.vectors.units, size) == 0);
    CHECK(memcmp(a.older.vectors.units, a.all.vectors.units, size) != 0);
    sotto_vectors_free(&a);
    sotto_vectors_free(&b);
}

TEST(a_learner_may_be_left_while_it_works)
{
    sotto_vector_task task = task_of(SOTTO_EFFORT_NORMAL, 30);
    sotto_vector_learner learner;
    sotto_vectors_start_older(&learner, &task);
    sotto_vectors_free(&learner);
    CHECK(learner.older.vectors.units == NULL);
}
