#include "test.h"

#include "train/metrics.h"

TEST(hits_and_ranks_are_averaged_over_all_questions)
{
    sotto_metrics metrics = {0};
    CHECK(sotto_metrics_hr(&metrics) == 0 && sotto_metrics_mrr(&metrics) == 0);
    sotto_metrics_add(&metrics, 1);
    sotto_metrics_add(&metrics, 4);
    sotto_metrics_add(&metrics, 20);
    sotto_metrics_add(&metrics, 21); /* below the twentieth is a miss */
    sotto_metrics_add(&metrics, 0);
    CHECK_EQ(metrics.queries, 5);
    CHECK(sotto_metrics_hr(&metrics) == 60.0);
    double expected = 100.0 * (1 + 0.25 + 0.05) / 5;
    double off = sotto_metrics_mrr(&metrics) - expected;
    CHECK(off < 1e-9 && off > -1e-9);
}
