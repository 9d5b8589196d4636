/*
 * eval_cost.c - what a model costs a shopper's phone
 *
 * The shop's own ids are counted apart: they are as long as the shop made them, and a page that
 * shows a product knows its id anyway.
 */
#include "train/eval_cost.h"

#include "base/bytes.h"
#include "train/pack.h"

#include <brotli/encode.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define IDS_STRINGS_SIZE_AT 8u /* docs/FORMAT.md 3.1 */

bool sotto_eval_cost_measure(const sotto_bytes *model, sotto_eval_cost *cost,
                             sotto_train_fault *fault)
{
    size_t offset, ids_size;
    if (!sotto_part_find_ids(model, &offset, &ids_size)) {
        return sotto_fault_set(fault, "the model has no ids");
    }
    size_t rest = model->size - ids_size;
    size_t packed_size = BrotliEncoderMaxCompressedSize(rest);
    uint8_t *plain = malloc(rest + 1);
    uint8_t *packed = malloc(packed_size + 1);
    *cost = (sotto_eval_cost){.model_bytes = rest, .ids_bytes = ids_size};
    cost->id_lookup_bytes = ids_size - sotto_load_u32(model->bytes + offset + IDS_STRINGS_SIZE_AT);
    bool good = plain != NULL && packed != NULL;
    if (good) {
        memcpy(plain, model->bytes, offset);
        memcpy(plain + offset, model->bytes + offset + ids_size, rest - offset);
        good = BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS,
                                     BROTLI_MODE_GENERIC, rest, plain, &packed_size, packed)
               == BROTLI_TRUE;
        cost->model_brotli_bytes = packed_size;
    }
    free(plain);
    free(packed);
    return good || sotto_fault_set(fault, "not enough memory to compress the model");
}

double sotto_eval_peak_mb(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (double)usage.ru_maxrss / 1024 : 0;
}

static double seconds_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

double sotto_eval_now_s(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

double sotto_eval_thread_s(void)
{
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

double sotto_eval_process_s(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}
