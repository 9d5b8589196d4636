#include "test.h"

#include "train/parallel.h"

enum { ROWS = 10000 };
static uint8_t times[ROWS];
static uint32_t worker_of[ROWS];

static void do_rows(void *context, uint32_t worker, uint32_t first, uint32_t last)
{
    (void)context;
    for (uint32_t row = first; row < last; row++) {
        times[row]++;
        worker_of[row] = worker;
    }
}

TEST(every_row_is_done_once_by_a_worker_that_exists)
{
    static const uint32_t counts[] = {0, 1, 255, 256, 257, ROWS};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        memset(times, 0, sizeof times);
        sotto_parallel(counts[i], do_rows, NULL);
        for (uint32_t row = 0; row < ROWS; row++) {
            ROW("row %u of %u", row, counts[i]);
            CHECK_EQ(times[row], row < counts[i] ? 1 : 0);
            CHECK(worker_of[row] < sotto_parallel_workers());
        }
    }
    CHECK(sotto_parallel_workers() >= 1 && sotto_parallel_workers() <= SOTTO_WORKERS_MAX);
}
