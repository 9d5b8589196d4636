/*
 * eval_tail.c - a shop's own logs, of which the latest tenth is held back for the test
 */
#include "train/eval_tail.h"

#include "train/eval_shop.h"

#include <string.h>

/* A question takes two items: one to ask from, one to find. */
static bool asks_anything(const sotto_sequences *sequences, uint32_t from, uint32_t to)
{
    return from < to && sequences->starts[to] - sequences->starts[from] > to - from;
}

static bool ask_tail(const sotto_eval_shop *shop, sotto_eval_kind kind,
                     const sotto_eval_options *options, sotto_eval_ask_fn ask_fn,
                     sotto_eval_result *result, sotto_train_fault *fault)
{
    bool of_baskets = kind == SOTTO_EVAL_BASKETS;
    const sotto_sequences *asked = of_baskets ? &shop->baskets : &shop->sessions;
    uint32_t last = asked->count, cut = sotto_eval_shop_cut(last);
    if (!asks_anything(asked, cut, last)) {
        return sotto_fault_set(fault, "too few %s to hold some back for a test: %u",
                               of_baskets ? "baskets" : "sessions", last);
    }
    sotto_sequences known = *asked;
    known.count = cut;
    sotto_sequences others = sotto_eval_shop_before(
        shop, of_baskets ? &shop->sessions : &shop->baskets, asked, cut);
    sotto_material material = {
        .items = &shop->events.items,
        .sessions = of_baskets ? &others : &known,
        .baskets = of_baskets ? &known : &others,
    };
    sotto_eval_range tail = {asked, cut, last};
    return sotto_eval_run(&material, options, ask_fn, &tail, result, fault);
}

bool sotto_eval_tail(const sotto_log_source *sources, size_t source_count, sotto_eval_kind kind,
                     const sotto_eval_options *options, sotto_eval_ask_fn ask_fn,
                     sotto_log_report *report, sotto_eval_result *result,
                     sotto_train_fault *fault)
{
    sotto_eval_shop shop;
    memset(result, 0, sizeof *result);
    bool good = sotto_eval_shop_read(sources, source_count, &options->train, &shop, report, fault);
    result->train_s = shop.seconds;
    good = good && ask_tail(&shop, kind, options, ask_fn, result, fault);
    sotto_eval_shop_free(&shop);
    return good;
}
