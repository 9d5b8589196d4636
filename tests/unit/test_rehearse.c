#include "log_rows.h"

#include "train/rehearse.h"

/* Two links of item 0, one of item 1; Q16 weights. */
static sotto_weighted places[8] = {{1, 0}, {2, 0}, {3, 0}, {0, 0}};
static uint32_t counts[4] = {2, 1, 0, 0};
static sotto_links links = {4, 2, counts, places};
static uint32_t weights[8] = {40000, 20000, 65536, 0};
static uint64_t hashes[4] = {40, 30, 20, 10};
static uint8_t popularity[4] = {0, 0, 0, 0};

static sotto_metrics ask(const sotto_sequences *sessions, const sotto_ranking_weights *ranking,
                         uint32_t every)
{
    sotto_exam exam = {sessions, 0, sessions->count, every, hashes, popularity};
    sotto_metrics metrics;
    REQUIRE(sotto_rehearse(&links, weights, ranking, &exam, &metrics));
    return metrics;
}

static double rank_in(const sotto_ranking_weights *ranking, const int *items)
{
    sotto_sequences sessions = {0};
    add_sequence(&sessions, 0, items);
    sotto_sequences tail = sessions;
    uint32_t questions = (uint32_t)sotto_exam_size(&sessions, 0, 1);
    sotto_metrics all = ask(&tail, ranking, 1);
    double sum = all.reciprocal_ranks;
    if (questions > 1) { /* without the questions before the last one */
        sessions.starts[1]--;
        sum -= ask(&sessions, ranking, 1).reciprocal_ranks;
    }
    sotto_sequences_free(&sessions);
    return sum > 1e-9 ? 1 / sum : 0;
}

TEST(links_repeats_and_misses_are_ranked)
{
    sotto_ranking_weights ranking = {.position = {65536, 32768}, .repeat = {30000, 10}};
    CHECK(rank_in(&ranking, (int[]){0, 1, -1}) == 1);
    CHECK(rank_in(&ranking, (int[]){0, 0, -1}) == 2); /* 40000 > 30000 > 20000 */
    CHECK(rank_in(&ranking, (int[]){0, 2, -1}) == 3);
    CHECK(rank_in(&ranking, (int[]){0, 3, -1}) == 0);
    CHECK(rank_in(&ranking, (int[]){2, 3, -1}) == 0);
    CHECK(rank_in(&ranking, (int[]){0, 1, 3, -1}) == 1); /* the latest event counts fully */
}

TEST(ties_go_to_the_lower_hash_and_popularity_adds)
{
    sotto_ranking_weights ranking = {.position = {65536}, .repeat = {20000}};
    CHECK(rank_in(&ranking, (int[]){0, 2, -1}) == 2); /* 2 and the repeated 0 tie at 20000 */
    CHECK(rank_in(&ranking, (int[]){0, 0, -1}) == 3);
    popularity[0] = 1;
    ranking.popularity = 1;
    CHECK(rank_in(&ranking, (int[]){0, 0, -1}) == 2);
    popularity[0] = 0;
}

TEST(every_event_but_the_first_is_a_question)
{
    sotto_ranking_weights ranking = {.position = {65536}, .repeat = {1}};
    sotto_sequences sessions = {0};
    SEQUENCE(&sessions, 0, 0, 1, 2, 3);
    SEQUENCE(&sessions, 1, 0);
    SEQUENCE(&sessions, 2, 0, 1);
    CHECK_EQ(sotto_exam_size(&sessions, 0, 3), 4);
    CHECK_EQ(ask(&sessions, &ranking, 1).queries, 4);
    CHECK_EQ(ask(&sessions, &ranking, 3).queries, 2);
    sotto_sequences_free(&sessions);
}

TEST(only_what_questions_look_at_is_marked)
{
    sotto_sequences sessions = {0};
    uint8_t asked[4] = {0};
    SEQUENCE(&sessions, 0, 3, 0, 2); /* the last item is only an answer */
    sotto_exam exam = {&sessions, 0,      1,
                       2,         hashes, popularity}; /* asks the first of two questions */
    sotto_exam_mark(&exam, asked);
    CHECK(asked[3] == 1 && asked[0] == 0 && asked[2] == 0);
    exam.every = 1;
    sotto_exam_mark(&exam, asked);
    CHECK(asked[3] == 1 && asked[0] == 1 && asked[2] == 0);
    sotto_sequences_free(&sessions);
}
